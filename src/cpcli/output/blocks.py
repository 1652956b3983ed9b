"""What a screen says, before anybody decides how it looks: a screen is a list of blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

TONES = ("", "strong", "quiet", "alarm", "warn", "good", "command")
"""How a text is meant. Colour only ever repeats what the words say."""


class Title(NamedTuple):
    """What the whole screen is about."""

    text: str
    aside: str = ""


class Heading(NamedTuple):
    """The beginning of a part."""

    text: str
    tone: str = "strong"


class Para(NamedTuple):
    """A paragraph; each line of the text begins anew."""

    text: str
    tone: str = ""
    indent: int = 2


class Item(NamedTuple):
    """One thing among several: what leads it (a date, a label), what it says, and what is said of it."""

    lead: str
    text: str
    details: tuple[str, ...] = ()
    tone: str = ""
    """Of the lead."""
    command: str = ""
    """A command to type, on a line of its own that is never broken."""
    command_for: str = ""
    """What it is for."""
    text_tone: str = ""
    answer: str = ""
    """What was answered, where the text is a question."""
    answer_tone: str = "strong"


class Items(NamedTuple):
    """Several of them, their texts one under the other."""

    items: tuple[Item, ...]
    apart: bool = False
    """With an empty line between them."""


class Cell(NamedTuple):
    """One cell of a table."""

    text: str
    tone: str = ""


class Table(NamedTuple):
    """Rows under a head, in parts with headings. Where they do not fit, the widest column is broken.

    A cell of several lines keeps them on a terminal; elsewhere a row is always one line.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...] | Heading | Para, ...]


class Gap(NamedTuple):
    """An empty line."""


class Drawing(NamedTuple):
    """What is drawn to the width that there is."""

    rows: Callable[[int], list[tuple[Cell, ...]]]
    """From the width to its lines, none of them wider, and safe to show."""


Block = Title | Heading | Para | Items | Table | Gap | Drawing
