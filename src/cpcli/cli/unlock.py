"""Finding the key to an encrypted store: in a key file, in the system keyring, or by asking."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cpcli.cli.folders import config_folder
from cpcli.cli.key_option import key_file
from cpcli.output.tell import tell
from cpcli.store import key_place
from cpcli.store.faults import StoreProblem
from cpcli.store.key import Key, KeyProblem, read, understood
from cpcli.store.sealed import fits, is_whole

TRIES = 3
LONGEST = 4096
"""Bytes in a line that is a key or a passphrase."""
KEYRING = "the key in the system keyring"


def find_key(path: Path, salt: bytes) -> Key:
    """The key to the store at `path`, which has that salt.

    It is in the file that --key-file or CPCLI_KEY_FILE names; or where it was put when it was made; or in the
    system keyring; or typed at a terminal. Raises StoreProblem that says what to do.
    """
    file = file_of(salt)
    if file is not None:
        return _from_input(salt) if str(file) == "-" else _from_file(file, salt)
    place = key_place.read(config_folder(), salt)
    kept_nowhere = place is not None and place.kept == key_place.PASSPHRASE
    trouble = "It opens with a passphrase." if kept_nowhere else ""
    if not kept_nowhere:
        from cpcli.store import system_keyring

        try:
            found = system_keyring.get(salt)
            if found is not None:
                return read(found, salt, KEYRING)
            trouble = "Its key is not in the system keyring."
        except StoreProblem as problem:
            trouble = str(problem)
    if not is_whole(path):  # noise that is not as long as pages make it: an archive, a picture
        raise StoreProblem(
            f"{path} is no store, or is an encrypted one that was cut short. Name the right file with "
            "--store, or put back a backup."
        )
    if sys.stdin.isatty() and "_CPCLI_COMPLETE" not in os.environ:
        return ask(path, salt, trouble)
    raise KeyProblem(
        f"{path} is encrypted. {trouble} Name its key file with --key-file, type its passphrase, or put the "
        "key back: cpcli store key restore"
    )


def file_of(salt: bytes) -> Path | None:
    """The file with the key to the store of that salt: "-" for standard input, None where it is in none."""
    named = key_file()
    if named is not None:
        return named
    place = key_place.read(config_folder(), salt)
    return Path(place.file) if place is not None and place.kept == key_place.FILE else None


def ask(path: Path, salt: bytes, why: str) -> Key:
    """The key that somebody types without its being shown, tried on the store. Raises KeyProblem."""
    from getpass import getpass

    tell(f"{path} is encrypted. {why}")
    prompt = "Passphrase, or recovery key: "
    for number in range(2, TRIES + 2):
        try:
            found = understood(getpass(prompt), salt, "what was typed")
            if fits(path, found):
                return found
            tell("That does not open it.")
        except KeyProblem as problem:
            tell(str(problem))
        prompt = f"Try {number} of {TRIES}: "
    raise KeyProblem(f"{path} stays closed. To put a lost key back: cpcli store key restore")


def first_line() -> str:
    """The first line of standard input that is no remark (#); what follows is left for the command."""
    while True:
        line = sys.stdin.buffer.readline(LONGEST).decode("utf-8-sig", "replace")
        if not line.startswith("#"):
            return line


def _from_input(salt: bytes) -> Key:
    return understood(first_line(), salt, "the key on standard input")


def _from_file(file: Path, salt: bytes) -> Key:
    from cpcli.store import key_file as files

    return files.read(file, salt)
