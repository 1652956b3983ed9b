"""Making the state tables anew from the journal."""

from __future__ import annotations

import sqlite3

from cpcli.casework.case import Case, fold
from cpcli.casework.derived import Derive, Derived, MarkRow
from cpcli.store import journal, state
from cpcli.store.schema_marks import REBUILD

_NOT_KNOWN = "Who may not see it is not known: {pathway} is not at hand."


def rebuild(connection: sqlite3.Connection, derive: Derive) -> dict[str, str]:
    """Make them, in the transaction that the caller has begun. Gives, by reference, why what follows in a
    case was left as it stood: because procedures of it are not at hand.
    """
    left: dict[str, str] = {}
    first_time = connection.execute("SELECT 1 FROM to_finish WHERE what = ?", [REBUILD]).fetchone()
    state.clear_strays(connection)
    references = connection.execute("SELECT DISTINCT case_reference FROM journal ORDER BY 1").fetchall()
    for (reference,) in references:
        case = fold(journal.entries(connection, reference))
        derived = derive(case)
        if derived.missing:
            left[reference] = " ".join(derived.missing.values())
            derived = _with_marks_not_known(case, derived) if first_time else derived
        rows = state.rows_of(case, derived)
        state.clear(connection, reference)
        state.replace(connection, reference, rows)
    state.recount(connection)
    connection.execute("DELETE FROM to_finish WHERE what = ?", [REBUILD])
    return left


def _with_marks_not_known(case: Case, derived: Derived) -> Derived:
    """The same, where marks are worked out for the first time and procedures of the case are not at hand:
    that they are not known is a mark itself, so that whatever is written of the case says it.
    """
    unknown = [
        MarkRow(number, "", _NOT_KNOWN.format(pathway=walk.pathway), "", 0)
        for number, walk in case.walks.items()
        if walk.pathway in derived.missing
    ]
    return derived._replace(marks=[*derived.marks, *unknown])
