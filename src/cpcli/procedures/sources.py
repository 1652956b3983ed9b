"""Whether the paragraphs that a set may cite stand in the text of its document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cpcli.procedures.cites import PARAGRAPHS
from cpcli.procedures.from_disk import MEGABYTE, read_text
from cpcli.procedures.problem import Problem

LONGEST = 20 * MEGABYTE
"""Bytes of a document's text."""
_MARKS = re.compile(r"^[\s\-*#•>]+")
_NUMBER = re.compile(r"(?:[0-9]+\.)*[0-9]+|(?:Annex|Appendix|Step) [0-9A-Z]+", re.IGNORECASE)
_PART_LINE = re.compile(r"PART ([A-Z])\b(?!.*\d$)")
_IN_PART = re.compile(r"([A-Z]) (.+)")


def check_source(folder: Path, source: Path) -> Iterator[Problem]:
    """A problem for each line of the folder's paragraphs.txt that the source text does not have."""
    file = folder / PARAGRAPHS
    try:
        text = read_text(source, LONGEST)
        lines = read_text(file).splitlines()
    except OSError as error:
        what = error.strerror or "unknown reason"
        yield Problem(
            str(file), 1, f"It cannot be compared with {source.name}: {what}.", "Check `source text`."
        )
        return
    there = names_in(text)
    openings = tuple(_plain(_MARKS.sub("", raw)) for raw in text.splitlines())
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        name = line.strip()
        if not name:
            continue
        if name in seen:
            yield Problem(
                str(file), number, f"{name!r} stands in line {seen[name]} already.", "Take one out."
            )
        seen.setdefault(name, number)
        if _plain(name) not in there and not _opens(_plain(name), openings):
            mend = "Take the line out, or write it as the document has it."
            yield Problem(str(file), number, f"{source.name} has no paragraph {name!r}.", mend)


def _opens(name: str, lines: tuple[str, ...]) -> bool:
    """Whether a paragraph without number or heading begins with this: three words at least."""
    return len(name.split()) > 2 and any(line.startswith(f"{name} ") for line in lines)


def names_in(text: str) -> set[str]:
    """Everything that a paragraph could be cited by: the numbers and headings that begin the text's lines.

    In a document of several parts ("PART A"), the part's letter is added: "A 3.4.17".
    """
    names: set[str] = set()
    part = ""
    for raw in text.splitlines():
        line = _MARKS.sub("", raw).strip()
        if found := _PART_LINE.match(line):
            part = found[1]
        number = _NUMBER.match(line)
        here = {_plain(line)} if line else set()
        if number:
            here |= {_plain(number[0]), _plain(line[number.end() :])}
        names |= here
        if part:
            names |= {f"{part} {name}".lower() for name in here}
    return names


def _plain(name: str) -> str:
    """A name without what varies in print: case, markup, the full stop or colon at its end."""
    return " ".join(re.sub(r"[*_`]", "", name).lower().strip(" .:|\t").split())
