"""Counting from a day or a moment, in every unit that a limit can have; and every day of the count.

`reach` gives where a count comes to, quickly; `steps` walks there one by one and says what it counted, what
it left out and why. Counts are negative to count back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from cpcli.clock.calendar import Calendar
from cpcli.clock.errors import ClockError
from cpcli.clock.limit import unit_words
from cpcli.clock.when import LONDON, MONTHS, YEARS, days_in_month, localise, say_date


class DueError(ClockError):
    """A limit that cannot be worked out from what was given. The message is one line."""


class Counted(NamedTuple):
    """One day or moment of a count."""

    at: date | datetime
    counted: bool
    """Whether it was counted, or left out."""
    n: int
    """Its number in the count; of a day left out, the number reached so far."""
    reason: str
    """What it counts as, or why it was left out."""


CLOCK_UNITS = {"hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
THE_DAY = "the day itself"
CARRIED = "; counts as the next working day"
PREGNANCY_WEEKS = 40
"""The expected date of delivery, in weeks of pregnancy."""


def local_date(when: date | datetime) -> date:
    """The London date of a moment, or the date itself."""
    return local(when).date() if isinstance(when, datetime) else when


def local(moment: datetime) -> datetime:
    """The moment in London time; a bare one is taken to be London's. Raises WhenError."""
    if moment.tzinfo is LONDON:
        return moment
    return localise(moment) if moment.tzinfo is None else moment.astimezone(LONDON)


def day_of(start: date | datetime, count: int, unit: str, calendar: Calendar) -> date:
    """The day that a count begins from: that of the event; or the next working day, where the team has it so
    and working days are counted on from a moment after the team's day or on a day off.
    """
    day = local_date(start)
    if (
        unit == "working_day"
        and count > 0
        and isinstance(start, datetime)
        and _is_after(start, day, calendar)
    ):
        return calendar.working_day(day, 1)
    return day


def _is_after(moment: datetime, day: date, calendar: Calendar) -> bool:
    closes = calendar.closes
    return closes is not None and (local(moment).time() > closes or not calendar.is_working_day(day))


def reach(
    start: date | datetime, count: int, unit: str, calendar: Calendar, first_day: int
) -> date | datetime:
    """Where `count` units from `start` come to: a date, or a London moment for hours and minutes.

    `first_day` is what the day itself counts as, 0 or 1, in working days, school days, days and weeks.
    Raises DueError, or CalendarError where the calendar cannot tell.
    """
    there: date | datetime
    try:
        if unit in CLOCK_UNITS:
            moment = _moment(start, count, unit)
            there = (moment.astimezone(UTC) + count * CLOCK_UNITS[unit]).astimezone(LONDON)
        else:
            day = start if type(start) is date else day_of(start, count, unit, calendar)
            there = _reach_day(day, count, unit, calendar, first_day)
    except (OverflowError, ValueError) as error:
        if isinstance(error, ClockError):
            raise
        raise _too_far(count, unit) from None
    if there.year not in YEARS:
        raise _too_far(count, unit)
    return there


def _reach_day(day: date, count: int, unit: str, calendar: Calendar, first_day: int) -> date:
    sign = 1 if count > 0 else -1
    match unit:
        case "working_day":
            if first_day and calendar.is_working_day(day):
                count -= sign
            return calendar.working_day(day, count) if count else day
        case "school_day":
            if first_day and calendar.why_no_school(day) is None:
                count -= sign
            return calendar.school_day(day, count) if count else day
        case "day" | "week":
            days = count * (7 if unit == "week" else 1)
            return day + timedelta(days - sign * first_day if days else 0)
        case "month" | "year":
            return add_months(day, count * (12 if unit == "year" else 1))
        case "age_year":
            return birthday(day, count)
    raise ValueError(f"there is no unit {unit!r}")


def _moment(start: date | datetime, count: int, unit: str) -> datetime:
    if not isinstance(start, datetime):
        much = unit_words(unit, abs(count))
        raise DueError(
            f"{much} cannot be counted from {say_date(start)} alone: give the time as well, as "
            f"{start:%d/%m/%Y} 17:00."
        )
    return local(start)


def _too_far(count: int, unit: str) -> DueError:
    return DueError(f"{unit_words(unit, abs(count))} goes beyond the years {YEARS[0]} to {YEARS[-1]}.")


