"""One question as it lies before somebody, with what several kinds of question have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeVar

from cpcli.clock.when import from_iso
from cpcli.procedures.model import Step
from cpcli.prompts.asker import Asker, Choice, Command, Prompt
from cpcli.prompts.reply import Question

T = TypeVar("T")


class Sheet(NamedTuple):
    """One question, and whoever it is put to by."""

    question: Question
    asker: Asker

    @property
    def step(self) -> Step:
        return self.question.step

    def prompt(self, text: str = "", hint: str = "", *, inner: bool = False) -> Prompt:
        """The question, or a part of it (`inner`), which can always be gone back from."""
        question = self.question
        commands = [Command.WHY, Command.LEAVE]
        if self.step.may_skip:
            commands.insert(1, Command.SKIP)
        if inner or question.can_go_back:
            commands.insert(0, Command.BACK)
        return Prompt(text or self.step.text, question.progress, question.source, hint, tuple(commands))

    def put(self, ask_it: Callable[[], T | Command]) -> T | Command:
        """Ask it; whoever wants to know why it is asked is told, and asked again."""
        while True:
            given = ask_it()
            if given is not Command.WHY:
                return given
            self.asker.say(self.question.why)


def understood(sheet: Sheet, words: str) -> Command | None:
    """Show back what was understood of a date: None where it is right, and otherwise what the person says."""
    if not sheet.asker.asks_back:
        sheet.asker.say(f"Understood as {words}.")
        return None
    choices = Choice("yes", "Yes, that is right"), Choice("no", "No, let me type it again")
    sure = sheet.put(
        lambda: sheet.asker.pick(
            sheet.prompt(f"{sheet.step.text}\n{words}: is that right?", inner=True), choices
        )
    )
    return None if sure == "yes" else Command.BACK if sure == "no" else Command(sure)


def typed(iso: str) -> str:
    """A recorded date as somebody would type it."""
    if iso == "not yet":
        return iso
    at = from_iso(iso)
    day = f"{at.day} {at:%b %Y}"
    return f"{day} {at:%H:%M}" if isinstance(at, datetime) else day
