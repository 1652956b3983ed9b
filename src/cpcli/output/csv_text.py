"""CSV that a spreadsheet shows and never runs: a cell that begins as a formula does is made plain text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cpcli.output.safe import safe, safe_json

BOM = "\ufeff"
"""Begins a file that Excel is to read as UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula; the last four in their full width."""


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Any]], *, bom: bool = False) -> Iterator[str]:
    """The header, then each row as it comes."""
    yield (BOM if bom else "") + csv_line(head)
    for row in rows:
        yield csv_line(row)


def csv_line(values: Sequence[Any]) -> str:
    """One line of CSV, with its end."""
    line = io.StringIO()
    # What ends a line for it, it puts in quotation marks inside a cell: both characters, then.
    csv.writer(line, lineterminator="\r\n").writerow([cell(value) for value in values])
    return line.getvalue().removesuffix("\r\n") + "\n"


def cell(value: Any) -> str:
    """Nothing for null, text with an apostrophe before it where it begins as a formula, else JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return safe_json(json.dumps(value, ensure_ascii=False))
    if value.isascii() and value.isprintable() and value[:1].isalnum():
        return value  # most are so, and need no second look
    shown = safe(value)
    begins = (value.lstrip(" "), shown.lstrip(" "))
    return f"'{shown}" if any(each.startswith(_FORMULA) for each in begins) else shown
