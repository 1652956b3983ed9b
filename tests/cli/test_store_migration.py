"""A store of an earlier version, as somebody meets it who has updated cpcli."""

import os
import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

OLD = Path(__file__).parent.parent / "store" / "old_stores" / "version-1.db"
NAME = b"Sam Example"
"""In the one case that the old store has, of a procedure set that is nowhere any more."""
GONE = "a-set/a-pathway is not at hand: There is no procedure set 'a-set'. See `cpcli pathways`."


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
        f"Case 2026-0001: what follows from it was left as it was. {GONE}\n"
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
    assert f"Case 2026-0001: what follows from it was left as it was. {GONE}\n" in done.stderr
    assert [each["reference"] for each in old.json("case", "list")["cases"]] == ["2026-0002", "2026-0001"]
    checked = old("store", "check")
    assert (checked.returncode, checked.stdout[:6]) == (0, "Sound:")
    assert f"Case 2026-0001: what follows from it cannot be proved. {GONE}\n" in checked.stdout


@pytest.mark.parametrize(
    "command",
    [
        *(("case", "show", "1"), ("case", "show", "1", "--json"), ("case", "history", "1")),
        *(("case", "export", "1"), ("export", "--format", "csv"), ("agenda", "--json"), ("agenda", "--ics")),
    ],
    ids=" ".join,
)
def test_marks_that_were_never_worked_out_are_said_not_to_be_known(old, command):
    said = old(*command).stdout.replace("\n ", "")
    assert "Who may not see it is not known: a-set/a-pathway is not at hand." in said


def test_a_mark_by_hand_stands_though_the_others_are_not_known(old):
    assert old("case", "mark", "1", "Not for the parents").returncode == 0
    marks = [each["text"] for each in old.json("case", "show", "1")["marking"]]
    assert sorted(marks) == [
        "Not for the parents",
        "Who may not see it is not known: a-set/a-pathway is not at hand.",
    ]


def test_erasing_a_case_wipes_the_copy_that_holds_it(old):
    assert old("case", "list").returncode == 0
    assert NAME in old.kept.read_bytes()
    given = '{"why": "Kept long enough.", "agreed_by": "B. Manager", "although": "Its set is gone."}'
    done = old("case", "erase", "1", "--yes", "--json-in", "-", given=given)
    assert done.returncode == 0, done.stderr
    assert f"Wiped with it, a copy kept before an update: {old.kept}\n" in done.stdout
    assert not old.kept.exists()


def test_so_is_the_copy_that_was_kept_of_a_copy(old):
    assert old("case", "list").returncode == 0
    assert old("case", "list", "--store", old.kept).returncode == 0
    again = old.store.with_name("cpcli-version-1-version-1.db")
    assert NAME in again.read_bytes()
    given = '{"why": "Kept long enough.", "agreed_by": "B. Manager", "although": "Its set is gone."}'
    done = old("case", "erase", "1", "--yes", "--json-in", "-", given=given)
    assert f"Wiped with it, a copy kept before an update: {again}\n" in done.stdout
    assert [old.kept.exists(), again.exists()] == [False, False]


def test_a_copy_that_a_killed_program_had_open_is_named_with_what_it_left(old):
    assert old("case", "list").returncode == 0
    left = old.kept.with_name(f"{old.kept.name}-wal")
    left.write_bytes(NAME)
    given = '{"why": "Kept long enough.", "agreed_by": "B. Manager", "although": "Its set is gone."}'
    done = old("case", "erase", "1", "--yes", "--json-in", "-", given=given)
    assert shlex.join([str(old.kept), str(left)]) in done.stdout
    assert old.kept.exists()


def test_erasing_another_case_leaves_the_copy(old, walk):
    walk()
    given = '{"why": "Not ours.", "agreed_by": "B. Manager", "although": "Opened by mistake."}'
    done = old("case", "erase", "2", "--yes", "--json-in", "-", "--json", given=given)
    assert (done.returncode, old.kept.exists()) == (0, True)
    assert '"wiped": []' in done.stdout


@pytest.mark.parametrize("since", ["another key", "no key", "damage"])
def test_a_copy_that_cannot_be_read_is_named_with_how_to_remove_it(sealed, tmp_path, since):
    copy = sealed.store.with_name("cpcli-version-3.db")
    shutil.copy(sealed.store, copy)
    if since == "another key":
        sealed("store", "key", "change", "--recovery", tmp_path / "new.txt")
    elif since == "no key":
        sealed("store", "decrypt", "--yes")
    else:
        copy.write_bytes(b"SQLite format 3\0" + os.urandom(8176))
    given = '{"why": "Kept long enough.", "agreed_by": "B. Manager", "although": "As agreed."}'
    done = sealed("case", "erase", "1", "--yes", "--json-in", "-", given=given)
    assert done.returncode == 0, done.stderr
    assert f"{copy} was kept before an update, and cannot be read" in done.stdout
    assert shlex.quote(str(copy)) in done.stdout
    assert f"Not touched, and may hold it still: {copy}" not in done.stdout
    assert copy.exists()


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


def test_a_copy_that_a_killed_encrypting_left_is_told_and_wiped_when_it_is_given_again(
    old, keyring, tmp_path
):
    assert old("case", "list").returncode == 0
    left = old.kept.read_bytes()
    assert old("store", "encrypt", "--recovery", tmp_path / "recovery.txt").returncode == 0
    old.kept.write_bytes(left)  # it is killed before it has wiped it
    told = old("store", "check")
    assert told.returncode == 1
    assert (
        f"{old.kept} was kept before an update, and is not encrypted. Wipe it: cpcli store encrypt\n"
        in told.stdout
    )
    again = old("store", "encrypt")
    assert f"Wiped, a copy kept before an update: {old.kept}\n" in again.stderr
    assert (again.returncode, old.kept.exists()) == (2, False)
    assert old("store", "check").returncode == 0


def test_where_no_key_was_made_the_copy_stays(old, keyring):
    assert old("case", "list").returncode == 0
    assert old("store", "encrypt").returncode == 2
    assert old.kept.exists()


def test_a_file_that_only_has_the_name_of_a_copy_is_not_wiped(case, keyring, tmp_path):
    mine = case.store.with_name("cpcli-version-1.db")
    mine.write_text("my notes on version 1")
    assert case("store", "encrypt", "--recovery", tmp_path / "recovery.txt").returncode == 0
    assert mine.read_text() == "my notes on version 1"
