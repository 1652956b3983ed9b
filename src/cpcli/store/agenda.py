"""Reading duties for an agenda: as quick for the first screen of a million as of ten."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cpcli.casework.duty_state import STATES, DutyState
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
    undated: bool = False,
    case: str = "",
    limit: int | None = None,
) -> Iterator[DutyState]:
    """Duties, worst first. See Store.duties."""
    where, values = ["state = ?"], []
    for test, value in (("due >= ?", due_from), ("due < ?", due_before), ("case_reference = ?", case)):
        if value:
            where.append(test)
            values.append(value)
    by_due = bool(due_from or due_before or undated)
    if by_due:
        where.append("due = ''" if undated else "due > ''")
    index = "" if case else f" INDEXED BY {'duties_by_due' if by_due else 'duties_worst_first'}"
    order = ("due, " if by_due else "") + "sort, case_reference, walk, key"
    query = f"{SELECT['duties']}{index} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT ?"
    # One reading for each state, merged: the index gives each in order, and no more is read than asked for.
    readings = [
        map(duty_of, connection.execute(query, [state, *values, -1 if limit is None else limit]))
        for state in dict.fromkeys(states)
    ]
    return islice(
        heapq.merge(*readings, key=lambda d: (by_due and d.due, d.sort, d.case, d.walk, d.key)), limit
    )


def duty_counts(
    connection: sqlite3.Connection, today: str, now: str = "", most: int | None = None
) -> DutyCounts:
    """How many duties are overdue, due and waiting. See Store.duty_counts."""

    def count(test: str, *values: str) -> int:
        query = f"SELECT count(*) FROM (SELECT 1 FROM duties WHERE {test} LIMIT ?)"
        (number,) = connection.execute(query, [*values, -1 if most is None else most]).fetchone()
        return int(number)

    tomorrow = today + "~"  # after every hour of today, before the next date
    gone_today = count("state = 'open' AND due > ? AND due < ?", today + "T", now) if now else 0
    return DutyCounts(
        overdue=count("state = 'open' AND due > '' AND due < ?", today) + gone_today,
        today=count("state = 'open' AND due >= ? AND due < ?", today, tomorrow) - gone_today,
        later=count("state = 'open' AND due >= ?", tomorrow),
        undated=count("state = 'open' AND due = ''"),
        waiting=count("state = 'waiting'"),
    )
