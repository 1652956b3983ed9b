"""From a limit and what it is counted from to when it is due, with the working that can be read out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import NamedTuple

from cpcli.clock import saying
from cpcli.clock.calendar import Calendar
from cpcli.clock.counting import (
    PREGNANCY_WEEKS,
    Counted,
    DueError,
    local,
    local_date,
    reach,
    steps,
)
from cpcli.clock.limit import Limit, day_itself, limit_words
from cpcli.clock.when import LONDON, say_when

Events = Mapping[str, date | datetime]
NO_EVENTS: Events = MappingProxyType({})


class EventNeeded(DueError):
    """A limit that names an event whose date was not given."""

    def __init__(self, event: str, limit: Limit) -> None:
        super().__init__(f"'{limit.text or limit_words(limit)}' needs the date of {event}.")
        self.event = event


class Due(NamedTuple):
    """What a limit comes to."""

    due: date | datetime | None
    """A date, or a London moment for hours and minutes. None for an urgency and a repeat that has stopped."""
    start: date | datetime | None
    """What it was counted from."""
    limit: Limit
    nation: str
    working: tuple[Counted, ...]
    """Every day counted or left out, in the order of counting."""
    rule: str
    """The rule that was applied, in a sentence or two."""
    projected: bool
    """The date rests on bank holidays that have not been published yet."""
    counted: str
    """How it was counted, in a few words: "1 working day: Fri 25 is Christmas Day"."""
    earliest: date | datetime | None = None
    """The inner date of a range: not before this."""
    ruled_by: Limit | None = None
    """Of several limits, or of one rhythm after another, the one that gave the date."""


class _Dates(NamedTuple):
    due: date | datetime | None
    earliest: date | datetime | None = None
    stopped: str = ""
    """Why a repeat has no next time."""


def work_out(
    limit: Limit,
    start: date | datetime | None,
    calendar: Calendar,
    *,
    events: Events = NO_EVENTS,
    first_day: int = 0,
) -> Due:
    """When `limit` is due, counted from `start`, or from the event that the limit itself names.

    `first_day` is what the day itself counts as, 0 or 1. `start` may be None where every event is named.
    Raises DueError (EventNeeded where a date is missing), or CalendarError where the calendar cannot tell.
    """
    if limit.later_of or limit.earlier_of:
        return _ruling(limit, start, calendar, events, first_day)
    begin = _begin(limit, start, events)
    if begin is None or limit.relation is None:
        rule = saying.urgent(limit.urgency or "")
        return Due(None, begin, limit, calendar.nation, (), rule, False, limit.urgency or "")
    first_day = day_itself(limit, first_day)
    ruled, over = _rhythm(limit, begin, calendar, events)
    dates = _dates(ruled, begin, calendar, events, first_day)
    working = _working(ruled, begin, calendar, first_day)
    projected = is_projected(ruled, begin, dates.due or begin, calendar)
    rule = saying.rule(ruled, calendar, first_day)
    counted = (dates.stopped or saying.counted(ruled, working, first_day, dates.earliest)) + over
    return Due(
        *(dates.due, begin, limit, calendar.nation, working, rule, projected, counted, dates.earliest),
        ruled_by=ruled if over else None,
    )


def is_projected(limit: Limit, start: date | datetime, due: date | datetime, calendar: Calendar) -> bool:
    """Whether a plain limit's date rests on bank holidays that have not been published yet."""
    if limit.unit not in ("working_day", "school_day"):
        return False
    return calendar.projected(local_date(start)) or calendar.projected(local_date(due))


def due_date_only(
    limit: Limit,
    start: date | datetime | None,
    calendar: Calendar,
    *,
    events: Events = NO_EVENTS,
    first_day: int = 0,
) -> date | datetime | None:
    """The same date as work_out's, without its working: many times quicker."""
    plain = limit.relation == "within" and limit.unit == "working_day" and limit.event is None
    if plain and type(start) is date and not first_day:  # what is asked most often
        return calendar.working_day(start, limit.amount_max or limit.amount or 0)
    if limit.later_of or limit.earlier_of:
        return _ruling(limit, start, calendar, events, first_day).due
    begin = _begin(limit, start, events)
    if begin is None:
        return None
    ruled = _rhythm(limit, begin, calendar, events)[0] if limit.then else limit
    return _dates(ruled, begin, calendar, events, day_itself(limit, first_day)).due


def _begin(limit: Limit, start: date | datetime | None, events: Events) -> date | datetime | None:
    if limit.event is not None:
        start = events.get(limit.event, start)
        if start is None:
            raise EventNeeded(limit.event, limit)
    if start is None and limit.relation is not None:
        raise DueError(f"'{limit.text or limit_words(limit)}' needs a date to be counted from.")
    return local(start) if isinstance(start, datetime) else start


