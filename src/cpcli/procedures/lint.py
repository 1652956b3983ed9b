"""Proving data files whole: every problem with its file, its line and its mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cpcli.procedures import catalogue
from cpcli.procedures.build import Surroundings
from cpcli.procedures.build_set import source_text
from cpcli.procedures.cites import PARAGRAPHS, read_paragraphs
from cpcli.procedures.lint_pathway import lint_pathway
from cpcli.procedures.lint_set import Whole, known, lint_whole, place_of
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, read
from cpcli.procedures.sources import check_source


class Checked(NamedTuple):
    """What was looked at, and what is wrong with it."""

    files: int
    problems: list[Problem]


def lint(path: Path, sources: Path | None = None) -> list[Problem]:
    """What is wrong with a set's folder, a folder of sets or one file of a set; [] if nothing is.

    With `sources`, a folder of the documents' texts, every paragraph that may be cited is looked up in the
    text that set.yaml names. Raises FileNotFoundError where the path does not exist.
    """
    return check([path], sources).problems


def check(paths: Sequence[Path], sources: Path | None = None) -> Checked:
    """The same for several paths, with the number of files that were looked at."""
    problems: list[Problem] = []
    files = 0
    for path in paths:
        folders, only = _folders(path)
        for folder in folders:
            found = _lint_set(folder, sources)
            files += 1 if only else sum(1 for _ in folder.glob("*.yaml"))
            problems += [problem for problem in found if only is None or problem.file == str(only)]
    return Checked(files, problems)


def _folders(path: Path) -> tuple[list[Path], Path | None]:
    """The sets that a path means, and the one file that it means of them."""
    if not path.exists():
        raise FileNotFoundError(str(path))
    if path.is_dir():
        return list(catalogue.set_folders([path]).values()), None
    whole = path if path.parent.name.strip(".") else path.resolve()
    is_data = whole.suffix == ".yaml" or whole.name == PARAGRAPHS
    return [whole.parent] if is_data and whole.with_name(catalogue.SET).is_file() else [], whole


def _lint_set(folder: Path, sources: Path | None) -> list[Problem]:
    made, problems = catalogue.build_folder(folder)
    set_node, _ = read(folder / catalogue.SET)
    problems += _loose_ends(folder)
    paragraphs = read_paragraphs(folder)
    if not paragraphs.order:
        mend = "List every paragraph of the document in it, one a line."
        problems.append(Problem(str(folder / PARAGRAPHS), 1, "There are no paragraphs to cite.", mend))
    elif sources is not None and source_text(set_node):
        problems += check_source(folder, sources / source_text(set_node))
    groups, events = Mapping(1), Mapping(1)
    for name, kept in ((catalogue.SHARED, groups), (catalogue.EVENTS, events)):
        if (folder / name).is_file():
            node, broken = read(folder / name)
            if name == catalogue.SHARED:
                problems += broken
            _copy(node, kept)
    around = Surroundings(made, paragraphs, groups, str(folder / catalogue.SHARED))
    every = [catalogue.build_file(path, around) for path in catalogue.pathway_files(folder)]
    problems += [problem for built in every for problem in built.problems]
    whole = Whole(
        made,
        tuple(every),
        place_of(str(folder / catalogue.SET), set_node),
        place_of(str(folder / catalogue.EVENTS), events),
        place_of(str(folder / catalogue.SHARED), groups),
    )
    provided = known(whole)
    for built in every:
        problems += lint_pathway(built, provided)
    problems += lint_whole(whole)
    return _in_order(problems)


def _copy(node: object, into: Mapping) -> None:
    if isinstance(node, Mapping):
        into.update(node)
        into.lines = node.lines


def _loose_ends(folder: Path) -> list[Problem]:
    """Files that look like data and are not read."""
    return [
        Problem(str(path), 1, "Only files whose names end in .yaml are read.", "Rename it.")
        for path in sorted(folder.glob("*.yml"))
    ]


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and line."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line))
