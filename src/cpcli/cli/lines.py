"""The lines of a file that is read as it comes, each within what the memory bears."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from cpcli.cli.errors import UsageFault

LONGEST = 32_000_000
"""Bytes in a line: a case with hundreds of long answers has fewer."""


def no_json(constant: str) -> None:
    """NaN and Infinity, which Python would read. Raises ValueError."""
    raise ValueError(constant)


def numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each line with its number, from 1. Raises UsageFault for a line that never ends, as of a device."""
    for number, line in enumerate(iter(partial(stream.readline, LONGEST + 1), b""), 1):
        if len(line) > LONGEST:
            raise UsageFault(
                f"Line {number:,} is longer than {LONGEST // 1_000_000} MB: this is no such file."
            )
        yield number, line
