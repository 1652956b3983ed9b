"""What there is to walk, one entry a pathway, without building any of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cpcli.procedures.cache import remember
from cpcli.procedures.catalogue import SHARED, pathway_files, read_tree
from cpcli.procedures.cites import PARAGRAPHS, Paragraphs, expand, read_paragraphs
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node, Sequence


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


class Listing(NamedTuple):
    """The pathways of a set, and the files that could not be read."""

    pathways: list[Listed]
    problems: list[Problem]


def index(folder: Path, cache: Path | None = None) -> Listing:
    """The pathways of the set in this folder, by id."""
    files = pathway_files(folder)
    shared = folder / SHARED

    def make() -> list[object]:
        known = read_paragraphs(folder)
        groups = read_tree(shared).node if shared.is_file() else Mapping(1)
        listed: list[Listed] = []
        problems: list[Problem] = []
        for path in files:
            tree = read_tree(path, cache)
            problems += tree.problems
            if isinstance(tree.node, Mapping) and tree.node:
                listed.append(_listed(path.stem, folder.name, tree.node, groups, known))
        return [listed, problems]

    inputs = [folder, *files, shared, folder / PARAGRAPHS]
    listed, problems = remember(cache, f"index-{folder.name}", inputs, make)
    return Listing([Listed(*each) for each in listed], [Problem(*each) for each in problems])


def _listed(name: str, source: str, tree: Mapping, groups: Node, known: Paragraphs) -> Listed:
    cited = list(dict.fromkeys(_cited(tree, groups, known)))
    return Listed(
        name,
        source,
        _text(tree.get("title")),
        _text(tree.get("about")),
        list(_texts(tree.get("open to"))),
        sorted(cited, key=lambda paragraph: known.place.get(paragraph, len(known.order))),
        tree.get("kind") == "checklist",
        [_text(lead.get("pathway")) for lead in _mappings(tree.get("leads to"))],
    )


def _cited(node: Node, groups: Node, known: Paragraphs) -> Iterator[str]:
    """The paragraphs of every citation in the tree, and in the groups that it uses."""
    if isinstance(node, Sequence):
        for member in node:
            yield from _cited(member, groups, known)
    elif isinstance(node, Mapping):
        for key, value in node.items():
            if key in {"cite", "cites", "marking cite"}:
                for text in _texts(value):
                    yield from expand(text, known).paragraphs
            elif key == "use" and isinstance(groups, Mapping) and isinstance(value, str) and value in groups:
                yield from _cited(groups[value], Mapping(1), known)
            elif not isinstance(value, str):
                yield from _cited(value, groups, known)


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
