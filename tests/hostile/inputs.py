"""Inputs that somebody wants to break a reader with, and those that merely went wrong on their way.

Each is made by chance, and whose chance it is does not matter here: hypothesis draws, and makes a failing
input small; dice are far quicker, and the same number throws the same again.
"""

import random
import sys

from hypothesis import strategies as st

NASTY = (
    "",
    "\x00",
    "\x1b[2J",
    "\x1b]52;c;ZWNobw==\x07",
    "\x1b]8;;http://example.org\x07link\x1b]8;;\x07",
    "\x9b31m",
    "\r",
    "\b\b\b",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\ud800",
    "\U000e0041",
    "é",
    "٣",
    "²",
    "𝟚",
    "ﬀ",
    "İ",
    "-",
    "--",
    "=1+1",
    "'",
    '"',
    "\\",
    "{",
    "}",
    "[",
    "]",
    "[" * 3000,
    '{"a":' * 1500,
    ",",
    ":",
    ";",
    "#",
    "&a",
    "*a",
    "!!python/object/apply:os.system [id]",
    "<<",
    "|",
    ">",
    "%",
    "@",
    "`",
    "\t",
    "\n",
    "\r\n",
    "\u2028",
    " ",
    "~",
    "null",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "9" * 30,
    "9" * 5000,
    "-1",
    "0",
    "1.5",
    "true",
    "../../etc/passwd",
    "/dev/zero",
    "__class__",
    "%s%n",
    "{0.__class__}",
    "$(id)",
    "x" * 20_000,
)
"""Pieces that something has tripped over somewhere."""


class Dice:
    """Chance that is the same each time for the same seed."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def number(self, low, high):
        """A whole number, both ends included."""
        return self._random.randint(low, high)

    def one(self, of):
        """One of these."""
        return of[int(self._random.random() * len(of))]


class _Drawn:
    """Chance that is hypothesis's."""

    def __init__(self, draw):
        self._draw = draw

    def number(self, low, high):
        return self._draw(st.integers(low, high))

    def one(self, of):
        return self._draw(st.sampled_from(of))


@st.composite
def drawn(draw, make):
    """What `make` makes by chance, as a strategy."""
    return make(_Drawn(draw))


def any_text(chance, longest=60):
    """Any text at all."""
    return "".join(_letter(chance) for _ in range(chance.number(0, longest)))


def _letter(chance):
    last = chance.one((0x7F, 0x7F, 0xFF, 0x2FFF, sys.maxunicode))
    return chr(chance.number(0, last))


def any_json(chance, depth=3):
    """Any JSON value, with what JSON does not have and Python reads all the same."""
    sort = chance.number(0, 9 if depth else 6)
    match sort:
        case 0:
            return chance.one((None, True, False))
        case 1:
            return chance.number(-3, 30)
        case 2:
            return chance.number(-(10**40), 10**40)
        case 3:
            return chance.one((0.0, -0.0, 1.5, 1e308, float("inf"), float("nan")))
        case 4:
            return any_text(chance, 8)
        case 5 | 6:
            return chance.one(NASTY)
        case 7:
            return [any_json(chance, depth - 1) for _ in range(chance.number(0, 3))]
    return {_key(chance): any_json(chance, depth - 1) for _ in range(chance.number(0, 3))}


def _key(chance):
    return chance.one(NASTY) if chance.number(0, 2) else any_text(chance, 6)


def near(samples, pieces=()):
    """A good text, and a few things done to it; now and then any text at all."""
    pieces, samples = (*pieces, *NASTY), tuple(samples)

    def make(chance):
        if chance.number(0, 9) == 0:
            return any_text(chance)
        text = chance.one(samples)
        for _ in range(chance.number(0, 4)):
            text = _edited(text, chance.one(_EDITS), chance.number(0, 1 << 16), chance.one(pieces))
        return text

    return make


_EDITS = ("cut", "put", "twice", "swap", "turn", "end")


def _edited(text, how, place, piece):
    """One thing done to a text, somewhere in it."""
    at = place % (len(text) + 1)
    to = min(at + 1 + place % 7, len(text))
    match how:
        case "cut":
            return text[:at] + text[to:]
        case "put":
            return text[:at] + piece + text[at:]
        case "twice":
            return text[:to] + text[at:to] * (1 + place % 3) + text[to:]
        case "swap":
            return text[:at] + piece + text[to:]
        case "turn" if at < len(text):
            return text[:at] + chr(ord(text[at]) ^ (1 << place % 7)) + text[at + 1 :]
        case "end":
            return text[:at]
    return text


def near_bytes(samples, pieces=()):
    """The same as the bytes of a file: in UTF-8, and now and then in what is none."""
    text = near(samples, pieces)
    encodings = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-8", "utf-16", "latin-1", "utf-8-sig")
    return lambda chance: _encoded(text(chance), chance.one(encodings))


def _encoded(text, encoding):
    return text.encode(encoding, "replace" if encoding == "latin-1" else "surrogatepass")


def near_object(samples):
    """A good JSON value with a few of its parts replaced, taken out or renamed."""

    def make(chance):
        value = _copy(chance.one(samples))
        for _ in range(chance.number(1, 3)):
            value = _changed(chance, value)
        return value

    return make


def _changed(chance, value):
    if not isinstance(value, dict | list) or not value or chance.number(0, 5) == 0:
        return any_json(chance)
    key = chance.one(list(value) if isinstance(value, dict) else list(range(len(value))))
    match chance.number(0, 5):
        case 0:
            del value[key]
        case 1 if isinstance(value, dict):
            value[_key(chance)] = value.pop(key)
        case 2 if isinstance(value, list):
            value.insert(0, _copy(value[key]))
        case _:
            value[key] = _changed(chance, value[key])
    return value


def _copy(value):
    if isinstance(value, dict):
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if isinstance(value, list) else value


def spoilt(samples, page=4096):
    """The bytes of a good file after a few accidents: bits turned, pages changed about, the end gone."""

    def make(chance):
        data = bytearray(chance.one(samples))
        for _ in range(chance.number(1, 3)):
            _spoil(chance, data, page)
        return bytes(data)

    return make


def _spoil(chance, data, page):
    place = chance.number(0, max(len(data) - 1, 0))
    match chance.number(0, 6):
        case 0 | 1 | 2 if data:
            data[place] = chance.number(0, 255)
        case 3:
            del data[place:]
        case 4:
            of, to = (place // page) * page, chance.number(0, len(data) // page) * page
            data[of : of + page], data[to : to + page] = data[to : to + page], data[of : of + page]
        case 5:
            del data[place : place + chance.number(1, page)]
        case _:
            data[place : place + 16] = chance.number(0, (1 << 128) - 1).to_bytes(16)
