"""What stands on the duty desk: the duties of every open case, in the parts of a day's work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from cpcli.casework.duty_state import DutyState
from cpcli.clock.calendar import Calendar, calendar
from cpcli.clock.when import iso
from cpcli.store.agenda import DutyCounts
from cpcli.store.only import ALL, Only
from cpcli.store.store import Store
from cpcli.store.unfinished import Unfinished, unfinished

SOON = 5
"""Working days ahead that count as soon."""
MANY = 5000
"""More of anything than this is not counted for a person: the number would say no more, and take time."""


class Desk(NamedTuple):
    """Each part worst first, and no longer than was asked for."""

    as_at: str
    """Local, ISO."""
    until: str
    """The last of the next five working days, ISO."""
    counts: DutyCounts
    overdue: Sequence[DutyState] = ()
    now: Sequence[DutyState] = ()
    """Urgent, without a date."""
    today: Sequence[DutyState] = ()
    soon: Sequence[DutyState] = ()
    later: Sequence[DutyState] = ()
    undated: Sequence[DutyState] = ()
    waiting: Sequence[DutyState] = ()
    """Only where it was asked for."""
    unfinished: Sequence[Unfinished] = ()
    marks: Mapping[str, Sequence[str]] = MappingProxyType({})
    """Of each case that is marked, who may not see it."""
    days: Calendar = calendar("England")
    """The working days that it looks ahead by."""


def clear_desk(at: datetime, days: Calendar | None = None) -> Desk:
    """A desk with nothing on it."""
    days = days or calendar("England")
    return Desk(iso(at), _soon(at, days), DutyCounts(0, 0, 0, 0, 0), days=days)


def read_desk(
    store: Store,
    at: datetime,
    most: int | None,
    *,
    days: Calendar | None = None,
    with_waiting: bool = False,
    exact: bool = False,
    only: Only = ALL,
) -> Desk:
    """The desk at that time, with at most `most` duties in each part (None: all of them).

    `only` leaves out duties that are not asked for; walks that were left, which are no duties, go with them.

    `days` are the team's working days; England's where none are given. Unless `exact`, counts stop at MANY.
    """
    days = days or calendar("England")
    today, now, until = at.date().isoformat(), iso(at), _soon(at, days)
    tomorrow, after = _next(today), _next(until)
    come = _come(store, now, after, only)

    def part(since: str, before: str) -> list[DutyState]:
        opened = store.duties(states=("open",), due_from=since, due_before=before, only=only, limit=most)
        found = [*opened, *(duty for duty in come if since <= duty.due < before)]
        return sorted(found, key=lambda duty: duty.due)[:most]

    gone = [*part("0", today), *part(f"{today}T", now)]
    undated = list(store.duties(states=("open",), undated=True, only=only, limit=most))
    counts = store.duty_counts(today, now, None if exact else MANY + 1, only)
    for duty in come:
        late = duty.due < (now if "T" in duty.due else today)
        name = "overdue" if late else "today" if duty.due < tomorrow else "later"
        counts = counts._replace(waiting=counts.waiting - 1, **{name: getattr(counts, name) + 1})
    return Desk(
        as_at=now,
        until=until,
        counts=counts,
        overdue=gone[:most],
        now=[duty for duty in undated if duty.urgency],
        today=[duty for duty in part(today, tomorrow) if "T" not in duty.due or duty.due >= now],
        soon=part(tomorrow, after),
        later=part(after, "9999"),
        undated=[duty for duty in undated if not duty.urgency],
        waiting=list(store.duties(states=("waiting",), only=only, limit=most)) if with_waiting else (),
        unfinished=unfinished(store, -1 if most is None else most) if only == ALL else (),
        days=days,
    )


def _come(store: Store, now: str, before: str, only: Only) -> list[DutyState]:
    """Duties that waited for a day that has come since anything was recorded: they are open by now."""
    waiting = store.duties(states=("waiting",), due_from="0", due_before=before, started_by=now, only=only)
    return [duty._replace(state="open", why="", since=duty.started) for duty in waiting]


def days_left(due: str, at: datetime, days: Calendar) -> int:
    """Working days from today to the day that it is due; negative once that is past."""
    return days.working_days(at.date(), datetime.fromisoformat(due).date())


def _soon(at: datetime, days: Calendar) -> str:
    return days.working_day(at.date(), SOON).isoformat()


def _next(day: str) -> str:
    return (datetime.fromisoformat(day) + timedelta(1)).date().isoformat()
