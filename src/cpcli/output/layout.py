"""From blocks to lines of a given width. Both ways of showing a screen print these same lines."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpcli.output.blocks import Block, Cell, Command, Gap, Heading, Item, Items, Para, Table, Title
from cpcli.output.safe import safe

WIDEST = 100
"""Columns: a longer line of prose is hard to read, however wide the window."""
NARROWEST = 24
_NARROW = 60
"""Columns below which what stands side by side goes one under the other."""
_LEAD = 22
"""Columns at most that a lead takes beside its text: a date with its year and time."""
_GAP = "  "


class Span(NamedTuple):
    """A piece of a line, in one tone."""

    text: str
    tone: str = ""


Line = tuple[Span, ...]


def lay_out(blocks: Iterable[Block], width: int | None) -> Iterator[Line]:
    """The lines of a screen. Where width is None nothing is wrapped but prose: each row of a table is one line."""
    wide = max(NARROWEST, min(width or 80, WIDEST))
    for block in blocks:
        match block:
            case Title(text, aside):
                yield from _title(text, aside, wide)
            case Heading(text, tone):
                yield ()
                yield from _wrapped(text, wide, "", tone)
            case Para(text, tone, indent):
                yield from _wrapped(text, wide, " " * indent, tone)
            case Command(text, indent):
                yield (Span(" " * indent), Span(_line(text), "command"))
            case Items(items):
                yield from _items(items, wide)
            case Table():
                yield from _table(block, width)
            case Gap():
                yield ()


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _line(text: str) -> str:
    return " ".join(safe(text).split())


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns. A word longer than that is broken."""
    found: list[str] = []
    for line in safe(text).split("\n"):
        found += textwrap.wrap(line, max(width, 8), break_on_hyphens=False) or [""]
    return found


def _wrapped(text: str, width: int, indent: str, tone: str) -> Iterator[Line]:
    for line in _wrap(text, width - len(indent)):
        yield (Span(indent), Span(line, tone)) if indent else (Span(line, tone),)


def _title(text: str, aside: str, width: int) -> Iterator[Line]:
    if aside and columns(text) + columns(aside) + 3 <= width:
        yield (Span(_line(text), "strong"), Span(f" · {_line(aside)}", "quiet"))
        return
    yield from _wrapped(text, width, "", "strong")
    if aside:
        yield from _wrapped(aside, width, "", "quiet")


def _items(items: tuple[Item, ...], width: int) -> Iterator[Line]:
    lead = max((columns(item.lead) for item in items), default=0)
    beside = lead <= _LEAD and width >= _NARROW
    indent = 2 + (lead + 2 if lead and beside else 2 if lead else 0)
    for item in items:
        lines: list[Line] = [(Span(line, item.text_tone),) for line in _wrap(item.text, width - indent)]
        if item.answer:
            lines += [(Span(line, "strong"),) for line in _wrap(item.answer, width - indent)]
        for detail in item.details:
            lines += [(Span(line, "quiet"),) for line in _wrap(detail, width - indent)]
        if item.command:
            lines.append((Span(_line(item.command), "command"),))
        first = Span(_line(item.lead), item.tone)
        if lead and not beside:
            if item.lead:
                yield (Span(_GAP), first)
        elif lead:
            pad = " " * (lead - columns(first.text) + 2)
            yield (Span(_GAP), first, Span(pad), *lines.pop(0))
        for line in lines:
            yield (Span(" " * indent), *line)


def _table(table: Table, width: int | None) -> Iterator[Line]:
    rows = [tuple(Cell(_line(cell.text), cell.tone) for cell in row) for row in table.rows]
    sizes = [max([columns(head), *(columns(row[i].text) for row in rows)]) for i, head in enumerate(table.head)]
    if width is not None:
        room = min(width, WIDEST + 40) - 2 - 2 * (len(sizes) - 1)
        widest = max(range(len(sizes)), key=sizes.__getitem__)
        rest = sum(sizes) - sizes[widest]
        if width < _NARROW or room - rest < 24:
            yield from _stacked(table.head, rows, width)
            return
        sizes[widest] = min(sizes[widest], room - rest)
    head = tuple(Cell(text, "quiet") for text in table.head)
    for row in ([head] if any(table.head) else []) + rows:
        cells = [_wrap(cell.text, size) if width is not None else [cell.text] for cell, size in zip(row, sizes, strict=True)]
        for n in range(max(len(lines) for lines in cells)):
            yield _row(row, cells, sizes, n)


def _row(row: tuple[Cell, ...], cells: list[list[str]], sizes: list[int], n: int) -> Line:
    spans: list[Span] = []
    pad = _GAP
    for cell, lines, size in zip(row, cells, sizes, strict=True):
        text = lines[n] if n < len(lines) else ""
        if text:
            spans += [Span(pad), Span(text, cell.tone)]
            pad = ""
        pad += " " * (size - columns(text) + 2)
    return tuple(spans)


def _stacked(head: tuple[str, ...], rows: list[tuple[Cell, ...]], width: int) -> Iterator[Line]:
    """Each row as a few lines: its first cell, and under it the others."""
    for row in rows:
        yield from _wrapped(row[0].text, width, _GAP, row[0].tone or "strong")
        for name, cell in zip(head[1:], row[1:], strict=True):
            if cell.text:
                label = f"{name}: " if name else ""
                yield from _wrapped(label + cell.text, width, "    ", cell.tone)
