"""Giving a store another key, its first one, or none: a second store is made, compared, and put in its place.

At every moment one whole store stands at the path, the old or the new. Nobody else has it open meanwhile: who
comes is kept waiting, and who was there first keeps this from beginning.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing, suppress
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from cpcli.procedures.private import sync
from cpcli.store import connect, driver, schema
from cpcli.store.check import proven
from cpcli.store.driver import errors
from cpcli.store.faults import StoreProblem, kind_of, making
from cpcli.store.journal import head
from cpcli.store.key import Key
from cpcli.store.sealed import PAGE
from cpcli.store.turn import patiently
from cpcli.store.where import identity
from cpcli.store.wiping import NEW, OLD, empty, wipe, workshop

_WAIT = 10.0
"""Seconds to wait for whoever has the store open: a walk stays open for longer."""
_CANNOT = (
    "{path} cannot be worked on ({error}). It is as it was. Check the disk and the folder, and try again."
)
_FULL = "The disk with {path} is full: it has to hold the store twice. The store is as it was."
_TABLES = (
    "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
)
_SCHEMA = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY type, name"


class Recoded(NamedTuple):
    """What was put in place."""

    entries: int
    hash: str
    """Of the last entry of the journal, which is what it was."""
    overwritten: bool
    """Whether the old file could be overwritten before it was removed."""


def recode(path: Path, old: Key | None, new: Key | None, *, wait: float = _WAIT) -> Recoded:
    """Have the store at `path`, which opens with `old`, open with `new` from now on; None is without a key.

    Raises StoreProblem, and then the store is what it was.
    """
    path = path.resolve()
    folder = workshop(path)
    with making(path, _CANNOT, _FULL), closing(_alone(path, old, wait)) as connection, ExitStack() as stack:
        folder.mkdir(mode=0o700)
        stack.callback(empty, folder, path)
        draft = folder / NEW
        connect.reserve(draft)
        _copy(connection, draft, new)
        number, last = _proven(draft, new)
        overwritten = _put_in_place(connection, draft, path)
        stack.pop_all()  # the store is free again, and what is in the folder now may be another's
        with suppress(OSError):
            folder.rmdir()
        return Recoded(number, last, overwritten)


def refuse_in_use(path: Path, old: Key | None, *, wait: float = _WAIT) -> None:
    """Raises StoreProblem where recode() could not begin, so that it is known before anybody is asked."""
    with making(path, _CANNOT, _FULL):
        _alone(path.resolve(), old, wait).close()


def _alone(path: Path, old: Key | None, wait: float) -> sqlite3.Connection:
    """The store, with all that it holds in the one file, opened so that nobody else can open it."""
    file = identity(path)
    connect.connect(path, schema.LATEST, key=old, wait=wait).close()  # which refuses what is no store
    connection = driver.connect(f"{path.as_uri()}?mode=rw", old, wait=wait, by_cipher=True)
    try:
        connection.execute("PRAGMA temp_store=MEMORY")
        patiently(connection, "PRAGMA journal_mode=DELETE", wait)
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")  # not before: the journal would stay
        patiently(connection, "BEGIN EXCLUSIVE", wait)
        connection.execute("COMMIT")
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode == "delete" and identity(path) == file:
            return connection
    except errors("OperationalError") as error:
        connection.close()
        if kind_of(error) != sqlite3.SQLITE_BUSY:
            raise
    except BaseException:
        connection.close()
        raise
    connection.close()  # where somebody came in between, it has its other journal mode again
    raise StoreProblem(
        f"{path} is in use by another program. Leave the walk or close the program that has it open, and try "
        "again."
    )


def _copy(connection: sqlite3.Connection, draft: Path, new: Key | None) -> None:
    """Write all of it into the draft, down to the disk, and compare the two row by row."""
    secret = new.for_cipher() if new is not None else ""
    connection.execute("ATTACH ? AS new KEY ?", [f"{draft.as_uri()}?mode=rw", secret])
    if new is not None:
        connection.execute("PRAGMA new.cipher_compatibility=4")
    connection.execute("PRAGMA new.synchronous=FULL")
    connection.execute("PRAGMA fullfsync=ON")
    connection.execute("SELECT sqlcipher_export('new')").fetchall()
    for pragma in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA main.{pragma}").fetchone()
        connection.execute(f"PRAGMA new.{pragma}={value}")
    queries = [_SCHEMA]
    for (table,) in connection.execute(_TABLES).fetchall():
        queries.append(f'SELECT * FROM {{}}."{table}" ORDER BY rowid')
    for query in queries:
        both = (connection.execute(query.format(name)) for name in ("main", "new"))
        if any(one != other for one, other in zip_longest(*both)):
            raise StoreProblem(
                "The copy is not what the store holds. The store is as it was: check the disk."
            )
    connection.execute("DETACH new")


def _proven(draft: Path, new: Key | None) -> tuple[int, str]:
    """Open the draft as it will be opened, prove it, and give the last entry's number and hash."""
    with closing(driver.connect(f"{draft.as_uri()}?mode=rw", new, by_cipher=True)) as connection:
        for wrong in proven(connection):
            raise StoreProblem(f"{wrong} So nothing was changed. See it all with: cpcli store check")
        return head(connection)


def _put_in_place(connection: sqlite3.Connection, draft: Path, path: Path) -> bool:
    """Replace the store, in one step, and wipe the old one; says whether it could be overwritten."""
    aside, kept_aside = draft.with_name(OLD), True
    try:
        os.link(path, aside)
    except OSError:  # a file system without second names
        kept_aside = False
    if os.name == "nt":
        _let_go(connection, path)
    draft.replace(path)
    sync(path.parent)
    connection.close()
    try:
        return kept_aside and wipe(aside, path)
    except FileNotFoundError:  # whoever opened the store just now has wiped it
        return kept_aside
    except OSError:
        return False


def _let_go(connection: sqlite3.Connection, path: Path) -> None:
    """Close the store, since Windows replaces no file that is open; nobody may have come in between."""
    before = _beginning(path)
    connection.close()
    if _beginning(path) != before:  # whoever opens a store sets its journal mode
        raise StoreProblem(f"{path} is in use by another program. Close it, and try again.")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(PAGE)
