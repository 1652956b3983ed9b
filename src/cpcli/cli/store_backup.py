"""`cpcli store backup` and `restore`: a copy of the store, and the store again from a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cpcli.cli.context import JsonOption, StoreOption, derive, find_key, store, store_path
from cpcli.cli.store import entries, sealed
from cpcli.output.tell import put, tell

ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Put it in the place of a file that has that name.")
]


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make.")],
    replace: ReplaceOption = False,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Copy the store to a file, also while others write to it.

    The copy is the store as it stands at one moment. It is proved before it gets its name, and nobody else
    can read it. Of an encrypted store it is encrypted too, and opens with the same key.

    \b
    Example:
      cpcli store backup /media/stick/cpcli-2026-12-24.db
      cpcli store backup --replace /media/stick/cpcli.db
    """
    from cpcli.store.backup import back_up

    to = file.expanduser().absolute()
    with store(at_store, read_only=True) as opened:
        done = back_up(opened, to, replace=replace)
    if as_json:
        _write("backup", to, done.entries, done.hash, encrypted=done.encrypted)
        return
    put(f"Backed up to {to}: {entries(done.entries)}, whole and unchanged.")
    put(sealed(done.entries, done.hash))
    if done.encrypted:
        put("It is encrypted, and opens with the key to the store. Have the recovery key elsewhere.")
    else:
        put("It is not encrypted: whoever has it can read it.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Make the store again from a backup, where no store stands.

    The backup is proved first: the file, and the journal's chain. It stays as it is. If anything is wrong
    with it, nothing is restored.

    \b
    Example:
      cpcli store restore /media/stick/cpcli-2026-12-24.db
      cpcli store restore cpcli.db --store ~/elsewhere/cpcli.db
    """
    from cpcli.store.backup import restore

    path = store_path(at_store).absolute()
    done = restore(file.expanduser(), path, find_key)
    with store(path) as opened:
        differs = opened.check(derive(opened))
    if as_json:
        _write("store", path, done.entries, done.hash, encrypted=done.encrypted)
    else:
        put(f"Restored to {path}: {entries(done.entries)}, whole and unchanged.")
        put(sealed(done.entries, done.hash))
    for line in differs:  # the procedures or the settings may be others here
        tell(line)


def _write(what: str, path: Path, number: int, last: str, *, encrypted: bool) -> None:
    from cpcli.output.data import write_object

    write_object({what: str(path), "encrypted": encrypted, "entries": number, "hash": last})
