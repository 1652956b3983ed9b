"""Backups: the store at one moment, proved, its owner's alone; and the store again from one, or nothing."""

import os
import random
import re
import select
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from stepped import dies_at, forked
from store_help import add, behind, behind_its_back, derive, found, key, open_store, start

from cpcli.casework.entry import noted
from cpcli.store import backup
from cpcli.store.backup import Copied, back_up
from cpcli.store.connect import salt_at
from cpcli.store.faults import NoStore, StoreProblem
from cpcli.store.key import Key
from cpcli.store.sealed import PAGE

pytestmark = pytest.mark.usefixtures("kind")

KILLS = int(os.environ.get("CPCLI_TEST_KILLS", "12"))
FILES = ("backup.py", "making.py", "connect.py", "driver.py", "journal.py")
no_kill = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture
def copy(full: Path) -> Path:
    """A backup of it, in a folder of its own."""
    to = full.parent.parent / "backups" / "cpcli.db"
    to.parent.mkdir()
    with open_store(full) as store:
        back_up(store, to)
    return to


def restore(copy: Path, path: Path) -> Copied:
    return backup.restore(copy, path, key)


def entries(path: Path) -> int:
    """How many the store there has, which must be sound but for what a killed process left beside it."""
    for left in path.parent.glob(".*.new*"):
        left.unlink()
    with open_store(path, create=False) as store:
        assert store.check(derive) == []
        return len(list(store.entries()))


def test_a_backup_is_the_store_as_it_stands_with_its_last_hash(full: Path) -> None:
    to = full.with_name("backup.db")
    with open_store(full) as store:
        assert back_up(store, to) == (*store.head(), salt_at(to) is not None)
        add(store, "2026-0001", noted("Later"))
    assert (entries(to), entries(full)) == (8, 9)


def test_of_an_encrypted_store_it_is_encrypted_with_the_same_key(copy: Path, full: Path, kind: str) -> None:
    assert salt_at(copy) == salt_at(full)
    assert (found(copy.parent) == {}) == (kind == "encrypted")


