"""Something wrong in a data file: an error that is a value."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """Where it is, what is wrong, and what to do about it."""

    file: str
    line: int
    """From 1."""
    message: str
    """What is wrong, in one line."""
    mend: str
    """What to do about it."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.mend}".rstrip()
