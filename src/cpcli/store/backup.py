"""Copying a store while others write to it, and making a store again from such a copy."""

from __future__ import annotations

import filecmp
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpcli.procedures.private import make_folder, sync
from cpcli.store import connect, driver, schema
from cpcli.store.check import proven
from cpcli.store.connect import FindKey
from cpcli.store.driver import errors
from cpcli.store.faults import DAMAGED, UNREADABLE, NoStore, StoreProblem, explain, kind_of, making
from cpcli.store.journal import head
from cpcli.store.kept import copy_of
from cpcli.store.making import draft, left, put_in_place
from cpcli.store.store import Store
from cpcli.store.wiping import wipe

if TYPE_CHECKING:
    from cpcli.store.key import Key

_OF_THE_STORE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Copied(NamedTuple):
    """What was copied, and proved."""

    entries: int
    hash: str
    """Of the last entry of its journal; "0" * 64 where there is none."""
    encrypted: bool


def back_up(store: Store, to: Path, *, replace: bool = False) -> Copied:
    """Copy the store as it stands at one moment to `to`, with the same key where it is encrypted.

    Others may write meanwhile. The copy is proved before it gets its name; only with `replace` does it take
    the place of a file. Raises StoreProblem, and then whatever stood there stands there still.
    """
    to = to.absolute()
    _refuse_target(to, store.path, replace)
    with making(to), draft(to) as file:
        copy(store._connection, file, store.path, store.key)
        number, last = _proven(file, store)
        if replace:
            file.replace(to)
            sync(to.parent)
        elif not put_in_place(file, to):
            raise _stands(to)
    return Copied(number, last, store.key is not None)


def copy(connection: sqlite3.Connection, file: Path, path: Path, key: Key | None) -> None:
    """Write the store at `path`, which is open, into this empty file, by SQLite's online backup."""
    with closing(driver.connect(f"{file.as_uri()}?mode=rw", key)) as target:
        connect.settle(target)
        try:
            # All of it in one go, at one moment: in several it would begin anew whenever somebody writes.
            connection.backup(target)
        except errors() as error:
            if kind_of(error) in _OF_THE_STORE:
                raise StoreProblem(DAMAGED.format(path=path, error=error)) from error
            raise


def keep(connection: sqlite3.Connection, path: Path, key: Key | None, version: int) -> Path:
    """Keep a copy of the store as it is in this version, beside it, and give its path.

    The caller holds the lock, so nothing changes meanwhile. One that is there already and has the same
    journal is as good. Raises StoreProblem.
    """
    for number in count(1):
        to = copy_of(path, version, number)
        with making(to):
            for old in left(to):  # by one that was killed: there is nobody else
                wipe(old)
            if not to.exists():
                # SQLite copies through no connection that is about to write, as the caller's is.
                other = driver.connect(f"{path.as_uri()}?mode=rw", key)
                with closing(other), draft(to) as file:
                    copy(other, file, path, key)
                    put_in_place(file, to)
            if _is_copy(to, key, version, head(connection)):
                return to
    raise AssertionError  # there is always a further number


def _is_copy(file: Path, key: Key | None, version: int, last: tuple[int, str]) -> bool:
    try:
        with closing(_still(file, key)) as connection:
            (its_version,) = connection.execute("PRAGMA user_version").fetchone()
            return (its_version, head(connection)) == (version, last)
    except StoreProblem:
        return False
    except errors():
        return False


def restore(backup: Path, path: Path, find_key: FindKey | None = None) -> Copied:
    """Make a store at `path`, where none stands, of a backup, which is proved first and left as it is.

    Raises StoreProblem, and then nothing stands at `path`.
    """
    backup, path = backup.absolute(), path.absolute()
    _refuse_standing(path)
    if not backup.exists():
        raise NoStore(f"There is no backup at {backup}. Check its name.")
    key = connect.key_to(backup, find_key)
    with closing(_still(backup, key)) as connection:
        _refuse_cut(connection, backup)
        for wrong in _wrong(connection, backup):
            raise StoreProblem(f"{backup} is no sound backup. {wrong} Nothing was restored: try another.")
        number, last = head(connection)
    with making(path):
        make_folder(path.parent)
        with draft(path) as file:
            shutil.copyfile(backup, file)
            with file.open("rb") as out:
                os.fsync(out.fileno())
            if not filecmp.cmp(backup, file, shallow=False):
                raise StoreProblem(f"{backup} changed while it was read. Nothing was restored: try again.")
            if not put_in_place(file, path):
                _refuse_standing(path)
    return Copied(number, last, key is not None)


def _still(path: Path, key: Key | None) -> sqlite3.Connection:
    return connect.connect_still(
        path, schema.LATEST, key, in_use="is a store in use, no backup. Make one of it: cpcli store backup"
    )


def _refuse_cut(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite reads noughts where the last page is cut short, and that can be what it held."""
    try:
        pages, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
        )
    except errors() as error:
        raise explain(error, path) from error
    if path.stat().st_size < pages * size:
        raise StoreProblem(DAMAGED.format(path=path, error="its end is missing"))


def _wrong(connection: sqlite3.Connection, path: Path) -> Iterator[str]:
    try:
        yield from proven(connection)
    except (*errors(), *UNREADABLE) as error:
        raise explain(error, path) from error


def _proven(file: Path, store: Store) -> tuple[int, str]:
    """Read the copy from the disk, prove it, and give the last entry's number and hash."""
    with closing(_still(file, store.key)) as connection:
        for wrong in _wrong(connection, store.path):
            raise StoreProblem(
                f"{wrong} No backup was made of {store.path}, and earlier ones stay as they are. "
                "See it all with: cpcli store check"
            )
        return head(connection)


def _refuse_target(to: Path, store: Path, replace: bool) -> None:
    if to.is_dir():
        raise StoreProblem(f"{to} is a folder. Name a file in it.")
    if not to.parent.is_dir():
        raise StoreProblem(f"There is no folder {to.parent} for the backup. Make it, or name another place.")
    refuse_own(to, store)
    if not to.exists() and not to.is_symlink():
        return
    for ending in ("-wal", "-journal"):
        if to.with_name(to.name + ending).exists():
            raise StoreProblem(f"{to} is in use: {to.name}{ending} stands beside it. Name another file.")
    if not replace:
        raise _stands(to)


def refuse_own(to: Path, store: Path) -> None:
    """Raises StoreProblem where `to` is the store, or one of the files that SQLite has beside it."""
    for path in {store, store.resolve()}:
        for ending in ("", "-wal", "-shm", "-journal"):
            own = path.with_name(path.name + ending)
            same = to.parent.resolve() / to.name == own.parent.resolve() / own.name
            if same or (to.exists() and own.exists() and to.samefile(own)):
                what = "is the store itself" if not ending else "belongs to the store"
                raise StoreProblem(f"{to} {what}. Name another file.")


def _stands(to: Path) -> StoreProblem:
    return StoreProblem(f"There is something at {to} already. Name another file, or add --replace.")


def _refuse_standing(path: Path) -> None:
    for ending in ("", "-wal", "-journal"):
        there = path.with_name(path.name + ending)
        if there.exists() or there.is_symlink():
            raise StoreProblem(
                f"There is something at {there} already, and it stays as it is. Move it away first, or "
                "restore to another place with --store."
            )
