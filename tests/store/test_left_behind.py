"""A -wal beside a store, which SQLite would write into it: only one that goes on from the store is let in."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from store_help import add, derive, filled, open_store

from cpcli.casework.entry import noted
from cpcli.store import store
from cpcli.store.backup import restore
from cpcli.store.faults import StoreProblem
from cpcli.store.key import Key, new_salt

NOT_ITS_OWN = "changes that are not of cpcli.db"


@pytest.fixture
def closed(kind: str, full: Path) -> Path:
    """A store that nobody has open, plain or encrypted."""
    return full


def wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def changed(path: Path, cases: int, notes: int = 0) -> bytes:
    """The -wal that a killed process leaves, which had put so much into the store there."""
    with open_store(path) as store:
        for _ in range(cases):
            filled(store)
        for _ in range(notes):
            add(store, "2026-0001", noted("Rang again" * 50))
        return wal(path).read_bytes()


def assert_refused(path: Path) -> None:
    before = path.read_bytes(), wal(path).read_bytes()
    for read_only in (True, False):
        with pytest.raises(StoreProblem, match=NOT_ITS_OWN):
            open_store(path, read_only=read_only)
        assert (path.read_bytes(), wal(path).read_bytes()) == before
    wal(path).unlink()
    with open_store(path) as store:
        assert store.check(derive) == []


@pytest.mark.parametrize("cases", [1, 5])
def test_another_stores_is_refused_though_the_two_together_would_be_a_store(full: Path, cases: int) -> None:
    left = changed(full.with_name("other.db"), cases)
    wal(full).write_bytes(left)
    assert_refused(full)


@pytest.mark.parametrize(("cases", "notes"), [(1, 6), (3, 2), (10, 6)])
def test_what_was_left_is_not_written_into_an_older_copy_that_was_put_back(
    closed: Path, cases: int, notes: int
) -> None:
    older = closed.read_bytes()
    changed(closed, cases)
    left = changed(closed, 0, notes)
    closed.write_bytes(older)
    wal(closed).write_bytes(left)
    closed.chmod(0o600)
    assert_refused(closed)


def test_another_programs_is_refused(closed: Path) -> None:
    with closing(sqlite3.connect(closed.with_name("other.db"), isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (text)")
        wal(closed).write_bytes(closed.with_name("other.db-wal").read_bytes())
    assert_refused(closed)


@pytest.mark.parametrize("sealed", [True, False])
def test_that_of_a_store_with_another_key_or_with_none_is_refused(closed: Path, sealed: bool) -> None:
    other = closed.with_name("other.db")
    if sealed:
        store.make_encrypted(other, Key(bytes(32), new_salt()))
    with store.open_store(other, find_key=lambda _, salt: Key(bytes(32), salt)) as opened:
        filled(opened)
        filled(opened)
        wal(closed).write_bytes(wal(other).read_bytes())
    assert_refused(closed)


def test_what_was_left_is_taken_in_again_where_it_goes_on_from_the_store(closed: Path) -> None:
    older = closed.read_bytes()
    left = changed(closed, 5, 5)
    closed.write_bytes(older)
    wal(closed).write_bytes(left)
    with open_store(closed) as store:
        assert (len(store.cases()), store.head()[0]) == (6, 53)
        assert store.check(derive) == [
            f"{wal(closed)} can be read by others. Make it yours alone: chmod 600."
        ]


def test_beside_a_store_that_is_reached_by_a_link_it_is_looked_at_too(full: Path, tmp_path: Path) -> None:
    link = tmp_path / "cpcli.db"
    link.symlink_to(full)
    wal(full).write_bytes(changed(full.with_name("other.db"), 5))
    before = full.read_bytes()
    with pytest.raises(StoreProblem, match=NOT_ITS_OWN):
        open_store(link)
    assert full.read_bytes() == before
    with pytest.raises(StoreProblem, match="a store in use, no backup"):
        restore(link, tmp_path / "again.db")


@pytest.mark.parametrize("sealed", [True, False])
def test_what_was_left_of_a_store_that_is_gone_goes_into_no_new_one(full: Path, sealed: bool) -> None:
    left = changed(full, 5)
    full.unlink()
    wal(full).write_bytes(left)
    with pytest.raises(StoreProblem, match=r"move cpcli\.db-wal elsewhere to begin anew"):
        if sealed:
            store.make_encrypted(full, Key(bytes(32), new_salt()))
        else:
            open_store(full)
    assert [file.name for file in full.parent.iterdir()] == ["cpcli.db-wal"]
    assert wal(full).read_bytes() == left
