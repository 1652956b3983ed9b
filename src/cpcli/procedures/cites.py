"""Citations: from "3.6, 3.8-3.10" to the paragraphs that it means, by the document's own order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

PARAGRAPHS = "paragraphs.txt"


class Paragraphs(NamedTuple):
    """Every paragraph number or heading that a document has, in its order."""

    order: tuple[str, ...] = ()
    place: Mapping[str, int] = MappingProxyType({})


class Cited(NamedTuple):
    """What a citation comes to."""

    paragraphs: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    """The parts of it that are no paragraph of the document."""


def read_paragraphs(folder: Path) -> Paragraphs:
    """The paragraphs of the set in this folder; none where the file is missing or cannot be read."""
    try:
        text = (folder / PARAGRAPHS).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return Paragraphs()
    order = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    return Paragraphs(order, {name: place for place, name in enumerate(order)})


def expand(text: str, known: Paragraphs) -> Cited:
    """The paragraphs that a citation names: one, several with commas between, or a range `3.1-3.10`.

    Headings may have commas and hyphens of their own: the longest name that the document has wins.
    Where nothing is known of the document, every part is taken as it stands.
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
            (unknown if known.order else found).append(parts[at])
        at = end
    return Cited(tuple(dict.fromkeys(found)), tuple(unknown))


def _one(name: str, known: Paragraphs) -> tuple[str, ...]:
    """The paragraph of this name, or those of the range; () where there is none such."""
    if name in known.place:
        return (name,)
    pieces = name.replace("–", "-").split("-")
    for cut in range(1, len(pieces)):
        first, last = "-".join(pieces[:cut]).strip(), "-".join(pieces[cut:]).strip()
        if first in known.place and known.place[first] < known.place.get(last, -1):
            return known.order[known.place[first] : known.place[last] + 1]
    return ()
