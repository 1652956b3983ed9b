"""`cpcli` alone: what is due, and how to begin."""

from __future__ import annotations

from cpcli.cli.agenda import look
from cpcli.cli.now import now

_BEGIN = (
    ("cpcli start", "walk through a procedure, question by question"),
    ("cpcli resume", "go on with a walk that was left"),
    ("cpcli agenda", "all that is overdue and due"),
    ("cpcli case show CASE", "the whole record of a case"),
    ("cpcli --help", "everything else"),
)


def home() -> None:
    """Show it."""
    from cpcli.cli.context import settings
    from cpcli.output.blocks import Block, Heading, Item, Items, Para, Title
    from cpcli.output.desk import summary, worst
    from cpcli.output.people import show
    from cpcli.output.words import say

    at = now()
    desk = look(None, at, 5)
    aside = " · ".join(part for part in (settings().team, say(desk.as_at)) if part)
    found: list[Block] = [Title("cpcli", aside), Para(summary(desk), indent=0), *worst(desk, at, 5)]
    if desk.unfinished:
        walk = desk.unfinished[0]
        found += [Heading("Left unfinished"), Items((Item(walk.case, walk.pathway, command="cpcli resume"),))]
    found += [
        Heading("How to begin"),
        Items(tuple(Item(command, words, tone="command") for command, words in _BEGIN)),
    ]
    show(found)
