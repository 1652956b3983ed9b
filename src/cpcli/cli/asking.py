"""What is asked for at a terminal and read from standard input anywhere else, never from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cpcli.cli.errors import CheckFailed, UsageFault
from cpcli.output.tell import tell

LONGEST = 100_000
"""Characters in one text."""


class Field(NamedTuple):
    """One text that a command needs."""

    key: str
    """Its name in JSON."""
    question: str
    needed: bool = True
    asked: bool = True
    """Whether it is asked for at a terminal; in JSON it can be given in any case."""
    long: bool = False
    """It may have several lines."""
    missing: str = ""
    """What to do where nobody can be asked, for what standard input does not stand for."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody gave."""

    texts: Mapping[str, str]
    """By key; "" for what was left out."""
    flags: frozenset[str]

    def __getitem__(self, key: str) -> str:
        return self.texts[key]


def said(
    json_in: str | None,
    fields: Sequence[Field],
    given: Mapping[str, str | None] | None = None,
    *,
    flags: Sequence[str] = (),
    about: Sequence[str] = (),
) -> Said:
    """What a command needs to be told: from JSON, from its options (`given`, where - is none), asked one by
    one at a terminal under the lines `about`, or, where one text alone is missing, from standard input.

    Raises UsageFault.
    """
    texts = {key: text for key, text in (given or {}).items() if text not in (None, "-")}
    found: set[str] = set()
    if json_in is not None:
        if json_in != "-":
            raise UsageFault("--json-in reads standard input: write --json-in - and give the JSON there.")
        read = from_json(_read_bytes(), fields, flags)
        twice = [key for key in texts if key in read]
        if twice:
            raise UsageFault(f"`{twice[0]}` is given twice, as an option and in the JSON. Give it once.")
        texts |= {key: value for key, value in read.items() if isinstance(value, str)}
        found = {key for key in flags if read.get(key)}
    open_fields = [field for field in fields if field.key not in texts]
    # A dash says that it comes from standard input, so nothing more has to be said of how to give it.
    dashed = {key for key, text in (given or {}).items() if text == "-"}
    open_fields = [each._replace(missing="") if each.key in dashed else each for each in open_fields]
    if json_in is not None:
        for field in open_fields:
            if field.needed:
                raise UsageFault(f"`{field.key}` is missing, or is not a text.")
    elif sys.stdin.isatty():
        asked = [field for field in open_fields if field.asked]
        for line in about if asked else ():
            tell(line)
        texts |= {field.key: _ask(field) for field in asked}
    else:
        texts |= _from_input([field for field in open_fields if field.needed])
    kept = {field.key: _kept(texts.get(field.key, "").strip(), field) for field in fields}
    return Said(kept, frozenset(found))


def agreed(
    question: str, *, yes: bool, instead: str = "--yes records it", otherwise: str = "Nothing was recorded."
) -> None:
    """Go on only where somebody agrees: with --yes, or at a terminal. Raises UsageFault or CheckFailed."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageFault(f"{question} There is nobody to ask: {instead}. {otherwise}")
    tell(f"{question} [y/N] ", end="")
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    if line.strip().lower() not in ("y", "yes"):
        raise CheckFailed(otherwise)


def explained(odd: str, note: str, question: str, instead: str) -> str:
    """The note on something that is `odd` ("" where nothing is). Where it has none, somebody at a terminal is
    asked the question. Raises UsageFault where nobody is, which says what to do `instead`, and CheckFailed.
    """
    if not odd or note:
        return note
    if not can_ask():
        raise UsageFault(f"{odd} {instead}")
    why = Field("why", f"{odd} {question} (empty: do not record it)", needed=False)
    reason = said(None, [why])["why"]
    if not reason:
        raise CheckFailed("Nothing was recorded.")
    return reason


def explained_date(odd: str, note: str) -> str:
    """The note on a date that is `odd`, as `explained` has it."""
    return explained(
        odd, note, "Is it right, and why?", "Check it; where it is right, a note has to say why."
    )


def can_ask() -> bool:
    """Whether somebody is at a terminal."""
    return sys.stdin.isatty()


def _ask(field: Field) -> str:
    if field.long:
        tell(f"{field.question}; a line with a single full stop ends it:")
        lines = []
        while (line := _line()) and line.rstrip("\r\n") != ".":  # the end of the input ends it too
            lines.append(line.rstrip("\r\n"))
        return "\n".join(lines)
    tell(field.question)
    while True:
        tell("> ", end="")
        line = _line()
        if not line:
            raise EOFError
        if line.strip() or not field.needed:
            return line.strip()


def _line() -> str:
    """The next line that is typed; "" at the end of the input."""
    from cpcli.prompts.typed import CUT, is_cut

    while is_cut(line := sys.stdin.readline(), sys.stdin):
        tell(CUT)
    return line


def _from_input(missing: list[Field]) -> dict[str, str]:
    """The one text that is missing, whole; several cannot be told apart."""
    unreadable = next((field.missing for field in missing if field.missing), "")
    if unreadable and len(missing) == 1:
        raise UsageFault(unreadable)
    if len(missing) > 1:
        keys = [field.key for field in missing]
        names = f"{', '.join(keys[:-1])} and {keys[-1]}"
        raise UsageFault(f"There is nobody to ask. Give {names} as JSON with --json-in -.")
    return {field.key: _text(_read_bytes()) for field in missing}


def from_json(data: bytes, fields: Sequence[Field], flags: Sequence[str]) -> dict[str, Any]:
    """What one JSON object says of these fields and flags, without what is null. Raises UsageFault."""
    try:
        given: Any = json.loads(_text(data))
    except (ValueError, RecursionError) as problem:
        raise UsageFault(f"What was given is not JSON: {problem}.") from None
    keys = [*(field.key for field in fields), *flags]
    if not isinstance(given, dict):
        raise UsageFault(f"Give one JSON object with {', '.join(keys)}.")
    for key, value in given.items():
        if key not in keys:
            raise UsageFault(f"It can have {', '.join(keys)}, and no `{key}`.")
        if key in flags and not isinstance(value, bool | None):
            raise UsageFault(f"`{key}` is true or false.")
        if key not in flags and not isinstance(value, str | None):
            raise UsageFault(f"`{key}` is missing, or is not a text.")
    return {key: value for key, value in given.items() if value is not None}


def _read_bytes() -> bytes:
    return sys.stdin.buffer.read(4 * LONGEST + 1)


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # UTF-16, as some programs of Windows write it, may be UTF-8 by its bytes
        raise UsageFault("What was given on standard input is not text in UTF-8.")
    return text


def _kept(text: str, field: Field) -> str:
    if not text:
        if field.needed:
            raise UsageFault(field.missing or f"The {field.key} is empty. Nothing was recorded.")
        return ""
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise UsageFault(f"The {field.key} holds bytes that are no letters in UTF-8. Nothing was recorded.")
    if len(text) > LONGEST:
        raise UsageFault(f"The {field.key} is longer than {LONGEST:,} characters. Nothing was recorded.")
    return text
