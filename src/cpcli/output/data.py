"""Writing data for programs: UTF-8, one object or one object a line, and nothing else on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cpcli.output.safe import safe_json


def write_object(value: Any) -> None:
    """One JSON value, indented so that a person can read it too. An iterator in it is a list, and is written
    as it comes.
    """
    _utf8()
    sys.stdout.writelines(map(safe_json, _pieces(value, "\n")))
    sys.stdout.write("\n")


def _pieces(value: Any, line: str) -> Iterator[str]:
    """As json.dumps(value, indent=2) has it; `line` begins a new line."""
    if isinstance(value, Mapping):
        yield "{"
        for place, (key, each) in enumerate(value.items()):
            yield f"{',' if place else ''}{line}  {json.dumps(key, ensure_ascii=False)}: "
            yield from _pieces(each, line + "  ")
        yield line + "}" if value else "}"
    elif isinstance(value, Iterator):
        begun = "["
        for each in value:
            yield f"{begun}{line}  {_indented(each, line + '  ')}"
            begun = ","
        yield line + "]" if begun == "," else "[]"
    else:
        yield _indented(value, line)


def _indented(value: Any, line: str) -> str:
    # No text in JSON has a line end of its own.
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", line)


def write_lines(values: Iterable[Any]) -> None:
    """NDJSON: one JSON value a line, each written as it comes."""
    _utf8()
    for value in values:
        sys.stdout.write(safe_json(json.dumps(value, ensure_ascii=False)) + "\n")


def write_text(parts: Iterable[str]) -> None:
    """Text in pieces, each written as it comes, with the line ends that it has."""
    _utf8()
    for part in parts:
        sys.stdout.write(part)


def _utf8() -> None:
    # Windows writes its own code page to pipes, which no JSON reader expects.
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
