"""Overwriting what was replaced, and clearing up where that was cut short.

A store is encrypted, decrypted or given another key by making a second one and putting it in the place of the
first. The second until it is in place, and then the first, are kept in a folder beside the store. What is
found there later was left by a process that was killed, and may be readable.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from cpcli.store.driver import errors
from cpcli.store.where import identity

NEW, OLD = "new.db", "old.db"
_PIECE = 1 << 20


def workshop(path: Path) -> Path:
    """The folder beside the store for what is not to last."""
    real = path.resolve() if path.is_symlink() else path
    return real.with_name(f".{real.name}.recoding")


def clear_up(connection: sqlite3.Connection, path: Path, file: tuple[int, int]) -> None:
    """Wipe what was left in the folder beside the open store, as far as that can be done. `file` is which one
    stood there before it was opened.
    """
    folder = workshop(path)
    if folder.exists() and _is_ours(folder):
        # While it is being read nobody else can be at that work; where somebody is, reading it is refused.
        with suppress(*errors()):
            connection.execute("BEGIN")
            try:
                connection.execute("SELECT 1 FROM sqlite_master").fetchone()
                if identity(path) == file:  # else it was replaced just now
                    empty(folder, path)
            finally:
                connection.execute("ROLLBACK")


def empty(folder: Path, path: Path) -> None:
    """Wipe what recoding the store at `path` puts into this folder, and remove the folder."""
    with suppress(OSError):
        for file in folder.iterdir():
            if file.name.startswith((NEW, OLD)):
                wipe(file, path)
        folder.rmdir()


def wipe(file: Path, path: Path | None = None) -> bool:
    """Overwrite the file and remove it; False where it was only removed, since it has another name besides,
    or is itself the store at `path`.

    A disk may keep the old bytes all the same: flash memory writes elsewhere, and so do some file systems.
    """
    about = file.lstat()
    # It may still be the store at `path` itself, which has two names just before it is replaced.
    itself = path is not None and os.path.samestat(about, path.stat())
    alone = stat.S_ISREG(about.st_mode) and about.st_nlink == 1 and not itself
    if alone:
        with file.open("r+b", buffering=0) as out:
            left = about.st_size
            while left > 0:
                left -= out.write(os.urandom(min(left, _PIECE))) or 0
            os.fsync(out.fileno())
    file.unlink()
    return alone


def _is_ours(folder: Path) -> bool:
    """Whether it is a real folder of whoever asks: nobody else has us wipe what they link to there."""
    about = folder.lstat()
    return stat.S_ISDIR(about.st_mode) and (os.name != "posix" or about.st_uid == os.geteuid())
