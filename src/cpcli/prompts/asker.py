"""What it takes to ask a person: a few ways to ask, drawn by guided.py and written by plain.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from cpcli.prompts.reply import Telling


class Command(Enum):
    """What can be said in place of an answer."""

    BACK = "back"
    WHY = "why"
    SKIP = "skip"
    LEAVE = "leave"

    @property
    def label(self) -> str:
        """As it stands in a list."""
        return _LABELS[self]


_LABELS = {
    Command.BACK: "Go back",
    Command.WHY: "Why is this asked?",
    Command.SKIP: "Skip, and say why",
    Command.LEAVE: "Leave; answers are kept",
}

REFUSALS = {
    Command.BACK: "there is nothing before this to go back to.",
    Command.WHY: "there is no more to say about this.",
    Command.SKIP: "this may not be skipped.",
    Command.LEAVE: "this cannot be left.",
}
"""What is said where a command is not offered."""


class Choice(NamedTuple):
    """One thing that can be chosen."""

    key: str
    label: str


class Prompt(NamedTuple):
    """One thing to ask."""

    text: str
    above: str = ""
    """How far along the walk is."""
    source: str = ""
    """The citation."""
    hint: str = ""
    """What to give."""
    commands: tuple[Command, ...] = (Command.LEAVE,)


Check = Callable[[str], object]
"""Reads a text; raises AnswerError, in one line, where it will not do."""


class Asker(Protocol):
    """Ways to ask. Each may be answered with a Command that its prompt offers, and no other.

    End of input is Command.LEAVE; Ctrl-C is KeyboardInterrupt.
    """

    asks_back: bool
    """Whether what was understood of a date is put to the person as a question, rather than merely said."""
    input_ended: bool
    """Nobody left: there was nothing more to read."""

    def pick(self, prompt: Prompt, choices: Sequence[Choice], default: str = "") -> str | Command:
        """One of the choices, by its key."""
        ...

    def tick(
        self, prompt: Prompt, choices: Sequence[Choice], ticked: Sequence[str] | None
    ) -> list[str] | Command:
        """Any of the choices. `ticked` are those ticked before; None where it was not asked before."""
        ...

    def line(self, prompt: Prompt, check: Check, default: str = "") -> str | Command:
        """One line of text that passes the check."""
        ...

    def lines(self, prompt: Prompt, check: Check, default: str = "") -> str | Command:
        """Text of any number of lines that passes the check."""
        ...

    def wait(self, prompt: Prompt) -> Command | None:
        """Wait until the person says that they have read what stands above."""
        ...

    def heading(self, text: str) -> None:
        """A part begins."""
        ...

    def tell(self, telling: Telling) -> None:
        """Show what a step tells."""
        ...

    def say(self, text: str, *, strong: bool = False) -> None:
        """Say something that is no question."""
        ...

    def answered(self, text: str, words: str) -> None:
        """Show a question with its answer."""
        ...

    def recorded(self, text: str, words: str) -> None:
        """Say that the answer to the question is recorded."""
        ...


def can_be_drawn(*, plain: bool, stdin_is_terminal: bool, stdout_is_terminal: bool, term: str) -> bool:
    """Whether prompts can be drawn on the screen; else they are written line by line.

    `term` is the value of TERM. A terminal is needed at both ends, and one that can move its cursor.
    """
    return not plain and stdin_is_terminal and stdout_is_terminal and term != "dumb"
