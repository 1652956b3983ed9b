"""`cpcli store new`, `encrypt` and `decrypt`: what is asked, said and left; all else goes on as before."""

import json
import os
import re
import shutil
import sys

import pytest

from terminal import CONTROL_C, ENTER, Terminal

NAME = "Zebedee Quill"
KEY = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{5}[-\s]+){12}[0-9A-HJKMNP-TV-Z]{5}")
ANSWERS = {"child": {"name": NAME}, "kind": "new", "refer": "yes", "refer-reason": "So.", "called": "now"}
terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


def files_with(text, folder):
    """The files under the folder in which this can be read."""
    return sorted(
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(text.encode(code) in file.read_bytes() for code in ("utf-8", "utf-16-le"))
    )


def test_encrypting_says_what_was_done_and_what_is_not_protected(keyring, case, tmp_path):
    before = json.loads(case("store", "check", "--json").stdout)
    done = case("store", "encrypt", "--recovery", tmp_path / "recovery.txt")
    assert done.returncode == 0
    assert done.stdout == (
        f"Encrypted: {before['entries']} entries, whole and unchanged.\n"
        f"Its seal is {before['entries']}:{before['hash']}\n"
        "Its key is kept in the system keyring (file PlaintextKeyring).\n"
        "The old file was overwritten and removed; a disk may keep parts of it all the same.\n"
        "Backups, exports and other copies made before this can still be read by whoever has them.\n"
    )
    assert "Without its key nobody can read the store" in done.stderr
    assert json.loads(case("store", "check", "--json").stdout) == before
    assert files_with(NAME, tmp_path) == []


def test_before_it_was_encrypted_the_name_could_be_read(keyring, case, tmp_path):
    assert files_with(NAME, tmp_path) == ["cpcli.db"]


def test_in_json_there_is_everything_but_the_key(keyring, case, tmp_path):
    done = case("store", "encrypt", "--recovery", tmp_path / "recovery.txt", "--json")
    found = json.loads(done.stdout)
    assert found == {
        "store": str(case.store),
        "encrypted": True,
        "entries": found["entries"],
        "hash": found["hash"],
        "overwritten": True,
        "wiped": [],
        "key": {"kept": "keyring", "file": None, "recovery": "2026-12-24"},
    }
    assert not KEY.search(done.stdout + done.stderr)
    undone = case.json("store", "decrypt", "--yes")
    assert undone == {**found, "encrypted": False, "key": None}


def test_without_a_terminal_the_recovery_key_needs_a_file_and_nothing_is_changed(keyring, case):
    before = case.store.read_bytes()
    done = case("store", "encrypt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "There is no terminal to show the recovery key on. Name a file for it with --recovery FILE. "
        "Nothing was changed.\n"
    )
    assert case("store", "check").returncode == 0
    assert case.store.read_bytes()[100:] == before[100:]
    assert not keyring.keyring.exists()


def test_a_recovery_file_that_is_there_is_not_overwritten(keyring, case, tmp_path):
    file = tmp_path / "recovery.txt"
    file.write_text("something else")
    done = case("store", "encrypt", "--recovery", file)
    assert (done.returncode, done.stderr) == (
        3,
        f"{file} is there already, and is not overwritten. Name another.\n",
    )
    assert file.read_text() == "something else"
    assert files_with(NAME, tmp_path) == ["cpcli.db"]


@terminal
def test_at_a_terminal_the_recovery_key_is_shown_once_and_confirmed(keyring, case):
    screen = Terminal(["store", "encrypt"], case.environment)
    screen.wait("then type group")
    key = KEY.search(screen.screen)[0].split()
    assert files_with(NAME, case.store.parent) == ["cpcli.db"]  # nothing is done until it is confirmed
    place = int(re.search(r"type group (\d+)", screen.screen)[1])
    screen.type("WRONG" + ENTER).wait("That is not it.").type(key[place - 1].lower() + ENTER)
    assert screen.end() == 0
    assert "Encrypted:" in screen.screen
    assert len(KEY.findall(screen.screen)) == 1
    assert case("store", "key", "restore", given="-".join(key)).returncode == 0


@terminal
def test_whoever_leaves_at_the_recovery_key_has_changed_nothing(keyring, case):
    screen = Terminal(["store", "encrypt"], case.environment)
    screen.wait("then type group").type(CONTROL_C)
    assert screen.end() == 130
    assert case.json("store", "key")["encrypted"] is False
    assert not keyring.keyring.exists()