def _dates(
    limit: Limit, begin: date | datetime, calendar: Calendar, events: Events, first_day: int
) -> _Dates:
    relation, low, high, unit = limit.relation, limit.amount, limit.amount_max, limit.unit
    if relation is None:
        return _Dates(None)
    if low is None or unit is None:
        return _Dates(begin)  # before, and not before, an event
    if relation == "by_week_of_pregnancy":
        delivery = local_date(begin)
        week = timedelta(7)
        first = delivery - (PREGNANCY_WEEKS - low) * week
        return _Dates(delivery - (PREGNANCY_WEEKS - high) * week, first) if high else _Dates(first)
    if relation == "at_least_before":
        due = reach(begin, -low, unit, calendar, first_day)
        return _Dates(due, reach(begin, -high, unit, calendar, first_day) if high else None)
    due = reach(begin, high or low, unit, calendar, first_day)
    earliest = reach(begin, low, unit, calendar, first_day) if high else None
    if relation == "every":
        return _repeat(limit, _Dates(due, earliest), calendar, events)
    return _Dates(due, earliest)


def _rhythm(limit: Limit, begin: date | datetime, calendar: Calendar, events: Events) -> tuple[Limit, str]:
    """Of one rhythm after another, the one that the next time is of, and that those before it are over."""
    over = ""
    while limit.then is not None and (stopped := _dates(limit, begin, calendar, events, 0).stopped):
        first = limit_words(limit._replace(until=None, then=None))
        over += f"; {first} {stopped.removeprefix('stopped: it ')}"
        limit = limit.then
    return limit, over


def _repeat(limit: Limit, dates: _Dates, calendar: Calendar, events: Events) -> _Dates:
    """The next time of a repeat, unless it has not begun or has stopped by then."""
    assert dates.due is not None
    for bound, begins in ((limit.since, True), (limit.until, False)):
        if bound is None:
            continue
        if bound.relation == "before" and bound.event not in events:
            if begins:
                raise EventNeeded(bound.event or "", limit)
            continue  # what stops it has not happened
        if bound.event not in events:
            raise EventNeeded(bound.event or "", limit)
        edge = due_date_only(bound, None, calendar, events=events)
        assert edge is not None
        late = _moment(dates.due) > _moment(edge)
        if begins and not late:
            return _Dates(None, None, f"not begun: it starts on {say_when(edge)}")
        if not begins and late:
            return _Dates(None, None, f"stopped: it ended on {say_when(edge)}")
    return dates


def _working(limit: Limit, begin: date | datetime, calendar: Calendar, first_day: int) -> tuple[Counted, ...]:
    relation, low, high, unit = limit.relation, limit.amount, limit.amount_max, limit.unit
    if low is None or unit is None:
        return (Counted(begin, True, 0, "the day itself" if type(begin) is date else "the time itself"),)
    if relation == "by_week_of_pregnancy":
        week = high or low
        return saying.pregnancy(local_date(begin), week)
    if relation == "at_least_before":
        return steps(begin, -low, unit, calendar, first_day)
    return steps(begin, high or low, unit, calendar, first_day)


def _ruling(
    limit: Limit, start: date | datetime | None, calendar: Calendar, events: Events, first_day: int
) -> Due:
    """The later or the earlier of several limits. A date counts until its end."""
    parts = limit.later_of or limit.earlier_of
    worked = []
    for part in parts:
        if part.event is not None and part.event not in events:
            raise EventNeeded(part.event, limit)
        worked.append(work_out(part, start, calendar, events=events, first_day=first_day))
    choose = max if limit.later_of else min
    ruling = choose(worked, key=lambda each: _moment(each.due))
    return ruling._replace(
        limit=limit,
        rule=f"{ruling.rule} The {'later' if limit.later_of else 'earlier'} of the dates counts.",
        projected=any(each.projected for each in worked),
        counted=saying.ruling(
            ruling.limit, ruling.counted, [(w.limit, w.due) for w in worked if w != ruling]
        ),
        ruled_by=ruling.limit,
    )


def _moment(when: date | datetime | None) -> datetime:
    """For comparing, in UTC: a date is due by its end, and what has no date comes before everything."""
    if when is None:
        return datetime.min.replace(tzinfo=UTC)
    if not isinstance(when, datetime):
        when = datetime.combine(when, time(23, 59, 59, 999999), LONDON)
    return when.astimezone(UTC)
