"""Whether one limit can fall later than another, told by counting both from every day of a year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from cpcli.clock.calendar import Calendar
from cpcli.clock.due import due_date_only
from cpcli.clock.errors import ClockError
from cpcli.clock.limit import URGENCIES, Limit, events_of
from cpcli.clock.when import LONDON

_FIRST, _DAYS = date(2026, 1, 1), 365
_HOURS = (time(9), time(17, 30), time(23, 59))


def can_be_later(limit: Limit, than: Limit, calendar: Calendar, first_day: int = 0) -> bool:
    """Whether what has to be done by `limit` may be done after the end of `than`, from the same start.

    Of what is to be kept, whether it may be let go sooner. What cannot be compared is taken to be later.
    """
    if than.urgency and (limit.urgency is None or _place(limit.urgency) > _place(than.urgency)):
        return True
    if not _has_date(than):
        return False
    if not _has_date(limit):
        return limit.urgency != URGENCIES[0]  # at once is sooner than any date; the others may be later
    keep = limit.relation == "keep_for"
    rhythms = limit.then is not None or than.then is not None
    if keep != (than.relation == "keep_for") or "lasts_up_to" in (limit.relation, than.relation) or rhythms:
        return limit._replace(text="") != than._replace(text="")
    try:
        for at in _starts():
            ends = [_end(each, at, calendar, first_day) for each in (limit, than)]
            if ends[0] < ends[1] if keep else ends[0] > ends[1]:
                return True
    except ClockError:
        return True
    return False


def _place(urgency: str) -> int:
    return URGENCIES.index(urgency)


def _has_date(limit: Limit) -> bool:
    return limit.relation is not None or bool(limit.later_of or limit.earlier_of)


def _starts() -> list[date | datetime]:
    days = [_FIRST + timedelta(count) for count in range(_DAYS)]
    return [*days, *(datetime.combine(day, hour, LONDON) for day in days for hour in _HOURS)]


def _end(limit: Limit, at: date | datetime, calendar: Calendar, first_day: int) -> datetime:
    """The last moment at which it is in time, with every event that it names at `at`."""
    hours = limit.unit in ("hour", "minute") and not isinstance(at, datetime)
    start = datetime.combine(at, time(), LONDON) if hours else at
    events = dict.fromkeys(events_of(limit), start)
    due = due_date_only(limit, start, calendar, events=events, first_day=first_day)
    if due is None:
        return datetime.max.replace(tzinfo=LONDON)
    return due if isinstance(due, datetime) else datetime.combine(due, time.max, LONDON)
