"""Proving data files whole: every problem with its file, its line and its mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cpcli.procedures import catalogue, layers
from cpcli.procedures.build import Surroundings
from cpcli.procedures.build_set import source_text
from cpcli.procedures.cites import PARAGRAPHS, is_marked, read_paragraphs
from cpcli.procedures.from_disk import read_text
from cpcli.procedures.lint_pathway import lint_pathway
from cpcli.procedures.lint_set import Whole, known, lint_whole, place_of
from cpcli.procedures.lint_topics import lint_all, lint_topics
from cpcli.procedures.lint_vary import check_reasons, own_problems
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping
from cpcli.procedures.sources import check_source
from cpcli.procedures.topics import TOPICS, Topics, topics


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
        known, wrong = topics({folder.parent for folder in folders} | {path})
        of_path = []
        for folder in folders:
            whole, found = _lint_set(folder, known, sources)
            files += 1 if only else sum(1 for _ in folder.glob("*.yaml"))
            problems += [problem for problem in found if only is None or problem.file == str(only)]
            of_path.append(whole)
        if (path / TOPICS).is_file():
            files += 1
            problems += [problem for problem in wrong if problem.file == str(path / TOPICS)]
            problems += _in_order(lint_all(of_path, known, path))
    return Checked(files, problems)


def _folders(path: Path) -> tuple[list[Path], Path | None]:
    """The sets that a path means, and the one file that it means of them."""
    if not path.exists():
        raise FileNotFoundError(str(path))
    if path.is_dir():
        return list(catalogue.set_folders([path]).values()), None
    whole = path if path.parent.name.strip(".") else path.resolve()
    is_data = whole.suffix == ".yaml" or whole.name == PARAGRAPHS
    return [whole.parent] if is_data and whole.with_name(layers.SET).is_file() else [], whole


def _lint_set(folder: Path, topics: Topics, sources: Path | None = None) -> tuple[Whole, list[Problem]]:
    folders = layers.chain(folder)
    whole, problems = _whole(folders)
    if cut := layers.cut_short(folders):
        return whole, cut  # everything else would be said of half a set
    problems += _loose_ends(folder)
    problems += _paragraphs(folder, sources, source_text(whole.at.node))
    provided = known(whole)
    for built in whole.built:
        problems += lint_pathway(built, provided)
    problems += lint_whole(whole)
    problems += lint_topics(whole, topics)
    if len(folders) > 1:
        problems = _extending(folders, whole, problems, topics)
    return whole, _in_order(problems)


def _whole(folders: layers.Chain) -> tuple[Whole, list[Problem]]:
    """The set with all its pathways, and what is wrong with them each by itself."""
    folder = folders[0]
    made, problems = catalogue.build_folder(folder)
    groups, events = layers.groups_tree(folders), layers.events_tree(folders)
    paragraphs = layers.paragraphs(folders)
    shared = str(folder / layers.SHARED)
    groups_node = groups.node if isinstance(groups.node, Mapping) else Mapping(1)
    below = layers.below(folders, paragraphs)
    around = Surroundings(made, paragraphs, groups_node, shared, below, groups.remarks)
    every = [catalogue.build_pathway(folder, name, around) for name in layers.pathway_names(folders)]
    problems += groups.problems
    problems += [problem for built in every for problem in built.problems]
    taken = [tree(folders[1:]).node for tree in (layers.groups_tree, layers.events_tree) if len(folders) > 1]
    whole = Whole(
        made,
        tuple(every),
        place_of(str(folder / layers.SET), layers.set_tree(folders).node),
        place_of(str(folder / layers.EVENTS), events.node),
        place_of(shared, groups_node),
        frozenset(name for node in taken if isinstance(node, Mapping) for name in node),
    )
    return whole, problems


def _extending(folders: layers.Chain, whole: Whole, problems: list[Problem], topics: Topics) -> list[Problem]:
    """What is wrong with a set that extends another, each where whoever wrote it can mend it."""
    base, of_base = _lint_set(folders[1], topics)
    found = own_problems(problems, of_base, folders)
    found += check_reasons(whole.built, base.built, folders, whole.set)
    if of_base:
        count = "a problem" if len(of_base) == 1 else f"{len(of_base)} problems"
        mend = f"See `cpcli lint {folders[1]}`."
        found.append(whole.at.wrong("extends", f"{base.set.id} has {count} of its own.", mend))
    return found


def _paragraphs(folder: Path, sources: Path | None, text: str) -> list[Problem]:
    """What is wrong with the list of what may be cited."""
    file = folder / PARAGRAPHS
    order = read_paragraphs(folder).order
    if not order:
        mend = "List every paragraph of the document in it, one a line."
        return [Problem(str(file), 1, "There are no paragraphs to cite.", mend)]
    problems = [
        Problem(str(file), line, f"{name!r} begins as if it were another set's.", "Leave the colon out.")
        for line, name in enumerate(read_text(file).splitlines(), start=1)
        if is_marked(name.strip())
    ]
    if sources is not None and text:
        if Path(text).name != text:
            mend = "Write the file's name alone: --sources says in which folder it is."
            return [*problems, Problem(str(folder / layers.SET), 1, f"`source text` is {text!r}.", mend)]
        problems += check_source(folder, sources / text)
    return problems


def _loose_ends(folder: Path) -> list[Problem]:
    """Files that look like data and are not read."""
    return [
        Problem(str(path), 1, "Only files whose names end in .yaml are read.", "Rename it.")
        for path in sorted(folder.glob("*.yml"))
    ]


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file and line."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line))
