"""`cpcli store backup` and `restore`: as they are typed."""

import os
import shutil
import sqlite3
from contextlib import closing

import pytest


def test_a_backup_is_made_and_says_what_is_in_it(case, tmp_path):
    to = tmp_path / "backup.db"
    done = case("store", "backup", to)
    entries = case.json("store", "check")["entries"]
    last = case.json("store", "check")["hash"]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"Backed up to {to}: {entries} entries, whole and unchanged.\nIts seal is {entries}:{last}\n"
        "It is not encrypted: whoever has it can read it.\n"
    )
    if os.name == "posix":
        assert to.stat().st_mode & 0o777 == 0o600


def test_a_second_one_needs_to_be_told_to_replace_the_first(case, tmp_path):
    to = tmp_path / "backup.db"
    case("store", "backup", to)
    before = to.read_bytes()
    case("case", "note", "1", given="Later.")
    refused = case("store", "backup", to)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr == (f"There is something at {to} already. Name another file, or add --replace.\n")
    assert to.read_bytes() == before
    made = case.json("store", "backup", to, "--replace")
    assert made == {"backup": str(to), "encrypted": False} | {
        key: case.json("store", "check")[key] for key in ("entries", "hash")
    }


def test_a_restored_store_shows_the_same_case(case, tmp_path):
    case("store", "backup", tmp_path / "backup.db")
    before = case.json("case", "show", "1")
    case.store.unlink()
    done = case("store", "restore", tmp_path / "backup.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Restored to {case.store}: ")
    assert case.json("case", "show", "1") == before


def test_where_a_store_stands_it_says_what_to_do(case, tmp_path):
    case("store", "backup", tmp_path / "backup.db")
    before = case.store.read_bytes()
    done = case("store", "restore", tmp_path / "backup.db")
    assert (done.returncode, done.stdout) == (3, "")
    assert "Move it away first, or restore to another place with --store." in done.stderr
    assert case.store.read_bytes() == before


@pytest.mark.parametrize("size", [0, 50, 5000, 50_000])
def test_of_a_truncated_backup_nothing_is_restored(case, tmp_path, size):
    backup = tmp_path / "backup.db"
    case("store", "backup", backup)
    os.truncate(backup, size)
    before = backup.read_bytes()
    done = case("store", "restore", backup, "--store", tmp_path / "new.db")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert sorted(file.name for file in tmp_path.glob("*.db*")) == ["backup.db", "cpcli.db"]
    assert backup.read_bytes() == before


def test_a_backup_of_an_encrypted_store_opens_with_its_key_wherever_it_is_restored(sealed, tmp_path):
    backup, before = tmp_path / "backup.db", sealed.json("case", "show", "1")
    done = sealed("store", "backup", backup)
    assert "It is encrypted, and opens with the key to the store." in done.stdout
    sealed.store.unlink()
    assert sealed.json("store", "restore", backup)["encrypted"] is True
    assert sealed.json("case", "show", "1") == before


def test_without_the_key_an_encrypted_backup_stays_closed_and_the_place_empty(sealed, tmp_path):
    backup = tmp_path / "backup.db"
    sealed("store", "backup", backup)
    shutil.rmtree(sealed.keyring)
    sealed.store.unlink()
    done = sealed("store", "restore", backup)
    assert (done.returncode, done.stdout) == (3, "")
    assert "is encrypted" in done.stderr
    assert not sealed.store.exists()


def test_what_was_worked_out_otherwise_in_a_backup_is_said_when_it_is_restored(case, tmp_path):
    backup = tmp_path / "backup.db"
    case("store", "backup", backup)
    with closing(sqlite3.connect(backup)) as store, store:
        store.execute("UPDATE duties SET due = '2030-01-01'")
    case.store.unlink()
    done = case("store", "restore", backup)
    assert done.returncode == 0
    assert "Case 2026-0001: the table duties is not what the journal gives" in done.stderr
    case("store", "rebuild")
    assert case("store", "check").returncode == 0
