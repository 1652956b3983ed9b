"""Making a key: where it is kept, and the recovery key that is shown once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from cpcli.cli.errors import CheckFailed, UsageFault
from cpcli.cli.folders import config_folder
from cpcli.cli.key_option import key_file
from cpcli.cli.now import now
from cpcli.output.tell import tell
from cpcli.store import key_file as files
from cpcli.store import key_place
from cpcli.store.driver import cipher
from cpcli.store.key import SHORTEST, Key, from_passphrase, new_key, new_salt, written
from cpcli.store.key_place import FILE, KEYRING, PASSPHRASE, Place

WARNING = (
    "Without its key nobody can read the store: not you, not your office, not whoever wrote cpcli. The "
    "recovery key is that key in letters. Keep it on paper or in a password manager, away from this machine."
)


class Kept(NamedTuple):
    """A key, and where it is to be kept."""

    key: Key
    place: Place
    made: bool
    """Whether it was made just now, so that there is no recovery key yet."""


def choose(where: str | None, passphrase: bool) -> Kept:
    """A new key for a store that is to be made: `where` is a file or "keyring", which is what None means.

    A file that is there already gives the key. Nothing is kept yet. Raises UsageFault and StoreProblem.
    """
    cipher()  # before anybody is asked for anything
    salt = new_salt()
    if passphrase and where is not None:
        raise UsageFault("A passphrase is kept nowhere: leave out the file, or --passphrase.")
    if passphrase:
        return Kept(from_passphrase(_new_passphrase(), salt, "the passphrase"), Place(PASSPHRASE), True)
    if where in (None, KEYRING):
        from cpcli.store import system_keyring

        system_keyring.refuse_none(salt)
        return Kept(new_key(salt), Place(KEYRING), True)
    if where == "-":
        raise UsageFault("- is standard input, which keeps no key. Name a file for it.")
    file = Path(str(where)).expanduser().absolute()
    if file.exists():
        return Kept(files.read_key(file, salt), Place(FILE, str(file)), False)
    return Kept(new_key(salt), Place(FILE, str(file)), True)


def keep(kept: Kept) -> Kept:
    """Put the key where it is to be kept, and note where that is. Raises StoreProblem."""
    key, place, made = kept
    if place.kept == KEYRING:
        from cpcli.store import system_keyring

        system_keyring.put(key.salt, written(key))
        if system_keyring.is_weak():
            tell(
                f"The keyring here ({system_keyring.name()}) does not call itself a safe one. A key file on "
                "another disk may be better: cpcli store key move --to FILE",
            )
    elif place.kept == FILE and made:
        _write(Path(place.file), key)
    key_place.write(config_folder(), key.salt, place)
    return kept


def recovery(kept: Kept, to: Path | None, *, again: bool = False) -> Kept:
    """Write the recovery key to that file, or show it at the terminal and have it confirmed.

    Where there is neither, a key that will be in a file anyway is warned about, unless it is written `again`.
    Raises UsageFault and StoreProblem; ask before anything is changed.
    """
    key, place, made = kept
    if to is not None:
        _write(to.expanduser().absolute(), key)
        tell(f"The recovery key is in {to}. {WARNING}")
    elif not made:
        return kept
    elif sys.stdin.isatty() and sys.stderr.isatty():
        _show(key)
    elif place.kept == FILE and not again:
        tell(f"Keep a copy of {place.file} elsewhere: without it nobody can read the store.")
        return kept
    else:
        raise UsageFault(
            "There is no terminal to show the recovery key on. Name a file for it with --recovery FILE. "
            "Nothing was changed."
        )
    return kept._replace(place=place._replace(recovery=now().date().isoformat()))


def _write(file: Path, key: Key) -> None:
    there = file.parent.exists()
    files.write(file, key)
    if not there:
        tell(f"There was no folder {file.parent}: it is made, with the key in it. Is the disk plugged in?")


def make_store(path: Path) -> None:
    """Make an encrypted store without asking anything: somebody may be in a hurry. Raises StoreProblem."""
    from cpcli.store.store import make_encrypted

    named = key_file()
    kept = keep(choose(str(named) if named else None, passphrase=False))
    if not make_encrypted(path, kept.key):
        return  # another program has just made one, and its key is another
    tell(
        f"The new store is encrypted; its key is {said(kept.place)}. Without it nobody can read the "
        "store. When there is time, write down its recovery key: cpcli store key recovery",
    )


def said(place: Place) -> str:
    """Where a key is kept, in words that follow "its key is"."""
    if place.kept == KEYRING:
        from cpcli.store import system_keyring

        return f"kept in the system keyring ({system_keyring.name()})"
    return f"kept in {place.file}" if place.kept == FILE else "made of your passphrase, which is kept nowhere"


def as_object(place: Place) -> dict[str, str | None]:
    """The same for a program. Never the key."""
    return {"kept": place.kept, "file": place.file or None, "recovery": place.recovery or None}


def _show(key: Key) -> None:
    groups = written(key).split("-")
    tell(f"{WARNING}\n\nThe recovery key of store {files.name_of(key.salt)}:\n")
    for at in range(0, len(groups), 5):
        tell(f"    {'  '.join(groups[at : at + 5])}")
    tell("\nIt is not shown again by itself.")
    asked = key.salt[-1] % len(groups)
    while True:
        tell(f"Write it down, then type group {asked + 1} of it: ", end="")
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if line.strip().upper() == groups[asked]:
            return
        tell("That is not it.")


def _new_passphrase() -> str:
    from cpcli.cli.unlock import first_line

    if not sys.stdin.isatty():
        typed = first_line().rstrip("\r\n")
    else:
        from getpass import getpass

        typed = getpass(f"A passphrase of at least {SHORTEST} letters; four words or more are good: ")
        if typed != getpass("The same again: "):
            raise CheckFailed("The two were not the same. Nothing was changed.")
    if len(typed) < SHORTEST or typed.startswith("#"):
        raise UsageFault(
            f"A passphrase has at least {SHORTEST} letters, and no # first. Nothing was changed."
        )
    return typed
