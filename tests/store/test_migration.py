"""Bringing a real old store up to date: a copy is kept, and killed at any step one version is whole."""

import os
import shutil
import signal
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from stepped import dies_at, forked
from store_help import add, behind, derive, found, key, open_store

from cpcli.casework.entry import noted
from cpcli.store import backup, schema
from cpcli.store.faults import StoreProblem
from cpcli.store.key import new_salt
from cpcli.store.recode import recode

pytestmark = pytest.mark.usefixtures("kind")

OLD_STORES = [
    each
    for each in sorted((Path(__file__).parent / "old_stores").glob("version-*.db"))
    if each.stem != f"version-{schema.LATEST}"
]
FILES = ("schema.py", "backup.py", "making.py")
"""What is done in these is a step."""


@pytest.fixture(params=OLD_STORES, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, path: Path, kind: str) -> Path:
    """A store of an older version, as it was kept; encrypted since, if the test is of that kind."""
    path.parent.mkdir()
    shutil.copy(request.param, path)
    path.chmod(0o600)
    if kind == "encrypted":
        recode(path, None, key(path, new_salt()))
    return path


def version(path: Path) -> int:
    with closing(behind(path)) as connection:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def contents(path: Path) -> list[object]:
    """What the tables hold and are, as anybody can read it."""
    with closing(behind(path)) as connection:
        rows: list[object] = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1").fetchall()
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            rows += connection.execute(f'SELECT * FROM "{name}"').fetchall()
    return rows


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("cpcli-version-*"))


def test_a_copy_as_it_was_is_kept_beside_it_and_named(old: Path, kind: str) -> None:
    number, before = version(old), contents(old)
    with open_store(old) as store:
        assert store.kept == old.with_name(f"cpcli-version-{number}.db")
        assert store.check(derive) == []
    assert copies(old) == [store.kept]
    assert (version(store.kept), contents(store.kept)) == (number, before)
    assert (found(store.kept.parent) == {}) == (kind == "encrypted")
    if os.name == "posix":
        assert store.kept.stat().st_mode & 0o777 == 0o600
    with open_store(old) as store:
        assert store.kept is None


def test_reading_it_brings_it_up_to_date_too(old: Path) -> None:
    with open_store(old, read_only=True) as store:
        assert store.kept
        assert store.check(derive) == []
        with pytest.raises(StoreProblem, match="cannot be written"):
            add(store, "2026-0001", noted("Later"))


def test_a_copy_that_is_there_already_is_not_made_again_and_another_is_not_replaced(old: Path) -> None:
    kept = old.with_name(f"cpcli-version-{version(old)}.db")
    shutil.copy(old, kept)
    before = contents(kept)
    shutil.copy(old, old.with_name("again.db"))
    open_store(old).close()
    assert copies(old) == [kept]
    kept.write_bytes(b"something else")
    shutil.move(old.with_name("again.db"), old)
    with open_store(old) as store:
        assert store.kept == kept.with_name(kept.stem + "-2.db")
    assert contents(store.kept) == before
    assert kept.read_bytes() == b"something else"


def test_where_no_copy_can_be_kept_the_store_stays_as_it_is(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, before = version(old), contents(old)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "copy", full)
    with pytest.raises(StoreProblem, match=r"The disk with .*cpcli-version-\d\.db is full"):
        open_store(old)
    assert (version(old), contents(old), copies(old)) == (number, before, [])


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_at_any_of_its_steps_the_old_store_or_the_new_one_is_whole(old: Path) -> None:
    number, before = version(old), contents(old)
    kept = old.parent.parent / "kept.db"
    shutil.copy(old, kept)

    def opens(step: int) -> None:
        with dies_at(step, *FILES), open_store(old):
            pass

    reached = []
    for step in count(1, 2):
        shutil.rmtree(old.parent)
        old.parent.mkdir()
        shutil.copy(kept, old)
        died = forked(lambda step=step: opens(step)).end()
        assert died in (0, -signal.SIGKILL)
        reached.append(version(old))
        if reached[-1] == number:
            assert contents(old) == before
        with open_store(old) as store:
            assert store.check(derive) == []
        assert version(old) == schema.LATEST
        (copy,) = copies(old)
        assert (version(copy), contents(copy)) == (number, before)
        assert not list(old.parent.glob(".*"))
        if not died:
            break
    assert reached == sorted(reached)
    assert set(reached) == {number, schema.LATEST}
    assert reached.count(number) > 10


def test_several_that_open_it_at_once_bring_it_up_to_date_once(old: Path) -> None:
    def opens() -> None:
        with open_store(old) as store:
            assert store.check(derive) == []

    assert [child.end() for child in [forked(opens) for _ in range(6)]] == [0] * 6
    assert len(copies(old)) == 1
    assert version(old) == schema.LATEST
