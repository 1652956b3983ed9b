"""Changes that were left beside a store in its -wal, tried before SQLite writes them into the store.

Whoever closes the file last does that, even one who could not read it: into a damaged store, or into one that
the -wal was never of. So it is read first by a connection that can write nothing.
"""

from __future__ import annotations

import struct
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from cpcli.store import driver
from cpcli.store.faults import StoreProblem

if TYPE_CHECKING:
    from cpcli.store.key import Key

_HEAD = struct.Struct(">8xI4x8s8x")
"""Of a -wal: the size of a page, and what marks the frames that hold. https://www.sqlite.org/fileformat.html"""
_FRAME = struct.Struct(">I4x8s8x")
"""Before each page: its number, and the mark."""


def wal_of(path: Path) -> Path | None:
    """The -wal beside the store, where there is one with something in it."""
    wal = path.with_name(path.name + "-wal")
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


def try_wal(path: Path, wal: Path, key: Key | None, wait: float) -> None:
    """Raises an error of SQLite's where the two cannot be read together, and StoreProblem where the journal
    ends as it should without the -wal and not with it. Nothing is written to the store.
    """
    if not _ends_well(path, "mode=ro", key, wait) and _ends_well_alone(path, key, wait):
        raise StoreProblem(
            f"{wal} holds changes that are not of {path.name}: it was left by another store, or is damaged. "
            "Nothing was changed. Move it elsewhere, and put back a backup if the last entries are missing."
        )


def _ends_well(path: Path, mode: str, key: Key | None, wait: float) -> bool:
    """Whether the last entry of the journal is the one that its head says."""
    with closing(driver.connect(f"{path.as_uri()}?{mode}", key, wait=wait)) as connection:
        # In one statement, which sees one moment: others may be writing.
        head, end, last, own = connection.execute(
            "SELECT (SELECT seq FROM journal_head), (SELECT hash FROM journal_head), "
            "(SELECT max(seq) FROM journal), (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1)"
        ).fetchone()
        return (head, end) == (last, own) or (head == 0 and last is None)


def _ends_well_alone(path: Path, key: Key | None, wait: float) -> bool:
    try:
        return _ends_well(path, "immutable=1", key, wait)
    except driver.errors("DatabaseError"):
        return False