def everything(cpcli):
    """What a dozen commands say of a store, and what they end with; its own name left out."""
    said = []
    for command in (
        ["agenda"],
        ["agenda", "--json", "--waiting"],
        ["agenda", "--check"],
        [],
        ["case", "list"],
        ["case", "list", "--json"],
        ["case", "show", "1"],
        ["case", "show", "1", "--json", "--all"],
        ["case", "history", "1"],
        ["case", "duty", "1", "send-letter"],
        ["case", "export", "--all"],
        ["export", "--format", "ics"],
        ["export", "--format", "csv"],
        ["store", "rebuild"],
        ["case", "show", "9"],
    ):
        done = cpcli(*command)
        assert done.returncode != 3, done.stderr
        said.append((command, done.returncode, done.stdout, done.stderr))
    return said


def do_a_days_work(cpcli):
    """Something of each kind recorded, and two cases more."""
    steps = [
        (["case", "note", "1"], "She likes the garden"),
        (["case", "event", "1", "letter-sent", "--at", "today 16:35"], ""),
        (["case", "assign", "1", "Jo Marsh"], ""),
        (["case", "close", "1"], "It is done"),
        (["case", "reopen", "1"], "It is not"),
        (["start", "desk/concern", "--answers", "-"], json.dumps(ANSWERS)),
        (["case", "import", "-"], cpcli("case", "export", "1").stdout.replace("2026-0001", "2026-0009")),
    ]
    return [(done.returncode, done.stdout) for words, given in steps for done in [cpcli(*words, given=given)]]


def test_every_command_says_the_same_of_an_encrypted_store(sealed, tmp_path):
    plain = tmp_path / "plain"
    plain.mkdir()
    shutil.copy(sealed.store, plain / "cpcli.db")
    here, there = sealed.environment["CPCLI_STORE"], str(plain / "cpcli.db")

    def on(store):
        def run(*words, **more):
            return sealed(*words, CPCLI_STORE=store, **more)

        return run

    assert on(there)("store", "decrypt", "--yes").returncode == 0
    assert files_with(NAME, plain) == ["cpcli.db"]
    assert everything(on(here)) == everything(on(there))
    assert do_a_days_work(on(here)) == do_a_days_work(on(there))
    assert everything(on(here)) == everything(on(there))
    assert len(on(here)("case", "list", "--json").stdout) > 1000
    assert on(here)("store", "check").returncode == 0
    shutil.rmtree(plain)
    assert files_with(NAME, tmp_path) == files_with("She likes the garden", tmp_path) == []
    assert files_with("2026-0001", tmp_path) == []


@terminal
def test_a_walk_that_was_left_in_an_encrypted_store_is_resumed(sealed):
    screen = Terminal(["start", "desk/concern", "--plain"], sealed.environment)
    screen.wait("Full name").type("Anna Example" + ENTER).wait("Date of birth").type(ENTER, ENTER)
    screen.wait("What kind of concern is it?").kill()
    assert files_with("Anna Example", sealed.store.parent) == []
    screen = Terminal(["resume", "--plain"], sealed.environment)
    screen.wait("What kind of concern is it?").type(CONTROL_C)
    assert screen.end() == 130
    assert sealed.json("agenda")["unfinished"] == [
        {"case": "2026-0002", "walk": 1, "pathway": "desk/concern", "begun": "2026-12-24"}
    ]
    assert "Anna Example" in sealed("case", "show", "2", "--json").stdout


