"""`cpcli store export`, `verify` and `check --seal`: as they are typed."""

import json
import os

import pytest


def seal(case):
    found = case.json("store", "check")
    return f"{found['entries']}:{found['hash']}"


def test_a_journal_is_exported_and_proved_without_the_store(case, tmp_path):
    file, its = tmp_path / "journal.ndjson", seal(case)
    done = case("store", "export", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"Its seal is {its}\n")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    case.store.unlink()
    number = its.partition(":")[0]
    assert case("store", "verify", file, "--seal", its).stdout == (
        f"Sound: {number} entries, whole and unchanged, as sealed at entry {number}.\nIts seal is {its}\n"
    )


def test_one_case_goes_through_a_pipe_without_what_another_says(case, walk):
    walk(child={"name": "Robin Sample"})
    exported = case("store", "export", "--case", "2", "-")
    assert (exported.returncode, exported.stderr) == (0, "")
    assert "Robin Sample" in exported.stdout
    assert "Zebedee Quill" not in case("store", "export", "--case", "2", "-").stdout
    done = case("store", "verify", "-", given=exported.stdout)
    assert "entries of case 2026-0002, whole and unchanged." in done.stdout


def test_a_changed_entry_is_named_in_one_line_with_exit_code_1(case):
    lines = case("store", "export", "-").stdout.replace("Zebedee", "Zachary")
    done = case("store", "verify", "-", given=lines)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == "Journal entry 3 was changed after it was recorded: what it says.\n"
    found = json.loads(case("store", "verify", "-", "--json", given=lines).stdout)
    assert (found["sound"], found["problem"]) == (False, done.stdout.strip())


@pytest.mark.parametrize("given", ["", "Dear all,\n", "[]", "\x00"])
def test_what_is_no_journal_is_one_line_with_exit_code_2(desk, given):
    done = desk("store", "verify", "-", given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "What was given is no journal that cpcli exported.\n"


def test_nothing_is_overwritten_without_being_told_and_the_store_never(case, tmp_path):
    file = tmp_path / "journal.ndjson"
    file.write_text("Somebody's thesis")
    refused = case("store", "export", file)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert file.read_text() == "Somebody's thesis"
    assert case("store", "export", case.store, "--replace").returncode == 3
    wal = case.store.with_name(case.store.name + "-wal")
    assert case("store", "export", wal, "--replace").returncode == 3
    assert case("store", "export", file, "--replace").returncode == 0
    assert case("store", "check").returncode == 0


@pytest.mark.parametrize("command", ["export", "backup"])
def test_where_a_file_cannot_be_made_it_is_named_and_not_its_draft(case, tmp_path, command):
    file = tmp_path / ("j" * 250)  # it could be, but for what a draft's name has besides
    done = case("store", command, file)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"{file} cannot be made (")
    assert ".new" not in done.stderr
    assert list(tmp_path.glob("*jjj*")) == []


def test_a_folder_that_is_not_there_is_named(case, tmp_path):
    done = case("store", "export", tmp_path / "gone" / "journal.ndjson")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"There is no folder {tmp_path / 'gone'}")


def test_a_seal_that_was_kept_holds_while_entries_are_added(case):
    kept = seal(case)
    case("case", "note", "1", given="Later.")
    number = kept.partition(":")[0]
    assert f"as sealed at entry {number}." in case("store", "check", "--seal", kept).stdout


def test_a_seal_that_does_not_hold_is_exit_code_1(case):
    number, _, last = seal(case).partition(":")
    other = case("store", "check", "--seal", f"{number}:{last[::-1]}")
    assert other.returncode == 1
    assert f"Journal entry {number} is not the one that was sealed" in other.stdout
    later = case("store", "check", "--seal", f"999:{last}")
    assert "entry 999 had been sealed." in later.stdout


@pytest.mark.parametrize("given", ["", "12", "12:xyz", "-1:" + "0" * 64])
def test_what_is_no_seal_is_refused(case, given):
    done = case("store", "check", f"--seal={given}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("That is no seal: ")
