"""What erasing a case needs in the store: the one way in which an entry can be emptied, and what says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

# `IS` and EXISTS, which are never NULL: a comparison that came to NULL would let anything through.
CHANGE_GUARD = """CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
WHEN NOT (
  NEW.body IS '' AND NEW.salt IS '' AND OLD.kind IS NOT 'erased'
  AND NEW.seq IS OLD.seq AND NEW.at IS OLD.at AND NEW.who IS OLD.who
  AND NEW.case_reference IS OLD.case_reference AND NEW.walk IS OLD.walk AND NEW.kind IS OLD.kind
  AND NEW.body_hash IS OLD.body_hash AND NEW.previous_hash IS OLD.previous_hash AND NEW.hash IS OLD.hash
  AND EXISTS (SELECT 1 FROM journal WHERE kind = 'erased' AND case_reference = OLD.case_reference)
)
BEGIN SELECT RAISE(ABORT, 'the journal is never changed: record a correction instead'); END"""
ERASED_GUARD = """CREATE TRIGGER journal_leaves_erased_cases BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE kind = 'erased' AND case_reference = NEW.case_reference)
BEGIN SELECT RAISE(ABORT, 'the case was erased: nothing is added to it'); END"""

_ABOUT = {
    "journal": "Every change ever recorded, in order: when (UTC), who, which case and walk, and what (kind "
    "and body, in JSON). Rows are never changed or deleted; each carries the hash of the one before it. What "
    "the rows of an erased case said is gone: body and salt are empty.",
    "erasures": "The cases that were erased: when, by whom, why, who agreed, and how many rows were emptied.",
    "to_finish": "What a program that was cut short has to do yet: the next that opens the store does it.",
}


def let_erase(database: Database) -> None:
    """What the entries of an erased case said can be emptied, and nothing else of them changed."""
    database.execute("DROP TRIGGER journal_is_not_changed")
    database.execute("CREATE INDEX journal_erased ON journal(case_reference) WHERE kind = 'erased'")
    database.execute(CHANGE_GUARD)
    database.execute(ERASED_GUARD)
    words = dict.fromkeys(("case_reference", "at", "who", "why", "agreed_by", "although"), str)
    columns: dict[str, Any] = {**words, "entries": int, "seq": int}
    database.table("erasures").create(
        columns,
        pk="case_reference",
        not_null=columns,
        foreign_keys=[("case_reference", "cases", "reference")],
    )
    database.table("to_finish").create({"what": str}, pk="what")
    for name, what in _ABOUT.items():
        database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", [name, what])
