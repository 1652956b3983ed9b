"""What there is to walk, one entry a pathway, without building any of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpcli.procedures import layers
from cpcli.procedures.cache import remember
from cpcli.procedures.cites import Paragraphs, expand, marked
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node, Sequence

if TYPE_CHECKING:
    from cpcli.procedures.form import Page


class Listed(NamedTuple):
    """A pathway as a list shows it."""

    id: str
    source: str
    """The set's id."""
    title: str
    about: str
    open_to: list[str]
    """Roles that may carry it out; [] for everybody."""
    cites: list[str]
    """Every paragraph that it and its steps, checklists and duties rest on, in the document's order."""
    checklist: bool
    """A list to check against, rather than a procedure."""
    leads_to: list[str]
    """Ids of the pathways that it leads to."""
    own: bool
    """Not taken, unchanged, from the set that its set extends."""
    file: str
    """Where it is written, or what is varied of it."""
    also: list[str]
    """What people call it for short."""


class Listing(NamedTuple):
    """The pathways of a set, and the files that could not be read."""

    pathways: list[Listed]
    problems: list[Problem]


def index(folder: Path, cache: Path | None = None) -> Listing:
    """The pathways of the set in this folder, by id."""
    folders = layers.chain(folder)

    def make() -> list[object]:
        from cpcli.procedures.form import Page

        known = layers.paragraphs(folders)
        place = _places(known)
        page = Page("", known, below=layers.below(folders, known))
        groups = layers.groups_tree(folders, cache).node
        listed: list[Listed] = []
        problems: list[Problem] = []
        for name in layers.pathway_names(folders):
            tree = layers.pathway_tree(folders, name, cache)
            problems += tree.problems
            if isinstance(tree.node, Mapping) and tree.node:
                cited = dict.fromkeys(_cited(tree.node, groups, page))
                in_order = sorted(cited, key=lambda each: place.get(each, len(place)))
                file = layers.file_of(folders, name)
                listed.append(_listed(folder, file, tree.node, in_order))
        return [listed, problems]

    listed, problems = remember(cache, f"index-{folder.name}", layers.files_of(folders), make)
    return Listing([Listed(*each) for each in listed], [Problem(*each) for each in problems])


def _listed(folder: Path, file: Path, tree: Mapping, cited: list[str]) -> Listed:
    return Listed(
        file.stem,
        folder.name,
        _text(tree.get("title")),
        _text(tree.get("about")),
        list(_texts(tree.get("open to"))),
        cited,
        tree.get("kind") == "checklist",
        [_text(lead.get("pathway")) for lead in _mappings(tree.get("leads to"))],
        file.parent == folder,
        str(file),
        list(_texts(tree.get("also"))),
    )


def _places(known: Paragraphs) -> dict[str, int]:
    """The place of each citation among all that there can be: the set's own first."""
    found: list[str] = []
    each: Paragraphs | None = known
    while each is not None:
        found += [marked(each.whose, name) for name in each.order]
        each = each.below
    return {cite: place for place, cite in enumerate(found)}


def _cited(node: Node, groups: Node, page: Page) -> Iterator[str]:
    """The paragraphs of every citation in the tree, and in the groups that it uses."""
    if isinstance(node, Sequence):
        for member in node:
            yield from _cited(member, groups, page)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key in {"cite", "cites", "marking cite"}:
                known = page.of(node.file_of(key)).paragraphs
                for text in _texts(value):
                    yield from expand(text, known).paragraphs
            elif key == "use" and isinstance(groups, Mapping) and isinstance(value, str) and value in groups:
                yield from _cited(groups[value], Mapping(1), page)
            elif not isinstance(value, str):
                yield from _cited(value, groups, page)


def _text(node: Node | None) -> str:
    return node if isinstance(node, str) else ""


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Sequence):
        yield from (member for member in node if isinstance(member, str))


def _mappings(node: Node | None) -> Iterator[Mapping]:
    if isinstance(node, Sequence):
        yield from (member for member in node if isinstance(member, Mapping))
