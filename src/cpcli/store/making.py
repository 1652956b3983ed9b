"""Making a file whole or not at all: under another name beside its place, and put there when it is ready."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cpcli.procedures.private import make_folder, named, sync
from cpcli.store import driver
from cpcli.store.connect import reserve, settle
from cpcli.store.faults import StoreProblem, making
from cpcli.store.left_behind import wal_of
from cpcli.store.wiping import wipe

if TYPE_CHECKING:
    from cpcli.store.key import Key

_CANNOT = "No store can be made at {path} ({error}). Check the folder, or name another with --store."
_A_DAY = 24 * 60 * 60
"""Seconds."""


def make(path: Path, furnish: Callable[[sqlite3.Connection], None], key: Key | None = None) -> bool:
    """Make a new store at `path` with the tables that `furnish` gives it, or leave nothing there.

    With a key it is encrypted. False where another process puts one there first: that one stands. Raises
    StoreProblem, also beside changes of one that is gone, which SQLite would write into the new one.
    """
    wal = wal_of(path)
    if wal is not None and not path.exists():
        raise StoreProblem(
            f"There is no store at {path}, but changes of the one that stood there are in {wal.name}. Put it "
            f"back beside them, or move {wal.name} elsewhere to begin anew."
        )
    with making(path, _CANNOT):
        make_folder(path.parent)
        with draft(path) as file:
            with closing(driver.connect(f"{file.as_uri()}?mode=rw", key)) as connection:
                settle(connection)
                connection.execute("PRAGMA journal_mode=WAL")
                furnish(connection)
                # Closing it would leave in the -wal, without a word, what the disk has no room for.
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return put_in_place(file, path)


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """An empty file beside `path`, its owner's only; what is left of it when the block ends is removed.

    An empty or half-made file is so never taken for what belongs there. What a killed process left there
    more than a day ago is wiped. Raises OSError.
    """
    for old in left(path):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _A_DAY:
                wipe(old)
    file = path.with_name(f".{path.name}.{os.urandom(6).hex()}.new")
    try:
        with named(path):
            reserve(file)  # before SQLite writes to it, since -wal and -shm take the mode of the file
        yield file
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                file.with_name(file.name + ending).unlink()


def left(path: Path) -> list[Path]:
    """Drafts for this path, and what SQLite put beside them: of processes that were killed, or that go on."""
    pattern = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{12}}\.new(-wal|-shm|-journal)?")
    return [file for file in sorted(path.parent.iterdir()) if pattern.fullmatch(file.name)]


def put_in_place(file: Path, path: Path) -> bool:
    """Give the draft its name, also on the disk; False where something has that name, which is left alone."""
    try:
        os.link(file, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        file.rename(path)
    sync(path.parent)
    return True
