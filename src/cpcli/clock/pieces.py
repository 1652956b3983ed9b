"""The pieces that the words of limits are made of: numbers and ranges, ages, the names of events."""

from __future__ import annotations

from cpcli.clock import words
from cpcli.clock.limit import HELP


class No(Exception):
    """Why the words are no limit."""


def counts(cursor: words.Cursor) -> bool:
    """A number comes next. Reads nothing."""
    here = cursor.at
    found = cursor.number() is not None
    cursor.at = here
    return found


def read_age(cursor: words.Cursor) -> int | None:
    """An age in years: "age 18", "the age of 18", "the 18th birthday"."""
    start = cursor.at
    if cursor.take("age", "aged", "the age of", "age of"):
        age = cursor.number()
        if age is None or not 0 < age <= 150:
            raise No("an age is a number of years, 1 to 150: 'by age 18'")
    else:
        cursor.take("the", "their", "the child's", "a child's")
        digits = cursor.next.rstrip("dhnrst")
        cursor.at += 1
        age = words.figure(digits)
        age = age if cursor.take("birthday") else None
    if age is None or not 0 < age <= 150:
        cursor.at = start
        return None
    return age


def read_figures(cursor: words.Cursor, needed: bool) -> tuple[int | None, int | None]:
    """One number, or the two of a range."""
    if cursor.take("as early as"):
        return _as_early_as(cursor)
    between = cursor.take("between") is not None
    left, dash, right = cursor.next.partition("-")
    figures = words.figure(left), words.figure(right)
    if dash and None not in figures:
        cursor.at += 1
        low, high = figures[0] or 0, figures[1] or 0
    else:
        first = cursor.number()
        if first is None:
            if needed or between:
                raise No(no_number(cursor))
            return None, None
        if not cursor.take("and" if between else "to"):
            if between:
                raise No("'between' needs two numbers: 'between 10 and 15 working days'")
            return first, None
        second = cursor.number()
        if second is None:
            raise No(no_number(cursor))
        low, high = first, second
    return _rising(low, high)


def _as_early_as(cursor: words.Cursor) -> tuple[int, int]:
    """The rest of "as early as 13 weeks and no later than 24 weeks": its numbers. The last unit is left."""
    low, unit = cursor.number(), cursor.unit()
    cursor.take(*words.PREGNANCY)
    while cursor.take(",", "and", "but", "should be", "must be"):
        pass
    high = cursor.number() if cursor.take("no later than", "not later than") else None
    here = cursor.at
    if low is None or high is None or (unit and unit != cursor.unit()):
        raise No("'as early as' needs two figures of one unit: 'between 13 and 24 weeks of pregnancy'")
    cursor.at = here
    return _rising(low, high)


def _rising(low: int, high: int) -> tuple[int, int]:
    if not 0 < low < high:
        raise No(f"the first number of a range must be the smaller: 'between {high} and {low}'")
    return low, high


def read_event(cursor: words.Cursor, *joins: str, bare: bool = False) -> str | None:
    """The name of an event, after one of the joining words, or standing bare."""
    start = cursor.at
    if not bare and not cursor.take(*joins):
        return None
    cursor.take("the")
    name = cursor.next
    if name == "until" or not name:
        if bare:
            return None
        cursor.at = start
        raise No(f"'{cursor.next}' what? Name the event, as in 'within 15 working days of report-received'")
    if not (name[0].isalpha() and name.replace("-", "").isalnum() and name.isascii()):
        raise No(f"'{name}' is not the name of an event, such as report-received")
    cursor.at += 1
    return name


def no_number(cursor: words.Cursor) -> str:
    if cursor.done:
        return f"it stops where a number is needed. {HELP}"
    if cursor.at == 0:
        return f"no limit begins with '{cursor.next}'. {HELP}"
    return f"'{cursor.next}' is not a number. {HELP}"


def no_unit(cursor: words.Cursor) -> str:
    units = "working days, school days, days, hours, minutes, weeks, months or years"
    if cursor.done:
        return f"it does not say of what. Add {units}"
    return f"'{cursor.next}' is not a unit. Write {units}"
