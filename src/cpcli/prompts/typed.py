"""What a terminal does to a line that is typed or pasted into it."""

from __future__ import annotations

import sys
from typing import TextIO

LONGEST = 1023 if sys.platform == "darwin" else 4095
"""Bytes of a line that a terminal hands over at most. It drops the rest, and says nothing."""
CUT = (
    "That line is longer than the terminal takes at once, and its end is lost. "
    "Give it again in shorter lines, or from a file."
)


def is_cut(line: str, given: TextIO) -> bool:
    """Whether the terminal has dropped the end of the line."""
    return len(line) >= LONGEST // 4 and given.isatty() and len(line.rstrip("\r\n").encode()) >= LONGEST
