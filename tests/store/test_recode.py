"""Encrypting a store, decrypting it and giving it another key: always one whole store, nothing readable left.

CPCLI_TEST_KILLS makes the runs of kills longer.
"""

import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from recoder import give
from stepped import forked
from store_help import add, behind_its_back, derive, key, open_store, start

from cpcli.casework.entry import noted
from cpcli.store import driver
from cpcli.store import recode as recoding
from cpcli.store import store as product
from cpcli.store.connect import salt_at
from cpcli.store.faults import StoreProblem
from cpcli.store.key import Key, new_salt
from cpcli.store.recode import recode
from cpcli.store.store import Store
from cpcli.store.where import identity
from cpcli.store.wiping import clear_up, wipe, workshop

KILLS = int(os.environ.get("CPCLI_TEST_KILLS", "12"))
NAME = b"Sam Example"
no_kill = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def new(path: Path) -> Key:
    return key(path, new_salt())


def contents(store: Store) -> list[object]:
    """Everything in the file but what sqlite keeps for itself."""
    tables = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    found: list[object] = store._connection.execute(tables).fetchall()
    for kind, name, *_ in found[:]:  # type: ignore[misc]
        if kind == "table":
            found += store._connection.execute(f'SELECT rowid, * FROM "{name}" ORDER BY rowid').fetchall()
    return [
        *found,
        *(store._connection.execute(f"PRAGMA {p}").fetchone() for p in ("user_version", "application_id")),
    ]


def readable(folder: Path) -> list[str]:
    """The files under the folder that have the child's name in them."""
    return sorted(
        str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file() and NAME in f.read_bytes()
    )


@pytest.fixture
def sealed(full: Path) -> Path:
    """The same, encrypted."""
    recode(full, None, new(full))
    return full


def test_an_encrypted_store_holds_what_the_plain_one_held(full: Path) -> None:
    with open_store(full) as store:
        before, head = contents(store), store.head()
    assert readable(full.parent) == ["cpcli.db"]
    done = recode(full, None, new(full))
    assert (done.entries, done.hash, done.overwritten) == (*head, True)
    with open_store(full) as store:
        assert contents(store) == before
        assert store.check(derive) == []
        add(store, "2026-0001", noted("It goes on"))
        assert store.check(derive) == []
    assert readable(full.parent) == []
    assert [file.name for file in full.parent.iterdir()] == ["cpcli.db"]


