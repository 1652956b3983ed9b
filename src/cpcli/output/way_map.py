"""How pathways lead to one another, drawn as a tree from the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class Stop(NamedTuple):
    """A pathway on the map."""

    id: str
    title: str
    leads_to: Sequence[str]


def draw(stops: Sequence[Stop], first: str) -> Iterator[str]:
    """The map, a line each. A pathway stands under the nearest that leads to it, its other ways beside it.

    What cannot be reached from `first` follows, each as the beginning of its own tree.
    """
    by_id = {stop.id: stop for stop in stops}
    children = _nearest(by_id, first)
    roots = [first, *(name for name in by_id if name != first and not _has_parent(name, children))]
    for root in roots:
        if root in by_id:
            yield _line(by_id[root], children)
            yield from _branches(root, by_id, children, "")


def _nearest(by_id: Mapping[str, Stop], first: str) -> dict[str, list[str]]:
    """Which pathways stand under which: each under the first to reach it, going outward from `first`."""
    children: dict[str, list[str]] = {name: [] for name in by_id}
    seen: set[str] = set()
    for start in (first, *by_id):
        if start not in by_id or start in seen:
            continue
        seen.add(start)
        queue = [start]
        for name in queue:
            for to in dict.fromkeys(by_id[name].leads_to):
                if to in by_id and to not in seen:
                    seen.add(to)
                    children[name].append(to)
                    queue.append(to)
    return children


def _has_parent(name: str, children: Mapping[str, list[str]]) -> bool:
    return any(name in below for below in children.values())


def _branches(
    name: str, by_id: Mapping[str, Stop], children: Mapping[str, list[str]], indent: str
) -> Iterator[str]:
    below = children[name]
    for number, child in enumerate(below, 1):
        last = number == len(below)
        yield f"{indent}{'└─ ' if last else '├─ '}{_line(by_id[child], children)}"
        yield from _branches(child, by_id, children, f"{indent}{'   ' if last else '│  '}")


def _line(stop: Stop, children: Mapping[str, list[str]]) -> str:
    elsewhere = [to for to in dict.fromkeys(stop.leads_to) if to not in children[stop.id]]
    also = f"  (also to: {', '.join(elsewhere)})" if elsewhere else ""
    return f"{stop.id}  {stop.title}{also}"
