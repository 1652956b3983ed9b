"""Writing data for programs: UTF-8, one object or one object a line, and nothing else on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from cpcli.output.safe import safe_json


def write_object(value: Any) -> None:
    """One JSON value, indented so that a person can read it too."""
    _utf8()
    sys.stdout.write(safe_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


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
