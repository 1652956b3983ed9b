"""The tables, in numbered migrations: what a store of version N needs to become one of version N + 1.

sqlite-utils makes them. It takes longer to import than most commands take to run, so appending and the agenda
use plain sqlite3 on the same file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cpcli.store.connect import APPLICATION_ID
from cpcli.store.hashing import START
from cpcli.store.schema_erasing import CHANGE_GUARD, ERASED_GUARD, let_erase
from cpcli.store.schema_marks import let_mark
from cpcli.store.turn import WAIT, patiently

if TYPE_CHECKING:
    from sqlite_utils import Database

Migration = Callable[["Database"], None]


def migrate(
    connection: sqlite3.Connection,
    wait: float = WAIT,
    migrations: Sequence[Migration] | None = None,
    *,
    before: Callable[[int], object] | None = None,
) -> None:
    """Bring the store to the latest version in one transaction, which fails or is cut short as a whole.

    `before` is called with the version that it has, if it is an older one, when nobody else can change it.
    """
    from sqlite_utils import Database

    migrations = MIGRATIONS if migrations is None else migrations
    patiently(connection, "BEGIN IMMEDIATE", wait)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if before is not None and version < len(migrations):
            before(version)
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
    """How many duties fall on each day, kept as they change, so that an agenda need not count them."""
    database.table("due_days").create(
        {"state": str, "day": str, "duties": int}, pk=("state", "day"), not_null=["state", "day", "duties"]
    )
    for when, does in (
        ("AFTER INSERT ON duties", (_COUNT_IN,)),
        ("AFTER DELETE ON duties", _COUNT_OUT),
        ("AFTER UPDATE OF state, due ON duties", (*_COUNT_OUT, _COUNT_IN)),
    ):
        name, body = f"duties_counted_{when.split()[1].lower()}", "\n".join(f"{each};" for each in does)
        database.execute(f"CREATE TRIGGER {name} {when}\nBEGIN\n{body}\nEND")
    database.execute(COUNT_ALL)
    database.execute("INSERT INTO about VALUES ('due_days', ?)", [_ABOUT_DUE_DAYS])


COUNTED = "SELECT state, substr(due, 1, 10), count(*) FROM duties GROUP BY 1, 2 ORDER BY 1, 2"
"""What due_days should hold."""
COUNT_ALL = f"INSERT INTO due_days (state, day, duties) {COUNTED}"
_COUNT_IN = (
    "INSERT INTO due_days (state, day, duties) VALUES (NEW.state, substr(NEW.due, 1, 10), 1) "
    "ON CONFLICT (state, day) DO UPDATE SET duties = duties + 1"
)
_OLD_DAY = "state = OLD.state AND day = substr(OLD.due, 1, 10)"
_COUNT_OUT = (
    f"UPDATE due_days SET duties = duties - 1 WHERE {_OLD_DAY}",
    f"DELETE FROM due_days WHERE {_OLD_DAY} AND duties = 0",
)

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

_ABOUT_DUE_DAYS = (
    "How many duties of each state fall on each day ('' for those without one), so that an agenda need not "
    "count them. The triggers of duties keep it."
)

GUARDS = {
    "journal_is_not_changed": CHANGE_GUARD,
    "journal_leaves_erased_cases": ERASED_GUARD,
    "journal_is_not_deleted": _TRIGGERS[1],
    "journal_grows_at_its_end": _TRIGGERS[2],
    "journal_head_follows": _TRIGGERS[3],
}
"""The triggers that protect the journal, each as it has to be."""

MIGRATIONS: tuple[Migration, ...] = (_first, _second, let_erase, let_mark)
LATEST = len(MIGRATIONS)
