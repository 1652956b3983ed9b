"""Asking line by line: for screen readers, pipes and terminals that cannot move their cursor.

Each prompt ends with a line that says what to type; the answer is the next line of the input.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from cpcli.output.safe import safe
from cpcli.prompts.asker import REFUSALS, Check, Choice, Command, Prompt
from cpcli.prompts.reply import Telling
from cpcli.prompts.typed import CUT, is_cut
from cpcli.walk.answers import AnswerError


class InputError(ValueError):
    """Input that cannot be read as lines of text. The message is one line."""


class Plain:
    """Asks on `out`, and reads from `given`."""

    asks_back = False

    def __init__(self, given: TextIO, out: TextIO) -> None:
        self._given, self._out = given, out
        self.input_ended = False
        self._above = ""

    def pick(self, prompt: Prompt, choices: Sequence[Choice], default: str = "") -> str | Command:
        keys = [choice.key for choice in choices]
        now = next((choice.label for choice in choices if choice.key == default), "")
        ways = "Type the number or the word." if len(choices) < 4 else "Type the number."
        self._put(prompt, ways, now, choices)
        while True:
            said = self._read(prompt)
            if isinstance(said, Command):
                return said
            if not said.strip() and now:
                return default
            found = _chosen(said, choices)
            if found is not None:
                return keys[found]
            self._wrong(f"{said.strip()!r} is none of the choices: type a number from 1 to {len(choices)}.")

    def tick(
        self, prompt: Prompt, choices: Sequence[Choice], ticked: Sequence[str] | None
    ) -> list[str] | Command:
        numbers = [str(n) for n, choice in enumerate(choices, 1) if choice.key in (ticked or ())]
        now = (", ".join(numbers) or "none") if ticked is not None else ""
        self._put(
            prompt, "Type the numbers that are so, with commas between them; or: all; or: none.", now, choices
        )
        while True:
            said = self._read(prompt)
            if isinstance(said, Command):
                return said
            words = said.strip().lower()
            if not words and ticked is not None:
                return list(ticked)
            if words in ("all", "none"):
                return [choice.key for choice in choices] if words == "all" else []
            parts = [part.strip() for part in words.split(",") if part.strip()]
            found = [_chosen(part, choices) for part in parts]
            if found and None not in found:
                return [choice.key for n, choice in enumerate(choices) if n in found]
            wrong = next((part for part, n in zip(parts, found, strict=True) if n is None), words)
            self._wrong(
                f"{wrong!r} is none of the choices: type numbers from 1 to {len(choices)}, all, or none."
            )

    def line(self, prompt: Prompt, check: Check, default: str = "") -> str | Command:
        self._put(prompt, "", default)
        while True:
            said = self._read(prompt)
            if isinstance(said, Command):
                return said
            text = said if said.strip() else default
            if self._passes(text, check):
                return text

    def lines(self, prompt: Prompt, check: Check, default: str = "") -> str | Command:
        self._put(prompt, "Type as many lines as you need, then a line with a single full stop.", default)
        while True:
            found: list[str] = []
            while (said := self._read(prompt, first=not found)) != ".":
                if isinstance(said, Command):
                    return said
                found.append(said)
                if default and found == [""]:
                    break
            text = "\n".join(found) if "".join(found).strip() else default
            if self._passes(text, check):
                return text

    def wait(self, prompt: Prompt) -> Command | None:
        self._write(f"Press Enter when you have read this.{_ways(prompt)}")
        while True:
            said = self._read(prompt)
            if isinstance(said, Command):
                return said
            if not said.strip():
                return None
            self._wrong("Press Enter alone when you have read this.")

    def heading(self, text: str) -> None:
        self._write(f"\n{text}")

    def tell(self, telling: Telling) -> None:
        self._write("")
        if telling.heading:
            self._write(f"{telling.heading}:")
        for line in telling.lines:
            self._write(f"- {line}" if len(telling.lines) > 1 or telling.heading else line)
        self._write(f"({telling.source})")
        if telling.note:
            self._write(telling.note)

    def say(self, text: str, *, strong: bool = False) -> None:
        self._write(text)

    def answered(self, text: str, words: str) -> None:
        self._write(f"{text} - {words}")

    def recorded(self, text: str, words: str) -> None:
        self._write(f"Recorded: {words}")

    def _put(self, prompt: Prompt, ways: str, now: str, choices: Sequence[Choice] = ()) -> None:
        """The prompt, one thing a line, ending with what to type."""
        self._write("")
        if prompt.above and prompt.above != self._above:
            self._write(f"{prompt.above}. {prompt.source}.")
        self._above = prompt.above or self._above
        self._write(prompt.text)
        for number, choice in enumerate(choices, 1):
            self._write(f"  {number} {choice.label}")
        if now:
            self._write(f"Now: {now}. Enter alone keeps it.")
        hint = f"{prompt.hint}." if prompt.hint else ""
        self._write((" ".join(part for part in (hint, ways) if part) + _ways(prompt)).strip())

    def _read(self, prompt: Prompt, *, first: bool = True) -> str | Command:
        """The next line, or the command in it. In the middle of a text a command is a line like any other."""
        while True:
            try:
                line = self._given.readline()
            except UnicodeDecodeError:
                raise InputError("What was typed or piped in is not UTF-8 text.") from None
            if not line:
                self.input_ended = True
                return Command.LEAVE
            if is_cut(line, self._given):
                self._wrong(CUT)
                continue
            text = line.rstrip("\r\n")
            word = text.strip().lower()
            command = next((one for one in Command if word == f"/{one.value}"), None)
            if command is None or not first:
                return text
            if command in prompt.commands:
                return command
            self._wrong(REFUSALS[command])

    def _passes(self, text: str, check: Check) -> bool:
        try:
            check(text)
        except AnswerError as problem:
            self._wrong(f"{str(problem).rstrip('.')}. Please type it again.")
            return False
        return True

    def _wrong(self, text: str) -> None:
        self._write(f"Not understood: {text}")

    def _write(self, text: str) -> None:
        self._out.write(f"{safe(text)}\n")
        self._out.flush()


def _ways(prompt: Prompt) -> str:
    return f" ({' '.join(f'/{command.value}' for command in prompt.commands)})" if prompt.commands else ""


def _chosen(said: str, choices: Sequence[Choice]) -> int | None:
    """Which choice it is: by its number, its whole text, its key, or the one text that begins so."""
    word = said.strip().lower().rstrip(".")
    if word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= len(choices):
        return int(word) - 1
    for number, choice in enumerate(choices):
        if word in (choice.key.lower(), choice.label.lower()):
            return number
    begin = [
        number for number, choice in enumerate(choices) if word and choice.label.lower().startswith(word)
    ]
    return begin[0] if len(begin) == 1 else None
