"""Opening a store: what is made, for whom, and what is refused in one line that says what to do."""

import hashlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from store_help import add, derive, filled, start

from cpcli.store.faults import NoStore, StoreProblem
from cpcli.store.schema import LATEST
from cpcli.store.store import Store, open_store

root_can_mount = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="only root may mount, for one process alone",
)
posix = pytest.mark.skipif(os.name != "posix", reason="Windows gives files to their owner by the profile")


def refusal(path: Path, **how: bool) -> str:
    """Why the store is refused; checks that it is one line, and that the file is left as it was."""
    before = hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""
    with pytest.raises(StoreProblem) as caught:
        open_store(path, wait=0.2, **how)
    message = str(caught.value)
    assert "\n" not in message
    assert before == (hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"")
    return message


@posix
def test_folder_and_file_are_the_owners_alone_whatever_the_umask(path: Path) -> None:
    old = os.umask(0)
    try:
        with open_store(path) as store:
            add(store, None)
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (path.parent, *path.parent.iterdir())}
    finally:
        os.umask(old)
    assert modes == {"data": 0o700, "cpcli.db": 0o600, "cpcli.db-wal": 0o600, "cpcli.db-shm": 0o600}


@posix
def test_a_store_that_others_may_read_is_reported(store: Store, path: Path) -> None:
    path.chmod(0o644)
    assert store.check(lambda case: None) == [
        f"{path} can be read by others. Make it yours alone: chmod 600."
    ]  # type: ignore[arg-type,return-value]


def test_a_closed_store_is_one_file(path: Path) -> None:
    with open_store(path) as store:
        filled(store)
    with open_store(path, read_only=True) as store:
        assert store.cases()
    assert [p.name for p in path.parent.iterdir()] == ["cpcli.db"]


@pytest.mark.parametrize("how", [{"create": False}, {"read_only": True}])
def test_a_store_that_is_not_there_is_not_made_unasked(path: Path, how: dict[str, bool]) -> None:
    with pytest.raises(NoStore, match="There is no store at"):
        open_store(path, **how)
    assert not path.parent.exists()


def test_reading_only_refuses_to_write(path: Path) -> None:
    with open_store(path) as store:
        reference = filled(store)
    with open_store(path, read_only=True) as store, pytest.raises(StoreProblem, match="cannot be written"):
        add(store, reference)


def test_a_commit_is_durable_and_what_is_deleted_is_overwritten(store: Store) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "fullfsync")
    connection = store._connection
    assert [connection.execute(f"PRAGMA {p}").fetchone()[0] for p in asked] == ["wal", 2, 1, 1, 1]


