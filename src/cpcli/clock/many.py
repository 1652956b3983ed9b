"""Due dates for whole arrays of dates at once, with numpy: pip install 'cpcli[fast]'."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from cpcli.clock.calendar import EARLIEST, LATEST, Calendar, CalendarError
from cpcli.clock.counting import CLOCK_UNITS, PREGNANCY_WEEKS, DueError
from cpcli.clock.errors import ClockError
from cpcli.clock.limit import Limit, day_itself, limit_words

Array = Any
"""A numpy array; numpy itself is imported only when one is worked on."""
_EPOCH = date(1970, 1, 1).toordinal()
_EARLIEST, _LATEST = date(EARLIEST, 1, 1).toordinal() - _EPOCH, date(LATEST, 12, 31).toordinal() - _EPOCH


def due_dates(limit: Limit, starts: Array, calendar: Calendar, *, first_day: int = 0) -> Array:
    """When `limit` is due from each of these dates, as datetime64[D]: what due_date_only gives, for each.

    `starts` is an array of datetime64[D], or whatever numpy makes one of, in any shape. Raises DueError for a
    limit in hours or minutes, for one that names events or has no date, and where a date is missing (NaT) or
    goes too far; CalendarError where the calendar cannot tell; ClockError where numpy is not there.
    """
    try:
        import numpy as np
    except ImportError:
        raise ClockError("Arrays of dates need numpy: pip install 'cpcli[fast]'.") from None
    given = np.asarray(starts, dtype="datetime64[D]")
    if not given.size:
        return given
    _check(given)
    found = _due(limit, given, calendar, first_day)
    _check(found)
    return found


def _check(dates: Array) -> None:
    import numpy as np

    days = dates.view(np.int64)
    if days.min() < _EARLIEST or days.max() > _LATEST:
        if np.isnat(dates).any():
            raise DueError("A date is missing (NaT): give it, or leave it out.")
        raise DueError(f"A date is outside the years {EARLIEST} to {LATEST}.")


def _due(limit: Limit, starts: Array, calendar: Calendar, first_day: int) -> Array:
    import numpy as np

    parts = limit.later_of or limit.earlier_of
    if parts:
        each = [_due(part, starts, calendar, first_day) for part in parts]
        return (np.maximum if limit.later_of else np.minimum).reduce(each)
    if limit.event or limit.until or limit.since or limit.relation is None or limit.unit in CLOCK_UNITS:
        raise DueError(f"'{limit.text or limit_words(limit)}' cannot be counted from dates alone.")
    if limit.amount is None or limit.unit is None:
        return starts
    if limit.relation == "by_week_of_pregnancy":
        return starts - 7 * (PREGNANCY_WEEKS - (limit.amount_max or limit.amount))
    if limit.relation == "at_least_before":
        return _reach(starts, -limit.amount, limit.unit, calendar, first_day)
    count = limit.amount_max or limit.amount
    return _reach(starts, count, limit.unit, calendar, day_itself(limit, first_day))


def _reach(starts: Array, count: int, unit: str, calendar: Calendar, first_day: int) -> Array:
    import numpy as np

    sign = 1 if count > 0 else -1
    if unit in ("working_day", "school_day"):
        return _nth(starts, count, unit, calendar, first_day)
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return starts + (days - sign * first_day if days else 0)
    months = starts.astype("datetime64[M]")
    after_first = starts - months.astype("datetime64[D]")
    there = months + count * (1 if unit == "month" else 12)
    found = there.astype("datetime64[D]") + after_first
    if unit == "age_year":  # a birthday on 29 February falls on 1 March, as it does here of itself
        return found
    return np.minimum(found, (there + 1).astype("datetime64[D]") - 1)


def _nth(starts: Array, count: int, unit: str, calendar: Calendar, first_day: int) -> Array:
    """The count-th day of the kind after each start, or before it: looked up, in two steps."""
    import numpy as np

    for wide in (False, True):
        table = _table(calendar, unit, wide)
        place = starts.view(np.int64) - table.first
        if place.min() < 0 or place.max() >= len(table.before) - 1:
            continue
        number = table.before[place + 1] if count > 0 else table.before[place]
        number += count - 1 if count > 0 else count
        if first_day:
            is_one = table.before[place + 1] > table.before[place]
            number -= is_one if count > 0 else -1 * is_one
        if number.min() >= 0 and number.max() < len(table.days):
            return table.days[number]
    # Whatever it is that cannot be told, one of the two ends of it says so.
    for start in (starts.min(), starts.max()):
        day = start.item()
        (calendar.working_day if unit == "working_day" else calendar.school_day)(day, count)
    raise CalendarError("A date is outside the days that the calendar knows.")


class _Table(NamedTuple):
    first: int
    """Days from 1970 to the first day of the table."""
    before: Array
    """For each day, and the one past the last, how many working or school days come before it."""
    days: Array
    """The working or school days, datetime64[D]."""


@lru_cache(maxsize=16)
def _table(calendar: Calendar, unit: str, wide: bool) -> _Table:
    import numpy as np

    first, days, before = calendar.school_table() if unit == "school_day" else calendar.working_table(wide)
    return _Table(
        first - _EPOCH, np.asarray(before), (np.asarray(days, dtype=np.int64) - _EPOCH).view("datetime64[D]")
    )
