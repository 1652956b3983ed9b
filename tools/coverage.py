"""Writes docs/coverage.md: chapter by chapter, what of each document is walked, and what is left as reading.

python tools/coverage.py          # write it
python tools/coverage.py --check  # fail where it is not current, or where a paragraph is unaccounted for
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cpcli.procedures.catalogue import data_folder, pathways, procedure_set, set_folders
from cpcli.procedures.cites import read_paragraphs
from cpcli.procedures.listing import index

PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"
WHOLE = "the whole"
READING = "reading-only.txt"
"""In a set's folder: paragraphs that ask nothing of anybody, each with why, as `A 1.2.1: a definition`."""
HEAD = """# Coverage

What of each document is walked. A paragraph is *cited* where a pathway, step, checklist, duty or way onward rests
on it, and *reading only* where it asks nothing of anybody; why is said below each table. Written by
`python tools/coverage.py`; a test says that it is current and that no paragraph is left out in silence.
"""


class Chapter(NamedTuple):
    """One row of a table."""

    name: str
    paragraphs: list[str]
    cited: set[str]


def reading_only(folder: Path) -> dict[str, str]:
    """Paragraphs left as reading, with why."""
    path = folder / READING
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return dict(line.split(": ", 1) for line in lines if line.strip() and not line.startswith("#"))


def chapter_of(paragraph: str) -> str:
    """ "A 3" of "A 3.4.17", "3" of "3.9", "Annex 1" of itself."""
    found = re.match(r"(?:[A-Z] )?\d+(?=\.|$)", paragraph)
    return found[0] if found else paragraph


def chapters(folder: Path) -> list[Chapter]:
    """The document's chapters, as far as the set's pathways reach."""
    order = read_paragraphs(folder).order
    cited = {cite for each in index(folder).pathways for cite in each.cites}
    # A section is accounted for by the paragraphs in it.
    leaves = [p for p in order if p in cited or not any(q.startswith(f"{p}.") for q in order)]
    in_chapters = has_chapters(order)
    grouped: dict[str, list[str]] = {}
    for paragraph in leaves:
        grouped.setdefault(chapter_of(paragraph) if in_chapters else WHOLE, []).append(paragraph)
    reach = {chapter_of(cite) for cite in cited}
    return [
        Chapter(name, members, cited & set(members))
        for name, members in grouped.items()
        if name == WHOLE or name in reach
    ]


def has_chapters(order: Sequence[str]) -> bool:
    """Whether its paragraphs are numbered within chapters."""
    return any("." in paragraph and paragraph[-1].isdigit() for paragraph in order)


def home(cite: str, in_chapters: bool) -> str:
    """The chapter that something with this citation is counted in."""
    return chapter_of(cite) if in_chapters else WHOLE


def of_set(folder: Path) -> tuple[str, list[str]]:
    """The set's part of the page, and the paragraphs that nothing accounts for."""
    known = procedure_set([folder.parent], folder.name)
    reading = reading_only(folder)
    in_chapters = has_chapters(read_paragraphs(folder).order)
    duties, lists, walks = Counter[str](), Counter[str](), Counter[str]()
    for pathway in pathways(folder):
        homes = Counter(home(cite, in_chapters) for cite in pathway.cites)
        walks[homes.most_common(1)[0][0]] += 1
        for duty in pathway.duties:
            duties[home(duty.cite[0], in_chapters)] += 1
        for step in pathway.steps:
            lists[home(step.cite[0], in_chapters)] += step.kind == "checklist"
    rows, left, missing = [], [], []
    for chapter in chapters(folder):
        only = [p for p in chapter.paragraphs if p not in chapter.cited and p in reading]
        missing += [p for p in chapter.paragraphs if p not in chapter.cited and p not in reading]
        left += [f"- {p}: {reading[p]}" for p in only]
        rows.append(
            f"| {chapter.name} | {len(chapter.paragraphs)} | {len(chapter.cited)} | {len(only)} "
            f"| {walks[chapter.name]} | {duties[chapter.name]} | {lists[chapter.name]} |"
        )
    head = "| chapter | paragraphs | cited | reading only | pathways | duties | checklists |"
    parts = [f"## {known.title} (`{known.id}`)", "", f"Edition: {known.edition}.", "", head]
    parts += ["|---|---|---|---|---|---|---|", *rows]
    if left:
        parts += ["", "Left as reading only, and why:", "", *left]
    return "\n".join(parts), [f"{known.id} {paragraph}" for paragraph in missing]


def page() -> tuple[str, list[str]]:
    """The whole page, and every paragraph that nothing accounts for."""
    written = [of_set(folder) for folder in set_folders([data_folder()]).values()]
    text = "\n\n".join([HEAD.strip(), *(each for each, _ in written)])
    return text + "\n", [paragraph for _, missing in written for paragraph in missing]


def main() -> int:
    """Write the page, or with --check say what is wrong with it."""
    text, missing = page()
    for paragraph in missing:
        print(f"{paragraph}: neither cited nor in {READING}", file=sys.stderr)
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
        return 1 if missing else 0
    current = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
    if not current:
        print("docs/coverage.md is not current: python tools/coverage.py", file=sys.stderr)
    return 0 if current and not missing else 1


if __name__ == "__main__":
    sys.exit(main())
