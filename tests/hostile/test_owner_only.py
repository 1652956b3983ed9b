"""Whatever is written is its owner's only from the first byte, even where the umask keeps nothing back."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cpcli.store.store import open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows gives files by the profile")
SETS = str(Path(__file__).parent.parent / "cli" / "sets")
ANSWERS = (
    '{"child": {"name": "Zebedee Quill"}, "kind": "new", "refer": "yes", "refer-reason": "Two signs.",'
    ' "called": "2026-12-24T15:30", "role": "worker"}'
)


@pytest.fixture
def open_desk(cpcli, tmp_path):
    """`cpcli` under a umask that keeps nothing back, with every folder still to be made."""
    home = tmp_path / "home"
    cpcli.environment |= {
        "CPCLI_PROCEDURES": SETS,
        "CPCLI_STORE": str(home / "data" / "deep" / "cpcli.db"),
        "CPCLI_CACHE": str(home / "cache" / "deep"),
        "CPCLI_CONFIG": str(home / "config" / "deep"),
        "TMPDIR": str(tmp_path),
    }
    before = os.umask(0)
    yield cpcli, home
    os.umask(before)


def modes(folder):
    return {str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode) for path in folder.rglob("*")}


def is_private(folder):
    wrong = {name: oct(mode) for name, mode in modes(folder).items() if mode not in (0o600, 0o700)}
    assert not wrong
    assert modes(folder)


def test_store_folders_cache_and_settings(open_desk):
    cpcli, home = open_desk
    assert cpcli("start", "desk/concern", "--answers", "-", given=ANSWERS).returncode == 0
    assert cpcli("config", "set", "team", "North").returncode == 0
    assert cpcli("case", "note", "1", given="A note").returncode == 0
    is_private(home)
    assert not [path for path in home.parent.iterdir() if path.name not in ("home", "kept")]


def test_keys_recovery_keys_and_encrypted_stores(open_desk):
    cpcli, home = open_desk
    key, recovery = home / "keys" / "deep" / "cpcli.key", home / "safe" / "recovery.txt"
    assert cpcli("start", "desk/concern", "--answers", "-", given=ANSWERS).returncode == 0
    done = cpcli("store", "encrypt", "--key-file", key, "--recovery", recovery)
    assert done.returncode == 0, done.stderr
    assert cpcli("case", "note", "1", given="A note").returncode == 0
    assert cpcli("store", "key", "recovery", "--recovery", home / "safe" / "again.txt").returncode in (0, 2)
    assert cpcli("store", "decrypt", "--yes").returncode == 0
    is_private(home)


def test_a_store_that_is_opened_while_another_writes(open_desk):
    cpcli, home = open_desk
    assert cpcli("start", "desk/concern", "--answers", "-", given=ANSWERS).returncode == 0
    with open_store(home / "data" / "deep" / "cpcli.db"):
        assert cpcli("case", "note", "1", given="A note").returncode == 0
        assert {"data/deep/cpcli.db-wal", "data/deep/cpcli.db-shm"} <= set(modes(home))
        is_private(home)


def test_what_others_can_change_is_told(open_desk):
    cpcli, home = open_desk
    assert cpcli("start", "desk/concern", "--answers", "-", given=ANSWERS).returncode == 0
    assert cpcli("store", "check").returncode == 0
    (home / "data" / "deep").chmod(0o777)
    (home / "cache" / "deep").chmod(0o703)
    said = cpcli("store", "check")
    assert said.returncode == 1
    assert said.stdout.splitlines() == [
        f"{home / place} can be changed by others. Make it yours alone: chmod go-w."
        for place in ("data/deep", "cache/deep")
    ]
    (home / "data" / "deep").chmod(0o1777)  # as /tmp is
    (home / "cache" / "deep").chmod(0o700)
    assert cpcli("store", "check").returncode == 0


@pytest.mark.parametrize("command", ["case export 1", "case show 1", "case history 1", "store export -"])
def test_a_record_that_goes_into_a_file_that_others_can_read_says_so(open_desk, tmp_path, command):
    cpcli, _ = open_desk
    assert cpcli("start", "desk/concern", "--answers", "-", given=ANSWERS).returncode == 0
    assert cpcli(*command.split()).stderr == ""
    for mask, says in ((0o022, "Others can read the file"), (0o077, "")):
        os.umask(mask)
        file = tmp_path / f"{mask}.ndjson"
        with file.open("wb") as out:
            done = subprocess.run(
                [sys.executable, "-m", "cpcli", *command.split()],
                env=cpcli.environment, stdout=out, stderr=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
        assert done.stderr.startswith(says) if says else done.stderr == ""
