"""Waiting to write: whoever has waited for long goes before those who come anew.

SQLite gives the lock to whoever happens to ask while it is free, which is mostly the one who has just let it
go. Of sixteen writers on a busy machine somebody would starve.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cpcli.store.driver import errors
from cpcli.store.faults import kind_of

try:
    import fcntl
except ImportError:  # Windows, where patience has to be enough
    fcntl = None  # type: ignore[assignment]

WAIT = 30.0
"""Seconds to wait for other writers."""
LONG = 2.0
"""Seconds after which one who waits goes before those who come anew, and is told what for."""

Waiting = Callable[[], object] | None
"""Tells a person what is being waited for."""


def patiently(
    connection: sqlite3.Connection,
    statement: str,
    wait: float = WAIT,
    waiting: Waiting = None,
) -> None:
    """Run a statement that needs the lock, again and again for `wait` seconds; `waiting` is called once when
    that has been long.
    """
    began = time.monotonic()
    turn = _Turn(connection)
    connection.execute("PRAGMA busy_timeout=0")  # SQLite's own waiting sleeps for up to 100 ms between tries
    try:
        while True:
            waited = time.monotonic() - began
            if waited >= wait or turn.has_come(long=waited >= LONG):
                try:
                    connection.execute(statement)
                    return
                except errors("OperationalError") as error:
                    if kind_of(error) != sqlite3.SQLITE_BUSY or waited >= wait:
                        raise
            if waiting is not None and waited >= LONG:
                waiting()
                waiting = None
            time.sleep(0.0005 + os.urandom(1)[0] / 51_200)
    finally:
        turn.end()
        connection.execute(f"PRAGMA busy_timeout={int(wait * 1000)}")


class _Turn:
    """A lock on the store's folder, held by one who has waited for long; those who come anew do not try then.

    The system takes it from one who is killed. Others who have waited for long try all the same, so that one
    who is stopped while holding it keeps nobody for longer. Where a folder cannot be locked all may try.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._folder = -1
        if fcntl is not None:
            with suppress(OSError, *errors()):  # a folder that may not be read, or no longer stands
                file = connection.execute("PRAGMA database_list").fetchone()[2]
                self._folder = os.open(Path(file).parent, os.O_RDONLY)

    def has_come(self, *, long: bool) -> bool:
        """Whether one who has waited for long, or has not, may try."""
        if self._folder == -1:
            return True
        try:
            if long:
                fcntl.flock(self._folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                fcntl.flock(self._folder, fcntl.LOCK_SH | fcntl.LOCK_NB)
                fcntl.flock(self._folder, fcntl.LOCK_UN)
        except BlockingIOError:
            return long
        except OSError:  # a file system that has no such locks
            return True
        return True

    def end(self) -> None:
        """Let the others try."""
        if self._folder != -1:
            os.close(self._folder)
