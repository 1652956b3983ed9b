"""`cpcli store key`, key files and passphrases: finding, moving, changing and restoring a key."""

import os
import subprocess
import sys

import pytest

from terminal import ENTER, Terminal

posix = pytest.mark.skipif(os.name != "posix", reason="Windows gives files to their owner by the profile")
terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
PASSPHRASE = "four words of mine"


def lose(cpcli):
    """The system keyring forgets everything."""
    for file in cpcli.keyring.rglob("*"):
        if file.is_file():
            file.unlink()


def private(file, text):
    """A file that its owner alone can read."""
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return file


def refused(done, code=3):
    """What was said where a command went no further: one line, and nothing else."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    return done.stderr


@pytest.fixture
def by_passphrase(keyring, case, tmp_path_factory):
    """`cpcli`, its store that opens with PASSPHRASE, or the key in the file by_passphrase.recovery."""
    case.recovery = tmp_path_factory.mktemp("safe") / "recovery.txt"
    done = case("store", "encrypt", "--passphrase", "--recovery", case.recovery, given=f"{PASSPHRASE}\n")
    assert done.returncode == 0, done.stderr
    assert "Its key is made of your passphrase, which is kept nowhere.\n" in done.stdout
    return case


def test_it_says_where_the_key_is_and_never_the_key(sealed):
    done = sealed("store", "key")
    name = sealed.json("store", "key")["name"]
    assert done.stdout == (
        f"{sealed.store} is encrypted; it is store {name} on its recovery key.\n"
        "Its key is kept in the system keyring (file PlaintextKeyring).\n"
        "A recovery key was written out on Thu 24 Dec 2026.\n"
    )
    assert f"The key to the cpcli store {name}." in sealed.recovery.read_text(encoding="utf-8")
    assert sealed.json("store", "key", "show") == {
        "store": str(sealed.store),
        "encrypted": True,
        "name": name,
        "key": {"kept": "keyring", "file": None, "recovery": "2026-12-24"},
    }


def test_of_a_plain_store_it_says_that_it_needs_none(case):
    assert case("store", "key").stdout == (
        f"{case.store} is not encrypted. To encrypt it: cpcli store encrypt\n"
    )
    assert case.json("store", "key")["encrypted"] is False


@pytest.mark.parametrize(
    "words",
    [["agenda"], ["case", "show", "1"], ["store", "check"], ["store", "key"], ["start", "desk/concern"]],
)
def test_a_missing_key_is_said_with_what_to_do_and_nothing_is_touched(sealed, words):
    lose(sealed)
    before = sealed.store.read_bytes()
    assert refused(sealed(*words, *(["--answers", "-"] if words[0] == "start" else []), given="{}")) == (
        f"{sealed.store} is encrypted. Its key is not in the system keyring. Name its key file with "
        "--key-file, type its passphrase, or put the key back: cpcli store key restore\n"
    )
    assert sealed.store.read_bytes() == before


def test_a_lost_key_is_put_back_from_the_recovery_key(sealed):
    lose(sealed)
    done = sealed("store", "key", "restore", given=sealed.key.lower().replace("-", " "))
    assert done.returncode == 0
    assert done.stdout == "The key is kept in the system keyring (file PlaintextKeyring).\n"
    assert sealed("agenda").returncode == 0
    lose(sealed)
    assert sealed("store", "key", "restore", "--recovery", sealed.recovery).returncode == 0
    assert sealed("agenda").returncode == 0


def test_a_recovery_key_file_that_is_not_there_is_asked_for_by_its_option(sealed, tmp_path):
    said = refused(sealed("store", "key", "restore", "--recovery", tmp_path / "nowhere"), 2)
    assert said.endswith("Connect the disk that it is on, or name another with --recovery.\n")


def test_a_key_is_not_put_into_a_new_folder_without_a_word(sealed, tmp_path):
    folder = tmp_path / "stick"
    done = sealed("store", "key", "move", "--to", folder / "cpcli.key")
    assert (done.returncode, done.stderr) == (
        0,
        f"There was no folder {folder}: it is made, with the key in it. Is the disk plugged in?\n",
    )


def test_a_mistyped_recovery_key_names_the_group_and_changes_nothing(sealed):
    lose(sealed)
    groups = sealed.key.split("-")
    groups[6] = groups[6][::-1] if groups[6] != groups[6][::-1] else "00000"
    said = refused(sealed("store", "key", "restore", given="-".join(groups)), 2)
    assert said == "What was given has a mistake in group 7 of 13. Look at it again.\n"
    assert sealed("agenda").returncode == 3


def test_the_recovery_key_of_another_store_is_refused(sealed, tmp_path):
    other = tmp_path / "other.db"
    assert (
        sealed("store", "new", "--encrypted", "--key-file", tmp_path / "k", "--store", other).returncode == 0
    )
    said = refused(sealed("store", "key", "restore", "--recovery", tmp_path / "k"))
    assert "does not open with that key. It is the recovery key to another store, or an older one" in said
    assert sealed.json("store", "key")["name"] in said


@terminal
def test_the_recovery_key_can_be_typed_in_several_lines(sealed):
    lose(sealed)
    groups = sealed.key.split("-")
    screen = Terminal(["store", "key", "restore"], sealed.environment)
    screen.wait("in one line or several:").type(" ".join(groups[:5]) + ENTER).type(
        " ".join(groups[5:]) + ENTER
    )
    assert screen.end() == 0
    assert sealed("agenda").returncode == 0


def test_a_key_file_opens_it_by_option_variable_pipe_and_standard_input(sealed):
    lose(sealed)
    file = sealed.recovery
    for done in (
        sealed("agenda", "--key-file", file),
        sealed("agenda", CPCLI_KEY_FILE=str(file)),
        sealed("agenda", "--key-file", "-", given=file.read_text(encoding="utf-8")),
        sealed("agenda", "--key-file", "-", given=sealed.key + "\n"),
    ):
        assert (done.returncode, done.stderr) == (0, "")
    assert sealed("agenda").returncode == 3


@posix
def test_a_key_file_may_be_a_pipe(sealed):
    lose(sealed)
    reading, writing = os.pipe()
    os.write(writing, sealed.key.encode())
    os.close(writing)
    done = subprocess.run(
        [sys.executable, "-m", "cpcli", "agenda", "--key-file", f"/dev/fd/{reading}"],
        env=sealed.environment,
        pass_fds=[reading],
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_follows_the_key_on_standard_input_is_left_for_the_command(sealed):
    lose(sealed)
    done = sealed("case", "note", "1", "--key-file", "-", given=f"{sealed.key}\nShe likes the garden\n")
    assert done.returncode == 0, done.stderr
    shown = sealed("case", "show", "1", "--json", "--key-file", sealed.recovery).stdout
    assert '"She likes the garden"' in shown


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_file_that_others_can_read_is_refused(sealed, mode):
    sealed.recovery.chmod(mode)
    assert refused(sealed("agenda", "--key-file", sealed.recovery)) == (
        f"{sealed.recovery} can be read by others, so it is not used. Make it yours alone: chmod 600.\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n", "is empty"),
        ("x" * 5000, "is no key file"),
        ("not the passphrase", "does not open with the key in"),
        ("7" * 65, "has a mistake in group 1 of 13"),
    ],
)
def test_a_key_file_with_anything_else_is_refused(sealed, tmp_path, text, said):
    file = private(tmp_path / "wrong.key", text)
    message = refused(sealed("agenda", "--key-file", file))
    assert said in message
    assert str(file) in message


def test_noise_that_is_no_store_is_told_by_its_length(keyring, tmp_path):
    file = tmp_path / "picture.jpg"
    file.write_bytes(os.urandom(8190))
    assert refused(keyring("agenda", "--store", file)) == (
        f"{file} is no store, or is an encrypted one that was cut short. Name the right file with --store, "
        "or put back a backup.\n"
    )


def test_a_key_file_that_is_not_there_is_refused_even_if_the_keyring_has_the_key(sealed, tmp_path):
    said = refused(sealed("agenda", "--key-file", tmp_path / "no.key"))
    assert said.startswith(f"The key file {tmp_path / 'no.key'} cannot be read (No such file or directory).")


def test_a_key_is_moved_from_the_keyring_into_a_file_and_back(sealed, tmp_path):
    file = tmp_path / "stick" / "my.key"
    done = sealed("store", "key", "move", "--to", file)
    assert done.returncode == 0
    assert done.stdout == f"The key is kept in {file}.\nIt is no longer in the system keyring.\n"
    lose(sealed)
    assert sealed("agenda").returncode == 0
    assert sealed.json("store", "key")["key"]["file"] == str(file)
    file.rename(tmp_path / "away.key")
    assert "Connect the disk that it is on, or name another with --key-file." in refused(sealed("agenda"))
    (tmp_path / "away.key").rename(file)
    done = sealed("store", "key", "move", "--to", "keyring")
    assert done.stdout == "The key is kept in the system keyring (file PlaintextKeyring).\n"
    assert done.stderr.endswith(f"It is still in {file}: delete that when nothing needs it.\n")
    file.unlink()
    assert sealed("agenda").returncode == 0


def test_what_a_killed_program_left_beside_the_key_file_is_reported_by_check(sealed, tmp_path):
    file = tmp_path / "cpcli.key"
    assert sealed("store", "key", "move", "--to", file).returncode == 0
    assert sealed("store", "check").returncode == 0
    draft = private(file.with_name(".cpcli.key.0123456789ab.new"), file.read_text(encoding="utf-8"))
    done = sealed("store", "check")
    assert (done.returncode, done.stdout) == (
        1,
        f"{draft} was left when the key was written, and may hold it too. Delete it.\n",
    )


def test_a_key_is_not_moved_onto_a_file_that_is_there(sealed, tmp_path):
    file = private(tmp_path / "there", "something")
    assert "is there already, and is not overwritten" in refused(sealed("store", "key", "move", "--to", file))
    assert file.read_text() == "something"
    assert sealed("agenda").returncode == 0


def test_moving_a_key_needs_to_know_where(sealed):
    assert refused(sealed("store", "key", "move"), 2) == (
        "Say where the key goes: --to keyring, or --to FILE.\n"
    )


def test_a_backup_opens_with_the_key_of_the_store(sealed, tmp_path):
    """The key goes by the store's salt, which its backups share, and not by the file's name."""
    copy = tmp_path / "elsewhere" / "backup.db"
    copy.parent.mkdir()
    copy.write_bytes(sealed.store.read_bytes())
    assert sealed("case", "list", "--store", copy).stdout == sealed("case", "list").stdout


def test_with_another_key_the_old_recovery_key_opens_it_no_longer(sealed, tmp_path, tmp_path_factory):
    backup = tmp_path / "backup.db"
    backup.write_bytes(sealed.store.read_bytes())
    new = tmp_path_factory.mktemp("safe") / "new.txt"
    before = sealed("case", "show", "1", "--json").stdout
    done = sealed("store", "key", "change", "--recovery", new)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Another key: ")
    assert sealed("case", "show", "1", "--json").stdout == before
    assert "does not open with the key in" in refused(sealed("agenda", "--key-file", sealed.recovery))
    assert sealed("agenda", "--key-file", new).returncode == 0
    assert sealed("agenda", "--store", backup).returncode == 0  # its key is still in the keyring
    assert sealed("store", "check").returncode == 0


def test_a_key_that_is_in_a_file_is_changed_for_one_in_a_new_file(sealed, tmp_path):
    old, new = tmp_path / "old.key", tmp_path / "new.key"
    sealed("store", "key", "move", "--to", old)
    assert "Say where the new key goes" in refused(sealed("store", "key", "change"), 2)
    assert "is there already" in refused(sealed("store", "key", "change", "--to", old), 2)
    done = sealed("store", "key", "change", "--to", new)
    assert done.returncode == 0, done.stderr
    old.unlink()
    assert sealed("agenda").returncode == 0


def test_the_recovery_key_can_be_written_out_again(sealed, tmp_path):
    again = tmp_path / "again.txt"
    assert sealed("store", "key", "recovery", again).returncode == 0
    assert again.read_text(encoding="utf-8") == sealed.recovery.read_text(encoding="utf-8")
    assert "There is no terminal to show the recovery key on" in refused(
        sealed("store", "key", "recovery"), 2
    )


def test_a_store_without_a_recovery_key_says_so_until_there_is_one(keyring, walk, tmp_path):
    keyring("config", "set", "encrypted", "yes")
    walk()
    assert (
        "No recovery key was written out here yet: cpcli store key recovery\n"
        in keyring("store", "key").stdout
    )
    keyring("store", "key", "recovery", tmp_path / "recovery.txt")
    assert "A recovery key was written out on Thu 24 Dec 2026.\n" in keyring("store", "key").stdout


def test_a_key_that_was_made_beforehand_is_taken_from_its_file(sealed, walk, tmp_path):
    """As where a script gets its keys from elsewhere: one that has its file needs no recovery key."""
    other = tmp_path / "other.db"
    done = sealed("store", "new", "--encrypted", "--key-file", sealed.recovery, "--store", other)
    assert (done.returncode, done.stderr) == (0, "")
    assert sealed("case", "list", "--store", other).returncode == 0


def test_a_passphrase_opens_it_from_a_file_and_from_standard_input(by_passphrase, tmp_path):
    file = private(tmp_path / "passphrase", f"{PASSPHRASE}\n")
    assert by_passphrase("agenda", "--key-file", file).returncode == 0
    assert by_passphrase("agenda", "--key-file", "-", given=f"{PASSPHRASE}\n").returncode == 0
    assert by_passphrase("agenda", "--key-file", by_passphrase.recovery).returncode == 0
    said = refused(by_passphrase("agenda"))
    assert "is encrypted. It opens with a passphrase. Name its key file with --key-file" in said


@terminal
def test_a_passphrase_is_asked_for_without_being_shown(by_passphrase):
    screen = Terminal(["case", "list"], by_passphrase.environment)
    screen.wait("Passphrase, or recovery key:").type("four words of thine" + ENTER)
    screen.wait("That does not open it.", "Try 2 of 3:").type(PASSPHRASE + ENTER)
    assert screen.end() == 0
    assert "2026-0001" in screen.screen
    assert "words" not in screen.seen


@terminal
def test_after_three_wrong_passphrases_it_stays_closed(by_passphrase):
    screen = Terminal(["agenda"], by_passphrase.environment)
    for prompt in ("Passphrase, or recovery key:", "Try 2 of 3:", "Try 3 of 3:"):
        screen.wait(prompt).type("not the passphrase" + ENTER)
    assert screen.end() == 3
    assert "stays closed. To put a lost key back: cpcli store key restore" in screen.screen.replace("\n", "")


@terminal
def test_a_new_passphrase_is_typed_twice(keyring, case, tmp_path):
    words = ["store", "encrypt", "--passphrase", "--recovery", str(tmp_path / "recovery.txt")]
    screen = Terminal(words, case.environment)
    screen.wait("at least 12 letters").type(PASSPHRASE + ENTER).wait("The same again:").type(
        "another" + ENTER
    )
    assert screen.end() == 1
    assert "The two were not the same. Nothing was changed." in screen.screen
    screen = Terminal(words, case.environment)
    screen.wait("at least 12 letters").type(PASSPHRASE + ENTER).wait("The same again:").type(
        PASSPHRASE + ENTER
    )
    assert screen.end() == 0
    assert case("agenda", "--key-file", "-", given=PASSPHRASE).returncode == 0


@pytest.mark.parametrize("typed", ["short", "", "# four words of mine"])
def test_a_passphrase_that_is_too_short_is_refused(keyring, case, tmp_path, typed):
    done = case("store", "encrypt", "--passphrase", "--recovery", tmp_path / "r", given=typed)
    assert "A passphrase has at least 12 letters" in refused(done, 2)
    assert case.json("store", "key")["encrypted"] is False


def test_a_passphrase_can_be_changed_for_a_key_in_the_keyring(by_passphrase, tmp_path):
    done = by_passphrase(
        *("store", "key", "change", "--to", "keyring", "--recovery", tmp_path / "new.txt", "--key-file", "-"),
        given=PASSPHRASE,
    )
    assert done.returncode == 0, done.stderr
    assert by_passphrase("agenda").returncode == 0


def test_both_passphrases_come_from_standard_input_the_old_one_first(by_passphrase, tmp_path):
    done = by_passphrase(
        *("store", "key", "change", "--passphrase", "--recovery", tmp_path / "new.txt", "--key-file", "-"),
        given=f"{PASSPHRASE}\nquite another passphrase\n",
    )
    assert done.returncode == 0, done.stderr
    assert by_passphrase("agenda", "--key-file", "-", given="quite another passphrase").returncode == 0


def test_the_key_is_in_no_message_and_in_no_traceback(sealed, tmp_path):
    key = sealed.key
    digits = private(tmp_path / "mistyped", key[:-1] + ("0" if key[-1] != "0" else "1"))
    for words, more in (
        (["agenda", "--key-file", digits], {}),
        (["case", "show", "9", "--key-file", sealed.recovery], {}),
        (["store", "key", "move", "--to", sealed.recovery], {}),
        (["store", "key", "move", "--to", tmp_path / "mistyped" / "below"], {}),
        (["store", "key", "restore", "--recovery", digits], {}),
        (["agenda"], {"PYTHON_KEYRING_BACKEND": "no.such.keyring"}),
        (["store", "key", "change", "--recovery", digits], {}),
    ):
        done = sealed(*words, CPCLI_DEBUG="1", **more)
        assert done.returncode != 0
        assert "Traceback" in done.stderr
        shown = done.stdout + done.stderr
        assert not [group for group in key.split("-") if group in shown]


def test_completing_a_reference_asks_nothing_and_says_nothing(by_passphrase):
    line = "cpcli case show 2026"
    done = by_passphrase(_CPCLI_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD="3")
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_every_command_that_opens_a_store_takes_a_key_file(cpcli):
    from typer.main import get_command

    from cpcli.cli.root import COMMANDS, Group, app

    def commands(words, table):
        for name, entry in table.items():
            if isinstance(entry, Group):
                yield from commands([*words, name], entry.commands)
            else:
                yield [*words, name]

    for words in commands([], COMMANDS):
        command = get_command(app)
        for word in words:
            command = command.get_command(None, word)
        options = [option for param in command.params for option in param.opts]
        assert options.count("--key-file") == options.count("--store"), words
