"""The one way in which a line is written for a person: nothing that it quotes commands the terminal."""

from __future__ import annotations

import sys

from cpcli.output.safe import safe


def tell(text: str, *, end: str = "\n") -> None:
    """Write it to standard error, where everything goes that is no data."""
    print(safe(text), file=sys.stderr, end=end, flush=True)


def put(text: str) -> None:
    """Write it to standard output."""
    print(safe(text))
