"""A store, or a folder, that whoever asks may not read or write: said in one line, and nothing is changed."""

import os
import shutil
import subprocess

import pytest

WITHOUT = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Runs a command for which the permissions of files hold, though root runs it."""


@pytest.fixture
def plain(case, tmp_path_factory):
    """`cpcli` with a case, for whom the permissions of files hold."""
    if os.name != "posix":
        pytest.skip("Windows gives files to their owner by the profile")
    if os.geteuid() == 0:
        if not shutil.which("setpriv") or subprocess.run([*WITHOUT, "true"], check=False).returncode:
            pytest.skip("root may read everything, and cannot do without that here")
        case.under = WITHOUT
    case.environment["CPCLI_CONFIG"] = str(tmp_path_factory.mktemp("config"))
    mode = case.store.parent.stat().st_mode
    yield case
    case.store.parent.chmod(mode)


def refused(done):
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    return done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "case note 1",
        "case event 1 letter-sent --at now",
        "case import -",
        "case erase 1 --yes --agreed-by Ann",
        "store rebuild",
        "store encrypt --key-file other/key",
    ],
)
@pytest.mark.parametrize("of", ["folder", "file"])
def test_what_may_not_be_written_is_left_as_it_is(plain, words, of):
    before = plain.store.read_bytes()
    plain.store.parent.chmod(0o500 if of == "folder" else 0o700)
    plain.store.chmod(0o600 if of == "folder" else 0o400)
    said = refused(plain(*words.split(), given="Rang."))
    assert said == f"{plain.store} cannot be written. Check the permissions of the file and of its folder.\n"
    assert plain.store.read_bytes() == before


def test_what_may_not_be_written_can_be_read_and_copied(plain, tmp_path_factory):
    plain.store.parent.chmod(0o500)
    assert plain.json("case", "list")["cases"][0]["reference"] == "2026-0001"
    assert plain("store", "check").returncode == 0
    backup = tmp_path_factory.mktemp("elsewhere") / "backup.db"
    assert plain("store", "backup", backup).returncode == 0
    assert refused(plain("store", "backup", plain.store.with_name("backup.db"))).endswith(
        "cannot be made (Permission denied). Check the disk and the folder, and try again.\n"
    )


@pytest.mark.parametrize("words", ["agenda", "case show 1", "store check", "case note 1"])
def test_a_store_that_may_not_be_read_is_said_to_be_that(plain, words):
    plain.store.chmod(0)
    said = refused(plain(*words.split(), given="Rang."))
    assert "cannot be" in said
    assert str(plain.store) in said


@pytest.mark.parametrize("words", ["agenda", "case show 1", "store check", "case note 1", "case import -"])
def test_a_folder_that_may_not_be_looked_into_is_no_empty_desk(plain, words):
    plain.store.parent.chmod(0)
    said = refused(plain(*words.split(), given="Rang."))
    assert said == (
        f"{plain.store} cannot be reached (Permission denied). "
        "Check the disk, or name another with --store.\n"
    )


def test_no_store_is_made_in_a_folder_that_may_not_be_written(plain):
    plain.store.unlink()
    plain.store.parent.chmod(0o500)
    assert refused(plain("store", "new")) == (
        f"No store can be made at {plain.store} (Permission denied). "
        "Check the folder, or name another with --store.\n"
    )
