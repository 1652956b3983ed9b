"""The state tables' rows for one case: what they should be, what they are, and putting them there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cpcli.casework.duty_state import DutyState
from cpcli.store.hashing import canonical
from cpcli.store.schema import COUNT_ALL, COUNTED

if TYPE_CHECKING:
    from cpcli.casework.case import Case
    from cpcli.casework.derived import Derived

Rows = dict[str, list[tuple[Any, ...]]]
"""By table, the rows of one case in the order of COLUMNS."""

COLUMNS = {
    "cases": "reference title status opened opened_by changed last_seq",
    "walks": "case_reference number pathway edition role begun_on begun_by begun_seq finished finished_seq",
    "answers": "case_reference walk step question value at who seq changed carried_from",
    "people": "case_reference walk step part name born relationship",
    "events": "case_reference event at source walk step note who seq",
    "duties": "case_reference " + " ".join(DutyState._fields[1:]),
    "notes": "case_reference walk text at who seq",
    "departures": "case_reference walk duty what why agreed_by at who seq",
    "marks": "case_reference walk step text cite seq",
    "erasures": "case_reference at who why agreed_by although entries seq",
}
"""In each table the first column is the case's reference. `cases` comes first, the others refer to it."""

SELECT = {
    table: "SELECT {} FROM {}".format(", ".join(f'"{column}"' for column in columns.split()), table)
    for table, columns in COLUMNS.items()
}
_INSERT = {
    table: "INSERT INTO {} ({}) VALUES ({})".format(
        table,
        ", ".join(f'"{column}"' for column in columns.split()),
        ", ".join("?" for _ in columns.split()),
    )
    for table, columns in COLUMNS.items()
}
_TIMES = [DutyState._fields.index(name) for name in ("since", "started", "due", "was_due")]
_CITE, _YOU, _PROJECTED = (DutyState._fields.index(name) for name in ("cite", "you", "projected"))


def stamp(at: datetime) -> str:
    """A moment as the store writes it, UTC to the microsecond. Raises ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def rows_of(case: Case, derived: Derived) -> Rows:
    """The rows that the state tables should hold of this case."""
    ref = case.reference
    opened, changed = stamp(case.opened), stamp(case.changed or case.opened)
    return {
        "cases": [(ref, derived.title, case.status, opened, case.opened_by, changed, case.last_seq)],
        "walks": [
            (
                *(ref, w.number, w.pathway, w.edition, w.role, w.on, w.begun_by, w.begun_seq),
                *(stamp(w.finished) if w.finished else None, w.finished_seq),
            )
            for w in case.walks.values()
        ],
        "answers": [
            (
                *(ref, w.number, a.step, a.question, canonical(a.value), stamp(a.at), a.who),
                *(a.seq, a.changed, a.carried_from),
            )
            for w in case.walks.values()
            for a in w.answers.values()
        ],
        "people": [(ref, *person) for person in derived.people],
        "events": [(ref, *event) for event in derived.events],
        "duties": [_duty_row(ref, duty) for duty in derived.duties],
        "notes": [(ref, n.walk, n.text, stamp(n.at), n.who, n.seq) for n in case.notes],
        "marks": [(ref, *mark) for mark in derived.marks],
        "erasures": [
            (ref, stamp(e.at), e.who, e.why, e.agreed_by, e.although, e.entries, e.seq)
            for e in ([case.erased] if case.erased else [])
        ],
        "departures": [
            (ref, d.walk, d.duty, d.what, d.why, d.agreed_by, d.at, d.who, d.seq) for d in case.departures
        ],
    }


def _duty_row(reference: str, duty: DutyState) -> tuple[Any, ...]:
    row = duty._replace(cite=canonical(duty.cite), you=int(duty.you), projected=int(duty.projected))  # type: ignore[arg-type]
    return (reference, *row[1:])


def duty_of(row: tuple[Any, ...]) -> DutyState:
    """The duty that a row of `duties` holds. Raises ValueError and TypeError where it holds none."""
    values = list(row)
    for index in _TIMES:
        _must_be_time(values[index])
    values[_CITE] = _cites(values[_CITE])
    values[_YOU], values[_PROJECTED] = bool(values[_YOU]), bool(values[_PROJECTED])
    return DutyState._make(values)


@lru_cache(1 << 12)
def _must_be_time(text: str) -> None:
    if text:
        datetime.fromisoformat(text)


@lru_cache
def _cites(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def standing(connection: sqlite3.Connection, reference: str) -> Rows:
    """The rows that the state tables do hold of a case."""
    return {
        table: connection.execute(
            f'{select} WHERE "{COLUMNS[table].split()[0]}" = ? ORDER BY rowid', [reference]
        ).fetchall()
        for table, select in SELECT.items()
    }


def last_known(connection: sqlite3.Connection, reference: str) -> Derived:
    """What the state tables hold of what was worked out of a case."""
    from cpcli.casework.derived import Derived, EventRow, MarkRow, PersonRow

    rows = standing(connection, reference)
    return Derived(
        duties=[duty_of(row) for row in rows["duties"]],
        people=[PersonRow(*row[1:]) for row in rows["people"]],
        events=[EventRow(*row[1:]) for row in rows["events"]],
        marks=[MarkRow(*row[1:]) for row in rows["marks"]],
        title=rows["cases"][0][1] if rows["cases"] else "",
    )


def replace(
    connection: sqlite3.Connection, reference: str, rows: Mapping[str, list[tuple[Any, ...]]]
) -> None:
    """Put these in the place of the case's rows, leaving alone each table where nothing has changed."""
    now = standing(connection, reference)
    if not now["cases"]:
        connection.execute(_INSERT["cases"], rows["cases"][0])
    elif now["cases"] != rows["cases"]:
        columns = ", ".join(f'"{column}" = ?' for column in COLUMNS["cases"].split())
        connection.execute(f"UPDATE cases SET {columns} WHERE reference = ?", [*rows["cases"][0], reference])
    for table in list(COLUMNS)[1:]:
        if now[table] != rows[table]:
            connection.execute(f"DELETE FROM {table} WHERE case_reference = ?", [reference])
            connection.executemany(_INSERT[table], rows[table])


def clear(connection: sqlite3.Connection, reference: str) -> None:
    """Empty the state tables of this case."""
    for table in reversed(COLUMNS):
        connection.execute(f"DELETE FROM {table} WHERE {_case(table)} = ?", [reference])


def clear_strays(connection: sqlite3.Connection) -> None:
    """Empty the state tables of what is of no case in the journal."""
    for table in reversed(COLUMNS):
        connection.execute(
            f"DELETE FROM {table} WHERE {_case(table)} NOT IN (SELECT case_reference FROM journal)"
        )


def _case(table: str) -> str:
    return COLUMNS[table].split()[0]


def recount(connection: sqlite3.Connection) -> None:
    """Make due_days again from the duties, whatever has become of it."""
    connection.execute("DELETE FROM due_days")
    connection.execute(COUNT_ALL)


def is_counted(connection: sqlite3.Connection) -> bool:
    """Whether due_days says what the duties come to."""
    right = connection.execute(COUNTED).fetchall()
    return right == connection.execute("SELECT state, day, duties FROM due_days ORDER BY 1, 2").fetchall()
