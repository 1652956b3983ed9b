"""A rollback journal beside a store, which SQLite would write into it: only its own is let in."""

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from store_help import behind, open_store

from cpcli.store.faults import StoreProblem

MARK = bytes.fromhex("d9d505f920a163d7")
WAL, ROLLBACK = b"\2\2", b"\1\1"


@pytest.fixture
def closed(kind: str, full: Path) -> Path:
    """A store that nobody has open, plain or encrypted."""
    return full


def journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def foreign(path: Path) -> None:
    """Put the hot journal of another database, which was killed while it wrote, beside the store."""
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (text)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 3000,)] * 50)
        connection.execute("PRAGMA cache_size=1")  # so that it cannot wait until the end
        connection.execute("BEGIN")
        connection.execute("UPDATE t SET text = ?", ["y" * 3000])
        shutil.copy(journal(other), journal(path))


def own(path: Path, mode: bytes = b"") -> None:
    """Put there what is left where SQLite is killed while it changes the mode of the store: its first page,
    of a plain store as it was in this `mode`.
    """
    page = bytearray(path.read_bytes()[:4096])
    page[18:20] = mode or page[18:20]
    total = sum(page[at] for at in range(4096 - 200, 0, -200))
    head = struct.pack(">8sIIIII", MARK, 1, 0, path.stat().st_size // 4096, 512, 4096)
    journal(path).write_bytes(head.ljust(512, b"\0") + struct.pack(">I4096sI", 1, page, total))


@pytest.mark.parametrize("read_only", [True, False])
def test_another_databases_is_refused_and_nothing_is_touched(closed: Path, read_only: bool) -> None:
    foreign(closed)
    before = closed.read_bytes(), journal(closed).read_bytes()
    with pytest.raises(StoreProblem, match="Move it elsewhere"):
        open_store(closed, read_only=read_only)
    assert (closed.read_bytes(), journal(closed).read_bytes()) == before
    journal(closed).unlink()
    with open_store(closed) as store:
        assert store.cases()


def test_beside_a_store_that_is_reached_by_a_link_it_is_looked_at_too(closed: Path, tmp_path: Path) -> None:
    link = tmp_path / "cpcli.db"
    link.symlink_to(closed)
    foreign(closed)
    before = closed.read_bytes()
    with pytest.raises(StoreProblem, match="Move it elsewhere"):
        open_store(link)
    assert closed.read_bytes() == before


def test_without_the_look_at_it_it_would_have_been_written_into_the_store(closed: Path) -> None:
    foreign(closed)
    before = closed.read_bytes()
    with closing(behind(closed)) as connection, pytest.raises(Exception, match=r"malformed|schema|database"):
        connection.execute("SELECT * FROM journal").fetchall()
    assert closed.read_bytes() != before


def test_what_is_no_journal_is_refused_rather_than_removed(closed: Path) -> None:
    journal(closed).write_text("my notes")
    with pytest.raises(StoreProblem, match="Move it elsewhere"):
        open_store(closed)
    assert journal(closed).read_text() == "my notes"


def test_one_that_would_cut_the_store_short_is_refused(closed: Path) -> None:
    journal(closed).write_bytes(struct.pack(">8sIIIII", MARK, 0, 0, 1, 512, 4096).ljust(512, b"\0"))
    before = closed.read_bytes()
    with pytest.raises(StoreProblem, match="Move it elsewhere"):
        open_store(closed)
    assert closed.read_bytes() == before


@pytest.mark.parametrize("nothing", [b"", bytes(512)])
def test_one_that_holds_nothing_is_passed_over(closed: Path, nothing: bytes) -> None:
    journal(closed).write_bytes(nothing)
    with open_store(closed) as store:
        assert store.cases()


@pytest.mark.parametrize("mode", [WAL, ROLLBACK])
def test_its_own_is_let_in_where_an_encryption_was_cut_short(full: Path, mode: bytes) -> None:
    own(full, mode)
    with open_store(full) as store:
        assert store.cases()
    assert not journal(full).exists()


def test_its_own_of_either_kind_is_let_in(closed: Path) -> None:
    own(closed)
    with open_store(closed) as store:
        assert store.cases()
    assert not journal(closed).exists()
