"""The list of cases: references, never names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cpcli.clock.when import iso
from cpcli.output.blocks import Block, Cell, Para, Table
from cpcli.output.outcome import moment
from cpcli.output.words import is_overdue, say
from cpcli.store.store import Store


def rows(store: Store, at: datetime) -> list[dict[str, Any]]:
    """Each case, the one changed last first, with the duty that is due first in it."""
    found = []
    for case in store.cases():
        opened = list(store.duties(states=("open",), case=case.reference))
        urgent = next((duty for duty in opened if duty.urgency), None)
        dated = next((duty for duty in opened if duty.due), None)
        first = urgent if urgent and not (dated and is_overdue(dated.due, iso(at))) else dated or next(iter(opened), None)
        found.append(
            {
                "reference": case.reference,
                "pathways": case.title.split("; ") if case.title else [],
                "status": case.status,
                "opened": case.opened.isoformat(timespec="seconds"),
                "changed": case.changed.isoformat(timespec="seconds"),
                "open_duties": len(opened),
                "next": first and {"duty": first.key, "walk": first.walk, "do": first.do, "due": first.due or None},
                "next_urgency": (first.urgency or None) if first else None,
            }
        )
    return found


def blocks(cases: list[dict[str, Any]], at: datetime) -> list[Block]:
    """The screen."""
    if not cases:
        return [Para("There is no case yet. `cpcli start` begins one.", indent=0)]
    return [
        Table(
            ("Case", "What", "Opened", "Next due"),
            tuple(
                (
                    Cell(case["reference"], "strong"),
                    Cell("; ".join(case["pathways"])),
                    Cell(moment(case["opened"])),
                    _next(case, at),
                )
                for case in cases
            ),
        )
    ]


def _next(case: dict[str, Any], at: datetime) -> Cell:
    following = case["next"]
    if following is None:
        return Cell("nothing open", "quiet")
    due = following["due"]
    late = is_overdue(due, iso(at))
    lead = say(due) if due else case["next_urgency"] or "no date"
    return Cell(f"{lead}{', overdue' if late else ''}: {following['do']}", "alarm" if late else "")
