"""Writes docs/coverage.md: chapter by chapter, what of each document is walked, and what is left as reading.

python tools/coverage.py          # write it
python tools/coverage.py --check  # fail where it is not current, or where a paragraph is unaccounted for
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from cpcli.procedures.catalogue import pathways, procedure_set, set_folders
from cpcli.procedures.cites import read_paragraphs
from cpcli.procedures.layers import data_folder
from cpcli.procedures.model import Pathway

PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"
WHOLE = "the whole"
READING = "reading-only.txt"
"""In a set's folder: paragraphs that ask nothing of anybody, each with why: `A 1.2.1: a definition`."""
HEAD = """# Coverage

What of each document is walked. A paragraph is *cited* where a step, checklist, duty or way onward rests on
it, and *reading only* where it asks nothing of anybody; why is said below each table. `tools/coverage.py`
writes this page; a test says that it is current and that no paragraph is left out in silence.
"""


def reading_only(folder: Path) -> dict[str, str]:
    """Paragraphs left as reading, with why."""
    path = folder / READING
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return dict(line.split(": ", 1) for line in lines if line.strip() and not line.startswith("#"))


def chapter_of(paragraph: str) -> str:
    """ "A 3" of "A 3.4.17", "3" of "3.9", "Annex 1" of itself."""
    found = re.match(r"(?:[A-Z] )?\d+(?=\.|$)", paragraph)
    return found[0] if found else paragraph


def cited_by(pathway: Pathway) -> Iterator[str]:
    """Paragraphs that something in the pathway rests on; those that only its head names do not count."""
    for step in pathway.steps:
        yield from step.cite
        yield from (cite for item in step.items for cite in item.cite)
    for duty in pathway.duties:
        yield from duty.cite
        yield from (cite for reading in duty.differs for cite in reading.cite)
    for other in (*pathway.leads_to, *pathway.otherwise):
        yield from other.cite
    yield from pathway.marking_cite


def home(cite: str, in_chapters: bool) -> str:
    """The chapter that something with this citation is counted in."""
    return chapter_of(cite) if in_chapters else WHOLE


def has_chapters(order: Sequence[str]) -> bool:
    """Whether its paragraphs are numbered within chapters."""
    return any("." in paragraph and paragraph[-1].isdigit() for paragraph in order)


def of_set(folder: Path) -> tuple[str, list[str]]:
    """The set's part of the page, and the paragraphs that nothing accounts for."""
    known, reading, walked = (
        procedure_set([folder.parent], folder.name),
        reading_only(folder),
        pathways(folder),
    )
    order = read_paragraphs(folder).order
    in_chapters = has_chapters(order)
    cited = {cite for pathway in walked for cite in cited_by(pathway)}
    duties, lists, walks = Counter[str](), Counter[str](), Counter[str]()
    for pathway in walked:
        homes = Counter(home(cite, in_chapters) for cite in cited_by(pathway))
        walks[homes.most_common(1)[0][0]] += 1
        duties.update(home(duty.cite[0], in_chapters) for duty in pathway.duties)
        lists.update(home(s.cite[0], in_chapters) for s in pathway.steps if s.kind == "checklist")
    # A section is accounted for by the paragraphs in it.
    numbered = [p for p in order if re.search(r"\d$", p)]
    counted = numbered if len(numbered) > len(order) / 2 else order  # headings stand in for missing numbers
    leaves = [
        p for p in order if p in cited or (p in counted and not any(q.startswith(f"{p}.") for q in order))
    ]
    grouped: dict[str, list[str]] = {}
    for paragraph in leaves:
        grouped.setdefault(home(paragraph, in_chapters), []).append(paragraph)
    rows, left, missing = [], [], []
    for chapter, members in grouped.items():
        if not walks[chapter] and not set(members) <= cited:
            continue  # a chapter that no pathway is of
        uncited = [p for p in members if p not in cited]
        only = [p for p in uncited if p in reading]
        missing += [p for p in uncited if p not in reading]
        left += [f"- {p}: {reading[p]}" for p in only]
        figures = (len(members), len(members) - len(uncited), len(only))
        cells = (chapter, *figures, walks[chapter], duties[chapter], lists[chapter])
        rows.append(f"| {' | '.join(map(str, cells))} |")
    head = "| chapter | paragraphs | cited | reading only | pathways | duties | checklists |"
    parts = [f"## {known.title} (`{known.id}`)", "", f"Edition: {known.edition}.", "", head]
    parts += ["|---|---|---|---|---|---|---|", *rows]
    absent = [name for name in grouped if not walks[name] and not set(grouped[name]) <= cited]
    if absent:
        parts += ["", f"Chapters that are not walked: {', '.join(absent)}."]
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
