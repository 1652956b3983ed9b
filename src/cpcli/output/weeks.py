"""A count on one screen: a line a day; of a long one a line a week, each day with its number, and why any was
left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from cpcli.clock.counting import Counted
from cpcli.clock.when import say_when
from cpcli.output.blocks import Cell, Table

MOST = 31
"""A count of more days than these is shown by weeks."""
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEAD = ("Week of", *NAMES, "Left out")


def day_table(working: Sequence[Counted]) -> list[Table]:
    """Every day, with its number where it was counted; of a long count, a line a week. None where none is."""
    if weeks := by_weeks(working):
        return [Table(HEAD, tuple(tuple(map(Cell, week)) for week in weeks))]
    rows = tuple(_day(each) for each in working)
    return [Table(("", "", ""), rows)] if rows else []


def _day(each: Counted) -> tuple[Cell, ...]:
    tone = "" if each.counted else "quiet"
    number = str(each.n) if each.counted else "-"
    return Cell(number, tone), Cell(say_when(each.at), tone), Cell(each.reason, tone)


def by_weeks(working: Sequence[Counted]) -> list[tuple[str, ...]]:
    """A row for each week of a count day by day; none where the count is short, or is of anything else.

    A day that was not counted is a dash, and "Left out" says why, but for an ordinary Saturday or Sunday.
    """
    days = {each.at: each for each in working if not isinstance(each.at, datetime)}
    if len(working) <= MOST or len(days) != len(working):
        return []
    first, last = min(days), max(days)
    if (last - first).days + 1 != len(days):
        return []
    monday = first - timedelta(first.weekday())
    weeks = [monday + timedelta(7 * number) for number in range((last - monday).days // 7 + 1)]
    rows = [_row([days.get(week + timedelta(day)) for day in range(7)], week) for week in weeks]
    return rows if working[0].at == first else rows[::-1]


def _row(days: Sequence[Counted | None], monday: date) -> tuple[str, ...]:
    cells = ["" if day is None else str(day.n) if day.counted else "-" for day in days]
    left_out = [
        f"{name}: {day.reason.removeprefix('Saturday, ').removeprefix('Sunday, ')}"
        for name, day in zip(NAMES, days, strict=True)
        if day is not None and not day.counted and day.reason not in ("Saturday", "Sunday")
    ]
    return (say_when(monday), *cells, "; ".join(left_out))
