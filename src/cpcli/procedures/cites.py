"""Citations: from "3.6, 3.8-3.10" to the paragraphs that it means, by the document's own order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cpcli.procedures.from_disk import read_text

PARAGRAPHS = "paragraphs.txt"
LOCAL = " (local)"
"""What is said after the name of a set that extends another."""
_SAID = re.compile(r"([a-z][A-Za-z0-9._-]*(?: \(local\))?) (.+)", re.DOTALL)
_MARKED = re.compile(r"([a-z][A-Za-z0-9._-]*(?: \(local\))?): (.+)", re.DOTALL)


class Paragraphs(NamedTuple):
    """Every paragraph number or heading that a document has, in its order."""

    order: tuple[str, ...] = ()
    place: Mapping[str, int] = MappingProxyType({})
    whose: str = ""
    """Whose they are, where a set extends another: "essex-team (local)", "set-2025". Each citation then says
    so: "essex-team (local): 2.1"."""
    below: Paragraphs | None = None
    """Those of the set that this one extends, which it may cite too."""

    def names(self) -> tuple[str, ...]:
        """Everything that may be cited."""
        return self.order + (self.below.names() if self.below else ())


class Cited(NamedTuple):
    """What a citation comes to."""

    paragraphs: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    """The parts of it that are no paragraph of the document."""


def read_paragraphs(folder: Path) -> Paragraphs:
    """The paragraphs of the set in this folder; none where the file is missing or cannot be read."""
    try:
        text = read_text(folder / PARAGRAPHS)
    except OSError:
        return Paragraphs()
    order = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    return Paragraphs(order, {name: place for place, name in enumerate(order)})


def marked(whose: str, name: str) -> str:
    """A paragraph with whose it is, where that has to be said: "set-2025: A 2.4.11"."""
    return f"{whose}: {name}" if whose else name


def is_marked(cite: str) -> bool:
    """Whether the citation itself says whose paragraph it is."""
    return _MARKED.fullmatch(cite) is not None


def by_source(source: str, cites: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The citations of a duty or a step by whose they are, in their order; its own set's name is `source`."""
    found: dict[str, list[str]] = {}
    for cite in cites:
        said = _MARKED.fullmatch(cite)
        found.setdefault(said[1] if said else source, []).append(said[2] if said else cite)
    yield from found.items()


def say_cites(source: str, cites: Iterable[str]) -> str:
    """The citations as people read them: "set-2025 A 2.4.2, A 2.4.11"; without a `source`, "3.9, 3.10"."""
    return "; ".join(f"{of} {', '.join(names)}".strip() for of, names in by_source(source, cites))


def read_cites(source: str, said: str) -> tuple[str, ...]:
    """What say_cites() said, as citations again; of each set's paragraphs one."""
    parts = (_SAID.fullmatch(part) for part in said.split("; "))
    return tuple(part[2] if part[1] == source else marked(part[1], part[2]) for part in parts if part)


def expand(text: str, known: Paragraphs) -> Cited:
    """The paragraphs that a citation names: one, several with commas between, or a range `3.1-3.10`.

    Headings may have commas and hyphens of their own: the longest name that the document has wins.
    Where nothing is known of the document, every part is taken as it stands. In a set that extends another,
    "set-2025 A 2.4.11" is the other's paragraph, and so is "A 2.4.11" where the set itself has none of that
    name.
    """
    parts = [part.strip() for part in text.split(",")]
    found: list[str] = []
    unknown: list[str] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            here = _one(", ".join(parts[at:end]), known)
            if here:
                found += here
                break
        else:
            end = at + 1
            (unknown if known.names() else found).append(parts[at])
        at = end
    return Cited(tuple(dict.fromkeys(found)), tuple(unknown))


def _one(name: str, known: Paragraphs) -> tuple[str, ...]:
    """The paragraph of this name, or those of the range; () where there is none such."""
    if name in known.place:
        return (marked(known.whose, name),)
    pieces = name.replace("–", "-").split("-")
    for cut in range(1, len(pieces)):
        first, last = "-".join(pieces[:cut]).strip(), "-".join(pieces[cut:]).strip()
        if first in known.place and known.place[first] < known.place.get(last, -1):
            inside = known.order[known.place[first] : known.place[last] + 1]
            return tuple(marked(known.whose, each) for each in inside)
    if known.below is None:
        return ()
    return _one(_without(name, known.below.whose), known.below)


def _without(name: str, whose: str) -> str:
    """The name without the set's that may stand before it: "set-2025 A 2.4.11", "set-2025: A 2.4.11"."""
    said = re.fullmatch(rf"{re.escape(whose.removesuffix(LOCAL))}(?: \(local\))?:? (.+)", name, re.DOTALL)
    return said[1].strip() if said else name
