"""Plain words for people: what a `when` says, and the nearest of some names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cpcli.procedures.model import Test, When

_PHRASES = {
    "is": "is",
    "is not": "is not",
    "answered": "is answered",
    "not answered": "is not answered",
    "skipped": "is skipped",
    "ticked": "is ticked",
    "not ticked": "is not ticked",
    "complete": "is complete",
    "not complete": "is not complete",
    "under": "is under",
    "at least": "is at least",
    "has happened": "has happened",
    "has not happened": "has not happened",
}

_LIKELY = 30
"""Of more names than these, only so many are compared letter by letter."""


def when_words(when: When) -> str:
    """What a `when` says: "concern is unresolved; role is not student"; "" where it always holds."""
    return ", or ".join("; ".join(test_words(test) for test in tests) for tests in when)


def test_words(test: Test) -> str:
    """What one test says: "concern is new or unresolved"."""
    return " ".join((test.subject, _PHRASES[test.verb], " or ".join(test.values))).rstrip()


def short(name: str) -> str:
    """A name as it is compared, however it is typed: "Section 47" and "section-47" are one."""
    return "-".join(re.findall(r"[^\W_]+", name.casefold().replace("'", "").replace("\u2019", "")))


def id_of(name: str, names: Mapping[str, Iterable[str]]) -> str:
    """The id that is meant by this name, of ids with what each is called for short; "" where none is."""
    if name in names:
        return name
    said = short(name)
    if not said or said in names:
        return said
    return next((each for each, also in names.items() if said in map(short, also)), "")


def made_up(text: str, taken: Container[str]) -> str:
    """An id for something told that has none: its first five words."""
    name = "-".join(re.findall(r"[a-z0-9]+", text.lower())[:5]) or "told"
    number = 1
    made = name
    while made in taken:
        number += 1
        made = f"{name}-{number}"
    return made


def nearest(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like this one, best first; none where nothing is near."""
    import difflib

    known = list(names)
    close = difflib.get_close_matches(name, _likely(name, known), n=most, cutoff=0.5)
    close += [other for other in known if name and name in other and other not in close]
    return close[:most]


def _likely(name: str, known: list[str]) -> list[str]:
    """Of many names those that share the most pairs of letters with this one: comparing letter by letter is
    slow.
    """
    if len(known) <= _LIKELY:
        return known
    own = _pairs(name)
    return nlargest(_LIKELY, known, lambda other: len(own & _pairs(other)) / (1 + len(_pairs(other))))


@lru_cache(maxsize=8192)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(name)))


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A mend for an unknown name: the nearest, or else all that there are."""
    known = list(names)
    close = nearest(name, known, most=1)
    if close:
        return f"Did you mean `{close[0]}`?"
    if not known:
        return "There is nothing yet that it could name."
    return "Possible: " + ", ".join(known[:12]) + (" …" if len(known) > 12 else "") + "."
