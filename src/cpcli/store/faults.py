"""What can go wrong with a store, said in one line: what is wrong, and what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cpcli.store.driver import errors


class StoreProblem(Exception):
    """The store cannot be used, or could not take a change. Nothing of that change was recorded."""


class NoStore(StoreProblem):
    """There is no store at that path."""


class NoSuchCase(Exception):
    """No case, or more than one, has that reference."""

    def __init__(self, text: str, near: Sequence[str], *, several: bool = False) -> None:
        self.text = text
        self.near = tuple(near)
        """References that may have been meant."""
        if several:
            message = f"{text!r} could be any of {', '.join(near)}. Write the reference in full."
        elif near:
            message = f"There is no case {text!r}. Near it: {', '.join(near)}."
        else:
            message = f"There is no case {text!r}: the store holds no case yet."
        super().__init__(message)


class CaseTaken(Exception):
    """There is a case of that reference already."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is a case {reference} in this store already.")


class CaseErased(Exception):
    """What was recorded of the case is gone, and nothing is added to it."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            f"Case {reference} was erased. Nothing is left of it but that, and nothing can be added: "
            f"cpcli case show {reference}"
        )


class CaseChanged(Exception):
    """Somebody has added to the case since it was read. Nothing was written."""

    def __init__(self, reference: str, entry: int) -> None:
        super().__init__(
            f"Case {reference} has changed meanwhile (entry {entry}). Nothing was erased: look again."
        )


class Conflict(Exception):
    """Somebody else has changed the walk since it was read. Nothing was written."""

    def __init__(self, case: str, walk: int, who: str, at: datetime) -> None:
        self.case, self.walk, self.who, self.at = case, walk, who, at
        from zoneinfo import ZoneInfo

        local = at.astimezone(ZoneInfo("Europe/London"))
        super().__init__(
            f"{who} changed walk {walk} of case {case} after you read it, at {local:%H:%M} on "
            f"{local:%a} {local.day} {local:%b %Y}. Yours was not recorded: resume the case to see theirs."
        )


NO_STORE = "{path} is not a store but another kind of file. Name the right one with --store."
DAMAGED = "{path} is damaged ({error}). Leave it as it is, and put back a backup."
_PLAIN = {
    sqlite3.SQLITE_NOTADB: NO_STORE,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_BUSY: "{path} stayed locked by another program. Close that program, or try again.",
    sqlite3.SQLITE_FULL: "The disk with {path} is full: this was not recorded. Make room and do it again.",
    sqlite3.SQLITE_READONLY: "{path} cannot be written. Check the permissions of the file and of its folder.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened. Check that it is there and who may write it.",
    sqlite3.SQLITE_IOERR: "The disk with {path} failed ({error}). Check it and its free room, and try again.",
}
_CANNOT_BE_MADE = "{path} cannot be made ({error}). Check the disk and the folder, and try again."
_FULL = "The disk with {path} is full. Make room, and try again."
_SAME = {sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY, sqlite3.SQLITE_PROTOCOL: sqlite3.SQLITE_BUSY}


def kind_of(error: Exception) -> int:
    """SQLite's primary result code for the error; 0 for one that is Python's own."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (0, sqlite3.SQLITE_ERROR) and "disk is full" in str(error):  # of SQLCipher, or in its export
        return sqlite3.SQLITE_FULL
    return _SAME.get(code, code)


def explain(error: Exception, path: Path) -> StoreProblem:
    """What an error of SQLite means for whoever uses the store."""
    if isinstance(
        error, UnicodeDecodeError
    ):  # Python's, of what SQLite says of a damaged file, or of a text in it
        return StoreProblem(DAMAGED.format(path=path, error="what should be text is none"))
    words = _PLAIN.get(kind_of(error), "{path} cannot be used ({error}).")
    return StoreProblem(words.format(path=path, error=error))


UNREADABLE: tuple[type[Exception], ...] = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What reading raises where a row does not hold what it should: it was damaged, or changed by hand."""
_UNREAD = "{path} holds something that cannot be read ({error}). See what: cpcli store check"


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What plainly() does, and let what cannot be made sense of out as a StoreProblem too."""
    try:
        with plainly(path):
            yield
    except UNREADABLE as error:
        raise StoreProblem(
            _UNREAD.format(path=path, error=f"{type(error).__name__}: {error}"[:200])
        ) from error


@contextmanager
def making(path: Path, cannot: str = _CANNOT_BE_MADE, full: str = _FULL) -> Iterator[None]:
    """Let what goes wrong with a file that is made out as a StoreProblem, with these words where it cannot be
    made, and where the disk is full.
    """
    try:
        yield
    except OSError as error:
        words = full if error.errno == errno.ENOSPC else cannot
        raise StoreProblem(words.format(path=path, error=error.strerror or error)) from error
    except errors() as error:
        if kind_of(error) == sqlite3.SQLITE_FULL:
            raise StoreProblem(full.format(path=path)) from error
        raise explain(error, path) from error


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Let errors of SQLite out as a StoreProblem; those of the program as they are."""
    try:
        yield
    except (*errors("IntegrityError"), *errors("ProgrammingError"), *errors("InterfaceError")):
        raise
    except errors() as error:
        raise explain(error, path) from error