def test_a_backup_is_made_while_others_write_and_none_of_them_is_refused(path: Path, tmp_path: Path) -> None:
    writers = [start("writer.py", path, f"writer-{n}", 60) for n in range(4)]
    assert writers[0].stdout
    writers[0].stdout.readline()
    numbers = []
    with open_store(path, read_only=True) as store:
        for number in range(5):
            to = tmp_path / f"backup-{number}.db"
            back_up(store, to)
            with open_store(to) as made:
                texts = [e.body["text"].rsplit(" ", 1) for e in made.entries() if e.kind == "noted"]
            assert [half for _, half in texts] == ["first", "second"] * (len(texts) // 2)
            numbers.append(entries(to))
    said = [writer.communicate()[0].splitlines() for writer in writers]
    assert not [line for lines in said for line in lines if not line.startswith("recorded")]
    assert numbers == sorted(numbers)
    assert entries(path) == 4 * (3 + 60 * 2)


@pytest.mark.skipif(os.name != "posix", reason="Windows gives files to their owner by the profile")
def test_it_is_its_owners_alone_from_the_first_byte(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []

    def looked_at(connection: object, file: Path, *more: object) -> None:
        modes.append(file.stat().st_mode & 0o777)
        copied(connection, file, *more)  # type: ignore[arg-type]
        modes.extend(each.stat().st_mode & 0o777 for each in full.parent.glob(".*.new*"))

    copied = backup.copy
    monkeypatch.setattr(backup, "copy", looked_at)
    old = os.umask(0)
    try:
        with open_store(full) as store:
            back_up(store, full.with_name("backup.db"))
    finally:
        os.umask(old)
    assert set(modes) == {0o600}
    assert full.with_name("backup.db").stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten_without_being_told(full: Path, copy: Path) -> None:
    before = copy.read_bytes()
    with open_store(full) as store:
        add(store, "2026-0001", noted("Later"))
        with pytest.raises(StoreProblem, match=r"There is something at .* already\. .* add --replace"):
            back_up(store, copy)
        assert copy.read_bytes() == before
        back_up(store, copy, replace=True)
    assert entries(copy) == 9
    assert [file.name for file in copy.parent.iterdir()] == ["cpcli.db"]


def test_what_came_to_stand_there_meanwhile_is_not_overwritten(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = full.with_name("backup.db")
    copied = backup.copy

    def overtaken(connection: object, file: Path, *more: object) -> None:
        copied(connection, file, *more)  # type: ignore[arg-type]
        to.write_text("Somebody's thesis")

    monkeypatch.setattr(backup, "copy", overtaken)
    with open_store(full) as store, pytest.raises(StoreProblem, match="There is something at"):
        back_up(store, to)
    assert to.read_text() == "Somebody's thesis"
    assert sorted(file.name for file in full.parent.iterdir()) == ["backup.db", "cpcli.db"]


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_what_belongs_to_the_store_is_never_replaced_nor_made(full: Path, ending: str) -> None:
    to = full.with_name(full.name + ending)
    with open_store(full) as store:
        before = to.read_bytes() if to.exists() else None
        with pytest.raises(StoreProblem, match="belongs to the store"):
            back_up(store, to, replace=True)
        assert (to.read_bytes() if to.exists() else None) == before


def test_the_store_itself_and_a_store_in_use_are_never_replaced(full: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    link = tmp_path / "link.db"
    link.symlink_to(full)
    with open_store(full) as store, open_store(other) as used:
        add(used, None)
        for to, why in ((full, "is the store itself"), (link, "the store itself"), (other, "is in use")):
            with pytest.raises(StoreProblem, match=why):
                back_up(store, to, replace=True)
        for to, why in ((tmp_path, "is a folder"), (tmp_path / "no" / "x.db", "There is no folder")):
            with pytest.raises(StoreProblem, match=why):
                back_up(store, to)
    assert (entries(full), entries(other)) == (8, 1)


def test_of_a_store_with_a_fault_no_backup_takes_the_place_of_a_sound_one(full: Path, copy: Path) -> None:
    before = copy.read_bytes()
    with behind_its_back(full) as connection:
        connection.execute("UPDATE journal SET who = 'Somebody Else' WHERE seq = 3")
    with open_store(full) as store, pytest.raises(StoreProblem, match=r"entry 3 was changed .* No backup"):
        back_up(store, copy, replace=True)
    assert copy.read_bytes() == before
    assert [file.name for file in copy.parent.iterdir()] == ["cpcli.db"]


def back_up_again(full: Path, copy: Path, step: int = 0) -> None:
    """Back the store up and replace what stands there, and die at that step."""
    with open_store(full, read_only=True) as store, dies_at(step, *FILES):
        back_up(store, copy, replace=True)


@no_kill
@pytest.mark.parametrize("stood", [False, True])
def test_killed_at_any_of_its_steps_it_leaves_a_whole_backup_or_what_stood_there(
    full: Path, copy: Path, stood: bool
) -> None:
    with open_store(full) as store:
        add(store, "2026-0001", noted("Later"))
    kept = copy.read_bytes()
    there, died = [], -signal.SIGKILL
    for step in count(1):
        shutil.rmtree(copy.parent)
        copy.parent.mkdir()
        if stood:
            copy.write_bytes(kept)
            copy.chmod(0o600)
        died = forked(lambda step=step: back_up_again(full, copy, step)).end()
        there.append(entries(copy) if copy.exists() else 0)
        if not died:
            break
        assert died == -signal.SIGKILL
    assert there == sorted(there)
    assert set(there) == {8 if stood else 0, 9}
    assert len(there) > 20
    assert entries(full) == 9


def test_what_a_killed_backup_left_is_wiped_by_a_later_one(full: Path, copy: Path) -> None:
    left = [copy.with_name(f".cpcli.db.{number * 12}.new") for number in "01"]
    for file in left:
        shutil.copy(copy, file)
    os.utime(left[0], (0, 0))
    with open_store(full) as store:
        back_up(store, copy, replace=True)
    assert [file.exists() for file in left] == [False, True]  # the second may be of one that goes on


def test_what_a_killed_restore_left_beside_the_store_is_reported(full: Path) -> None:
    left = full.with_name(".cpcli.db.0123456789ab.new")
    shutil.copy(full, left)
    with open_store(full) as store:
        assert store.check(derive) == [
            f"{left} was left by something that was cut short: it may be readable. Delete it."
        ]


def test_a_backup_is_restored_letter_for_letter_into_an_empty_place(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "new laptop" / "cpcli" / "cpcli.db"
    before = copy.read_bytes()
    with open_store(copy) as store:
        done = (*store.head(), store.key is not None)
    assert restore(copy, path) == done
    assert path.read_bytes() == copy.read_bytes() == before
    if os.name == "posix":
        modes = [each.stat().st_mode & 0o777 for each in (path, path.parent, path.parent.parent)]
        assert modes == [0o600, 0o700, 0o700]
    assert entries(path) == 8


@pytest.mark.parametrize("ending", ["", "-wal", "-journal"])
def test_where_something_stands_nothing_is_restored(copy: Path, path: Path, ending: str) -> None:
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    there = path.with_name(path.name + ending)
    there.write_text("what stood there")
    with pytest.raises(StoreProblem, match=r"already, and it stays as it is\. Move it away first"):
        restore(copy, path)
    assert [(each, each.read_text()) for each in path.parent.iterdir()] == [(there, "what stood there")]


def bad_page(copy: Path) -> None:
    with closing(behind(copy)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'duties'").fetchone()
    with copy.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xff" * 64)


def newer(copy: Path) -> None:
    with closing(behind(copy)) as connection:
        connection.execute("PRAGMA user_version = 99")


def tampered(copy: Path) -> None:
    with behind_its_back(copy) as connection:
        connection.execute("DELETE FROM journal WHERE seq = 5")


def another_programs(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")


def in_use(copy: Path) -> None:
    copy.with_name("cpcli.db-wal").write_text("changes")


BAD: list[tuple[Callable[[Path], object], str]] = [
    (bad_page, "is no sound backup|is damaged"),
    (newer, "was made by a newer cpcli"),
    (tampered, r"The journal has a gap: entry 5 is missing\. Nothing was restored"),
    (another_programs, "is another program's database"),
    (in_use, r"has changes in cpcli\.db-wal and is a store in use, no backup"),
    (lambda copy: copy.write_text("Dear all,\n" * 1000), "is not a store but another kind of file"),
    (lambda copy: copy.write_bytes(b""), "is empty"),
    (lambda copy: copy.unlink(), "There is no backup at"),
    (lambda copy: os.truncate(copy, 100), "is not a store"),
    (lambda copy: os.truncate(copy, 4096), "is damaged|is no sound backup|is not a store"),
    (lambda copy: os.truncate(copy, 20_000), "is damaged|is no sound backup"),
    (lambda copy: os.truncate(copy, copy.stat().st_size - 10), "is damaged|is no sound backup"),
]


@pytest.mark.parametrize(("spoil", "why"), BAD)
def test_of_a_bad_backup_nothing_is_restored_and_it_stays_as_it_is(
    copy: Path, tmp_path: Path, spoil: Callable[[Path], object], why: str
) -> None:
    spoil(copy)
    before = {file.name: file.read_bytes() for file in copy.parent.iterdir()}
    path = tmp_path / "new" / "cpcli.db"
    with pytest.raises(StoreProblem) as caught:
        restore(copy, path)
    assert re.search(why, str(caught.value))
    assert "\n" not in str(caught.value)
    assert not path.parent.exists()
    assert {file.name: file.read_bytes() for file in copy.parent.iterdir()} == before


@pytest.mark.parametrize("kind", ["encrypted"], indirect=True)
def test_with_another_key_nothing_is_restored(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match=r"does not open with the key in my\.key"):
        backup.restore(copy, tmp_path / "new.db", lambda _, salt: Key(bytes(32), salt, "the key in my.key"))
    assert not (tmp_path / "new.db").exists()


def test_a_name_that_is_not_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="There is no backup at"):
        restore(tmp_path / "none.db", tmp_path / "new.db")


@no_kill
def test_killed_at_random_while_it_is_backed_up_a_whole_backup_is_left(full: Path, copy: Path) -> None:
    with open_store(full) as store:
        for number in range(40):
            add(store, "2026-0001", noted(f"{number} " + "words of some length " * 2000))
    for _ in range(KILLS):
        child = forked(lambda: back_up_again(full, copy))
        select.select([], [], [], random.random() * 0.05)
        child.kill()
        child.end()
        assert entries(copy) in (8, 48)
    assert entries(full) == 48
