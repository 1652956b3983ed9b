"""The tables, and bringing an older store to the latest version."""

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from store_help import add, derive, filled

from cpcli.casework.duty_state import DutyState
from cpcli.casework.entry import noted
from cpcli.store import schema
from cpcli.store.connect import connect
from cpcli.store.state import COLUMNS
from cpcli.store.store import Store, open_store

OLD_STORES = sorted((Path(__file__).parent / "old_stores").glob("version-*.db"))


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(found)


def tables(path: Path) -> dict[str, str]:
    """What makes each table, index and trigger, less quotes and spaces, which sqlite-utils has changed."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master").fetchall()
    connection.close()
    return {name: re.sub(r'[][" \n]', "", sql) for name, sql in rows}


@pytest.fixture
def old(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a store of the present version, to be brought to a later one."""
    with open_store(path) as store:
        filled(store)
    connection = connect(path, schema.LATEST)
    yield connection
    connection.close()


def test_every_table_says_what_it_is(store: Store) -> None:
    connection = store._connection
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    about = dict(connection.execute("SELECT name, what FROM about").fetchall())
    assert set(about) == there
    assert all(what.endswith(".") for what in about.values())


@pytest.mark.parametrize("table", COLUMNS)
def test_the_tables_have_the_columns_that_are_written(store: Store, table: str) -> None:
    columns = [row[1] for row in store._connection.execute(f"PRAGMA table_info({table})")]
    assert columns == COLUMNS[table].split()


def test_a_duty_is_stored_with_all_that_it_holds(store: Store) -> None:
    columns = [row[1] for row in store._connection.execute("PRAGMA table_info(duties)")]
    assert columns[1:] == list(DutyState._fields[1:])  # a new field of a duty needs a migration


def test_there_is_an_old_store_of_every_version() -> None:
    assert [path.name for path in OLD_STORES] == [f"version-{n}.db" for n in range(1, schema.LATEST + 1)]


@pytest.mark.parametrize("kept", OLD_STORES, ids=lambda path: path.stem)
def test_an_old_store_is_brought_to_the_latest_version_with_all_it_held(tmp_path: Path, kept: Path) -> None:
    path = tmp_path / "cpcli.db"
    shutil.copy(kept, path)
    path.chmod(0o600)
    with open_store(path) as store:
        assert [e.kind for e in store.entries("2026-0001")] == [
            *("case-opened", "walk-begun", "answered", "answered", "answered", "noted"),
            *("event-recorded", "walk-finished"),
        ]
        assert store.check(derive) == []
        add(store, "2026-0001", noted("It goes on"))
        assert store.check(derive) == []
    open_store(tmp_path / "new.db").close()
    assert version(path) == schema.LATEST
    assert tables(path) == tables(tmp_path / "new.db")


def add_colour(database: Any) -> None:
    database.table("cases").add_column("colour", str)
    database.table("colours").create({"name": str}, pk="name")


def test_a_migration_and_its_version_come_together(path: Path, old: sqlite3.Connection) -> None:
    schema.migrate(old, migrations=[*schema.MIGRATIONS, add_colour])
    assert version(path) == schema.LATEST + 1
    assert "colours" in tables(path)


def test_a_store_at_the_latest_version_is_left_alone(path: Path, old: sqlite3.Connection) -> None:
    before = tables(path)
    schema.migrate(old)
    assert (version(path), tables(path)) == (schema.LATEST, before)


def test_a_migration_that_fails_leaves_the_old_store_as_it_was(path: Path, old: sqlite3.Connection) -> None:
    def fails(database: Any) -> None:
        raise LookupError("no room")

    before = tables(path)
    with pytest.raises(LookupError, match="no room"):
        schema.migrate(old, migrations=[*schema.MIGRATIONS, add_colour, fails])
    assert (version(path), tables(path)) == (schema.LATEST, before)


def test_a_migration_may_not_end_the_transaction_that_it_is_part_of(old: sqlite3.Connection) -> None:
    with pytest.raises(RuntimeError, match="ended the transaction"):
        schema.migrate(old, migrations=[*schema.MIGRATIONS, lambda database: database.conn.execute("COMMIT")])


KILLED = """
import os, signal, sys
from pathlib import Path
from cpcli.store import connect, schema

def killed(database):
    database.table("colours").create({"name": str}, pk="name")
    database.execute("UPDATE cases SET title = hex(zeroblob(3000000))")  # more than SQLite keeps in memory
    os.kill(os.getpid(), signal.SIGKILL)

schema.migrate(connect.connect(Path(sys.argv[1]), schema.LATEST), migrations=[*schema.MIGRATIONS, killed])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_migration_that_is_killed_leaves_the_old_store_as_it_was(path: Path) -> None:
    with open_store(path) as store:
        filled(store)
    before = tables(path)
    run = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert run.returncode == -signal.SIGKILL
    assert path.with_name("cpcli.db-wal").stat().st_size > 1_000_000
    with open_store(path) as store:
        assert store.check(derive) == []
    assert (version(path), tables(path)) == (schema.LATEST, before)
