"""A store of an earlier version, as somebody meets it who has updated cpcli."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

OLD = Path(__file__).parent.parent / "store" / "old_stores" / "version-1.db"
NAME = b"Sam Example"
"""In the one case that the old store has, of a procedure set that is nowhere any more."""


@pytest.fixture
def old(desk):
    """`cpcli` with a store of version 1."""
    shutil.copy(OLD, desk.store)
    desk.store.chmod(0o600)
    desk.kept = desk.store.with_name("cpcli-version-1.db")
    return desk


def test_it_is_said_once_that_a_copy_was_kept_and_what_could_not_be_worked_out(old):
    first, second = old("case", "list", "--json"), old("case", "list", "--json")
    assert (first.returncode, first.stderr) == (
        0,
        f"The store was brought up to date. A copy of it as it was is kept: {old.kept}\n"
        "Everything in it is worked out anew, once.\n"
        "Case 2026-0001 was left as it was: There is no procedure set 'a-set'. See `cpcli pathways`.\n"
        "When its procedures are at hand again: cpcli store rebuild\n",
    )
    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert "Sam Example" not in first.stdout
    assert old.kept.exists()


def test_what_was_worked_out_by_older_rules_is_worked_out_anew(case):
    with closing(sqlite3.connect(case.store)) as connection, connection:
        connection.execute("UPDATE duties SET sort = 'as it once was'")
        connection.execute("DROP TABLE marks")
        connection.execute("DELETE FROM about WHERE name = 'marks'")
        connection.execute("PRAGMA user_version = 3")
    done = case("store", "check")
    assert (done.returncode, done.stdout[:6]) == (0, "Sound:")


def test_rebuilding_leaves_a_case_whose_procedures_are_gone_as_it_was(old, walk):
    walk()
    done = old("store", "rebuild")
    assert (done.returncode, done.stdout) == (1, "Made anew from the journal: 1 case.\n")
    assert "Case 2026-0001 was left as it was: There is no procedure set 'a-set'." in done.stderr
    assert [each["reference"] for each in old.json("case", "list")["cases"]] == ["2026-0002", "2026-0001"]
    wrong = old("store", "check")
    assert wrong.returncode == 1
    assert wrong.stdout == (
        "Case 2026-0001: its tables cannot be proved. There is no procedure set 'a-set'. "
        "See `cpcli pathways`.\n"
    )


def test_erasing_a_case_wipes_the_copy_that_holds_it(old):
    assert old("case", "list").returncode == 0
    assert NAME in old.kept.read_bytes()
    given = '{"why": "Kept long enough.", "agreed_by": "B. Manager", "although": "Its set is gone."}'
    done = old("case", "erase", "1", "--yes", "--json-in", "-", given=given)
    assert done.returncode == 0, done.stderr
    assert f"Wiped with it, a copy kept before an update: {old.kept}\n" in done.stdout
    assert not old.kept.exists()


def test_erasing_another_case_leaves_the_copy(old, walk):
    walk()
    given = '{"why": "Not ours.", "agreed_by": "B. Manager", "although": "Opened by mistake."}'
    done = old("case", "erase", "2", "--yes", "--json-in", "-", "--json", given=given)
    assert (done.returncode, old.kept.exists()) == (0, True)
    assert '"wiped": []' in done.stdout


def test_encrypting_wipes_the_copy_and_says_so_first(old, keyring, tmp_path):
    assert old("case", "list").returncode == 0
    other = tmp_path / "mine.db"
    shutil.copy(old.kept, other)
    done = old("store", "encrypt", "--recovery", tmp_path / "recovery.txt")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(
        f"{old.kept} was kept before an update, and is not encrypted: it is wiped with the old store.\n"
    )
    assert f"{other} was not touched, and can still be read. Delete it if it is not needed.\n" in done.stderr
    assert f"Wiped with it, a copy kept before an update: {old.kept}\n" in done.stdout
    assert not old.kept.exists()
    assert [file for file in old.store.parent.glob("cpcli*") if NAME in file.read_bytes()] == []


def test_where_no_key_was_made_the_copy_stays(old, keyring):
    assert old("case", "list").returncode == 0
    assert old("store", "encrypt").returncode == 2
    assert old.kept.exists()


def test_a_file_that_only_has_the_name_of_a_copy_is_not_wiped(case, keyring, tmp_path):
    mine = case.store.with_name("cpcli-version-1.db")
    mine.write_text("my notes on version 1")
    assert case("store", "encrypt", "--recovery", tmp_path / "recovery.txt").returncode == 0
    assert mine.read_text() == "my notes on version 1"
