"""What is asked for at a terminal and read from standard input anywhere else, never from the command line."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any, NamedTuple

from cpcli.cli.errors import UsageFault
from cpcli.cli.find_in_case import when
from cpcli.procedures.model import ProcedureSet

LONGEST = 100_000
"""Characters in one text."""


class Given(NamedTuple):
    """A departure as somebody gave it."""

    what: str
    why: str
    agreed_by: str
    at: str


def ask_text(name: str) -> str:
    """A text of one line or more. Raises UsageFault where there is none."""
    if sys.stdin.isatty():
        print(f"{name}, of any length; an empty line ends it:", file=sys.stderr)
        lines = []
        while line := sys.stdin.readline().rstrip("\r\n"):
            lines.append(line)
        text = "\n".join(lines)
    else:
        text = _read()
    return _kept(text.strip(), name)


def departure_from(json_in: str | None, known: ProcedureSet, of: str, now: datetime) -> Given:
    """What is departed from, why, who agreed and when: from JSON, or asked one by one."""
    if json_in is not None:
        return _from_json(json_in, now)
    if not sys.stdin.isatty():
        raise UsageFault("There is nobody to ask. Give what, why, agreed_by and at as JSON with --json-in -.")
    print(f"Departing from: {of}", file=sys.stderr)
    if known.departure:
        said = (
            f"{known.departure.tell} ({known.departure.level}, {known.id} {', '.join(known.departure.cite)})"
        )
        print(said, file=sys.stderr)
    return Given(
        _ask("What is done instead?"),
        _ask("Why? What about this case justifies it?"),
        _ask("Who agreed to it? (empty if nobody has yet)", needed=False),
        when(_ask("When was it decided? (for example now, or yesterday 16:00)"), now),
    )


def _ask(question: str, *, needed: bool = True) -> str:
    print(question, file=sys.stderr)
    while True:
        print("> ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if line.strip() or not needed:
            return line.strip()


def _from_json(name: str, now: datetime) -> Given:
    if name != "-":
        raise UsageFault("--json-in reads standard input: write --json-in - and give the JSON there.")
    try:
        given: Any = json.loads(_read())
    except (ValueError, RecursionError) as problem:
        raise UsageFault(f"What was given is not JSON: {problem}.") from None
    keys = Given._fields
    if not isinstance(given, dict):
        raise UsageFault(f"Give one JSON object with {', '.join(keys)}.")
    for key in given:
        if key not in keys:
            raise UsageFault(f"A departure has {', '.join(keys)}, and no `{key}`.")
    for key in keys:
        if not isinstance(given.get(key, "" if key == "agreed_by" else None), str):
            raise UsageFault(f"`{key}` is missing, or is not a text.")
    what, why = _kept(given["what"].strip(), "what"), _kept(given["why"].strip(), "why")
    return Given(what, why, given.get("agreed_by", "").strip(), when(given["at"], now))


def _read() -> str:
    try:
        return sys.stdin.buffer.read(4 * LONGEST + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageFault("What was given on standard input is not text in UTF-8.") from None


def _kept(text: str, name: str) -> str:
    if not text:
        raise UsageFault(f"The {name.lower()} is empty. Nothing was recorded.")
    if any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise UsageFault(
            f"The {name.lower()} holds bytes that are no letters in UTF-8. Nothing was recorded."
        )
    if len(text) > LONGEST:
        raise UsageFault(f"The {name.lower()} is longer than {LONGEST:,} characters. Nothing was recorded.")
    return text
