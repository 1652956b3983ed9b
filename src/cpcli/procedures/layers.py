"""The files of a set as trees. Where the set extends another, they are the other's, with what differs laid
over them.

The set that is extended is looked for beside the one that extends it, then among the toolkit's own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpcli.procedures.cache import remember
from cpcli.procedures.cites import LOCAL, PARAGRAPHS, Paragraphs, read_paragraphs
from cpcli.procedures.from_disk import read_file
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node, Sequence, from_json, read, to_json
from cpcli.procedures.words import did_you_mean

if TYPE_CHECKING:
    from cpcli.procedures.vary import Remark
    from cpcli.procedures.vary_part import Whose

SET, EVENTS, SHARED = "set.yaml", "events.yaml", "shared.yaml"
_EXTENDS = re.compile(rb"""^extends:[ \t]*["']?(\w[\w.-]*)(?=["' \t\r#]|$)""", re.MULTILINE)
"""The name of a folder beside: nothing that begins with a dot, or has a slash in it."""

Chain = tuple[Path, ...]
"""A set's folder, then that of the set that it extends, and so on."""


class Tree(NamedTuple):
    """A data file as read, and as varied."""

    node: Node
    problems: list[Problem]
    remarks: tuple[Remark, ...] = ()
    """What it leaves out or replaces of the set that is extended."""
    uses: tuple[str, ...] = ()
    """Of a pathway: the groups of shared.yaml that it uses, by itself or as the pathway that it varies."""


def data_folder() -> Path:
    """The sets that come with the toolkit: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent.parent / "data"


def extended_by(folder: Path) -> str:
    """The id of the set that this one says it extends; "" where it extends none."""
    try:
        found = _EXTENDS.search(read_file(folder / SET))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def chain(folder: Path) -> Chain:
    """The folders of the set. It ends where what is extended is not at hand, or extends what extends it."""
    found = [folder]
    while base := extended_by(found[-1]):
        places = (found[-1].parent / base, data_folder() / base)
        below = next((place for place in places if (place / SET).is_file()), None)
        if below is None or below.name in {each.name for each in found}:
            break
        found.append(below)
    return tuple(found)


def cut_short(folders: Chain) -> list[Problem]:
    """Why the folders end before a set that extends none."""
    last = folders[-1]
    base = extended_by(last)
    if not base:
        return []
    data = read_file(last / SET)
    line = next(data.count(b"\n", 0, found.start()) + 1 for found in _EXTENDS.finditer(data))
    if base in {folder.name for folder in folders}:
        return [Problem(str(last / SET), line, f"{base} comes to extend itself.", "Take one `extends` out.")]
    roots = (last.parent, data_folder())
    there = sorted({path.parent.name for root in roots for path in root.glob(f"*/{SET}")} - {last.name})
    message, mend = f"There is no set {base!r} to extend.", did_you_mean(base, there)
    return [Problem(str(last / SET), line, message, mend)]


def files_of(folders: Chain) -> list[Path]:
    """Every file that the set rests on, and the folders that they stand in, for a cache to watch."""
    names = (SET, EVENTS, SHARED, PARAGRAPHS)
    return [
        path
        for folder in folders
        for path in (folder, *pathways_in(folder), *(folder / name for name in names))
    ]


def pathways_in(folder: Path) -> list[Path]:
    """The files in this folder that hold a pathway each, or vary one, by name."""
    found = (path for path in folder.glob("*.yaml") if path.name not in {SET, EVENTS, SHARED})
    return sorted(found, key=lambda path: path.stem)


def pathway_names(folders: Chain) -> list[str]:
    """The ids of the set's pathways, its own and those that it takes from what it extends."""
    return sorted({path.stem for folder in folders for path in pathways_in(folder)})


def file_of(folders: Chain, name: str) -> Path:
    """The file that holds or varies the pathway; where it would stand, if there is none."""
    own = (folder / f"{name}.yaml" for folder in folders)
    return next((path for path in own if path.is_file()), folders[0] / f"{name}.yaml")


def paragraphs(folders: Chain) -> Paragraphs:
    """What the set may cite. Where it extends another, each paragraph says whose it is."""
    found = read_paragraphs(folders[-1])
    if len(folders) > 1:
        found = found._replace(whose=folders[-1].name)
    for folder in reversed(folders[:-1]):
        found = read_paragraphs(folder)._replace(whose=f"{folder.name}{LOCAL}", below=found)
    return found


def below(folders: Chain, known: Paragraphs) -> dict[str, Paragraphs]:
    """What each set that is extended may cite, by its folder; `known` are the paragraphs of the first."""
    found: dict[str, Paragraphs] = {}
    for folder in folders[1:]:
        if known.below is not None:
            found[str(folder)] = known = known.below
    return found


def whose(folders: Chain, file: Path, known: Paragraphs, events: Node) -> Whose:
    """Who varies whose procedures in this file; `known` are the first set's paragraphs."""
    from cpcli.procedures.vary_part import Whose

    return Whose(folders[0].name, folders[1].name, str(file), known.below or Paragraphs(), events)


def read_tree(path: Path, cache: Path | None = None) -> Tree:
    """The file's tree, from the cache where the file has not changed."""

    def make() -> list[object]:
        node, problems = read(path)
        return [to_json(node), problems]

    node, problems = remember(cache, f"tree-{path.stem}", [path], make)
    return Tree(from_json(node), [Problem(*each) for each in problems])


def set_tree(folders: Chain, cache: Path | None = None) -> Tree:
    """What the set is."""
    own = read_tree(folders[0] / SET, cache)
    if len(folders) == 1:
        return own
    from cpcli.procedures.vary import vary_set

    base = _of_base(set_tree(folders[1:], cache), folders[1] / SET)
    return Tree(vary_set(own.node, base.node), [*own.problems, *base.problems])


def events_tree(folders: Chain, cache: Path | None = None) -> Tree:
    """The events that its clocks count from."""
    own = _if_there(folders[0] / EVENTS, cache)
    if len(folders) == 1:
        return own
    from cpcli.procedures.vary import vary_events

    base = _of_base(events_tree(folders[1:], cache), folders[1] / EVENTS)
    return Tree(vary_events(own.node, base.node), [*own.problems, *base.problems])


def groups_tree(folders: Chain, cache: Path | None = None) -> Tree:
    """The groups of steps that several of its pathways use."""
    own = _if_there(folders[0] / SHARED, cache)
    if len(folders) == 1:
        return own
    from cpcli.procedures.vary import vary_groups

    base = _of_base(groups_tree(folders[1:], cache), folders[1] / SHARED)
    who = whose(folders, folders[0] / SHARED, paragraphs(folders), events_tree(folders, cache).node)
    found = vary_groups(own.node, base.node, who)
    return Tree(found.node, [*own.problems, *base.problems, *found.problems], (*found.remarks, *base.remarks))


def pathway_tree(folders: Chain, name: str, cache: Path | None = None) -> Tree:
    """One pathway: the set's own, the one of the set that it extends, or that one varied."""
    path, below_it = folders[0] / f"{name}.yaml", folders[1:]
    if not below_it:
        own = read_tree(path, cache)
        return own._replace(uses=_used(own.node))
    inherited = file_of(below_it, name)
    if not path.is_file():
        return _of_base(pathway_tree(below_it, name, cache), inherited)
    own = read_tree(path, cache)
    if own.problems or not isinstance(own.node, Mapping):
        return own
    from cpcli.procedures.vary import vary_pathway

    there = pathway_names(below_it)
    base = _of_base(pathway_tree(below_it, name, cache), inherited) if name in there else Tree("", [])
    if base.problems:
        return Tree(Mapping(1), base.problems)
    # The set's own variations of the groups count too: what a pathway varies is what the set would walk.
    groups = groups_tree(folders, cache).node
    _write_on(groups, str(folders[0] / SHARED))
    who = whose(folders, path, paragraphs(folders), events_tree(folders, cache).node)
    found = vary_pathway(own.node, base.node or None, groups, there, who)
    uses = (*base.uses, *_used(own.node))
    return Tree(found.node, found.problems, (*found.remarks, *base.remarks), uses)


def _used(node: Node) -> tuple[str, ...]:
    """The groups that the steps of this file use."""
    steps = node.get("steps") if isinstance(node, Mapping) else None
    named = (each.get("use") for each in steps or () if isinstance(each, Mapping))
    return tuple(name for name in named if isinstance(name, str))


def _if_there(path: Path, cache: Path | None) -> Tree:
    return read_tree(path, cache) if path.is_file() else Tree(Mapping(1), [])


def _of_base(tree: Tree, file: Path) -> Tree:
    """The tree with the file written on each of its mappings that does not know its own."""
    _write_on(tree.node, str(file))
    return tree


def _write_on(node: Node, file: str) -> None:
    if isinstance(node, Mapping):
        if node.files:
            node.files = {key: there or file for key, there in node.files.items()}
        node.file = node.file or file
        for inner in node.values():
            if not isinstance(inner, str):
                _write_on(inner, file)
    elif isinstance(node, Sequence):
        for inner in node:
            _write_on(inner, file)
