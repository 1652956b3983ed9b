"""A walk to its end, and on into those that it leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from cpcli.casework.case import Case
from cpcli.casework.record import record
from cpcli.prompts.asker import Asker, Choice, Command, Prompt
from cpcli.prompts.conversation import converse
from cpcli.prompts.opening import instead
from cpcli.prompts.reply import source
from cpcli.prompts.sitting import Sitting, begin


class Ended(NamedTuple):
    """How it ended."""

    sitting: Sitting
    """The walk that was walked last."""
    finished: bool
    interrupted: bool = False


def walk(sitting: Sitting, asker: Asker, show: Callable[[Case, int], None]) -> Ended:
    """Walk to the end; `show` what it has come to; offer what it leads to, and go on there.

    Ctrl-C is an end like any other. Raises StoreProblem.
    """
    try:
        while converse(sitting, asker):
            case = sitting.whole()
            show(case, sitting.walk)
            following = _onward(sitting, case, asker)
            if following is None:
                return Ended(sitting, finished=True)
            sitting = following
        return Ended(sitting, finished=False)
    except KeyboardInterrupt:
        finished = (
            sitting.case is not None and not sitting.pending and sitting.state().walk.finished is not None
        )
        return Ended(sitting, finished=finished, interrupted=True)


def _onward(sitting: Sitting, case: Case, asker: Asker) -> Sitting | None:
    """The next walk of the case, begun with the answers that go along; None where none is wanted now."""
    desk = sitting.desk
    role = case.walks[sitting.walk].role
    ways: list[dict[str, Any]] = record(case, desk.rules, desk.now())["leads_to"]
    while ways:
        choices = [
            Choice(str(n), f"Begin now: {way['title']}. {_because(way, sitting)}")
            for n, way in enumerate(ways)
        ]
        choices.append(Choice("later", "Not now"))
        said = asker.pick(Prompt("Where do you go on?", commands=()), choices)
        if isinstance(said, Command) or said == "later":
            return None
        way = ways[int(said)]
        pathway = desk.rules.pathway(f"{way['source']}/{way['pathway']}")
        barred = instead(pathway, role, desk.rules.procedure_set(pathway.source))
        if barred is None:
            return begin(desk, pathway, role, case)
        asker.say(barred, strong=True)
        ways.remove(way)
    return None


def _because(way: dict[str, Any], sitting: Sitting) -> str:
    title = sitting.desk.rules.procedure_set(way["source"]).title
    return f"{way['because']} ({source(title, tuple(way['cite']))})"
