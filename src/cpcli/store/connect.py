"""The one place where a connection to a store is opened."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cpcli.store import driver
from cpcli.store.driver import errors
from cpcli.store.faults import DAMAGED, NO_STORE, NoStore, StoreProblem, explain, kind_of
from cpcli.store.left_behind import beside, try_wal, wal_of
from cpcli.store.rollback import refuse_journal
from cpcli.store.turn import WAIT, patiently
from cpcli.store.where import identity
from cpcli.store.wiping import clear_up

if TYPE_CHECKING:
    from cpcli.store.key import Key

APPLICATION_ID = 0x6370636C
"""Marks an SQLite file as a store: "cpcl" in ASCII."""
SMALLEST_DATABASE = 512
"""Bytes: one page of the smallest size that SQLite knows."""

FindKey = Callable[[Path, bytes], "Key"]
"""Finds the key to the encrypted store that stands at that path and has that salt. Raises StoreProblem."""


def salt_at(path: Path) -> bytes | None:
    """The salt of the encrypted store that stands at `path`; None for any other file. Raises StoreProblem."""
    from cpcli.store.sealed import salt_of

    _look(path)
    try:
        return salt_of(path)
    except OSError as error:
        raise StoreProblem(f"{path} cannot be read ({error.strerror}). Check who may read it.") from error


def key_to(path: Path, find_key: FindKey | None) -> Key | None:
    """The key to the store that stands at `path`; None for one that is not encrypted. Raises StoreProblem."""
    salt = salt_at(path)
    if salt is None:
        return None
    try:
        driver.cipher()
    except StoreProblem as problem:
        raise StoreProblem(f"{path} is encrypted, or is no store. {problem}") from problem
    if find_key is None:
        raise StoreProblem(f"{path} is encrypted, and its key was not given.")
    return find_key(path, salt)


def connect(
    path: Path, latest: int, *, read_only: bool = False, wait: float = WAIT, key: Key | None = None
) -> sqlite3.Connection:
    """A connection to the store that stands at `path`, of version `latest` or an earlier one.

    `read_only` promises to change nothing, and so also opens a store on a disk that cannot be written. `key`
    is what key_to() gives. Raises StoreProblem where there is no store that can be used.
    """
    _look(path)
    file = identity(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not writable and not read_only:
        raise StoreProblem(f"{path} cannot be written. Check the permissions of the file and of its folder.")
    try:
        if writable:
            refuse_journal(path, key)
            _try(path, key, latest, wait)
        mode = "mode=rw" if writable else "mode=ro"
        connection = _opened(path, mode, latest, read_only=read_only, wait=wait, key=key)
        if writable:
            clear_up(connection, path, file)
        return connection
    except errors() as error:
        if writable or kind_of(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise _explained(error, path, key) from error
    # SQLite wants to write its -shm beside even a store that it only reads. Without a -wal nobody is writing.
    return connect_still(path, latest, key, in_use="cannot be written. Copy both to another folder.")


def connect_still(path: Path, latest: int, key: Key | None, *, in_use: str) -> sqlite3.Connection:
    """A connection to a store that nobody has open, which leaves the file and its folder as they are.

    `in_use` is what to say where it has changes beside it that are not in it yet. Raises StoreProblem.
    """
    _look(path)
    for ending in ("-wal", "-journal"):
        changes = beside(path, ending)
        if changes.exists() and changes.stat().st_size:
            raise StoreProblem(f"{path} has changes in {changes.name} and {in_use}")
    try:
        return _opened(path, "immutable=1", latest, read_only=True, wait=0, key=key)
    except errors() as error:
        raise _explained(error, path, key) from error


def _try(path: Path, key: Key | None, latest: int, wait: float) -> None:
    """Where changes were left beside the store, see first that it is a store and that they are its own."""
    wal = wal_of(path)
    if wal is None:
        return
    if key is not None:
        from cpcli.store.sealed import fits

        if not fits(path, key):
            raise _wrong(path, key)
    try_wal(path, wal, key, wait, lambda connection: _identify(connection, path, latest))


def _explained(error: Exception, path: Path, key: Key | None) -> StoreProblem:
    """What it means that a store could not be opened; of an encrypted one, whether the key is another's."""
    if key is None or kind_of(error) != sqlite3.SQLITE_NOTADB:
        return explain(error, path)
    from cpcli.store.sealed import fits

    if not fits(path, key):
        return _wrong(path, key)
    return StoreProblem(DAMAGED.format(path=path, error="its key fits, its beginning does not"))


def _wrong(path: Path, key: Key) -> StoreProblem:
    from cpcli.store.key import KeyProblem

    return KeyProblem(
        f"{path} does not open with {key.whence}: that is the key to another store, or the file is damaged "
        "at its beginning. Name the right key file with --key-file, or put the key back: "
        "cpcli store key restore"
    )


def _look(path: Path) -> None:
    try:
        about = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NoStore(
            f"There is no store at {path} yet. Begin a case to make one, or name another with --store."
        ) from None
    except OSError as error:
        raise StoreProblem(
            f"{path} cannot be reached ({error.strerror}). Check the disk, or name another with --store."
        ) from error
    if stat.S_ISDIR(about.st_mode):
        raise StoreProblem(f"{path} is a folder. Name a file in it with --store.")
    if about.st_size == 0:
        raise StoreProblem(
            f"{path} is empty, so what it held is gone. Put back a backup, or delete it to begin anew."
        )
    if about.st_size < SMALLEST_DATABASE:
        # SQLite takes what has not even a whole header for an empty database, and would write to it.
        raise StoreProblem(NO_STORE.format(path=path))


def _opened(
    path: Path, mode: str, latest: int, *, read_only: bool, wait: float, key: Key | None
) -> sqlite3.Connection:
    connection = driver.connect(f"{path.as_uri()}?{mode}", key, wait=wait)
    try:
        _identify(connection, path, latest)
        settle(connection)
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            patiently(connection, "PRAGMA journal_mode=WAL", wait)
    except BaseException:
        connection.close()
        raise
    return connection


def _identify(connection: sqlite3.Connection, path: Path, latest: int) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise StoreProblem(f"{path} is another program's database. Name the right file with --store.")
    if version > latest:
        raise StoreProblem(
            f"{path} was made by a newer cpcli (version {version}; this one knows {latest}). Update cpcli."
        )


def settle(connection: sqlite3.Connection) -> None:
    """How every connection to a store writes."""
    for pragma in (
        "synchronous=FULL",  # a commit is on the disk before it is acknowledged
        "fullfsync=ON",  # macOS: on the disk itself, not in its buffer; elsewhere it does nothing
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted is overwritten
        "temp_store=MEMORY",  # nothing of a record in temporary files
    ):
        connection.execute(f"PRAGMA {pragma}")


def reserve(file: Path) -> None:
    """Make an empty file, its owner's only, for SQLite to write to. Raises OSError."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
