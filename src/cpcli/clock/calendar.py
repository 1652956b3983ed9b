"""Which days are working days, which are school days, and why the others are not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from itertools import accumulate, compress
from typing import NamedTuple

from cpcli.clock.bank_holidays import FIRST_YEAR, LAST_YEAR, PROCLAIMED_UNTIL, bank_holidays, nation_named
from cpcli.clock.errors import ClockError
from cpcli.clock.when import say_date

WEEKEND = {5: "Saturday", 6: "Sunday"}
SCHOOL_HOLIDAY = "school holiday"
EARLIEST, LATEST = 1900, 2199
"""The years in which working days are counted; outside them bank holidays are not worth guessing."""
BEYOND = f"Working days are counted from {EARLIEST} to {LATEST}, and this goes beyond."
ADD_TERMS = 'Add term dates: cpcli config set terms "02/09/2026 to 23/10/2026"'


class CalendarError(ClockError):
    """A day that this calendar cannot tell of."""


class _Index(NamedTuple):
    """Working days by number, so that the nth is looked up, not walked to."""

    first_year: int
    last_year: int
    first: int
    """The ordinal of the first day of the first year."""
    worked: list[int]
    """The ordinals of the working days."""
    before: list[int]
    """For each day from the first, and the one past the last, how many working days come before it."""
    names: Mapping[date, str]
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
    closes: time | None = None
    """When the team's day ends, if what comes after it counts as the next working day; None where it counts
    as the day it came."""
    _index: list[_Index] = field(default_factory=list, init=False, repr=False, compare=False)
    _school_days: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nation", nation_named(self.nation))
        object.__setattr__(self, "closures", tuple(sorted(dict(self.closures).items())))
        object.__setattr__(self, "terms", tuple(sorted(self.terms)))
        before = None
        for first, last in self.terms:
            if last < first:
                raise CalendarError(
                    f"A school term ends ({say_date(last)}) before it begins ({say_date(first)})."
                )
            if before is not None and first <= before:
                raise CalendarError(
                    f"The school term that begins on {say_date(first)} begins before another has ended, on "
                    f"{say_date(before)}."
                )
            before = last

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
        name = self._index_for(day.year).names.get(day)
        weekend = WEEKEND.get(day.weekday())
        return f"{weekend}, {name}" if weekend and name else weekend or name

    def is_working_day(self, day: date) -> bool:
        """Whether work is done on this day."""
        return self.why_off(day) is None

    def working_day(self, start: date, count: int) -> date:
        """The count-th working day after `start` (before it, where count is negative), wherever it falls."""
        index = self._index_for(start.year)
        while True:
            place = start.toordinal() - index.first
            number = index.before[place + 1] + count - 1 if count > 0 else index.before[place] + count
            if 0 <= number < len(index.worked):
                return date.fromordinal(index.worked[number])
            index = self._index_beyond(index)

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie after one day, up to and with another; negative the other way round."""
        if until < after:
            return -self.working_days(until, after)
        index = self._index_for(after.year)
        if until.year > index.last_year:
            index = self._index_for(until.year)
        eve = index.first - 1
        return index.before[until.toordinal() - eve] - index.before[after.toordinal() - eve]

    def school_day(self, start: date, count: int) -> date:
        """The count-th school day after `start`, or before it. Raises CalendarError past the known terms."""
        ordinal = start.toordinal()
        self._check_terms(ordinal)
        if count > 0:
            place = bisect_right(self._school_days, ordinal) + count - 1
        else:
            place = bisect_left(self._school_days, ordinal) + count
        if not 0 <= place < len(self._school_days):
            edge = (
                f"begin on {say_date(self.terms[0][0])}"
                if place < 0
                else f"end on {say_date(self.terms[-1][1])}"
            )
            raise CalendarError(f"The school terms that are known {edge}, and this goes beyond. {ADD_TERMS}.")
        return date.fromordinal(self._school_days[place])

    def school_days(self, after: date, until: date) -> int:
        """How many school days lie after one day, up to and with another; negative the other way round."""
        begin, end = after.toordinal(), until.toordinal()
        self._check_terms(begin)
        self._check_terms(end)
        return bisect_right(self._school_days, end) - bisect_right(self._school_days, begin)

    def working_table(self, wide: bool) -> tuple[int, list[int], list[int]]:
        """The ordinal of a first day, the ordinals of the working days from it on, and for each day from then
        how many of them come before. It spans the usual years; all that there are, if `wide`.
        """
        index = self._index_for(EARLIEST if wide else FIRST_YEAR)
        return index.first, index.worked, index.before

    def school_table(self) -> tuple[int, list[int], list[int]]:
        """The same of school days, from the first to the last that is known. Raises CalendarError."""
        first, last = self._check_terms(None)
        before = [bisect_left(self._school_days, ordinal) for ordinal in range(first, last + 2)]
        return first, self._school_days, before

    def projected(self, day: date) -> bool:
        """Whether the day lies past the years whose bank holidays have been published."""
        return day.year > PROCLAIMED_UNTIL

    def _check_terms(self, ordinal: int | None) -> tuple[int, int]:
        """The ordinals of the first and the last day that is known, and that the day is between them."""
        if not self.terms:
            raise CalendarError(f"School days cannot be counted without term dates. {ADD_TERMS}.")
        if not self._school_days:
            self._school_days.extend(
                ordinal
                for first, last in self.terms
                for ordinal in range(first.toordinal(), last.toordinal() + 1)
                if self._national(date.fromordinal(ordinal)) is None
            )
        first, last = self.terms[0][0], self.terms[-1][1]
        if ordinal is not None and not first.toordinal() <= ordinal <= last.toordinal():
            raise CalendarError(
                f"{say_date(date.fromordinal(ordinal))} is outside the school terms that are known, "
                f"{say_date(first)} to {say_date(last)}. {ADD_TERMS}."
            )
        return first.toordinal(), last.toordinal()

    def _index_for(self, year: int) -> _Index:
        if self._index and self._index[0].first_year <= year <= self._index[0].last_year:
            return self._index[0]
        if FIRST_YEAR <= year <= LAST_YEAR:
            return self._make_index(FIRST_YEAR, LAST_YEAR)
        if EARLIEST <= year <= LATEST:
            return self._make_index(EARLIEST, LATEST)
        raise CalendarError(BEYOND)

    def _index_beyond(self, index: _Index) -> _Index:
        """One of all the years there are, where one of the usual years does not reach."""
        if index.first_year == EARLIEST:
            raise CalendarError(BEYOND)
        return self._make_index(EARLIEST, LATEST)

    def _make_index(self, first_year: int, last_year: int) -> _Index:
        names = bank_holidays(self.nation, first_year, last_year)
        first, end = date(first_year, 1, 1).toordinal(), date(last_year + 1, 1, 1).toordinal()
        # An ordinal is a Sunday where 7 divides it.
        worked = [0 < ordinal % 7 < 6 for ordinal in range(first, first + 7)] * ((end - first) // 7 + 1)
        for off in (*names, *(day for day, _ in self.closures)):
            if first_year <= off.year <= last_year:
                worked[off.toordinal() - first] = False
        del worked[end - first :]
        index = _Index(
            first_year,
            last_year,
            first,
            list(compress(range(first, end), worked)),
            list(accumulate(worked, initial=0)),
            names,
        )
        self._index[:] = [index]
        return index


@cache
def calendar(nation: str) -> Calendar:
    """The calendar of a nation, without closures or terms; made once."""
    return Calendar(nation)
