"""From blocks to lines of a given width. Both ways of showing a screen print these same lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from cpcli.output.blocks import Block, Cell, Drawing, Gap, Heading, Item, Items, Para, Table, Title
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
    """The lines of a screen. Where width is None only prose is wrapped: each row of a table is one line."""
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
            case Items(items, apart):
                yield from _items(items, wide, apart)
            case Table():
                yield from _table(block, width)
            case Drawing(rows):
                yield from (tuple(Span(*cell) for cell in row) for row in rows(max(NARROWEST, width or 80)))
            case Gap():
                yield ()


_WIDTHS_VARY = re.compile("[^\x00-\u02ff]")
"""The first that takes two columns, or none, comes after these."""


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return len(text) if _one_each(text) else sum(map(_width, text))


def _one_each(text: str) -> bool:
    """Whether each of its characters takes one column."""
    return text.isascii() or not _WIDTHS_VARY.search(text)


def _width(character: str) -> int:
    import unicodedata

    wide = unicodedata.east_asian_width(character) in "WF"
    return 1 + wide - (unicodedata.combining(character) > 0)


def _line(text: str) -> str:
    text = safe(text)
    if "\n" not in text and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(part for part in text.replace("\n", " ").split(" ") if part)


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns. A word longer than that is broken.

    Done here, since a screen of a thousand duties takes textwrap longer than everything else together.
    """
    found: list[str] = []
    width = max(width, 8)
    for rest in safe(text).split("\n"):
        one_each = _one_each(rest)
        # Never measured whole: a note of 100,000 characters can be one line.
        while (most := width if one_each else _fitting(rest, width)) < len(rest):
            cut = rest.rfind(" ", 0, most + 1)
            if cut < 1 or rest[:cut].isspace():
                cut = most
            found.append(rest[:cut].rstrip(" "))
            rest = rest[cut:].lstrip(" ")  # noqa: PLW2901
        found.append(rest.rstrip(" "))
    return found


def _fitting(text: str, width: int) -> int:
    """How many characters of the text fit into so many columns."""
    taken = enumerate(accumulate(map(_width, text)))
    return next((at for at, columns in taken if columns > width), len(text))


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


def _items(items: tuple[Item, ...], width: int, apart: bool) -> Iterator[Line]:
    lead = max((columns(item.lead) for item in items), default=0)
    beside = lead <= _LEAD and width >= _NARROW
    indent = 2 + (lead + 2 if lead and beside else 2 if lead else 0)
    for place, item in enumerate(items):
        if apart and place:
            yield ()
        lines = _lines(item, width - indent)
        first = Span(_line(item.lead), item.tone)
        if lead and not beside:
            if item.lead:
                yield (Span(_GAP), first)
        elif lead:
            pad = " " * (lead - columns(first.text) + 2)
            yield (Span(_GAP), first, Span(pad), *lines.pop(0))
        for line in lines:
            yield (Span(" " * indent), *line)


def _lines(item: Item, width: int) -> list[Line]:
    """What an item says: its text, the answer to it, what is said of it, and what to type."""
    lines: list[Line] = [(Span(line, item.text_tone),) for line in _wrap(item.text, width)]
    inner = _GAP if item.answer else ""
    below = [(item.answer, item.answer_tone)] if item.answer else []
    for text, tone in [*below, *((detail, "quiet") for detail in item.details)]:
        lines += [(Span(inner), Span(line, tone)) for line in _wrap(text, width - len(inner))]
    if item.command:
        label = f"{item.command_for}: " if item.command_for else ""
        lines.append((Span(label, "quiet"), Span(_line(item.command), "command")))
    return lines


def _table(table: Table, width: int | None) -> Iterator[Line]:
    parts = [part if isinstance(part, Heading | Para) else _cells(part, width) for part in table.rows]
    rows = [part for part in parts if not isinstance(part, Heading | Para)]
    sizes = [
        max([columns(head), *(_widest(row[i].text) for row in rows)]) for i, head in enumerate(table.head)
    ]
    stacked = False
    if width is not None:
        room = min(width, WIDEST + 40) - 2 - 2 * (len(sizes) - 1)
        widest = max(range(len(sizes)), key=sizes.__getitem__)
        rest = sum(sizes) - sizes[widest]
        stacked = width < _NARROW or (room - rest < 28 and sizes[widest] > room - rest)
        sizes[widest] = min(sizes[widest], room - rest)
    if any(table.head) and not stacked:
        yield from _row(tuple(Cell(_line(text), "quiet") for text in table.head), sizes, width)
    for part in parts:
        if isinstance(part, Heading | Para):
            yield from lay_out([part], width)
        elif stacked:
            yield from _stacked(part, width or 0)
        else:
            yield from _row(part, sizes, width)


def _cells(row: tuple[Cell, ...], width: int | None) -> tuple[Cell, ...]:
    join = ", " if width is None else "\n"
    return tuple(Cell(join.join(map(_line, cell.text.splitlines())), cell.tone) for cell in row)


def _widest(text: str) -> int:
    return columns(text) if "\n" not in text else max(map(columns, text.split("\n")))


def _row(row: tuple[Cell, ...], sizes: list[int], width: int | None) -> Iterator[Line]:
    cells = [
        [cell.text] if width is None else _wrap(cell.text, size)
        for cell, size in zip(row, sizes, strict=True)
    ]
    for number in range(max(map(len, cells))):
        spans: list[Span] = []
        pad = _GAP
        for cell, lines, size in zip(row, cells, sizes, strict=True):
            text = lines[number] if number < len(lines) else ""
            if text:
                spans += [Span(pad), Span(text, cell.tone)]
                pad = ""
            pad += " " * (size - columns(text) + 2)
        yield tuple(spans)


def _stacked(row: tuple[Cell, ...], width: int) -> Iterator[Line]:
    """A row as a few lines: its first cell, and under it the others."""
    yield from _wrapped(row[0].text, width, _GAP, row[0].tone or "strong")
    for cell in row[1:]:
        if cell.text:
            yield from _wrapped(cell.text, width, "    ", cell.tone)