def add_months(day: date, months: int) -> date:
    """The corresponding date, or the month's last day where there is none (30 Nov + 3 months = 28 Feb)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, days_in_month(years, month + 1)))


def birthday(born: date, age: int) -> date:
    """The day at whose start an age is reached; 29 February falls on 1 March in other years."""
    year = born.year + age
    if (born.month, born.day) == (2, 29) and days_in_month(year, 2) == 28:
        return date(year, 3, 1)
    return born.replace(year=year)


def steps(
    start: date | datetime, count: int, unit: str, calendar: Calendar, first_day: int
) -> tuple[Counted, ...]:
    """Every step of the count from `start`, the start itself first and the day it comes to last."""
    if unit in CLOCK_UNITS:
        return _clock_steps(start, count, unit, calendar)
    day = local_date(start)
    if unit in ("working_day", "school_day"):
        counts_as = day_of(start, count, unit, calendar)
        counted = _day_steps(counts_as, count, unit, calendar, first_day)
        return counted if counts_as == day else (*_carried_over(start, counts_as, calendar), *counted)
    if unit == "day" or (unit == "week" and first_day):
        days = count * (7 if unit == "week" else 1)
        return _day_steps(day, days, "day", calendar, first_day)
    if unit == "age_year":
        return (Counted(day, False, 0, "date of birth"), _birthday_step(day, count))
    sign = 1 if count > 0 else -1
    found = [Counted(day, False, 0, THE_DAY)]
    for n in range(1, abs(count) + 1):
        there = _reach_day(day, sign * n, unit, calendar, 0)
        reason = f"{unit} {n}"
        if there.day != day.day and unit != "week":
            reason += f", the last day, as {MONTHS[there.month - 1]} {there.year} has no {ordinal(day.day)}"
        found.append(Counted(there, True, n, reason))
    return tuple(found)


def _carried_over(start: date | datetime, counts_as: date, calendar: Calendar) -> tuple[Counted, ...]:
    """What came after the team's day, and the days off until it counts as having come."""
    day = local_date(start)
    why = calendar.why_off(day) or f"after {calendar.closes:%H:%M}, when the team's day ends"
    between = [day + timedelta(number) for number in range(1, (counts_as - day).days)]
    return (
        Counted(start, False, 0, f"{why}{CARRIED}"),
        *(Counted(each, False, 0, calendar.why_off(each) or "") for each in between),
    )


def _day_steps(day: date, count: int, unit: str, calendar: Calendar, first_day: int) -> tuple[Counted, ...]:
    why_not = {"working_day": calendar.why_off, "school_day": calendar.why_no_school}.get(unit)
    name = unit.replace("_", " ")
    step = timedelta(1 if count > 0 else -1)
    n = 1 if first_day and count and not (why_not and why_not(day)) else 0
    found = [Counted(day, n == 1, n, f"{THE_DAY}: day {n}")]
    while n < abs(count):
        day += step
        left_out = why_not(day) if why_not else None
        n += not left_out
        found.append(Counted(day, not left_out, n, left_out or f"{name} {n}"))
    return tuple(found)


def _clock_steps(start: date | datetime, count: int, unit: str, calendar: Calendar) -> tuple[Counted, ...]:
    begin = _moment(start, count, unit)
    end = reach(begin, count, unit, calendar, 0)
    assert isinstance(end, datetime)
    which = "later" if count > 0 else "earlier"
    changes = [Counted(at, False, 0, say) for at, say in clock_changes(*sorted((begin, end)))]
    return (
        Counted(begin, False, 0, "the clock starts"),
        *(changes if count > 0 else reversed(changes)),
        Counted(end, True, abs(count), f"{unit_words(unit, abs(count))} {which}"),
    )


def clock_changes(begin: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """When the clocks change between two moments, and which way."""
    found, at, stop = [], begin.astimezone(UTC), end.astimezone(UTC)
    while at < stop:
        following = min(at + timedelta(1), stop)
        before, after = at.astimezone(LONDON).utcoffset(), following.astimezone(LONDON).utcoffset()
        if before != after and before is not None and after is not None:
            low, high = at, following
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (
                    (middle, high) if middle.astimezone(LONDON).utcoffset() == before else (low, middle)
                )
            moment = high.replace(second=0, microsecond=0).astimezone(LONDON)
            found.append((moment, f"the clocks go {'back' if after < before else 'forward'} an hour"))
        at = following
    return found


def _birthday_step(born: date, age: int) -> Counted:
    there = birthday(born, age)
    reason = f"the start of the {ordinal(age)} birthday"
    if there.day != born.day:
        reason += f", 1 March as {there.year} has no 29 February"
    return Counted(there, True, age, reason)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th …"""
    last = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"
