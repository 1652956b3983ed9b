"""The table of marks: who may not see a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


REBUILD = "work everything out anew"
"""In the table to_finish: a table was added that only a rebuild can fill."""


def let_mark(database: Database) -> None:
    """Who may not see each case, so that a list of many cases can say it. What is recorded already is marked
    when everything is next worked out anew, which is left to be done.
    """
    words = dict.fromkeys(("case_reference", "step", "text", "cite"), str)
    columns = {"case_reference": str, "walk": int, **words, "seq": int}
    database.table("marks").create(
        columns, not_null=columns, foreign_keys=[("case_reference", "cases", "reference")]
    )
    database.table("marks").create_index(["case_reference"])
    database.execute("INSERT INTO to_finish SELECT ? WHERE EXISTS (SELECT 1 FROM cases)", [REBUILD])
    about = "Who may not see the record of a case, and which paragraph says so."
    database.execute("INSERT INTO about VALUES ('marks', ?)", [about])
