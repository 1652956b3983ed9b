"""Showing a screen to a person: in colour on a terminal, as the same plain text anywhere else."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable

from cpcli.output.blocks import Block
from cpcli.output.layout import Line, Span, lay_out

_STYLES = {
    "strong": "bold",
    "quiet": "dim",
    "alarm": "bold red",
    "warn": "bold yellow",
    "good": "green",
    "command": "cyan",
}


def show(blocks: Iterable[Block]) -> None:
    """Write the screen to standard output."""
    if sys.stdout.isatty():
        _in_colour(lay_out(blocks, shutil.get_terminal_size().columns))
    else:
        sys.stdout.write(plain(blocks, None))


def plain(blocks: Iterable[Block], width: int | None) -> str:
    """The screen as text, wrapped to `width` columns; None keeps each row of a table on one line."""
    return "".join(_text(line).rstrip() + "\n" for line in lay_out(blocks, width))


def _text(line: Line) -> str:
    return "".join(_printed(span) for span in line)


def _printed(span: Span) -> str:
    # A space that no line was to be broken at has done its work.
    return span.text.replace("\u00a0", " ")


def _in_colour(lines: Iterable[Line]) -> None:
    # rich knows NO_COLOR, dumb terminals and the consoles of Windows.
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        text = Text.assemble(*((_printed(span), _STYLES.get(span.tone, "")) for span in line))
        console.print(text, soft_wrap=True)
