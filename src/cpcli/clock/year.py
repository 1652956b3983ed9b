"""A calendar's year: every day off, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cpcli.clock.bank_holidays import bank_holidays
from cpcli.clock.calendar import BEYOND, EARLIEST, LATEST, WEEKEND, Calendar, CalendarError

BANK_HOLIDAY, CLOSURE = "bank holiday", "closure"
WORKED, WEEKEND_MARK = ".", "-"
MARKS = {BANK_HOLIDAY: "B", CLOSURE: "C"}


class DayOff(NamedTuple):
    """A day off that is named; Saturdays and Sundays are off without a name."""

    day: date
    name: str
    source: str
    """BANK_HOLIDAY or CLOSURE."""
    projected: bool
    """A bank holiday that is not published yet, and follows from the rules."""
    weekend: str
    """Saturday or Sunday, where it would be off anyway; "" on other days."""


class Term(NamedTuple):
    """A stretch of school days that lies in the year, or partly."""

    first: date
    last: date
    school_days: int


class Year(NamedTuple):
    """A year as a calendar has it."""

    year: int
    days_off: tuple[DayOff, ...]
    months: tuple[str, ...]
    """For each month a mark for each day: WORKED, WEEKEND_MARK or one of MARKS."""
    working_days: int
    terms: tuple[Term, ...]


def year_of(calendar: Calendar, year: int) -> Year:
    """The year's days. Raises CalendarError where working days are not counted in it."""
    if not EARLIEST <= year <= LATEST:
        raise CalendarError(BEYOND)
    days_off = tuple(sorted(_days_off(calendar, year)))
    off = {each.day: each.source for each in reversed(days_off)}
    marks: list[list[str]] = [[] for _ in range(12)]
    for day in _days(date(year, 1, 1), date(year, 12, 31)):
        mark = WEEKEND_MARK if day.weekday() in WEEKEND else MARKS.get(off.get(day, ""), WORKED)
        marks[day.month - 1].append(mark)
    months = tuple("".join(month) for month in marks)
    terms = tuple(
        Term(first, last, sum(calendar.why_no_school(day) is None for day in _days(first, last)))
        for first, last in calendar.terms
        if first.year <= year <= last.year
    )
    return Year(year, days_off, months, sum(month.count(WORKED) for month in months), terms)


def _days_off(calendar: Calendar, year: int) -> Iterator[DayOff]:
    named = [(day, name, BANK_HOLIDAY) for day, name in bank_holidays(calendar.nation, year, year).items()]
    named += [(day, name, CLOSURE) for day, name in calendar.closures]
    for day, name, source in named:
        if day.year == year:
            projected = source == BANK_HOLIDAY and calendar.projected(day)
            yield DayOff(day, name, source, projected, WEEKEND.get(day.weekday(), ""))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(number) for number in range((last - first).days + 1))
