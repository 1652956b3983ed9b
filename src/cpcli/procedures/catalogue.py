"""The procedure sets that are at hand, and any one pathway of them, reading only its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cpcli.procedures import layers
from cpcli.procedures.layers import SET, chain, pathway_names
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping
from cpcli.procedures.words import id_of, nearest

if TYPE_CHECKING:
    from cpcli.procedures.build import Built, Surroundings
    from cpcli.procedures.model import Pathway, ProcedureSet


class CatalogueError(Exception):
    """What was asked for cannot be had. The message is one line for the person who asked."""


class NoSuchSet(CatalogueError):
    """No set of that id is at hand."""


class NoSuchPathway(CatalogueError):
    """No pathway of that id is at hand."""


class Ambiguous(CatalogueError):
    """Several sets have a pathway of that id, and ours is none of them."""

    def __init__(self, name: str, choices: tuple[str, ...], ours: str = "") -> None:
        where = f"is not in your set, {ours}, but in several others" if ours else "is in several sets"
        mend = "" if ours else " To have it mean yours: cpcli config set set SET"
        super().__init__(f"{name!r} {where}. Say which: {', '.join(choices)}.{mend}")
        self.choices = choices
        """Each as set/pathway."""


class BrokenData(CatalogueError):
    """A file of the set is wrong, so what it says cannot be relied on."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        others = f" And {more} more." if more else ""
        super().__init__(f"{self.problems[0]}{others} See `cpcli lint`.")


def set_folders(roots: Sequence[Path]) -> dict[str, Path]:
    """The folder of each set, by its id (the folder's name). A root is a set's folder or holds such folders.

    Raises CatalogueError where two folders are named for the same set: which one counts is not guessed.
    """
    found: dict[str, Path] = {}
    for each in roots:
        root = each if each.name.strip(".") else each.resolve()
        here = [root] if (root / SET).is_file() else sorted(path.parent for path in root.glob(f"*/{SET}"))
        for folder in here:
            other = found.setdefault(folder.name, folder)
            if other.resolve() != folder.resolve():
                raise CatalogueError(
                    f"The set {folder.name} is in two places, {other} and {folder}. Rename one."
                )
    return found


def sets(roots: Sequence[Path], cache: Path | None = None) -> list[ProcedureSet]:
    """Every set at hand. Raises BrokenData for one that cannot be relied on."""
    return [_set(folder, cache) for folder in set_folders(roots).values()]


def procedure_set(roots: Sequence[Path], name: str, cache: Path | None = None) -> ProcedureSet:
    """The set of this id. Raises NoSuchSet or BrokenData."""
    return _set(set_folder(set_folders(roots), name), cache)


def pathway(roots: Sequence[Path], name: str, cache: Path | None = None) -> Pathway:
    """The pathway named "set/pathway". Raises NoSuchSet, NoSuchPathway or BrokenData."""
    folders = set_folders(roots)
    full = find_pathway(name, roots, cache)
    folder = folders[full.partition("/")[0]]
    built = build_pathway(folder, full.partition("/")[2], surroundings(folder, cache), cache)
    if built.problems:
        raise BrokenData(built.problems)
    return built.pathway


def pathways(folder: Path, cache: Path | None = None) -> list[Pathway]:
    """Every pathway of the set in this folder. Raises BrokenData for the first that cannot be relied on."""
    around = surroundings(folder, cache)
    every = [build_pathway(folder, name, around, cache) for name in pathway_names(chain(folder))]
    problems = [problem for built in every for problem in built.problems]
    if problems:
        raise BrokenData(problems)
    return [built.pathway for built in every]


