"""Showing a screen to a person: in colour on a terminal, as the same plain text anywhere else."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping

from cpcli.output.blocks import Block
from cpcli.output.layout import Line, Span, lay_out

_STYLES = {
    "strong": ("bold", "1"),
    "quiet": ("dim", "2"),
    "alarm": ("bold red", "1;31"),
    "warn": ("bold yellow", "1;33"),
    "good": ("green", "32"),
    "command": ("cyan", "36"),
}
"""Each tone as rich calls it, and as terminals do."""
_COLOURLESS = {"strong": "1", "quiet": "2", "alarm": "1", "warn": "1"}
_WITHOUT_COLOUR = ("dumb", "unknown")


def show(blocks: Iterable[Block]) -> None:
    """Write the screen to standard output."""
    if not sys.stdout.isatty():
        sys.stdout.write(plain(blocks, None))
    elif os.name == "nt":
        _by_rich(lay_out(blocks, shutil.get_terminal_size().columns))
    else:
        printed = _printing(os.environ)
        lines = lay_out(blocks, shutil.get_terminal_size().columns)
        sys.stdout.write("".join("".join(map(printed, line)) + "\n" for line in lines))


def plain(blocks: Iterable[Block], width: int | None) -> str:
    """The screen as text, wrapped to `width` columns; None keeps each row of a table on one line."""
    return "".join(_text(line) + "\n" for line in lay_out(blocks, width))


def _text(line: Line) -> str:
    return _spaced("".join([text for text, _ in line])).rstrip()


def _spaced(text: str) -> str:
    # A space that no line was to be broken at has done its work.
    return text.replace("\u00a0", " ")


def _printing(environment: Mapping[str, str]) -> Callable[[Span], str]:
    """How a terminal is told of each piece: bold, dim and coloured, as far as it and the person want that."""
    codes = {tone: code for tone, (_, code) in _STYLES.items()}
    if environment.get("TERM") in _WITHOUT_COLOUR:
        codes = {}
    elif environment.get("NO_COLOR"):
        codes = _COLOURLESS

    def printed(span: Span) -> str:
        code = codes.get(span.tone)
        return f"\x1b[{code}m{_spaced(span.text)}\x1b[0m" if code else _spaced(span.text)

    return printed


def _by_rich(lines: Iterable[Line]) -> None:
    """It knows the consoles of Windows, and takes as long to load as all the rest."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines:
        text = Text.assemble(*((_spaced(text), _STYLES.get(tone, ("",))[0]) for text, tone in line))
        console.print(text, soft_wrap=True)
