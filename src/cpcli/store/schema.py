"""The tables, in numbered migrations: what a store of version N needs to become one of version N + 1.

sqlite-utils makes them. It takes longer to import than most commands take to run, so appending and the agenda
use plain sqlite3 on the same file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cpcli.store.connect import APPLICATION_ID, WAIT, patiently
from cpcli.store.hashing import START

if TYPE_CHECKING:
    from sqlite_utils import Database

Migration = Callable[["Database"], None]


def migrate(
    connection: sqlite3.Connection, wait: float = WAIT, migrations: Sequence[Migration] | None = None
) -> None:
    """Bring the store to the latest version in one transaction, which fails or is cut short as a whole."""
    from sqlite_utils import Database

    migrations = MIGRATIONS if migrations is None else migrations
    patiently(connection, "BEGIN IMMEDIATE", wait)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        database = Database(connection, execute_plugins=False)
        for number, migration in enumerate(migrations[version:], version + 1):
            migration(database)
            connection.execute(f"PRAGMA user_version={number}")
        if not connection.in_transaction:
            raise RuntimeError("a migration ended the transaction that it was to be part of")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _first(database: Database) -> None:
    """The journal, the state derived from it, and what each table is."""
    case: dict[str, Any] = {"case_reference": str}

    def table(name: str, columns: dict[str, Any], pk: Any = None, *, may_be_null: Sequence[str] = ()) -> None:
        of_case = "case_reference" in columns and name != "journal"
        database.table(name).create(
            columns,
            pk=pk,
            not_null=[column for column in columns if column not in may_be_null],
            foreign_keys=[("case_reference", "cases", "reference")] if of_case else None,
        )
        if of_case and pk is None:
            database.table(name).create_index(["case_reference"])

    database.execute(f"PRAGMA application_id={APPLICATION_ID}")
    table(
        "journal",
        {
            "seq": int,
            "at": str,
            "who": str,
            **case,
            "walk": int,
            "kind": str,
            "body": str,
            "salt": str,
            "body_hash": str,
            "previous_hash": str,
            "hash": str,
        },
        "seq",
    )
    table("journal_head", {"id": int, "seq": int, "hash": str}, "id")
    database.execute("INSERT INTO journal_head VALUES (1, 0, ?)", [START])
    database.table("journal").create_index(["case_reference"])
    database.execute(
        "CREATE INDEX journal_cases_opened ON journal(case_reference) WHERE kind = 'case-opened'"
    )
    for trigger in _TRIGGERS:
        database.execute(trigger)

    cases = {"reference": str, "title": str, "status": str, "opened": str, "opened_by": str, "changed": str}
    table("cases", {**cases, "last_seq": int}, "reference")
    table(
        "walks",
        {
            **case,
            "number": int,
            "pathway": str,
            "edition": str,
            "role": str,
            "begun_on": str,
            "begun_by": str,
            "begun_seq": int,
            "finished": str,
            "finished_seq": int,
        },
        ("case_reference", "number"),
        may_be_null=["finished"],
    )
    table(
        "answers",
        {
            **case,
            "walk": int,
            "step": str,
            "question": str,
            "value": str,
            "at": str,
            "who": str,
            "seq": int,
            "changed": int,
            "carried_from": int,
        },
        ("case_reference", "walk", "step"),
    )
    table(
        "people",
        {**case, "walk": int, "step": str, "part": str, "name": str, "born": str, "relationship": str},
    )
    table(
        "events",
        {
            **case,
            "event": str,
            "at": str,
            "source": str,
            "walk": int,
            "step": str,
            "note": str,
            "who": str,
            "seq": int,
        },
    )
    words = "level cite state why since limit urgency event started due was_due counted"
    table(
        "duties",
        {
            **case,
            "walk": int,
            **dict.fromkeys(["key", "source", "pathway", "duty", "do", "by"], str),
            "you": int,
            **dict.fromkeys(words.split(), str),
            "projected": int,
            "assigned": str,
            "sort": str,
            "note": str,
        },
        ("case_reference", "walk", "key"),
    )
    # Each holds the whole order, so that a screenful is read without sorting the rest.
    order = ["sort", "case_reference", "walk", "key"]
    database.table("duties").create_index(["state", *order], "duties_worst_first")
    database.table("duties").create_index(["state", "due", *order], "duties_by_due")
    # Of one person, pathway or level; with the others, so that what is not asked for is passed over here.
    others = ["assigned", "source", "pathway", "level"]
    for name, by in (("person", others[:1]), ("pathway", others[1:3]), ("level", others[3:])):
        rest = [column for column in others if column not in by]
        database.table("duties").create_index(["state", *by, "due", *order, *rest], f"duties_by_{name}")
    database.execute("CREATE INDEX walks_unfinished ON walks (begun_seq) WHERE finished IS NULL")
    table("notes", {**case, "walk": int, "text": str, "at": str, "who": str, "seq": int})
    departed = ("duty", "what", "why", "agreed_by", "at", "who")
    table("departures", {**case, "walk": int, **dict.fromkeys(departed, str), "seq": int})
    table("about", {"name": str, "what": str}, "name")
    for name, what in _ABOUT.items():
        database.execute("INSERT INTO about VALUES (?, ?)", [name, what])


def _second(database: Database) -> None:
    """Erasing a case: what its entries said can be emptied, and nothing else of them changed."""
    database.execute("DROP TRIGGER journal_is_not_changed")
    database.execute("CREATE INDEX journal_erased ON journal(case_reference) WHERE kind = 'erased'")
    for trigger in _ERASING:
        database.execute(trigger)
    words = dict.fromkeys(("case_reference", "at", "who", "why", "agreed_by", "although"), str)
    columns: dict[str, Any] = {**words, "entries": int, "seq": int}
    database.table("erasures").create(
        columns,
        pk="case_reference",
        not_null=columns,
        foreign_keys=[("case_reference", "cases", "reference")],
    )
    database.table("to_finish").create({"what": str}, pk="what")
    for name, what in _ABOUT_ERASING.items():
        database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", [name, what])


_TRIGGERS = (
    """CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed: record a correction instead'); END""",
    """CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'nothing is deleted from the journal: record a correction instead'); END""",
    """CREATE TRIGGER journal_grows_at_its_end BEFORE INSERT ON journal
WHEN NOT EXISTS (SELECT 1 FROM journal_head WHERE NEW.seq = seq + 1 AND NEW.previous_hash = hash)
BEGIN SELECT RAISE(ABORT, 'an entry goes at the journal''s end, with the hash of the one before it'); END""",
    """CREATE TRIGGER journal_head_follows AFTER INSERT ON journal
BEGIN UPDATE journal_head SET seq = NEW.seq, hash = NEW.hash; END""",
)