def find_pathway(name: str, roots: Sequence[Path], cache: Path | None = None, ours: str = "") -> str:
    """The full name, set/pathway, of a pathway named so, by its id alone or by what it is called for short.

    Of several sets that have it, `ours` is meant; another set's is never taken for one that ours lacks.
    Raises NoSuchSet, NoSuchPathway (with the nearest names) or Ambiguous (with the choices).
    """
    folders = set_folders(roots)
    chosen, _, bare = name.rpartition("/")
    if chosen:
        folders = {chosen: set_folder(folders, chosen)}
    elif bare in folders:
        raise NoSuchPathway(f"{bare} is a procedure set. To begin with it: cpcli start --set {bare}")
    called = {each: pathway_called(bare, folder, cache) for each, folder in folders.items()}
    found = tuple(f"{each}/{there}" for each, there in called.items() if there)
    mine = called.get(ours)
    if mine:
        return f"{ours}/{mine}"
    lacking = ours if ours in folders else ""
    if len(found) > 1:
        raise Ambiguous(bare, found, lacking)
    if found and not lacking:
        return found[0]
    if found:
        raise NoSuchPathway(
            f"Your set, {ours}, has no pathway {name!r}. To walk another's: cpcli start {found[0]}"
        )
    # Of several sets with a pathway of that name ours comes last, and so it is the one that is offered.
    ids = {
        there: f"{each}/{there}"
        for each in sorted(folders, key=lambda each: each == ours)
        for there in pathway_names(chain(folders[each]))
    }
    raise NoSuchPathway(f"There is no pathway {name!r}.{_near(bare, ids)}")


def pathway_called(name: str, folder: Path, cache: Path | None = None) -> str:
    """The id of the set's pathway of this id or short name; "" where it has none."""
    if name in pathway_names(chain(folder)):
        return name
    from cpcli.procedures.listing import index

    return id_of(name, {each.id: each.also for each in index(folder, cache).pathways})


def set_folder(folders: dict[str, Path], name: str) -> Path:
    """The folder of the set of this id. Raises NoSuchSet with the nearest names."""
    if name not in folders:
        raise NoSuchSet(f"There is no procedure set {name!r}.{_near(name, {each: each for each in folders})}")
    return folders[name]


def _near(name: str, names: dict[str, str]) -> str:
    close = [names[each] for each in nearest(name, names)]
    if not close:
        return " See `cpcli pathways`."
    return " Did you mean " + " or ".join((", ".join(close[:-1]), close[-1]) if close[1:] else close) + "?"


def surroundings(folder: Path, cache: Path | None = None) -> Surroundings:
    """What the set in this folder gives to each of its pathways. Raises BrokenData."""
    from cpcli.procedures.build import Surroundings

    folders = chain(folder)
    groups = layers.groups_tree(folders, cache)
    if groups.problems:
        raise BrokenData(groups.problems)
    known = layers.paragraphs(folders)
    node = groups.node if isinstance(groups.node, Mapping) else Mapping(1)
    below = layers.below(folders, known)
    return Surroundings(_set(folder, cache), known, node, str(folder / layers.SHARED), below, groups.remarks)


def _set(folder: Path, cache: Path | None) -> ProcedureSet:
    made, problems = build_folder(folder, cache)
    if problems:
        raise BrokenData(problems)
    return made


def build_folder(folder: Path, cache: Path | None = None) -> tuple[ProcedureSet, list[Problem]]:
    """The set in this folder, and what is wrong with set.yaml and events.yaml."""
    from cpcli.procedures.build_set import build_set
    from cpcli.procedures.form import Page

    folders = chain(folder)
    known = layers.paragraphs(folders)
    below = layers.below(folders, known)
    page = Page(str(folder / SET), known, below=below)
    events_page = Page(str(folder / layers.EVENTS), problems=page.problems, below=below)
    tree, events = layers.set_tree(folders, cache), layers.events_tree(folders, cache)
    page.problems.extend([*tree.problems, *events.problems])
    if tree.problems or events.problems:
        page = Page(page.file, known)
    made = build_set(tree.node, events.node, page, events_page)
    cut = layers.cut_short(folders)
    if len(folders) > 1 and not cut:
        base = build_folder(folders[1], cache)[0]
        made = replace(made, edition=f"{made.edition}, varying {base.id}, {base.edition}")
    return made, cut or events_page.problems


def build_pathway(folder: Path, name: str, around: Surroundings, cache: Path | None = None) -> Built:
    """The set's pathway of this name. A file that cannot be read gives an empty one, and the problem."""
    from cpcli.procedures.build import build

    folders = chain(folder)
    tree = layers.pathway_tree(folders, name, cache)
    built = build(tree.node, str(layers.file_of(folders, name)), around)
    problems = [*tree.problems, *(built.problems if tree.node else ())]
    of_groups = (each for each in around.remarks if each.group in tree.uses)
    remarks = tuple(each.text for each in (*tree.remarks, *of_groups))
    pathway = replace(built.pathway, varied=remarks) if remarks else built.pathway
    return built._replace(pathway=pathway, problems=problems)
