"""What stands on the duty desk: the duties of every open case in the parts of a day's work, read from the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from cpcli.casework.duty_state import DutyState
from cpcli.clock.calendar import Calendar
from cpcli.clock.when import iso
from cpcli.store.agenda import DutyCounts
from cpcli.store.store import Store
from cpcli.store.unfinished import Unfinished, unfinished

SOON = 5
"""Working days ahead that count as soon."""


class Desk(NamedTuple):
    """Each part worst first, and no longer than was asked for."""

    as_at: str
    """Local, ISO."""
    until: str
    """The last of the next five working days, ISO."""
    counts: DutyCounts
    overdue: list[DutyState] = []
    now: list[DutyState] = []
    """Urgent, without a date."""
    today: list[DutyState] = []
    soon: list[DutyState] = []
    later: list[DutyState] = []
    undated: list[DutyState] = []
    waiting: list[DutyState] = []
    """Only where it was asked for."""
    unfinished: list[Unfinished] = []


def clear_desk(at: datetime) -> Desk:
    """A desk with nothing on it."""
    return Desk(iso(at), _soon(at), DutyCounts(0, 0, 0, 0, 0))


def read_desk(store: Store, at: datetime, most: int | None, *, with_waiting: bool = False) -> Desk:
    """The desk at that time, with at most `most` duties in each part (None: all of them)."""
    today, now, until = at.date().isoformat(), iso(at), _soon(at)
    tomorrow, after = _next(today), _next(until)
    soon_waiting = store.duties(states=("waiting",), due_from="0", due_before=after)
    # What was planned for a day that has come is open, though nothing has been recorded since.
    come = [duty for duty in soon_waiting if duty.started and duty.started <= (now if "T" in duty.started else today)]

    def part(since: str, before: str, *more: Iterable[DutyState]) -> list[DutyState]:
        opened = store.duties(states=("open",), due_from=since, due_before=before, limit=most)
        found = [*opened, *(duty for duty in come if since <= duty.due < before)]
        return sorted(found, key=lambda duty: duty.due)[:most]

    undated = list(store.duties(states=("open",), undated=True, limit=most))
    return Desk(
        as_at=now,
        until=until,
        counts=store.duty_counts(today, now),
        overdue=[*part("0", today), *part(f"{today}T", now)][:most],
        now=[duty for duty in undated if duty.urgency],
        today=[duty for duty in part(today, tomorrow) if "T" not in duty.due or duty.due >= now],
        soon=part(tomorrow, after),
        later=part(after, "9999"),
        undated=[duty for duty in undated if not duty.urgency],
        waiting=list(islice(store.duties(states=("waiting",), limit=most), most)) if with_waiting else [],
        unfinished=unfinished(store, most or 1_000_000),
    )


def days_left(due: str, at: datetime, calendar: Calendar) -> int:
    """Working days from today to the day that it is due; negative once that is past."""
    return calendar.working_days(at.date(), datetime.fromisoformat(due).date())


def _soon(at: datetime) -> str:
    return Calendar().working_day(at.date(), SOON).isoformat()


def _next(day: str) -> str:
    return (datetime.fromisoformat(day) + timedelta(1)).date().isoformat()
