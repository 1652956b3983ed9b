"""CSV as people have it: from Excel, with semicolons or tabs, with any line ends, in UTF-8 or not."""

from __future__ import annotations

import csv
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from cpcli.cli.errors import UsageFault


class CsvRow(NamedTuple):
    """One row under the header."""

    line: int
    """Where it begins in the file, from 1."""
    values: dict[str, str | None]
    """By column; of a row that cannot be read, every column with None."""
    fault: str
    """Why it is no row; "" where it is one."""


def read_csv(lines: Iterable[tuple[int, bytes]], ours: Container[str]) -> tuple[list[str], Iterator[CsvRow]]:
    """The columns, and the rows that are not empty. `ours` are columns known in capitals or small letters.

    Raises UsageFault where the header will not do.
    """
    place = _Place()
    text = place.read(lines)
    first = next(text, "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(_again(first, text), delimiter=delimiter, strict=True)
    try:
        header = _header(next(reader, []), ours)
    except csv.Error as error:
        raise UsageFault(
            f"The first line is no header of a CSV ({error}). Save the file as CSV UTF-8."
        ) from None
    return header, _body(reader, header, place)


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


def _header(cells: list[str], ours: Container[str]) -> list[str]:
    names: dict[str, None] = {}  # there can be hundreds of thousands
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {number}"
        name = name.lower() if name.lower() in ours else name
        if name in names:
            raise UsageFault(f"The CSV names the column '{name}' twice: rename one of them.")
        names[name] = None
    return list(names)


def _body(reader: Iterator[list[str]], header: list[str], place: _Place) -> Iterator[CsvRow]:
    while True:
        line = place.line + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield CsvRow(line, dict.fromkeys(header), f"this is not a row of CSV ({error}).")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        values: dict[str, str | None] = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        fault = ""
        if len(cells) > len(header):
            fault = f"it has {len(cells)} cells, and the header names {len(header)} columns."
        yield CsvRow(line, values, fault)
