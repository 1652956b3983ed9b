"""Text that somebody typed, made safe to show: it can neither command the terminal nor disguise itself."""

from __future__ import annotations

import re

# C0 and C1 controls except the newline, line separators, what reorders what is read, what is not seen at all,
# halves of surrogate pairs, and the two joiners, which some scripts need.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"


def safe(text: str) -> str:
    """The text with every control character shown as an escape (\\x1b); newlines stay."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n").replace("\t", " "))


def safe_json(text: str) -> str:
    """JSON that says the same, with what is unsafe in it written as JSON's own escapes."""
    if text.isascii() and "\x7f" not in text and "\r" not in text:
        return text
    return _UNSAFE.sub(_escaped, text.replace("\r", " ").replace("\t", " "))


def _visible(match: re.Match[str]) -> str:
    if _joins(match):
        return match[0]
    number = ord(match[0])
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _escaped(match: re.Match[str]) -> str:
    if _joins(match):
        return match[0]
    number = ord(match[0])
    if number < 0x10000:
        return f"\\u{number:04x}"
    high, low = divmod(number - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _joins(match: re.Match[str]) -> bool:
    """Whether it is a joiner between two letters or signs of a script that has them."""
    if match[0] not in _JOINERS:
        return False
    from unicodedata import category

    first, last = match.span()
    around = match.string[max(first - 1, 0) : first], match.string[last : last + 1]
    return all(each and not each.isascii() and category(each)[0] in "LMS" for each in around)