def test_decrypted_it_is_the_plain_store_again(full: Path) -> None:
    with open_store(full) as store:
        before = contents(store)
    its = new(full)
    recode(full, None, its)
    recode(full, its, None)
    assert salt_at(full) is None
    with closing(sqlite3.connect(full)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with open_store(full) as store:
        assert contents(store) == before
        assert store.check(derive) == []
    assert [file.name for file in full.parent.iterdir()] == ["cpcli.db"]


def test_with_another_key_the_old_one_opens_it_no_longer(full: Path) -> None:
    old, its = new(full), Key(os.urandom(32), new_salt())
    recode(full, None, old)
    recode(full, old, its)
    with pytest.raises(StoreProblem, match="does not open with this key"):
        open_store(full)
    salt = salt_at(full)
    assert salt == its.salt != old.salt
    recode(full, its, old)
    with open_store(full) as store:
        assert store.check(derive) == []


def test_the_new_file_is_its_owners_alone(full: Path) -> None:
    old = os.umask(0)
    try:
        recode(full, None, new(full))
    finally:
        os.umask(old)
    if os.name == "posix":
        assert full.stat().st_mode & 0o777 == 0o600


def test_a_store_under_a_second_name_by_symlink_is_encrypted_where_it_stands(full: Path) -> None:
    link = full.parent.parent / "link.db"
    link.symlink_to(full)
    recode(link, None, new(full))
    assert link.is_symlink()
    assert salt_at(full)


def test_what_the_old_file_held_is_overwritten_before_it_is_removed(full: Path) -> None:
    with full.open("rb") as old:  # a file that is open stays to be read when it has no name any more
        recode(full, None, new(full))
        if os.name == "posix":
            left = old.read()
            assert len(left) > 100_000
            assert NAME not in left
            assert not left.startswith(b"SQLite format 3")


def test_a_file_with_a_second_name_is_not_overwritten_and_that_is_said(full: Path) -> None:
    other = full.with_name("kept.db")
    os.link(full, other)
    assert not recode(full, None, new(full)).overwritten
    with open_store(other) as store:
        assert store.check(derive) == []


def test_wiping_spares_the_store_itself(full: Path) -> None:
    other = full.with_name("also.db")
    os.link(full, other)
    assert not wipe(other, full)
    with open_store(full) as store:
        assert store.check(derive) == []


def test_clearing_up_reaches_nothing_that_somebody_has_linked_to(full: Path, tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.mkdir()
    for name in ("new.db", "diary.txt"):
        (treasure / name).write_text("dear")
    workshop(full).symlink_to(treasure)
    open_store(full).close()
    workshop(full).unlink()
    workshop(full).mkdir()
    (workshop(full) / "new.db").symlink_to(treasure / "new.db")
    (workshop(full) / "mine.txt").write_text("mine")
    open_store(full).close()
    assert [file.read_text() for file in treasure.iterdir()] == ["dear", "dear"]
    assert [file.name for file in workshop(full).iterdir()] == ["mine.txt"]
    with open_store(full) as store:
        assert "Delete it." in store.check(derive)[0]


def test_a_store_that_somebody_has_open_is_left_alone(full: Path) -> None:
    before = full.read_bytes()
    writer = start("writer.py", full, "writer", 10**6)
    assert writer.stdout
    writer.stdout.readline()
    with pytest.raises(StoreProblem, match="is in use by another program"):
        recode(full, None, new(full), wait=0.2)
    writer.kill()
    writer.communicate()
    assert salt_at(full) is None
    assert not workshop(full).exists()
    with open_store(full) as store:
        assert store.check(derive) == []
        assert len(list(store.entries())) > 8
    assert full.read_bytes() != before


def test_nobody_can_write_while_it_is_encrypted(full: Path) -> None:
    with closing(driver.connect(f"{full.as_uri()}?mode=rw", by_cipher=True)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        refused = "\n".join(start("writer.py", full, "writer", 1, 0.1).communicate()[0].splitlines())
    assert refused.startswith("refused")


def test_a_store_with_a_fault_in_its_journal_is_left_as_it_is(full: Path) -> None:
    with behind_its_back(full) as connection:
        connection.execute("UPDATE journal SET who = 'Somebody Else' WHERE seq = 3")
    before = full.read_bytes()
    with pytest.raises(StoreProblem, match=r"Journal entry 3 was changed .* So nothing was changed\."):
        recode(full, None, new(full))
    assert full.read_bytes()[100:] == before[100:]  # but for its journal mode, in the first hundred
    assert not workshop(full).exists()


def test_a_file_that_is_no_store_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear all,\n" * 1000)
    with pytest.raises(StoreProblem, match="is not a store"):
        recode(path, None, new(path))
    assert path.read_text() == "Dear all,\n" * 1000


def left_whole(path: Path, entries: int) -> bytes | None:
    """Check a store after a kill, and that nothing readable is left beside an encrypted one; its salt."""
    with open_store(path) as store:
        assert len(list(store.entries())) == entries
        assert store.check(derive) == []
    salt = salt_at(path)
    assert readable(path.parent) == ([] if salt else ["cpcli.db"])
    # SQLite leaves a journal of the file's first page if it is killed just when that is made.
    assert {file.name for file in path.parent.iterdir()} <= {"cpcli.db", "cpcli.db-journal"}
    return salt


@no_kill
@pytest.mark.parametrize(("old", "then"), [("plain", "a"), ("old", "plain"), ("old", "b")])
def test_killed_at_any_of_its_steps_a_whole_store_is_left(full: Path, old: str, then: str) -> None:
    if old == "old":
        recode(full, None, key(full, b"o" * 16))
    kept = full.parent.parent / "kept"
    shutil.copy(full, kept)
    before = salt_at(full)
    changed = []
    for step in range(1, 200):
        shutil.copy(kept, full)
        ended = forked(partial(give, full, old, then, step)).end()
        changed.append(left_whole(full, 8) != before)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    # First it is the old one that is left, from some step on the new one.
    assert changed == sorted(changed)
    assert changed.count(False) > 50
    assert changed.count(True) > 10


@no_kill
@pytest.mark.parametrize(("old", "then"), [("plain", "a"), ("old", "plain")])
def test_killed_at_random_a_whole_store_is_left(full: Path, old: str, then: str) -> None:
    with open_store(full) as store:
        for number in range(40):
            add(store, "2026-0001", noted(f"{number} " + "words of some length " * 2000))
        entries = len(list(store.entries()))
    if old == "old":
        recode(full, None, key(full, b"o" * 16))
    kept = full.parent.parent / "kept"
    shutil.copy(full, kept)
    for _ in range(KILLS):
        shutil.copy(kept, full)
        run = start("recoder.py", full, old, then, 0)
        assert run.stdout
        run.stdout.readline()
        select.select([], [], [], random.random() * 0.15)
        run.kill()
        run.communicate()
        left_whole(full, entries)


@no_kill
def test_who_waited_while_it_was_encrypted_opens_the_new_one(full: Path) -> None:
    recoders = [start("recoder.py", full, "plain", "a", 0)]
    writers = [start("writer.py", full, f"writer-{n}", 3) for n in range(4)]
    said = [each.communicate()[0] for each in writers]
    recoded = recoders[0].communicate()[0]
    with open_store(full) as store:
        assert store.check(derive) == []
        there = {(e.who, e.body["text"].split()[1]) for e in store.entries() if e.kind == "noted"}
    for number, lines in enumerate(said):
        told = {
            (f"writer-{number}", line.split()[1])
            for line in lines.splitlines()
            if line.startswith("recorded")
        }
        assert told <= there
    assert (salt_at(full) is not None) == ("done" in recoded)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="only root may mount, for one process alone",
)
def test_without_room_for_a_second_store_the_first_is_left_as_it_was(full: Path) -> None:
    small = full.parent.parent / "small"
    small.mkdir()
    script = (
        f"mount -t tmpfs -o size=256k tmpfs {small} || exit 9; cp {full} {small}/cpcli.db; "
        f"{sys.executable} {Path(__file__).parent / 'recoder.py'} {small}/cpcli.db plain a 0 2>&1 | tail -1; "
        f"cmp -n 100000 -i 100 {full} {small}/cpcli.db && ls -A {small}"
    )
    run = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False)
    if run.returncode == 9:
        pytest.skip("mounting is not allowed here")
    said, *rest = run.stdout.splitlines()
    assert "is full: it has to hold the store twice. The store is as it was." in said
    assert rest == ["cpcli.db"]


def test_it_is_opened_however_often_it_is_replaced_meanwhile(sealed: Path) -> None:
    with open_store(sealed) as store:
        head = store.head()
    times = iter(range(3))

    def replaced(path: Path, salt: bytes) -> Key:
        old = key(path, salt)
        if next(times, None) is not None:
            recode(path, old, new(path))
        return old

    with product.open_store(sealed, find_key=replaced) as store:
        assert store.head() == head


def test_what_another_has_begun_in_the_folder_beside_the_store_is_not_wiped(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, wiping = workshop(full), recoding.wipe

    def slowly(file: Path, path: Path | None = None) -> bool:
        done = wiping(file, path)
        folder.joinpath("new.db").write_text("the next one's draft")  # the store is free while it is wiped
        return done

    monkeypatch.setattr(recoding, "wipe", slowly)
    assert recode(full, None, new(full)).overwritten
    assert folder.joinpath("new.db").read_text() == "the next one's draft"


def test_clearing_up_leaves_the_folder_alone_where_the_store_was_replaced_just_now(full: Path) -> None:
    before = identity(full)
    with closing(driver.connect(f"{full.as_uri()}?mode=rw")) as connection:
        full.with_name("next.db").write_bytes(full.read_bytes())
        full.with_name("next.db").replace(full)
        workshop(full).mkdir()
        workshop(full).joinpath("new.db").write_text("the next one's draft")
        clear_up(connection, full, before)
    assert workshop(full).joinpath("new.db").read_text() == "the next one's draft"


def test_an_old_file_that_another_has_wiped_meanwhile_counts_as_overwritten(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def already(file: Path, path: Path | None = None) -> bool:
        with open_store(full):  # which clears up what it finds
            pass
        return wipe(file, path)

    monkeypatch.setattr(recoding, "wipe", already)
    assert recode(full, None, new(full)).overwritten
