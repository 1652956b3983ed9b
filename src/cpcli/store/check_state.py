"""The state tables against the journal: every case worked out again, and compared row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from cpcli.casework.case import fold
from cpcli.casework.derived import Derive
from cpcli.procedures.catalogue import CatalogueError
from cpcli.store import state
from cpcli.store.journal import entries

_MEND = "Mend it with: cpcli store rebuild"
_LEAVE = "Leave it so: it may show what the journal said before."


def wrong_state(connection: sqlite3.Connection, derive: Derive, *, changed: bool = False) -> Iterator[str]:
    """What the tables have otherwise than the journal gives, one line for each case and table.

    Where the journal was `changed`, the tables may show what it said before: then they are not to be mended.
    """
    mend = _LEAVE if changed else _MEND
    cases = connection.execute("SELECT DISTINCT case_reference FROM journal ORDER BY 1").fetchall()
    for (reference,) in cases:
        try:
            case = fold(entries(connection, reference))
            what = derive(case)
            # Without its procedures only what was recorded can be proved.
            known = state.last_known(connection, reference) if what.missing else what
            right = state.rows_of(case, known)
        except CatalogueError as error:
            yield f"Case {reference}: its tables cannot be proved. {error}"
            continue
        except Exception as error:  # whatever somebody may have put there
            yield f"The journal of case {reference} cannot be read as a case ({type(error).__name__})."
            continue
        standing = state.standing(connection, reference)
        for table in state.COLUMNS:
            if standing[table] != right[table]:
                first = _first(table, standing[table], right[table])
                yield (f"Case {reference}: the table {table} is not what the journal gives ({first}). {mend}")
    for table, columns in state.COLUMNS.items():
        column = columns.split()[0]
        for (reference,) in connection.execute(
            f"SELECT DISTINCT {column} FROM {table} "
            f"WHERE {column} NOT IN (SELECT case_reference FROM journal)"
        ):
            yield f"Case {reference}: the table {table} has it, but the journal has not. {mend}"
    if not state.is_counted(connection):
        yield "The table due_days is not what the duties come to. " + mend


def _first(table: str, there: Sequence[tuple[Any, ...]], right: Sequence[tuple[Any, ...]]) -> str:
    """Where the two part: the case's row, counted from 1, and the columns."""
    for number, (one, other) in enumerate(zip_longest(there, right), 1):
        if one is None:
            return f"row {number} is missing"
        if other is None:
            return f"row {number} is too many"
        if one != other:
            names = state.COLUMNS[table].split()
            differ = [name for name, a, b in zip(names, one, other, strict=True) if a != b]
            return f"first in row {number}: {', '.join(differ[:3])}"
    return "its rows"
