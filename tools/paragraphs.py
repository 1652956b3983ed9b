"""Make a set's paragraphs.txt from the text of its document: everything that can be cited, in its order.

    python tools/paragraphs.py STYLE SOURCE.txt > data/SET/paragraphs.txt

STYLE is how the document is cited:
  numbers   3, 3.9, Annex 1                       sections and paragraphs, numbered with points
  parts     A 3, A 3.4, A 3.4.17, B 20.5.3        the same, in a document of several parts
  running   114, Strategy Meeting, Appendix A     one run of numbers through the whole, and headings
  headings  Making a referral, Appendix 1         headings alone

Look through what it makes: a text that came from print is never quite regular.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

MARKS = re.compile(r"^[\s\-*#•>]+")
BULLET = re.compile(r"^(\s|[\-*•])")
DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,3})\.?(?=\s|$)")
BARE = re.compile(r"(\d{1,3})\.\s+(\S.*)")
ANNEX = re.compile(r"(annex|appendix|step)\s+([0-9]{1,2}|[a-z])(?=\s*[:.]|\s*$)", re.IGNORECASE)
PART = re.compile(r"PART\s+([A-Z])\d?\b")
LEADERS = re.compile(r"(\.{3,}|\t)\s*\d+\s*$")
DATE = re.compile(r"\d\d-\d\d-\d{4}")
LONGEST_HEADING = 75


def numbers(lines: Iterable[str]) -> Iterator[str]:
    """Sections (a number of their own, each one more than the last), paragraphs and annexes."""
    section = 0
    for raw in lines:
        line = MARKS.sub("", raw)
        bare = BARE.match(line)
        if annex := ANNEX.match(line):
            yield f"{annex[1].capitalize()} {annex[2].upper()}"
        elif found := DOTTED.match(line):
            if int(found[1].split(".")[0]) == section:
                yield found[1]
        elif bare and int(bare[1]) == section + 1:
            section += 1
            yield bare[1]


def parts(lines: Iterable[str]) -> Iterator[str]:
    """Chapters, sections and paragraphs with the letter of the part that they stand in.

    The contents come first and name the chapters and sections. In the text each is given where it is
    printed; one that is only in the contents (its heading lost) is given before the first paragraph that
    belongs to it. A number out of its place keeps it, as printed; one that is printed twice is given where
    it first stands.
    """
    part, body = "", False
    contents: set[tuple[str, str]] = set()
    titles: dict[tuple[str, str], str] = {}
    given: set[str] = set()
    for raw in lines:
        line = MARKS.sub("", raw).strip()
        if found := PART.match(line):
            body = body or (found[1] == "A" and not LEADERS.search(line))
            part = found[1]
            continue
        dotted, bare = DOTTED.match(line), BARE.match(line)
        if not body:
            if bare:
                titles[part, bare[1]] = _title(bare[2])
            if dotted or bare:
                contents.add((part, dotted[1] if dotted else bare[1] if bare else ""))
            continue
        number = dotted[1] if dotted else ""
        if bare and not dotted and titles.get((part, bare[1])) == _title(bare[2]):
            number = bare[1]
        if not number or (part, number.split(".")[0]) not in contents:
            continue
        steps = number.split(".")
        above = [".".join(steps[:depth]) for depth in range(1, len(steps))]
        for name in [*(each for each in above if (part, each) in contents), number]:
            if f"{part} {name}" not in given:
                given.add(f"{part} {name}")
                yield f"{part} {name}"


def running(lines: list[str]) -> Iterator[str]:
    """One run of numbers through the whole text, and the headings between them.

    Contents with numbers of their own may stand before it: the run that counts is the longest.
    """
    starts = [at for at, line in enumerate(lines) if re.match(r"[\s\-*]*1\.\s", line)]
    begin = max(starts, key=lambda at: len(list(_run(lines, at))), default=0)
    run = dict(_run(lines, begin))
    for at in range(max(begin - 3, 0), len(lines)):
        line = MARKS.sub("", lines[at]).strip()
        bare = BARE.match(line)
        if at in run:
            yield run[at]
        elif (annex := ANNEX.match(line)) and not _is_sentence(line):
            yield f"{annex[1].capitalize()} {annex[2].upper()}"
        elif bare and _is_heading(bare[2]):
            yield bare[2].strip()
        elif _is_heading(lines[at]):
            yield line


def _run(lines: list[str], begin: int) -> Iterator[tuple[int, str]]:
    last = 0
    for at in range(begin, len(lines)):
        bare = BARE.match(MARKS.sub("", lines[at]))
        if bare and int(bare[1]) == last + 1 and not LEADERS.search(lines[at]):
            last += 1
            yield at, bare[1]


def headings(lines: list[str]) -> Iterator[str]:
    """Short lines that begin with a capital, end without a stop and have text below them."""
    for at, line in enumerate(lines):
        below = next((each.strip() for each in lines[at + 1 :] if each.strip()), "")
        bare = BARE.match(line)
        text = bare[2] if bare else line
        if annex := ANNEX.match(line):
            yield f"{annex[1].capitalize()} {annex[2].upper()}"
        elif below and not DATE.match(below) and _is_heading(text):
            yield text.strip()


def _is_heading(line: str) -> bool:
    text = line.rstrip()
    return (
        not BULLET.match(line)
        and 4 <= len(text) <= LONGEST_HEADING
        and text.lstrip("'‘“\"")[:1].isupper()
        and "**" not in text
        and not _is_sentence(text)
        and not LEADERS.search(line)
    )


def _is_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in ".,;:|" or "http" in text


def _title(text: str) -> str:
    """A chapter's title as far as its first words, to know it again: page numbers and leaders differ."""
    return " ".join(re.findall(r"[a-z]+", LEADERS.sub("", text).lower())[:4])


STYLES = {"numbers": numbers, "parts": parts, "running": running, "headings": headings}


def paragraphs(text: str, style: str) -> list[str]:
    """Everything in the text that can be cited in this style, each once, in the text's order."""
    return list(dict.fromkeys(STYLES[style](text.splitlines())))


def main() -> None:
    """Read the command line, and print one paragraph a line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("style", choices=STYLES)
    parser.add_argument("source", type=Path)
    asked = parser.parse_args()
    found = paragraphs(asked.source.read_text(encoding="utf-8"), asked.style)
    sys.stdout.write("".join(f"{name}\n" for name in found))


if __name__ == "__main__":
    main()