# `IS` and EXISTS, which are never NULL: a comparison that came to NULL would let anything through.
_ERASING = (
    """CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
WHEN NOT (
  NEW.body IS '' AND NEW.salt IS '' AND OLD.kind IS NOT 'erased'
  AND NEW.seq IS OLD.seq AND NEW.at IS OLD.at AND NEW.who IS OLD.who
  AND NEW.case_reference IS OLD.case_reference AND NEW.walk IS OLD.walk AND NEW.kind IS OLD.kind
  AND NEW.body_hash IS OLD.body_hash AND NEW.previous_hash IS OLD.previous_hash AND NEW.hash IS OLD.hash
  AND EXISTS (SELECT 1 FROM journal WHERE kind = 'erased' AND case_reference = OLD.case_reference)
)
BEGIN SELECT RAISE(ABORT, 'the journal is never changed: record a correction instead'); END""",
    """CREATE TRIGGER journal_leaves_erased_cases BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE kind = 'erased' AND case_reference = NEW.case_reference)
BEGIN SELECT RAISE(ABORT, 'the case was erased: nothing is added to it'); END""",
)
GUARDS = {
    "journal_is_not_changed": _ERASING[0],
    "journal_leaves_erased_cases": _ERASING[1],
    "journal_is_not_deleted": _TRIGGERS[1],
    "journal_grows_at_its_end": _TRIGGERS[2],
    "journal_head_follows": _TRIGGERS[3],
}
"""The triggers that protect the journal, each as it has to be."""

_ABOUT_ERASING = {
    "journal": "Every change ever recorded, in order: when (UTC), who, which case and walk, and what (kind "
    "and body, in JSON). Rows are never changed or deleted; each carries the hash of the one before it. What "
    "the rows of an erased case said is gone: body and salt are empty.",
    "erasures": "The cases that were erased: when, by whom, why, who agreed, and how many rows were emptied.",
    "to_finish": "What a program that was cut short has to do yet: the next that opens the store does it.",
}
_ABOUT = {
    "about": "What each table is.",
    "journal": "Every change ever recorded, in order: when (UTC), who, which case and walk, and what (kind "
    "and body, in JSON). Rows are never changed or deleted; each carries the hash of the one before it.",
    "journal_head": "The number and hash of the last journal row: shows when rows are missing at the end.",
    "cases": "The cases as they stand. All tables but the journal are made from it, and can be made again.",
    "walks": "Each walk of a pathway in a case: of which edition, by whom, begun and finished when.",
    "answers": "The latest answer to each step of each walk (in JSON), and the question as it was shown.",
    "people": "People named in the answers, and their part in the case.",
    "events": "The dated facts of each case, in local time, and what each is known from.",
    "duties": "What must, should or may be done in each case, by whom, by when, and whether it has been.",
    "notes": "Notes on a case.",
    "departures": "Recorded decisions to vary from a procedure: what, why, who agreed, and when.",
}

MIGRATIONS: tuple[Migration, ...] = (_first, _second)
LATEST = len(MIGRATIONS)
