"""Text that somebody typed, made safe to show: it can neither command the terminal nor disguise itself."""

from __future__ import annotations

import re

# C0 and C1 controls except the newline, line separators, and the marks that reorder what is read.
_UNSAFE = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def safe(text: str) -> str:
    """The text with every control character shown as an escape (\\x1b); newlines stay."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_UNSAFE, _visible, text.replace("\r\n", "\n").replace("\t", " "))


def _visible(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
