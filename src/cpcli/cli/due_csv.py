"""Rows from CSV as people have it: from Excel, with semicolons or tabs, and any line ends."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from cpcli.cli.due_rows import Row
from cpcli.cli.errors import UsageFault

NEEDED = ("limit", "from")


def csv_rows(lines: Iterable[tuple[int, bytes]], has_limit: bool, has_start: bool) -> Iterator[Row]:
    """The rows under a header. `has_limit` and `has_start`: the column may be missing, as the call says it.

    Raises UsageFault where the header will not do.
    """
    place = _Place()
    text = place.read(lines)
    first = next(text, "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(_again(first, text), delimiter=delimiter, strict=True)
    header = _header(next(reader))
    for name, given in zip(NEEDED, (has_limit, has_start), strict=True):
        if name not in header and not given:
            raise UsageFault(f"The CSV has no column '{name}'. Its columns are: {', '.join(header)}.")
    return _body(reader, header, place)


class _Place:
    """Which line was read last."""

    line = 0

    def read(self, lines: Iterable[tuple[int, bytes]]) -> Iterator[str]:
        """The lines as text: UTF-8, or where a line is not, the code page that Excel uses on Windows."""
        for self.line, line in lines:
            try:
                yield line.decode()
            except UnicodeDecodeError:
                yield line.decode("cp1252", errors="replace")


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _header(cells: list[str]) -> list[str]:
    """The columns' names; the four that matter in lower case, whatever case they were written in."""
    names = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {number}"
        plain = name.lower()
        names.append(plain if plain in ("id", "limit", "from", "nation") else name)
    for name in names:
        if names.count(name) > 1:
            raise UsageFault(f"The CSV names the column '{name}' twice: rename one of them.")
    return names


def _body(reader: Iterator[list[str]], header: list[str], place: _Place) -> Iterator[Row]:
    while True:
        line = place.line + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, dict.fromkeys(header), "", f"this is not a row of CSV ({error}).")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        values = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        fault = ""
        if len(cells) > len(header):
            fault = f"it has {len(cells)} cells, and the header names {len(header)} columns."
        yield Row(line, values, "", fault)
