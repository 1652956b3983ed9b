"""Changes that were left beside a store in its -wal, tried before SQLite writes them into the store.

Whoever closes the file last does that, even one who could not read it: into a damaged store, or into one that
the -wal was never of. So it is read first by a connection that can write nothing.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from cpcli.store import driver
from cpcli.store.faults import StoreProblem, kind_of
from cpcli.store.hashing import START

if TYPE_CHECKING:
    from cpcli.store.key import Key

_HEAD = struct.Struct(">8xI4x8s8x")
"""Of a -wal: the size of a page, and what marks the frames that hold. https://www.sqlite.org/fileformat.html"""
_FRAME = struct.Struct(">I4x8s8x")
"""Before each page: its number, and the mark."""
_HEAD_OF_JOURNAL = "SELECT seq, hash FROM journal_head"
_BEGINNING = (0, START)
"""The head of a journal with no entries."""


def beside(path: Path, ending: str) -> Path:
    """What SQLite has beside the store: of one that is reached by a link, beside the file itself."""
    real = path.resolve()
    return real.with_name(real.name + ending)


def wal_of(path: Path) -> Path | None:
    """The -wal beside the store, where there is one with something in it."""
    wal = beside(path, "-wal")
    try:
        return wal if wal.stat().st_size else None
    except OSError:  # there is none, or whoever closed the store last has just taken it away
        return None


def pages_in(path: str) -> set[int]:
    """The numbers of the pages that the -wal beside the store has anew."""
    numbers = set()
    wal = wal_of(Path(path))
    if wal is not None:
        with wal.open("rb") as file:
            head = file.read(_HEAD.size)
            size, mark = _HEAD.unpack(head) if len(head) == _HEAD.size else (0, b"")
            while len(frame := file.read(_FRAME.size)) == _FRAME.size:
                number, its = _FRAME.unpack(frame)
                if its != mark:
                    break  # from here on it is what was there before
                numbers.add(number)
                file.seek(size, 1)
    return numbers


def try_wal(
    path: Path, wal: Path, key: Key | None, wait: float, identify: Callable[[sqlite3.Connection], object]
) -> None:
    """Raises StoreProblem where the journal ends as it should without the -wal, and does not go on from there
    with it; what `identify` raises of the two together; and an error of SQLite's where they cannot be read.
    Nothing is written to the store.
    """
    # First the store alone: others may be writing, and so what is read later can only be longer.
    alone = _end_alone(path, key, wait)
    with closing(driver.connect(f"{path.as_uri()}?mode=ro", key, wait=wait)) as connection:
        if alone is not None and not _goes_on(connection, alone):
            raise StoreProblem(
                f"{wal} holds changes that are not of {path.name}: it was left by another store or at "
                "another time, or is damaged. Nothing was changed. Move it elsewhere, and put back a backup "
                "if the last entries are missing."
            )
        identify(connection)
        if alone is None:
            _end(connection)


def _end_alone(path: Path, key: Key | None, wait: float) -> tuple[int, str] | None:
    """What _end() gives of the store without its -wal; None where only a part of that was written into it."""
    try:
        with closing(driver.connect(f"{path.as_uri()}?immutable=1", key, wait=wait)) as connection:
            return _end(connection)
    except driver.errors("DatabaseError"):
        return None


def _end(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """Number and hash of the journal's last entry; None where it does not end as its head says."""
    head: tuple[int, str] = connection.execute(_HEAD_OF_JOURNAL).fetchone()
    last = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return head if head == (last or _BEGINNING) else None


def _goes_on(connection: sqlite3.Connection, alone: tuple[int, str]) -> bool:
    """Whether the journal goes on from that entry to its end, each entry following from the one before."""
    number, last = alone
    try:
        connection.execute("BEGIN")  # one moment of it
        head = connection.execute(_HEAD_OF_JOURNAL).fetchone()
        rows = connection.execute(
            "SELECT seq, previous_hash, hash FROM journal WHERE seq >= ? ORDER BY seq", [number]
        )
        if alone != _BEGINNING and (rows.fetchone() or ())[::2] != alone:
            return False
        for seq, previous, its in rows:
            if (seq, previous) != (number + 1, last):
                return False
            number, last = seq, its
    except driver.errors("DatabaseError") as error:
        if kind_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
            return False
        raise
    return bool(head == (number, last))
