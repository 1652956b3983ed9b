"""Erasing a case: what its entries said is emptied, and the file and its -wal are written anew.

The first is one transaction. What then still stands in old pages is cleared away at once, or, where that is
cut short, by the next program that opens the store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cpcli.casework.entry import erased
from cpcli.store import journal, state
from cpcli.store.connect import APPLICATION_ID
from cpcli.store.driver import errors
from cpcli.store.faults import CaseChanged, StoreProblem, plainly
from cpcli.store.turn import patiently

if TYPE_CHECKING:
    from cpcli.casework.case import Case
    from cpcli.casework.derived import Derive
    from cpcli.store.key import Key
    from cpcli.store.store import Store

CLEAN = "write the file anew"
"""In the table to_finish: something was erased, and old pages may hold it still."""
_OWN = ("", "-wal", "-shm")


def erase(
    store: Store,
    reference: str,
    *,
    why: str,
    agreed_by: str,
    although: str,
    who: str,
    at: datetime,
    derive: Derive,
    seen: int,
) -> tuple[Case, bool]:
    """Take out all that was recorded in the case, and record that it was done, all of it or nothing. Gives
    the case as it then is, and whether the file is written anew already, as finish() does.

    `seen` is the number of the case's last entry when it was read. `although` says why it is done though the
    case is open or its record was to be kept for longer. Raises NoSuchCase, CaseErased and CaseChanged, and
    StoreProblem, all before anything is done.
    """
    when = state.stamp(at)
    with store._writing() as connection:
        journal.refuse_unknown(connection, reference)
        journal.refuse_erased(connection, reference)
        entries = [entry.seq for entry in journal.entries(connection, reference)]
        if entries[-1] != seen:
            raise CaseChanged(reference, entries[-1])
        journal.write(connection, reference, erased(why, agreed_by, although, len(entries)), who, when)
        journal.empty(connection, reference)
        connection.execute("INSERT OR IGNORE INTO to_finish VALUES (?)", [CLEAN])
        case = store._derive(reference, derive)
    try:
        return case, finish(store)
    except StoreProblem:  # a full disk, say: what was recorded stands
        return case, False


def finish(store: Store) -> bool:
    """See that no old page of the store holds what was erased; False where another program that has it open
    keeps that from being done.
    """
    with plainly(store.path):
        return not is_pending(store._connection) or _clean(store._connection, store._wait)


def is_pending(connection: sqlite3.Connection) -> bool:
    """Whether something was erased and the file not written anew since."""
    return connection.execute("SELECT 1 FROM to_finish WHERE what = ?", [CLEAN]).fetchone() is not None


def _clean(connection: sqlite3.Connection, wait: float) -> bool:
    """Write the whole file anew and empty the -wal; False where another program that has the store open keeps
    that from being done for as long as `wait`, in seconds.
    """
    connection.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")
    if not _emptied(connection):
        return False
    # Deleted rows were overwritten in their pages (secure_delete); this leaves no page as it was.
    patiently(connection, "VACUUM", wait)
    if not _emptied(connection):
        return False
    connection.execute("DELETE FROM to_finish WHERE what = ?", [CLEAN])
    return True


def clean_in_passing(connection: sqlite3.Connection) -> None:
    """Do what a program that was cut short left to do, unless somebody else is at the store."""
    with suppress(*errors()):
        if is_pending(connection):
            (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
            try:
                _clean(connection, 0)
            finally:
                connection.execute(f"PRAGMA busy_timeout={usual}")


def _emptied(connection: sqlite3.Connection) -> bool:
    """Write the -wal into the file and cut it to nothing."""
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def copies_beside(path: Path, key: Key | None = None) -> list[Path]:
    """The other files in the store's folder that are stores or go by its name: they may hold it still. With
    the store's key, those that are encrypted with it are among them.
    """
    return sorted(_copies(path.resolve(), key))


def _copies(path: Path, key: Key | None) -> Iterator[Path]:
    with suppress(OSError):
        for file in path.parent.iterdir():
            named = file.name.startswith((path.name, f".{path.name}"))
            own = file.name in [path.name + end for end in _OWN]
            # The store itself, under whatever name, is not opened: to close it again would cost the locks.
            if own or not file.is_file() or file.samefile(path):
                continue
            with suppress(OSError):
                with file.open("rb") as opened:
                    head = opened.read(100)
                store = head[68:72] == APPLICATION_ID.to_bytes(4, "big")
                if named or store or (key is not None and head.startswith(key.salt)):
                    yield file
