"""`cpcli store key`: where the key to the store is, and what can be done with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli.context import JsonOption, StoreOption, store_path
from cpcli.cli.errors import UsageFault
from cpcli.cli.store_encrypt import PassphraseOption, RecoveryOption, key_of, say_recoded
from cpcli.output.tell import put, tell

if TYPE_CHECKING:
    from cpcli.store.key import Key
    from cpcli.store.key_place import Place

ToOption = Annotated[
    str | None,
    typer.Option("--to", metavar="WHERE", help="Where the key goes: keyring, or a file that is made for it."),
]


def show(as_json: JsonOption = False, at_store: StoreOption = None) -> None:
    """Say where the key to the store is, and whether the store opens with it.

    \b
    Example:
      cpcli store key
    """
    from cpcli.cli.context import store
    from cpcli.cli.key_making import as_object, said
    from cpcli.store.connect import salt_at
    from cpcli.store.key_file import name_of

    path = store_path(at_store).absolute()
    salt = salt_at(path)
    if salt is None:
        store(path, read_only=True).close()  # which refuses what is no store
        if as_json:
            _write({"store": str(path), "encrypted": False, "name": None, "key": None})
        else:
            put(f"{path} is not encrypted. To encrypt it: cpcli store encrypt")
        return
    store(path, read_only=True).close()
    place = _place(salt)
    if as_json:
        _write({"store": str(path), "encrypted": True, "name": name_of(salt), "key": as_object(place)})
        return
    put(f"{path} is encrypted; it is store {name_of(salt)} on its recovery key.\nIts key is {said(place)}.")
    if place.recovery:
        from cpcli.clock.when import from_iso, say_when

        put(f"A recovery key was written out on {say_when(from_iso(place.recovery))}.")
    else:
        put("No recovery key was written out here yet: cpcli store key recovery")


def recovery(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A file for it; or the screen.")
    ] = None,
    at_store: StoreOption = None,
) -> None:
    """Write out the recovery key again: the key in letters, to be kept on paper or in a password manager.

    \b
    Example:
      cpcli store key recovery
    """
    from cpcli.cli import key_making
    from cpcli.cli.folders import config_folder
    from cpcli.store import key_place

    key = key_of(store_path(at_store).absolute())
    noted = _noted(key.salt)
    kept = key_making.recovery(key_making.Kept(key, noted or _place(key.salt), made=True), file, again=True)
    if noted is not None:
        key_place.write(config_folder(), key.salt, kept.place)


def restore(
    to: ToOption = None,
    recovery: Annotated[
        Path | None, typer.Option("--recovery", metavar="FILE", help="The file that has the recovery key.")
    ] = None,
    at_store: StoreOption = None,
) -> None:
    """Put a lost key back from the recovery key, which is asked for, or read from standard input.

    It goes into the system keyring, or where --to says. A mistyped group is named.

    \b
    Example:
      cpcli store key restore
      cpcli store key restore --recovery /media/key/recovery.txt
    """
    from cpcli.store.connect import salt_at
    from cpcli.store.key import KeyProblem
    from cpcli.store.key_file import name_of
    from cpcli.store.sealed import fits

    path = store_path(at_store).absolute()
    salt = salt_at(path)
    if salt is None:
        raise UsageFault(f"{path} is not encrypted, so it needs no key.")
    try:
        key = _typed(recovery, salt)
    except KeyProblem as mistake:
        raise UsageFault(str(mistake)) from None
    if not fits(path, key):
        raise KeyProblem(
            f"{path} does not open with that key. It is the recovery key to another store, or an older one: "
            f"this is store {name_of(salt)}."
        )
    _put(key, to or "keyring", _place(salt))


def move(to: ToOption = None, at_store: StoreOption = None) -> None:
    """Keep the key in another place. The store stays as it is, and so does the recovery key.

    \b
    Example:
      cpcli store key move --to /media/key/cpcli.key
      cpcli store key move --to keyring
    """
    from cpcli.store.key_place import KEYRING

    if to is None:
        raise UsageFault("Say where the key goes: --to keyring, or --to FILE.")
    key = key_of(store_path(at_store).absolute())
    noted, before = _noted(key.salt), _place(key.salt)
    after = _put(key, to, before)
    if (noted or before).kept == KEYRING != after.kept:
        from cpcli.store import system_keyring

        system_keyring.drop(key.salt)
        put("It is no longer in the system keyring.")
    elif before.file and before.file != after.file:
        tell(f"It is still in {before.file}: delete that when nothing needs it.")


def change(
    to: ToOption = None,
    passphrase: PassphraseOption = False,
    recovery: RecoveryOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Give the store another key, when somebody may have learned the one it has.

    The old recovery key no longer opens it. Backups that were made before keep the old key: keep its recovery
    key for as long as you keep them.

    \b
    Example:
      cpcli store key change
      cpcli store key change --to /media/key/new.key
    """
    from cpcli.cli import key_making
    from cpcli.store.key_place import KEYRING
    from cpcli.store.recode import recode, refuse_in_use

    path = store_path(at_store).absolute()
    key = key_of(path)
    if to is None and not passphrase and _place(key.salt).kept != KEYRING:
        raise UsageFault("Say where the new key goes: --to keyring, --to FILE, or --passphrase.")
    if to not in (None, KEYRING) and Path(str(to)).expanduser().exists():
        raise UsageFault(f"{to} is there already. Name a file that is to be made for the new key.")
    refuse_in_use(path, key)
    kept = key_making.keep(key_making.recovery(key_making.choose(to, passphrase), recovery))
    say_recoded("Another key", path, recode(path, key, kept.key), kept, as_json=as_json)


def _put(key: Key, to: str, before: Place) -> Place:
    """Keep the key there, and say so."""
    from cpcli.cli import key_making
    from cpcli.store.key_place import FILE, KEYRING, Place

    file = "" if to == KEYRING else str(Path(to).expanduser().absolute())
    place = Place(FILE if file else KEYRING, file, before.recovery)
    key_making.keep(key_making.Kept(key, place, made=True))
    put(f"The key is {key_making.said(place)}.")
    return place


def _noted(salt: bytes) -> Place | None:
    """Where the key to the store with that salt was put, so far as is known here."""
    from cpcli.cli.folders import config_folder
    from cpcli.store import key_place

    return key_place.read(config_folder(), salt)


def _place(salt: bytes) -> Place:
    """Where it is taken from."""
    from cpcli.cli.key_option import key_file
    from cpcli.store.key_place import FILE, KEYRING, Place

    noted, named = _noted(salt) or Place(KEYRING), key_file()
    return noted._replace(kept=FILE, file=str(named)) if named is not None else noted


def _typed(file: Path | None, salt: bytes) -> Key:
    """The recovery key from a file, from standard input, or typed in as many lines as it takes."""
    from cpcli.store import key, key_file

    if file is not None:
        return key_file.read_key(file.expanduser(), salt, "--recovery")
    if not sys.stdin.isatty():
        text = sys.stdin.buffer.read(4096).decode("utf-8-sig", "replace")
        return key.read(text, salt, "what was given")
    tell(f"The recovery key of store {key_file.name_of(salt)}, in one line or several:")
    typed = ""
    while sum(map(str.isalnum, typed)) < 5 * key.GROUPS:
        line = sys.stdin.readline()
        if not line.strip():
            break
        typed += line
    return key.read(typed, salt, "what was typed")


def _write(found: dict[str, object]) -> None:
    from cpcli.output.data import write_object

    write_object(found)
