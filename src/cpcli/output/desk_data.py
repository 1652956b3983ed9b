"""The agenda for programs: one object, a line a duty, CSV, or a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from cpcli.casework.duty_json import duty_json
from cpcli.casework.duty_state import DutyState
from cpcli.store.desk import Desk, days_left

PARTS = ("overdue", "now", "today", "soon", "later", "undated", "waiting")
COLUMNS = (
    *("part", "due", "working_days_left", "case", "level", "do", "by", "assigned", "cite", "limit"),
    *("urgency", "event", "started", "was_due", "projected", "state", "source", "pathway", "walk", "key"),
    "marking",
)
"""Of CSV: what somebody looks for first comes first. Not how a date was counted, which may name people."""


def as_object(desk: Desk, at: datetime) -> dict[str, Any]:
    """The whole agenda, with an iterator for each part."""
    shown = sorted({duty.case for _, duty in _each(desk)} & desk.marks.keys())
    return {
        "marking": {case: desk.marks[case] for case in shown},
        "as_at": desk.as_at,
        "until": desk.until,
        "counts": desk.counts._asdict(),
        **{part: map(partial(_duty, desk, at), getattr(desk, part)) for part in PARTS},
        "unfinished": [walk._asdict() for walk in desk.unfinished],
    }


def as_lines(desk: Desk, at: datetime) -> Iterator[dict[str, Any]]:
    """Each duty with the part of the agenda that it stands in, worst first."""
    for part, duty in _each(desk):
        yield {"part": part, **_duty(desk, at, duty), "marking": list(desk.marks.get(duty.case, ()))}


def as_csv(desk: Desk, at: datetime, *, bom: bool = False) -> Iterator[str]:
    """The same with a header; `bom` for Excel."""
    from cpcli.output.csv_text import csv_text

    rows = (
        {**line, "cite": ", ".join(line["cite"]), "marking": " ".join(line["marking"])}
        for line in as_lines(desk, at)
    )
    return csv_text(COLUMNS, ([row[column] for column in COLUMNS] for row in rows), bom=bom)


def as_calendar(desk: Desk, at: datetime) -> Iterator[str]:
    """The same as tasks and calendar entries: references, never a name."""
    from cpcli.output.ics import calendar_parts, duty_entry

    return calendar_parts((duty_entry(duty, desk.marks.get(duty.case, ())) for _, duty in _each(desk)), at)


def _each(desk: Desk) -> Iterator[tuple[str, DutyState]]:
    for part in PARTS:
        duties: Iterable[DutyState] = getattr(desk, part)
        for duty in duties:
            yield part, duty


def _duty(desk: Desk, at: datetime, duty: DutyState) -> dict[str, Any]:
    return {**duty_json(duty), "working_days_left": days_left(duty.due, at, desk.days) if duty.due else None}
