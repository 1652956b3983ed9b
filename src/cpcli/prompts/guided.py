"""Asking with prompts that are drawn on the screen: lists to move in, boxes to tick, lines to edit.

A prompt disappears when it is answered, and the question with its answer takes its place, so that what
stays on the screen reads from top to bottom as the record does.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.output import create_output
from prompt_toolkit.shortcuts import print_formatted_text
from prompt_toolkit.styles import Style

from cpcli.output.safe import safe
from cpcli.prompts.asker import REFUSALS, Check, Choice, Command, Prompt
from cpcli.prompts.keys import (
    COMMAND_STYLE,
    finish_on_empty_line,
    keep_close,
    leave_on_control_d,
    pick_commands_when_pointed_at,
)
from cpcli.prompts.reply import Telling
from cpcli.walk.answers import AnswerError

STYLE = Style(
    [
        ("qmark", "nobold"),
        ("question", "bold"),
        ("instruction", ""),
        ("highlighted", "bold"),
        ("pointer", "bold"),
        ("separator", ""),
        ("answer", "noinherit"),
        ("said", "bold"),
        ("alarm", "reverse bold"),
        ("strong", "bold"),
        ("heading", "bold underline"),
        ("quiet", ""),
        ("validation-toolbar", "bg:default fg:default bold"),
    ]
)
KEYS = {Command.BACK: "b", Command.WHY: "w", Command.SKIP: "s", Command.LEAVE: "l"}
WIDEST = 100
_CHOICE_KEYS = "123456789acdefghimnopqrtuvxz"


class Guided:
    """Draws on the terminal that `out` is."""

    asks_back = True
    input_ended = False

    def __init__(self, out: TextIO) -> None:
        self._output = create_output(stdout=out)

    def pick(self, prompt: Prompt, choices: Sequence[Choice], default: str = "") -> str | Command:
        import questionary

        is_yes_no = [choice.key for choice in choices] == ["yes", "no"]
        listed = [
            questionary.Choice(
                self._indented(choice.label, 6),
                choice.key,
                shortcut_key=choice.key[0] if is_yes_no else _CHOICE_KEYS[number : number + 1] or False,
            )
            for number, choice in enumerate(choices)
        ]
        listed += self._commands(prompt, lambda command: command.label, with_keys=True)
        question = questionary.select(
            self._question(prompt),
            listed,
            default=default or None,
            instruction=self._below(prompt, "Arrow keys or the key shown, then Enter") + "\n",
            use_shortcuts=True,
            use_jk_keys=False,
            **self._look(prompt),
        )
        leave_on_control_d(question.application)
        given: str | Command = self._run(question)
        return given

    def tick(
        self, prompt: Prompt, choices: Sequence[Choice], ticked: Sequence[str] | None
    ) -> list[str] | Command:
        import questionary

        listed = [
            questionary.Choice(
                self._indented(choice.label, 5), choice.key, checked=choice.key in (ticked or ())
            )
            for choice in choices
        ]
        listed += self._commands(
            prompt, lambda command: [(COMMAND_STYLE, f"{KEYS[command]}) {command.label}")]
        )
        question = questionary.checkbox(
            self._question(prompt),
            listed,
            instruction=self._below(prompt, "Arrow keys to move, Space to tick, Enter when done") + "\n",
            use_jk_keys=False,
            **self._look(prompt),
        )
        pick_commands_when_pointed_at(
            question.application, {command: KEYS[command] for command in prompt.commands}
        )
        leave_on_control_d(question.application)
        given: list[str] | Command = self._run(question)
        return given

    def line(self, prompt: Prompt, check: Check, default: str = "") -> str | Command:
        import questionary

        question = questionary.text(
            self._question(prompt),
            default=default,
            validate=self._validator(prompt, check),
            instruction=self._below(prompt, prompt.hint, _typed_commands(prompt)) + "\n>",
            reserve_space_for_menu=0,
            **self._look(prompt),
        )
        keep_close(question.application)
        return self._text(self._run(question))

    def lines(self, prompt: Prompt, check: Check, default: str = "") -> str | Command:
        import questionary

        question = questionary.text(
            self._question(prompt),
            default=default,
            validate=self._validator(prompt, check),
            instruction=self._below(prompt, "To finish: Enter on an empty line", _typed_commands(prompt))
            + "\n>",
            multiline=True,
            prompt_continuation="  ",
            reserve_space_for_menu=0,
            **self._look(prompt),
        )
        finish_on_empty_line(question.application, lambda text: _command(text) is not None)
        keep_close(question.application)
        return self._text(self._run(question))

    def wait(self, prompt: Prompt) -> Command | None:
        read = self.pick(prompt._replace(text="Have you read this?"), (Choice("read", prompt.text),))
        return read if isinstance(read, Command) else None

    def heading(self, text: str) -> None:
        self._print(("", "\n"), ("class:heading", self._fold(text, indent="")))

    def tell(self, telling: Telling) -> None:
        self._print(("", ""))
        if telling.heading:
            self._print(("", " "), ("class:alarm", f" {telling.heading} "))
        style = "class:strong" if telling.heading else ""
        bullet = "- " if len(telling.lines) > 1 or telling.heading else ""
        for line in telling.lines:
            self._print((style, self._fold(bullet + line, indent=" ", hang=len(bullet))))
        for said in filter(None, (telling.source, telling.note)):
            self._print(("class:quiet", self._fold(said)))

    def say(self, text: str, *, strong: bool = False) -> None:
        self._print(("class:strong" if strong else "", self._fold(text)))

    def answered(self, text: str, words: str) -> None:
        self._print(("class:quiet", self._fold(text)))
        self._print(("class:said", self._fold(words, indent="   ")))

    recorded = answered

    def _commands(
        self, prompt: Prompt, title: Callable[[Command], Any], *, with_keys: bool = False
    ) -> list[Any]:
        import questionary

        if not prompt.commands:
            return []
        listed: list[Any] = [questionary.Separator("-" * 24)]
        for command in prompt.commands:
            key: str | bool = KEYS[command] if with_keys else False
            listed.append(questionary.Choice(title(command), command, shortcut_key=key))
        return listed

    def _look(self, prompt: Prompt) -> dict[str, Any]:
        return {
            "qmark": f"\n {safe(prompt.above)}\n" if prompt.above else "\n",
            "style": STYLE,
            "erase_when_done": True,
            "output": self._output,
        }

    def _question(self, prompt: Prompt) -> str:
        return self._fold(prompt.text).removeprefix(" ")

    def _below(self, prompt: Prompt, *hints: str) -> str:
        """What stands between question and answer: the citation, and what to press or type."""
        lines = [self._fold(part) for part in (prompt.source, *hints) if part]
        return "".join(f"\n{line}" for line in lines)

    def _run(self, question: Any) -> Any:
        """Ask it: Ctrl-D leaves, Ctrl-C is a KeyboardInterrupt."""
        try:
            return question.unsafe_ask()
        except EOFError:
            return Command.LEAVE

    def _text(self, given: Any) -> str | Command:
        return given if isinstance(given, Command) else _command(given) or str(given)

    def _validator(self, prompt: Prompt, check: Check) -> Callable[[str], bool | str]:
        def is_right(text: str) -> bool | str:
            command = _command(text)
            if command is not None:
                return command in prompt.commands or self._brief(REFUSALS[command])
            if text.strip() == "/":
                return _typed_commands(prompt)
            try:
                check(text)
            except AnswerError as problem:
                return self._brief(str(problem))
            return True

        return is_right

    def _brief(self, problem: str) -> str:
        """What is wrong, in the one line that there is for it; what to write instead stands above already."""
        first = problem.partition(". ")[0] if len(problem) > self._width else problem
        return safe(textwrap.shorten(first[:1].upper() + first[1:], self._width, placeholder=" …"))

    def _print(self, *parts: tuple[str, str]) -> None:
        print_formatted_text(FormattedText(parts), style=STYLE, output=self._output)

    @property
    def _width(self) -> int:
        return max(24, min(self._output.get_size().columns, WIDEST)) - 2

    def _fold(self, text: str, indent: str = " ", hang: int = 0) -> str:
        """The text in lines that fit the terminal, each with its indent."""
        found: list[str] = []
        for line in safe(text).splitlines() or [""]:
            found += textwrap.wrap(
                line, self._width, initial_indent=indent, subsequent_indent=indent + " " * hang
            ) or [""]
        return "\n".join(found)

    def _indented(self, text: str, indent: int) -> str:
        """The text in lines of which the first follows what is drawn before it."""
        lines = textwrap.wrap(safe(" ".join(text.split())), max(16, self._width - indent)) or [""]
        return ("\n" + " " * indent).join(lines)


def _typed_commands(prompt: Prompt) -> str:
    return "Or type " + " ".join(f"/{command.value}" for command in prompt.commands)


def _command(text: str) -> Command | None:
    """The command that the text is, or is the beginning of: no two begin with the same letter."""
    word = text.strip().lower()
    return next(
        (command for command in Command if len(word) > 1 and f"/{command.value}".startswith(word)), None
    )