def test_decrypting_asks_first(sealed, tmp_path):
    done = sealed("store", "decrypt")
    assert done.returncode == 2
    assert "There is nobody to ask: --yes decrypts it. Nothing was changed." in done.stderr
    assert files_with(NAME, tmp_path) == []
    done = sealed("store", "decrypt", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Decrypted: ")
    assert files_with(NAME, tmp_path) == ["cpcli.db"]
    assert sealed("store", "check").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["store", "encrypt"], "is encrypted already. To give it another key: cpcli store key change"),
        (["store", "new", "--encrypted"], "already. Name another place with --store."),
    ],
)
def test_what_is_done_already_is_not_done_again(sealed, words, said):
    before = sealed.store.read_bytes()
    done = sealed(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert sealed.store.read_bytes() == before


def test_a_plain_store_cannot_be_decrypted(keyring, case):
    done = case("store", "decrypt", "--yes")
    assert (done.returncode, done.stderr) == (
        2,
        f"{case.store} is not encrypted. To encrypt it: cpcli store encrypt\n",
    )


@pytest.mark.parametrize(
    "words", [["encrypt"], ["decrypt", "--yes"], ["key"], ["key", "change"], ["key", "restore"]]
)
def test_without_a_store_it_says_so(keyring, words):
    done = keyring("store", *words)
    assert (done.returncode, done.stdout) == (3, "")
    assert "There is no store at" in done.stderr


def test_a_new_store_can_be_encrypted_from_its_first_entry(keyring, walk, tmp_path):
    done = keyring("store", "new", "--encrypted", "--key-file", tmp_path / "safe" / "my.key", "--json")
    assert done.stderr == (
        f"Keep a copy of {tmp_path / 'safe' / 'my.key'} elsewhere: without it nobody can read the store.\n"
        f"There was no folder {tmp_path / 'safe'}: it is made, with the key in it. Is the disk plugged in?\n"
    )
    assert json.loads(done.stdout) == {
        "store": str(keyring.store),
        "encrypted": True,
        "key": {"kept": "file", "file": str(tmp_path / "safe" / "my.key"), "recovery": None},
    }
    walk()
    assert keyring.json("store", "key")["encrypted"] is True
    assert files_with(NAME, tmp_path) == []


@terminal
def test_a_store_that_was_begun_while_the_recovery_key_was_written_down_is_not_called_encrypted(
    keyring, walk
):
    screen = Terminal(["store", "new", "--encrypted"], keyring.environment)
    screen.wait("then type group")
    walk()
    key = KEY.search(screen.screen)[0].split()
    place = int(re.search(r"type group (\d+)", screen.screen)[1])
    screen.type(key[place - 1] + ENTER)
    assert screen.end() == 2
    assert "There is something at" in screen.screen
    assert "Made a new store" not in screen.screen
    assert "is not encrypted" in keyring("store", "key").stdout


def test_a_key_file_beside_the_store_is_warned_about(keyring):
    done = keyring("store", "new", "--encrypted", "--key-file", keyring.store.with_name("my.key"))
    assert "whoever takes the folder can read the store" in done.stderr


def test_a_new_store_is_plain_unless_it_is_to_be_encrypted(keyring, walk):
    assert keyring("store", "new").stdout == f"Made a new store, not encrypted: {keyring.store}\n"
    walk()
    assert files_with(NAME, keyring.store.parent) == ["cpcli.db"]


def test_the_setting_has_every_new_store_encrypted_without_a_question(keyring, tmp_path, walk):
    assert keyring("config", "set", "encrypted", "yes").stdout == "encrypted: yes\n"
    done = keyring("start", "desk/concern", "--answers", "-", given=json.dumps(ANSWERS))
    assert done.returncode == 0
    assert done.stderr.endswith(
        "The new store is encrypted; its key is kept in the system keyring (file PlaintextKeyring). "
        "Without it nobody can read the store. When there is time, write down its recovery key: "
        "cpcli store key recovery\n"
    )
    assert files_with(NAME, tmp_path) == []
    assert keyring.json("case", "list")["cases"]
    keyring("config", "unset", "encrypted")
    assert keyring("agenda").returncode == 0


@pytest.mark.parametrize("value", ["maybe", "1"])
def test_the_setting_is_yes_or_no(keyring, value):
    done = keyring("config", "set", "encrypted", value)
    assert done.returncode == 2
    assert "is neither 'yes' nor 'no'" in done.stderr


def test_where_there_is_no_keyring_it_says_what_to_do_and_changes_nothing(case, tmp_path):
    done = case(
        *("store", "encrypt", "--recovery", tmp_path / "recovery.txt"),
        PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    )
    assert done.returncode == 3
    assert done.stderr == (
        "There is no system keyring here. Keep the key in a file (--key-file FILE), or use a passphrase "
        "(--passphrase of store new and store encrypt).\n"
    )
    assert files_with(NAME, tmp_path) == ["cpcli.db"]
    assert not (tmp_path / "recovery.txt").exists()


def test_a_keyring_that_keeps_nothing_is_found_out(case, tmp_path):
    done = case(
        *("store", "encrypt", "--recovery", tmp_path / "recovery.txt"),
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
    )
    assert done.returncode == 3
    assert files_with(NAME, tmp_path) == ["cpcli.db"]


def test_a_store_that_is_open_elsewhere_is_not_encrypted_and_no_key_is_made(keyring, case, tmp_path):
    from cpcli.store.store import open_store

    with open_store(case.store):
        done = case("store", "encrypt", "--recovery", tmp_path / "recovery.txt")
    assert (done.returncode, done.stdout) == (3, "")
    assert "is in use by another program" in done.stderr
    assert not (tmp_path / "recovery.txt").exists()
    assert not keyring.keyring.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows gives files to their owner by the profile")
def test_all_that_is_made_is_the_owners_alone(keyring, case, tmp_path):
    case(
        "store",
        "encrypt",
        "--key-file",
        tmp_path / "safe" / "my.key",
        "--recovery",
        tmp_path / "recovery.txt",
    )
    made = [
        case.store,
        tmp_path / "safe",
        tmp_path / "safe" / "my.key",
        tmp_path / "recovery.txt",
        *(tmp_path / "config" / "key-places").iterdir(),
    ]
    assert [file for file in made if file.stat().st_mode & 0o077] == []
    assert len(made) == 5
