"""Which days are working days, which are school days, and why the others are not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

from cpcli.clock.bank_holidays import FIRST_YEAR, LAST_YEAR, PROCLAIMED_UNTIL, bank_holidays, nation_named
from cpcli.clock.errors import ClockError

WEEKEND = {5: "Saturday", 6: "Sunday"}
SCHOOL_HOLIDAY = "school holiday"
EARLIEST, LATEST = 1900, 2199
"""The years in which working days are counted; outside them bank holidays are not worth guessing."""
BEYOND = f"Working days are counted from {EARLIEST} to {LATEST}, and this goes beyond."
_EARLIEST, _LATEST = date(EARLIEST, 1, 1).toordinal(), date(LATEST, 12, 31).toordinal()


class CalendarError(ClockError):
    """A day that this calendar cannot tell of."""


class _Index(NamedTuple):
    """Days off by their ordinals, so that the nth working day is found by bisection, not by walking."""

    first_year: int
    last_year: int
    days_off: list[int]
    """Weekdays that are no working days."""
    worked_before: list[int]
    """For each of them, how many working days come before it, on the same scale as `_weekdays`."""
    names: dict[date, str]
    """Bank holidays, at weekends too."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a nation, less a team's closure days; and the school days of an area.

    A working day is Monday to Friday, less the nation's bank holidays, less the closures. A school day is
    Monday to Friday within a term, less the bank holidays; the terms say it all, half-terms by being
    left out. A team's closures do not close schools.
    """

    nation: str = "England"
    """England, Wales, Scotland or Northern Ireland, in any usual spelling."""
    closures: tuple[tuple[date, str], ...] = ()
    """Days on which the team does not work, and what each is called."""
    terms: tuple[tuple[date, date], ...] = ()
    """First and last day of each stretch of school days, in order."""
    _index: list[_Index] = field(default_factory=list, init=False, repr=False, compare=False)
    _school_days: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nation", nation_named(self.nation))
        object.__setattr__(self, "closures", tuple(sorted(dict(self.closures).items())))
        object.__setattr__(self, "terms", tuple(sorted(self.terms)))
        for first, last in self.terms:
            if last < first:
                raise CalendarError(f"A school term ends ({last}) before it begins ({first}).")

    def why_off(self, day: date) -> str | None:
        """Why this is no working day ("Saturday", "Christmas Day", "closed: Training day"); None if it is."""
        closure = dict(self.closures).get(day) if self.closures else None
        return self._national(day) or (f"closed: {closure}" if closure else None)

    def why_no_school(self, day: date) -> str | None:
        """Why this is no school day; None if it is one. Raises CalendarError outside the known terms."""
        self._check_terms(day.toordinal())
        if not any(first <= day <= last for first, last in self.terms):
            return WEEKEND.get(day.weekday()) or SCHOOL_HOLIDAY
        return self._national(day)

    def _national(self, day: date) -> str | None:
        name = self._index_for(day.year, day.year).names.get(day)
        weekend = WEEKEND.get(day.weekday())
        return f"{weekend}, {name}" if weekend and name else weekend or name

    def is_working_day(self, day: date) -> bool:
        """Whether work is done on this day."""
        return self.why_off(day) is None

    def working_day(self, start: date, count: int) -> date:
        """The count-th working day after `start` (before it, where count is negative), wherever it falls."""
        ordinal, first, last = start.toordinal(), start.year, start.year
        while True:
            index = self._index_for(first, last)
            # Working days are numbered on from any fixed day: find the number wanted, then its day.
            eve = ordinal if count > 0 else ordinal - 1
            wanted = _weekdays(eve) - bisect_right(index.days_off, eve) + count + (count < 0)
            found = _weekday(wanted + bisect_left(index.worked_before, wanted))
            if not _EARLIEST <= found <= _LATEST:
                raise CalendarError(BEYOND)
            day = date.fromordinal(found)
            if index.first_year <= day.year <= index.last_year:
                return day
            first, last = min(first, day.year), max(last, day.year)

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie after one day, up to and with another; negative the other way round."""
        if until < after:
            return -self.working_days(until, after)
        index = self._index_for(after.year, until.year)
        begin, end = after.toordinal(), until.toordinal()
        off = bisect_right(index.days_off, end) - bisect_right(index.days_off, begin)
        return _weekdays(end) - _weekdays(begin) - off

    def school_day(self, start: date, count: int) -> date:
        """The count-th school day after `start`, or before it. Raises CalendarError past the known terms."""
        ordinal = start.toordinal()
        self._check_terms(ordinal)
        if count > 0:
            place = bisect_right(self._school_days, ordinal) + count - 1
        else:
            place = bisect_left(self._school_days, ordinal) + count
        if not 0 <= place < len(self._school_days):
            edge = f"begin on {self.terms[0][0]}" if place < 0 else f"end on {self.terms[-1][1]}"
            raise CalendarError(f"The school terms that are known {edge}: add the term dates beyond that.")
        return date.fromordinal(self._school_days[place])

    def school_days(self, after: date, until: date) -> int:
        """How many school days lie after one day, up to and with another; negative the other way round."""
        begin, end = after.toordinal(), until.toordinal()
        self._check_terms(begin)
        self._check_terms(end)
        return bisect_right(self._school_days, end) - bisect_right(self._school_days, begin)

    def projected(self, day: date) -> bool:
        """Whether the day lies past the years whose bank holidays have been published."""
        return day.year > PROCLAIMED_UNTIL

    def _check_terms(self, ordinal: int) -> None:
        if not self.terms:
            raise CalendarError("School days cannot be counted without term dates: add them to the calendar.")
        if not self._school_days:
            self._school_days.extend(
                ordinal
                for first, last in self.terms
                for ordinal in range(first.toordinal(), last.toordinal() + 1)
                if self._national(date.fromordinal(ordinal)) is None
            )
        first, last = self.terms[0][0], self.terms[-1][1]
        if not first.toordinal() <= ordinal <= last.toordinal():
            day = date.fromordinal(ordinal)
            raise CalendarError(
                f"{day} is outside the school terms that are known, {first} to {last}: add more."
            )

    def _index_for(self, first_year: int, last_year: int) -> _Index:
        if self._index:
            index = self._index[0]
            if first_year >= index.first_year and last_year <= index.last_year:
                return index
        if first_year < EARLIEST or last_year > LATEST:
            raise CalendarError(BEYOND)
        first_year, last_year = min(first_year, FIRST_YEAR), max(last_year, LAST_YEAR)
        names = bank_holidays(self.nation, first_year, last_year)
        days_off = sorted(
            {
                day.toordinal()
                for day in (*names, *(day for day, _ in self.closures))
                if day.weekday() not in WEEKEND
            }
        )
        worked = [_weekdays(off) - place - 1 for place, off in enumerate(days_off)]
        index = _Index(first_year, last_year, days_off, worked, dict(names))
        self._index[:] = [index]
        return index


@cache
def calendar(nation: str) -> Calendar:
    """The calendar of a nation, without closures or terms; made once."""
    return Calendar(nation)


def _weekdays(ordinal: int) -> int:
    """How many days from Monday to Friday there are from the ordinal 1, a Monday, up to this one."""
    weeks, day = divmod(ordinal - 1, 7)
    return 5 * weeks + (day + 1 if day < 5 else 5)


def _weekday(number: int) -> int:
    """The ordinal of the number-th day from Monday to Friday."""
    weeks, day = divmod(number - 1, 5)
    return 7 * weeks + day + 1
