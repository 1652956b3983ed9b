"""When a duty is due: its limit worked out, with every other reading of the same document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from cpcli.casework.layout import Around
from cpcli.clock.due import Due, EventNeeded, work_out
from cpcli.clock.errors import ClockError
from cpcli.clock.limit import Limit
from cpcli.clock.when import from_iso, iso
from cpcli.procedures.cites import say_cites
from cpcli.procedures.model import Duty


class Reading(NamedTuple):
    """One limit that the document gives for a duty, and what it comes to."""

    limit: Limit
    of: str
    """The event that it counts from."""
    cite: tuple[str, ...]
    note: str
    due: Due | None
    """None where there is nothing to count from yet, or no telling."""
    problem: str = ""
    """Why no date can be worked out, where the calendar cannot tell."""


def readings(duty: Duty, start: str, around: Around) -> tuple[Reading, ...]:
    """The duty's own limit and then the others that its document gives, counted from `start` (ISO, or "")."""
    if duty.limit is None:
        return ()
    own = Reading(duty.limit, duty.of, duty.cite, duty.note, None)
    others = [Reading(each.says, each.of, each.cite, each.note, None) for each in duty.differs]
    latest = {o.event: from_iso(o.at) for o in around.events}
    found = []
    for each in (own, *others):
        limit = each.limit
        at = _start(start, limit) if each.of == duty.of and start else latest.get(each.of)
        counts = limit.relation is not None or _names_events(limit)
        if not counts or (at is None and (each.of or not _names_events(limit))):
            found.append(each)
            continue
        try:
            due = work_out(limit, at, around.calendar, events=latest, first_day=around.first_day)
            found.append(each._replace(due=due))
        except EventNeeded:
            found.append(each)
        except ClockError as problem:  # a calendar that cannot tell, such as school days without term dates
            found.append(each._replace(problem=str(problem)))
    return tuple(found)


def strictest(found: Iterable[Reading]) -> Due | None:
    """The first to be due of those that have a date: of several readings, the stricter is the due date."""
    dated = [each.due for each in found if each.due is not None and each.due.due is not None]
    return min(dated, key=lambda due: end_of(iso(due.due) if due.due else ""), default=None)


def note_of(duty: Duty, found: Iterable[Reading]) -> str:
    """The pathway's note, the other readings of the same document, and why a date cannot be worked out."""
    others = [
        f"{say_cites('', r.cite)} {'say' if len(r.cite) > 1 else 'says'} {r.says.text}"
        + (f" ({r.note})" if r.note else "")
        for r in duty.differs
    ]
    problems = [f"No date can be worked out: {each.problem}" for each in found if each.problem]
    return " ".join(part for part in [duty.note, *(f"{other}." for other in others), *problems] if part)


def end_of(due: str) -> str:
    """A due date or time for comparing: a day is due by its end."""
    return f"{due}T24:00" if len(due) == 10 else due


def _names_events(limit: Limit) -> bool:
    """Whether the limit's own words say what it is counted from."""
    return bool(limit.event or limit.later_of or limit.earlier_of)


def _start(start: str, limit: Limit) -> date | datetime:
    """Where counting starts. Hours from a day without a time count from its first minute, the stricter."""
    at = from_iso(start)
    if limit.unit in ("hour", "minute") and not isinstance(at, datetime):
        return from_iso(f"{start}T00:00")
    return at
