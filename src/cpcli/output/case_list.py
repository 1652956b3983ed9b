"""The list of cases: references, never names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cpcli.casework.duty_json import duty_json
from cpcli.casework.duty_state import DutyState
from cpcli.clock.when import iso
from cpcli.output.blocks import Block, Cell, Para, Table
from cpcli.output.outcome import moment
from cpcli.output.words import is_overdue, say
from cpcli.store.store import Store
from cpcli.store.unfinished import unfinished

_ALL = -1


def rows(store: Store, at: datetime) -> list[dict[str, Any]]:
    """Each case, the one changed last first, with the duty that presses most in it."""
    now = iso(at)
    pressing: dict[str, list[DutyState]] = {}
    for duty in store.duties(states=("open",)):
        pressing.setdefault(duty.case, []).append(duty)
    left: dict[str, list[int]] = {}
    for walk in unfinished(store, _ALL):
        left.setdefault(walk.case, []).append(walk.walk)
    found = []
    for case in store.cases():
        duties = pressing.get(case.reference, [])
        following = min(duties, key=lambda duty: (not is_overdue(duty.due, now), duty.sort), default=None)
        found.append(
            {
                "reference": case.reference,
                "pathways": case.title.split("; ") if case.title else [],
                "status": case.status,
                "opened": case.opened.isoformat(timespec="seconds"),
                "changed": case.changed.isoformat(timespec="seconds"),
                "unfinished": sorted(left.get(case.reference, [])),
                "open_duties": len(duties),
                "overdue_duties": sum(is_overdue(duty.due, now) for duty in duties),
                "next": duty_json(following) if following else None,
            }
        )
    return found


def blocks(cases: list[dict[str, Any]]) -> list[Block]:
    """The screen."""
    if not cases:
        return [Para("There is no case yet. `cpcli start` begins one.", indent=0)]
    rows = tuple(
        (
            Cell(case["reference"], "strong"),
            Cell("; ".join(case["pathways"])),
            Cell(f"{case['status']}, opened {moment(case['opened'])}"),
            _next(case),
        )
        for case in cases
    )
    return [Table(("Case", "What", "State", "Next"), rows)]


def _next(case: dict[str, Any]) -> Cell:
    if case["status"] == "erased":
        return Cell("nothing is left of it", "quiet")
    if case["unfinished"]:
        return Cell(f"a walk to go on with: cpcli resume {case['reference']}", "warn")
    duty = case["next"]
    if duty is None:
        return Cell("nothing open", "quiet")
    lead = say(duty["due"]) if duty["due"] else duty["urgency"] or "no date"
    late = case["overdue_duties"] > 0
    return Cell(f"{'OVERDUE ' if late else ''}{lead}: {duty['do']}", "alarm" if late else "")
