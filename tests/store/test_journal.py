"""The journal: never changed, in one unbroken chain; what is done behind its back is found and named."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_help import add, behind, behind_its_back, derive, filled, open_store

from cpcli.casework.entry import noted
from cpcli.store.driver import errors
from cpcli.store.hashing import START
from cpcli.store.store import Store

pytestmark = pytest.mark.usefixtures("kind")


@pytest.fixture
def full(path: Path) -> Path:
    """A closed store with one case in eight entries."""
    with open_store(path) as store:
        filled(store)
    return path


def problems(path: Path) -> list[str]:
    with open_store(path) as store:
        return store.check(derive)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET who = 'Somebody Else' WHERE seq = 3",
        "UPDATE journal SET seq = seq + 100",
        "DELETE FROM journal WHERE seq = 8",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 3",
        "INSERT INTO journal SELECT 99, at, who, case_reference, walk, kind, body, salt, body_hash, "
        "previous_hash, hash FROM journal WHERE seq = 8",
        "INSERT INTO journal SELECT 9, at, who, case_reference, walk, kind, body, salt, body_hash, "
        "previous_hash, hash FROM journal WHERE seq = 8",
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(full: Path, statement: str) -> None:
    with closing(behind(full)) as connection, pytest.raises(errors("IntegrityError"), match="journal"):
        connection.execute(statement)
    assert problems(full) == []


def test_entries_are_numbered_from_one_without_gaps(store: Store) -> None:
    filled(store)
    filled(store)
    assert [e.seq for e in store.entries()] == list(range(1, 17))


def test_each_entry_carries_the_hash_of_the_one_before(full: Path) -> None:
    with closing(behind(full)) as connection:
        rows = connection.execute("SELECT previous_hash, hash FROM journal ORDER BY seq").fetchall()
    assert [previous for previous, _ in rows] == [START, *(own for _, own in rows[:-1])]


def test_the_same_words_hash_differently_each_time_so_that_they_cannot_be_guessed(store: Store) -> None:
    reference = filled(store)
    for _ in range(2):
        add(store, reference, noted("yes"))
    hashes = store._connection.execute("SELECT body_hash FROM journal ORDER BY seq DESC LIMIT 2").fetchall()
    assert hashes[0] != hashes[1]


def renumber(connection: sqlite3.Connection, first: int, by: int) -> None:
    connection.execute(f"UPDATE journal SET seq = -seq WHERE seq >= {first}")
    connection.execute(f"UPDATE journal SET seq = -seq + {by} WHERE seq < 0")


def swap(connection: sqlite3.Connection) -> None:
    connection.executescript(
        "UPDATE journal SET seq = -3 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4;"
        "UPDATE journal SET seq = 4 WHERE seq = -3;"
    )


def remove_and_close_the_gap(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM journal WHERE seq = 3")
    renumber(connection, 4, -1)


COPY = (
    "INSERT INTO journal SELECT {}, at, who, case_reference, walk, kind, body, salt, body_hash, {}, hash "
    "FROM journal WHERE seq = {}"
)


def insert_between(connection: sqlite3.Connection) -> None:
    renumber(connection, 4, 1)
    connection.execute(COPY.format(4, "previous_hash", 3))


def insert_at_the_end(connection: sqlite3.Connection) -> None:
    connection.execute(COPY.format(9, "hash", 8))


def rewrite_with_hashes(connection: sqlite3.Connection) -> None:
    """Change what an entry says and mend its own hashes, as somebody would who had read the manual."""
    from cpcli.store.hashing import hash_body, hash_entry

    seq, *rest = connection.execute(
        "SELECT seq, at, who, case_reference, walk, kind, salt, previous_hash FROM journal WHERE seq = 4"
    ).fetchone()
    body = '{"step":"danger","value":"no"}'
    body_hash = hash_body(rest[5], body)
    own = hash_entry([seq, *rest[:5], body_hash, rest[6]])
    connection.execute(
        "UPDATE journal SET body = ?, body_hash = ?, hash = ? WHERE seq = 4", [body, body_hash, own]
    )


TAMPERING: list[tuple[str | Callable[[sqlite3.Connection], None], str]] = [
    ("UPDATE journal SET who = 'Somebody Else' WHERE seq = 3", "entry 3 was changed.*who"),
    ("UPDATE journal SET at = '2026-12-23T16:40:00.000000Z' WHERE seq = 3", "entry 3 was changed.*when"),
    ("UPDATE journal SET case_reference = '2026-0002' WHERE seq = 8", "entry 8 was changed.*case"),
    ("UPDATE journal SET walk = 2 WHERE seq = 6", "entry 6 was changed"),
    ("UPDATE journal SET kind = 'noted' WHERE seq = 8", "entry 8 was changed"),
    (
        "UPDATE journal SET body = replace(body, 'yes', 'no') WHERE seq = 5",
        "entry 5 was changed.*what it says",
    ),
    ("UPDATE journal SET body = body || ' ' WHERE seq = 5", "entry 5 was changed.*what it says"),
    ("UPDATE journal SET salt = '' WHERE seq = 5", "entry 5 was changed"),
    ("UPDATE journal SET body_hash = 'x' WHERE seq = 5", "entry 5 was changed"),
    ("UPDATE journal SET previous_hash = 'x' WHERE seq = 5", "entry 5 does not follow"),
    ("UPDATE journal SET hash = 'x' WHERE seq = 5", "entry 5 was changed"),
    ("UPDATE journal SET hash = 'x' WHERE seq = 8", "entry 8 was changed"),
    (rewrite_with_hashes, "entry 5 does not follow"),
    ("DELETE FROM journal WHERE seq = 1", "entry 1 is missing"),
    ("DELETE FROM journal WHERE seq IN (4, 5)", "entries 4 to 5 are missing"),
    ("DELETE FROM journal WHERE seq = 8", "ends at entry 7, and entry 8 had been recorded"),
    ("DELETE FROM journal", "ends at entry 0, and entry 8 had been recorded"),
    (remove_and_close_the_gap, "entry 3 does not follow"),
    (insert_between, "entry 4 does not follow"),
    (insert_at_the_end, "entry 9 was changed"),
    (swap, "entry 3 does not follow"),
    ("UPDATE journal_head SET seq = 7", "entry 8 was put there"),
    ("DELETE FROM journal_head", "no longer knows where its journal ends"),
]


@pytest.mark.parametrize(("how", "found"), TAMPERING)
def test_tampering_is_found_and_the_first_entry_named(
    full: Path, how: str | Callable[[sqlite3.Connection], None], found: str
) -> None:
    with behind_its_back(full) as connection:
        connection.execute(how) if isinstance(how, str) else how(connection)
    assert re.search(found, problems(full)[0])


def test_an_untouched_journal_has_nothing_wrong(full: Path) -> None:
    with behind_its_back(full):
        pass
    assert problems(full) == []


def test_missing_protection_is_reported(full: Path) -> None:
    connection = behind(full)
    connection.execute("DROP TRIGGER journal_is_not_deleted")
    connection.close()
    assert problems(full) == [
        "The journal is not protected: its trigger journal_is_not_deleted has been removed."
    ]


def test_after_entries_were_cut_off_the_next_leaves_the_gap_to_be_seen(full: Path) -> None:
    with behind_its_back(full) as connection:
        connection.execute("DELETE FROM journal WHERE seq = 8")
    with open_store(full) as store:
        assert add(store, "2026-0001", noted("Work goes on")).last_seq == 9
        store.rebuild(derive)
        assert store.check(derive) == ["The journal has a gap: entry 8 is missing."]


@pytest.mark.parametrize("kind", ["plain"], indirect=True)
def test_the_manual_shows_how_to_verify_the_chain_without_this_program(full: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", manual, re.DOTALL)
    assert code
    said: list[object] = []
    program = compile(code[1].replace("cpcli.db", full.as_posix()), "docs/store.md", "exec")
    exec(program, {"print": said.append})
    with open_store(full) as store:
        assert said == [f"8 entries, whole and unchanged; the last hash is {store.head()[1]}"]
    with behind_its_back(full) as connection:
        connection.execute("UPDATE journal SET who = 'Somebody Else' WHERE seq = 3")
    with pytest.raises(AssertionError, match="3"):
        exec(program, {"print": said.append})


def test_the_start_of_the_chain_is_what_the_manual_says() -> None:
    assert START == "0" * 64
