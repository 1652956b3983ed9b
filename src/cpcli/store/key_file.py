"""A key, or a passphrase, in a file that only its owner can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cpcli.procedures.private import make_folder
from cpcli.store import key
from cpcli.store.key import Key, KeyProblem, understood, written
from cpcli.store.making import draft, put_in_place

_LONGEST = 4096
"""Bytes: nothing that is longer is a key."""


def read(file: Path, salt: bytes) -> Key:
    """The key in that file, or made of the passphrase in its first line. Raises KeyProblem."""
    return understood(_text(file), salt, f"the key in {file}")


def read_key(file: Path, salt: bytes, option: str = "--key-file") -> Key:
    """The key that is written in that file, which `option` named; no passphrase. Raises KeyProblem."""
    return key.read(_text(file, option), salt, f"the key in {file}")


def _text(file: Path, option: str = "--key-file") -> str:
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            # A pipe (/dev/fd/3) has no mode to speak of; Windows gives files to their owner by the profile.
            if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
                raise KeyProblem(
                    f"{file} can be read by others, so it is not used. Make it yours alone: chmod 600."
                )
            found = opened.read(_LONGEST + 1)
    except OSError as error:
        raise KeyProblem(
            f"The key file {file} cannot be read ({error.strerror}). Connect the disk that it is on, or name "
            f"another with {option}."
        ) from error
    try:
        if len(found) <= _LONGEST:
            return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise KeyProblem(f"{file} is no key file. Name another with {option}.")


def write(file: Path, new: Key) -> None:
    """Make the file, its owner's only, with the key as it is typed, down to the disk: whole, or not at all.

    Raises KeyProblem.
    """
    text = (
        f"# The key to the cpcli store {name_of(new.salt)}. Whoever has it can read that store; without it "
        f"nobody can.\n# Keep it where only you can get at it, and a copy somewhere else.\n{written(new)}\n"
    )
    try:
        make_folder(file.parent)
        with draft(file) as part:
            with part.open("r+b") as out:
                out.write(text.encode())
                out.flush()
                os.fsync(out.fileno())
            if not put_in_place(part, file):
                raise KeyProblem(f"{file} is there already, and is not overwritten. Name another.")
    except OSError as error:
        raise KeyProblem(f"{file} cannot be written ({error.strerror}). Name another.") from error


def name_of(salt: bytes) -> str:
    """What tells a store's key from others: the beginning of the salt, which is no secret."""
    return salt.hex()[:8]
