"""The state that a duty of a case is in, since when, and why."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cpcli.casework.layout import Around, Occurrence, is_ahead, is_plan
from cpcli.clock.calendar import Calendar
from cpcli.clock.counting import DueError
from cpcli.clock.due import Due
from cpcli.clock.limit import Limit
from cpcli.clock.met import was_in_time
from cpcli.clock.when import LONDON, from_iso, iso, say_when
from cpcli.procedures.model import Duty

CLOSED = "the case was closed"
"""Why a duty lapses when nothing is due in its case any more."""
LOOKING_BACK = ("before", "at_least_before", "not_before", "by_week_of_pregnancy")
"""Relations whose duty can be done ahead of the event that it is counted from."""


class Standing(NamedTuple):
    """A state, since when (ISO; "" where none is known), and why, in a few words."""

    state: str
    since: str
    why: str


def looks_back(duty: Duty) -> bool:
    """Whether it can be done ahead of the event that it is counted from."""
    return _back(duty.limit)


def _back(limit: Limit | None) -> bool:
    return limit is not None and limit.relation in LOOKING_BACK


def standing(duty: Duty, key: str, start: str, due: Due | None, around: Around) -> Standing:
    """What has come of the duty that started at `start` (ISO, or "") and is due then."""
    walk, case, events, words = around.state.walk, around.case, around.events, around.state.event
    back = looks_back(duty)
    ends = [o for o in events if not is_plan(o)]
    # What is done ahead of an event is done since that event's last time.
    earlier = [o.at for o in events if o.event == duty.of and o.at < start]
    after = max(earlier, default="") if back else start
    done = next((d for d in case.done if d.walk == walk.number and d.duty == key and d.at), None)
    met = next((o for o in ends if o.event == duty.met_by and _on_or_after(o.at, after, duty)), None)
    met = met or _date_set(duty, after, around)
    if done or met:
        at = done.at if done else met.at if met else ""
        late, why = _lateness(due, at, around.calendar)
        if not back and _is_before(at, start):
            why += f", before it began on {_say(start)}"
        return Standing("met late" if late else "met", at, why)
    departure = next((d for d in case.departures if d.walk == walk.number and d.duty == key), None)
    if departure:
        agreed = f"agreed by {departure.agreed_by}" if departure.agreed_by else "recorded as a departure"
        return Standing("departed from", departure.at, agreed)
    needless = next((o for o in ends if o.event in duty.unless and _on_or_after(o.at, after, duty)), None)
    if needless:
        return Standing("lapsed", needless.at, f"no longer needed: {words(needless.event)}")
    if case.closed:
        return closed_with(case.closed)
    return unended(words(duty.of) if duty.of else "", start, duty.limit, walk.on, around.now)


def closed_with(closed: datetime) -> Standing:
    """What is to be said of a duty that was not ended before its case was closed."""
    return Standing("lapsed", iso(closed.astimezone(LONDON)), CLOSED)


def unended(of: str, start: str, limit: Limit | None, begun: str, now: datetime) -> Standing:
    """What is to be said of a duty that nothing has ended. It counts from the event `of`, in words, which
    happened at `start` (ISO); either can be "". Its walk was `begun` on that local date.
    """
    counts_back = limit is not None and limit.relation in ("at_least_before", "not_before")
    if of and not start and (not _back(limit) or counts_back):
        return Standing("waiting", begun, f"waits for: {of}")
    if start and not _back(limit) and is_ahead(start, now):
        return Standing("waiting", begun, f"counts from {_say(start)}, which is still to come")
    return Standing("open", start or begun, "")


def _date_set(duty: Duty, after: str, around: Around) -> Occurrence | None:
    """The setting of a date, where a date that a step plans ends the duty: it was done when it was told."""
    for one in around.events:
        told = iso(one.told.astimezone(LONDON))
        if (
            one.event == duty.met_by
            and one.event in around.planned
            and is_plan(one)
            and told[:10] >= after[:10]
        ):
            return one._replace(at=told)
    return None


def _lateness(due: Due | None, met_at: str, calendar: Calendar) -> tuple[bool, str]:
    """Whether what was done then was late, and what is to be said of it."""
    why = f"done {_say(met_at)}"
    if due is None or due.due is None:
        return False, why
    due_at = say_when(due.due)
    try:
        met = was_in_time(due, from_iso(met_at), calendar)
    except DueError:  # a time was due, and only the day is known
        return False, f"{why}; no time was recorded, and it was due {due_at}"
    return not met.in_time, why if met.in_time else f"{why}, {met.words}; due {due_at}"


def _is_before(at: str, start: str) -> bool:
    """Whether the first comes before the second; where one has no time, the same day is not before."""
    if len(at) == 10 or len(start) == 10:
        return at[:10] < start[:10]
    return at < start


def _on_or_after(at: str, start: str, duty: Duty) -> bool:
    """Whether something done `at` can meet a duty that started at `start`: the same day is enough."""
    if not start:
        return True
    if duty.limit and duty.limit.relation == "every":
        return at > start
    return at[:10] >= start[:10]


def _say(at: str) -> str:
    return say_when(from_iso(at))
