"""The procedure sets that are at hand, and any one pathway of them, reading only its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpcli.procedures.cache import remember
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node, from_json, read, to_json
from cpcli.procedures.words import nearest

if TYPE_CHECKING:
    from cpcli.procedures.build import Built, Surroundings
    from cpcli.procedures.model import Pathway, ProcedureSet

SET, EVENTS, SHARED = "set.yaml", "events.yaml", "shared.yaml"


class CatalogueError(Exception):
    """What was asked for cannot be had. The message is one line for the person who asked."""


class NoSuchSet(CatalogueError):
    """No set of that id is at hand."""


class NoSuchPathway(CatalogueError):
    """No pathway of that id is at hand."""


class Ambiguous(CatalogueError):
    """Several sets have a pathway of that id."""

    def __init__(self, name: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{name!r} is in several sets. Say which: {', '.join(choices)}.")
        self.choices = choices
        """Each as set/pathway."""


class BrokenData(CatalogueError):
    """A file of the set is wrong, so what it says cannot be relied on."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        others = f" And {more} more." if more else ""
        super().__init__(f"{self.problems[0]}{others} See `cpcli lint`.")


class Tree(NamedTuple):
    """A data file as read."""

    node: Node
    problems: list[Problem]


def data_folder() -> Path:
    """The sets that come with the toolkit: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent.parent / "data"


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


def pathway_files(folder: Path) -> list[Path]:
    """The files of a set that hold a pathway each, by name."""
    found = (path for path in folder.glob("*.yaml") if path.name not in {SET, EVENTS, SHARED})
    return sorted(found, key=lambda path: path.stem)


def sets(roots: Sequence[Path], cache: Path | None = None) -> list[ProcedureSet]:
    """Every set at hand. Raises BrokenData for one that cannot be relied on."""
    return [_set(folder, cache) for folder in set_folders(roots).values()]


def procedure_set(roots: Sequence[Path], name: str, cache: Path | None = None) -> ProcedureSet:
    """The set of this id. Raises NoSuchSet or BrokenData."""
    return _set(set_folder(set_folders(roots), name), cache)


def pathway(roots: Sequence[Path], name: str, cache: Path | None = None) -> Pathway:
    """The pathway named "set/pathway". Raises NoSuchSet, NoSuchPathway or BrokenData."""
    folders = set_folders(roots)
    full = find_pathway(name, roots)
    folder = folders[full.partition("/")[0]]
    built = build_file(folder / f"{full.partition('/')[2]}.yaml", surroundings(folder, cache), cache)
    if built.problems:
        raise BrokenData(built.problems)
    return built.pathway


def pathways(folder: Path, cache: Path | None = None) -> list[Pathway]:
    """Every pathway of the set in this folder. Raises BrokenData for the first that cannot be relied on."""
    around = surroundings(folder, cache)
    every = [build_file(path, around, cache) for path in pathway_files(folder)]
    problems = [problem for built in every for problem in built.problems]
    if problems:
        raise BrokenData(problems)
    return [built.pathway for built in every]


def find_pathway(name: str, roots: Sequence[Path], set_id: str = "") -> str:
    """The full name, set/pathway, of a pathway named so or by its id alone, in one set or in all.

    Raises NoSuchSet, NoSuchPathway (with the nearest names) or Ambiguous (with the choices).
    """
    folders = set_folders(roots)
    asked_set, _, bare = name.rpartition("/")
    chosen = asked_set or set_id
    if chosen:
        folders = {chosen: set_folder(folders, chosen)}
    found = tuple(f"{each}/{bare}" for each, folder in folders.items() if _is_pathway(folder, bare))
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(bare, found)
    ids = {
        path.stem: f"{each}/{path.stem}" for each, folder in folders.items() for path in pathway_files(folder)
    }
    raise NoSuchPathway(f"There is no pathway {name!r}.{_near(bare, ids)}")


def _is_pathway(folder: Path, name: str) -> bool:
    return f"{name}.yaml" in {path.name for path in pathway_files(folder)}


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


def read_tree(path: Path, cache: Path | None = None) -> Tree:
    """The file's tree, from the cache where the file has not changed."""

    def make() -> list[object]:
        node, problems = read(path)
        return [to_json(node), problems]

    node, problems = remember(cache, f"tree-{path.stem}", [path], make)
    return Tree(from_json(node), [Problem(*each) for each in problems])


def surroundings(folder: Path, cache: Path | None = None) -> Surroundings:
    """What the set in this folder gives to each of its pathways. Raises BrokenData."""
    from cpcli.procedures.build import Surroundings
    from cpcli.procedures.cites import read_paragraphs

    return Surroundings(_set(folder, cache), read_paragraphs(folder), *_groups(folder, cache))


def _groups(folder: Path, cache: Path | None) -> tuple[Mapping, str]:
    path = folder / SHARED
    tree = read_tree(path, cache) if path.is_file() else Tree(Mapping(1), [])
    if tree.problems:
        raise BrokenData(tree.problems)
    return tree.node if isinstance(tree.node, Mapping) else Mapping(1), str(path)


def _set(folder: Path, cache: Path | None) -> ProcedureSet:
    made, problems = build_folder(folder, cache)
    if problems:
        raise BrokenData(problems)
    return made


def build_folder(folder: Path, cache: Path | None = None) -> tuple[ProcedureSet, list[Problem]]:
    """The set in this folder, and what is wrong with set.yaml and events.yaml."""
    from cpcli.procedures.build_set import build_set
    from cpcli.procedures.cites import read_paragraphs
    from cpcli.procedures.form import Page

    page = Page(str(folder / SET), read_paragraphs(folder))
    events_page = Page(str(folder / EVENTS), problems=page.problems)
    tree = read_tree(folder / SET, cache)
    events = read_tree(folder / EVENTS, cache) if (folder / EVENTS).exists() else Tree(Mapping(1), [])
    if tree.problems or events.problems:
        page.problems.extend([*tree.problems, *events.problems])
        page = Page(page.file, page.paragraphs)
    made = build_set(tree.node, events.node, page, events_page)
    return made, events_page.problems


def build_file(path: Path, around: Surroundings, cache: Path | None = None) -> Built:
    """The pathway in this file. A file that cannot be read gives an empty one, and the problem."""
    from cpcli.procedures.build import build

    tree = read_tree(path, cache)
    built = build(tree.node, str(path), around)
    return built._replace(problems=[*tree.problems, *(built.problems if tree.node else ())])