@pytest.mark.parametrize("text", ["Dear all,\n", "notes\n" * 5000, "SQLite format 2\0" + "x" * 5000])
def test_a_file_that_is_no_database_is_refused(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    assert (
        refusal(path) == f"{path} is not a store but another kind of file. Name the right one with --store."
    )


def test_an_empty_file_is_refused_since_a_store_may_have_stood_there(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert "is empty" in refusal(path)


def test_another_programs_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    assert "another program's database" in refusal(path)
    assert "another program's database" in refusal(path, read_only=True)


def test_a_store_of_a_newer_version_is_refused(path: Path) -> None:
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    versions = f"(version 99; this one knows {LATEST})"
    assert f"was made by a newer cpcli {versions}. Update cpcli." in refusal(path)


@pytest.mark.parametrize("kept", [50, 100, 4096, 5000, 20_000])
def test_a_truncated_store_is_refused(path: Path, kept: int) -> None:
    with open_store(path) as store:
        filled(store)
    os.truncate(path, kept)
    message = refusal(path)
    assert "is damaged" in message or "is not a store" in message


def test_a_bad_page_is_reported_in_one_line(path: Path) -> None:
    with open_store(path) as store:
        filled(store)
    connection = sqlite3.connect(path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal'").fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 64)
    with open_store(path) as store:
        with pytest.raises(StoreProblem, match="is damaged"):
            list(store.entries())
        problems = store.check(lambda case: None)  # type: ignore[arg-type,return-value]
    assert problems[0].startswith("The file is damaged: ")
    assert not any("\n" in problem for problem in problems)


def test_a_folder_in_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    assert "is a folder" in refusal(path)


def test_a_file_in_place_of_the_folder_is_refused(path: Path) -> None:
    path.parent.write_text("not a folder")
    assert "No store can be made at" in refusal(path)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody may write")
def test_a_folder_that_nobody_may_write_is_refused() -> None:
    assert "No store can be made at" in refusal(Path("/proc/self/data/cpcli.db"))


def test_a_store_locked_for_too_long_says_so(path: Path) -> None:
    with open_store(path, wait=0.1) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreProblem, match="stayed locked by another program"):
            add(store, None)
        assert list(store.entries()) == []
        other.execute("ROLLBACK")
        add(store, None)
        other.close()


@posix
def test_a_check_that_is_kept_waiting_does_not_call_it_damage(path: Path) -> None:
    with open_store(path, wait=0) as store:
        filled(store)
        other = start("recovering.py", path)
        assert other.stdout
        assert other.stdout.readline() == "has it\n"
        with pytest.raises(StoreProblem, match="stayed locked by another program"):
            store.check(derive)
        other.kill()
        other.wait()
        assert store.check(derive) == []


@posix
@pytest.mark.parametrize("replaced", [False, True])
def test_a_store_that_disappears_meanwhile_acknowledges_nothing(path: Path, replaced: bool) -> None:
    with open_store(path) as store:
        reference = filled(store)
        path.rename(path.with_name("elsewhere.db"))
        if replaced:
            path.write_bytes(b"something else")
        with pytest.raises(StoreProblem, match="was moved or deleted"):
            add(store, reference)


READ = """
import sys
from pathlib import Path
from cpcli.store.store import open_store
from cpcli.store.faults import StoreProblem
for read_only in (True, False):
    try:
        with open_store(Path(sys.argv[1]), read_only=read_only) as store:
            print(len(list(store.entries())), len(store.cases()))
    except StoreProblem as problem:
        print(problem)
"""


def read_where_nothing_can_be_written(path: Path) -> list[str]:
    """What another process says of the store, opened to read and to write, on a disk made read-only."""
    here = f"'{path.parent}'"
    mount = f"mount --bind {here} {here} && mount -o remount,ro,bind {here} || exit 9; "
    command = ["unshare", "-m", "sh", "-c", mount + f"exec '{sys.executable}' -c \"$0\" '{path}'", READ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode == 9:
        pytest.skip("mounting is not allowed here")
    return run.stdout.splitlines()


@root_can_mount
def test_a_disk_that_is_taken_away_meanwhile_takes_nothing_more(path: Path, kind: str) -> None:
    path.parent.mkdir()
    said = start("unmounted.py", path, under=("unshare", "-m")).communicate()[0].splitlines()
    if said == ["cannot mount"]:
        pytest.skip("mounting is not allowed here")
    assert said == [
        f"{path} was moved or deleted meanwhile, so this was not recorded. Put it back.",
        f"There is no store at {path} yet. Begin a case to make one, or name another with --store.",
    ]


@root_can_mount
def test_a_store_on_a_disk_that_cannot_be_written_can_be_read(path: Path) -> None:
    with open_store(path) as store:
        filled(store)
    assert read_where_nothing_can_be_written(path) == [
        "8 1",
        f"{path} cannot be written. Check the permissions of the file and of its folder.",
    ]


@root_can_mount
def test_what_a_killed_process_left_beside_a_store_is_not_passed_over(
    path: Path,
) -> None:
    writer = start("writer.py", path, "writer", 10**6)
    assert writer.stdout
    writer.stdout.readline()
    writer.kill()
    writer.communicate()
    path.with_name("cpcli.db-shm").unlink()
    assert read_where_nothing_can_be_written(path)[0] == (
        f"{path} has changes in cpcli.db-wal and cannot be written. Copy both to another folder."
    )
