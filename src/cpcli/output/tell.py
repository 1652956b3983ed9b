"""The one way in which a line is written for a person: nothing that it quotes commands the terminal."""

from __future__ import annotations

import sys

from cpcli.output.safe import safe

LONGEST = 1000
"""Characters that are told at once."""


def tell(text: str, *, end: str = "\n") -> None:
    """Write it to standard error, where everything goes that is no data, without the middle of what somebody
    pasted by mistake.
    """
    told = safe(text)
    if len(told) > LONGEST:
        told = f"{told[: LONGEST // 2]} … {told[-LONGEST // 2 :]}"
    print(told, file=sys.stderr, end=end, flush=True)


def put(text: str) -> None:
    """Write it to standard output."""
    print(safe(text))
