"""Reading duties for an agenda: as quick for the first screen of a million as of ten."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cpcli.casework.duty_state import STATES, DutyState
from cpcli.store.only import ALL, Only, readings
from cpcli.store.state import SELECT, duty_of


class DutyCounts(NamedTuple):
    """How many duties there are of each sort, over all cases."""

    overdue: int
    today: int
    """Open, and due today, later than now."""
    later: int
    undated: int
    """Open, without a due date."""
    waiting: int


def duties(
    connection: sqlite3.Connection,
    *,
    states: Sequence[str] = STATES,
    due_from: str = "",
    due_before: str = "",
    started_by: str = "",
    undated: bool = False,
    only: Only = ALL,
    limit: int | None = None,
) -> Iterator[DutyState]:
    """Duties, worst first. See Store.duties."""
    where, values = _dated(only, due_from, due_before, undated=undated)
    if started_by:
        where.append("started > '' AND started <= CASE length(started) WHEN 10 THEN ? ELSE ? END")
        values += [started_by[:10], started_by]
    by_due = bool(where) or only.narrow
    order = ("due, " if by_due else "") + "sort, case_reference, walk, key"
    # Several readings, merged: the index gives each in order, and no more is read than asked for.
    found = [
        map(
            duty_of,
            connection.execute(
                f"{SELECT['duties']}{reading.by} "
                f"WHERE {' AND '.join(['state = ?', *where, *reading.tests])} ORDER BY {order} LIMIT ?",
                [state, *values, *reading.values, -1 if limit is None else limit],
            ),
        )
        for state in dict.fromkeys(states)
        for reading in readings(only, "duties_by_due" if by_due else "duties_worst_first")
    ]
    if len(found) == 1:
        return found[0]
    return islice(heapq.merge(*found, key=lambda d: (by_due and d.due, d.sort, d.case, d.walk, d.key)), limit)


class Pressing(NamedTuple):
    """What is open in a case."""

    duties: int
    overdue: int
    next: DutyState
    """What is overdue comes first, then the worst of the others."""


def pressing(connection: sqlite3.Connection, now: str) -> dict[str, Pressing]:
    """Of each case that has something open; `now` is the local time, ISO."""
    today = now[:10]
    late = "(due > '' AND due < CASE length(due) WHEN 10 THEN :today ELSE :now END)"
    # With one min() alone, SQLite gives the other columns of the row that has it.
    query = SELECT["duties"].replace(
        " FROM", f", count(*), sum({late}), min(CASE WHEN {late} THEN '0' ELSE '1' END || sort) FROM"
    )
    found = connection.execute(
        f"{query} WHERE state = 'open' GROUP BY case_reference", {"today": today, "now": now}
    )
    return {row[0]: Pressing(row[-3], row[-2], duty_of(row[:-3])) for row in found}


def duty_counts(
    connection: sqlite3.Connection, today: str, now: str = "", most: int | None = None, only: Only = ALL
) -> DutyCounts:
    """How many duties are overdue, due and waiting. See Store.duty_counts."""

    def count(state: str, due_from: str = "", due_before: str = "", *, undated: bool = False) -> int:
        where, values = _dated(only, due_from, due_before, undated=undated)
        # How many there are on each day is known; what is narrower than that is counted.
        if not (only.narrow or only.case or any("T" in value for value in values)):
            tests = " AND ".join(["state = ?", *(test.replace("due", "day") for test in where)])
            total = "SELECT coalesce(sum(duties), 0) FROM due_days WHERE"
            return int(connection.execute(f"{total} {tests}", [state, *values]).fetchone()[0])
        number = 0
        for reading in readings(only, "duties_by_due"):
            of = f"FROM duties{reading.by} WHERE {' AND '.join(['state = ?', *where, *reading.tests])}"
            query = f"SELECT count(*) {of}"
            if most is not None:
                query = f"SELECT count(*) FROM (SELECT 1 {of} LIMIT {most - number})"
            number += connection.execute(query, [state, *values, *reading.values]).fetchone()[0]
        return number

    tomorrow = today + "~"  # after every hour of today, before the next date
    gone_today = count("open", today + "T", now) if now else 0
    return DutyCounts(
        overdue=count("open", "", today) + gone_today,
        today=count("open", today, tomorrow) - gone_today,
        later=count("open", tomorrow),
        undated=count("open", undated=True),
        waiting=count("waiting"),
    )


def _dated(only: Only, due_from: str, due_before: str, *, undated: bool) -> tuple[list[str], list[str]]:
    """The tests of the due date, with their values: what is asked for here, within what is wanted at all."""
    # One lower end alone: of two, SQLite may begin to read at the lower.
    lower = max(only.due_from, due_from)
    upper = min((each for each in (only.due_before, due_before) if each), default="")
    tests = (["due = ''"] if undated else []) + (["due >= ?"] if lower else ["due > ''"] if upper else [])
    return tests + (["due < ?"] if upper else []), [end for end in (lower, upper) if end]
