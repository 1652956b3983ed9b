"""Which duties an agenda is asked for, and the index that gives them in order."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from cpcli.casework.duty_state import STATES


class Only(NamedTuple):
    """What is asked for; where nothing is said of something, it leaves nothing out."""

    people: tuple[str, ...] = ()
    """Who has the duty; "" is nobody."""
    pathways: tuple[tuple[str, str], ...] | None = None
    """Set and pathway of each."""
    levels: tuple[str, ...] = ()
    case: str = ""
    """A whole reference."""
    due_from: str = ""
    """ISO date or local time, included."""
    due_before: str = ""
    """ISO date or local time, left out."""

    @property
    def narrow(self) -> bool:
        """Whether it asks for anything besides a case and dates."""
        return bool(self.people or self.levels or self.pathways is not None)


ALL = Only()


class Reading(NamedTuple):
    """One stretch of an index, which holds what is asked for in order."""

    by: str
    """What follows the table's name: " INDEXED BY …", or "" where SQLite finds its way by itself."""
    tests: tuple[str, ...]
    values: tuple[str, ...]


def readings(only: Only, otherwise: str) -> list[Reading]:
    """The stretches to read and to merge; of the index `otherwise` where nothing narrows it.

    One thing that is asked for chooses the index, and the stretches in it. The others are tested on what that
    index holds besides, so that no row of the table is looked up in vain.
    """
    if only.pathways == ():
        return []
    asked: list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]] = [
        ("", ("case_reference",), [(only.case,)] if only.case else []),
        ("duties_by_person", ("assigned",), [(each,) for each in only.people]),
        ("duties_by_pathway", ("source", "pathway"), [*(only.pathways or ())]),
        ("duties_by_level", ("level",), [(each,) for each in only.levels]),
    ]
    narrowing = [each for each in asked if each[2]]
    if not narrowing:
        return [Reading(f" INDEXED BY {otherwise}", (), ())]
    (index, columns, wanted), *others = narrowing
    tests = [
        f"({', '.join(names)}) IN (VALUES {', '.join([f'({_marks(names)})'] * len(rows))})"
        for _, names, rows in others
    ]
    values = [value for _, _, rows in others for row in rows for value in row]
    by = f" INDEXED BY {index}" if index else ""
    first = [f"{column} = ?" for column in columns]
    return [Reading(by, (*first, *tests), (*row, *values)) for row in wanted]


def people(connection: sqlite3.Connection) -> list[str]:
    """Everybody who has or had a duty; "" where there is one that nobody has."""
    return [person for (person,) in _each(connection, "duties_by_person", ("assigned",))]


def pathways(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Set and pathway of each that has laid down a duty."""
    return [(row[0], row[1]) for row in _each(connection, "duties_by_pathway", ("source", "pathway"))]


def _each(connection: sqlite3.Connection, index: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Each value in these columns once, found by leaping along the index, however many rows have it."""
    names = ", ".join(columns)

    def first(state: str, of: tuple[str, ...], beyond: str | None = None) -> tuple[str, ...] | None:
        """The first that begins with `of`, and goes on beyond that."""
        tests = ["state = ?", *(f"{column} = ?" for column in columns[: len(of)])]
        values = [state, *of]
        if beyond is not None:
            tests.append(f"{columns[len(of)]} > ?")
            values.append(beyond)
        query = f"SELECT {names} FROM duties INDEXED BY {index} WHERE {' AND '.join(tests)}"
        found: tuple[str, ...] | None = connection.execute(
            f"{query} ORDER BY {names} LIMIT 1", values
        ).fetchone()
        return found

    found: dict[tuple[str, ...], None] = {}
    for state in STATES:
        row = first(state, ())
        while row is not None:
            found[row] = None
            # One column after the other: of several at once, SQLite would read every row between.
            later = (first(state, row[:depth], row[depth]) for depth in range(len(columns) - 1, -1, -1))
            row = next((each for each in later if each is not None), None)
    return list(found)


def _marks(columns: tuple[str, ...]) -> str:
    return ", ".join("?" * len(columns))
