"""The copies that were kept of a store before it was brought up to date: finding them, and wiping them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpcli.procedures.private import sync
from cpcli.store import connect, schema
from cpcli.store.driver import errors
from cpcli.store.erasing import copies_beside, is_pending
from cpcli.store.faults import StoreProblem
from cpcli.store.sealed import PLAIN
from cpcli.store.wiping import wipe

if TYPE_CHECKING:
    from cpcli.store.key import Key

_ERASING = 3
"""The first version in which a case could be erased."""


def copy_of(path: Path, version: int, number: int = 1) -> Path:
    """Where the copy of the store at `path` is kept, the first or a further one of this version."""
    again = f"-{number}" if number > 1 else ""
    return path.with_name(f"{path.stem}-version-{version}{again}{path.suffix}")


class Holding(NamedTuple):
    """The copies kept beside a store, or beside its link, that hold what was recorded in a case, or may."""

    sure: list[Path]
    unread: list[Path]
    """Those that cannot be read: sealed with an earlier key, say."""


def holding(path: Path, key: Key | None, reference: str) -> Holding:
    """Which of the copies of the store hold what was recorded in the case."""
    holds = {copy: _holds(copy, key, reference) for copy in _copies(path)}
    return Holding(
        [copy for copy, there in holds.items() if there],
        [copy for copy, there in holds.items() if there is None and _is_sealed_or_plain(copy)],
    )


def plain(path: Path) -> list[Path]:
    """The copies kept beside the store, or beside its link, that can be read without a key."""
    return [copy for copy in _copies(path) if _is_plain(copy)]


def readable_beside(path: Path) -> list[Path]:
    """The other stores in the store's folder that can be read without a key, kept by whomever."""
    found = []
    for file in copies_beside(path):
        with suppress(OSError), file.open("rb") as opened:
            if opened.read(len(PLAIN)) == PLAIN:
                found.append(file)
    return found


def wipe_all(copies: Iterable[Path]) -> list[Path]:
    """Overwrite and remove these; those that could not be are left out of what it gives."""
    done = []
    for copy in copies:
        with suppress(OSError):
            wipe(copy)
            sync(copy.parent)
            done.append(copy)
    return done


def _copies(path: Path) -> list[Path]:
    """By name, with those that were kept of a copy that was itself opened, and so brought up to date. Whether
    each is a store is still to be seen.
    """
    found = set()
    for place in {path, path.resolve()}:
        name = re.compile(rf"{re.escape(place.stem)}(-version-\d+(-\d+)?)+{re.escape(place.suffix)}")
        with suppress(OSError):
            found |= {
                file
                for file in place.parent.resolve().iterdir()
                if name.fullmatch(file.name) and file.is_file() and not file.is_symlink()
            }
    return sorted(found)


def _is_plain(copy: Path) -> bool:
    try:
        connect.connect_still(copy, schema.LATEST, None, in_use="is in use").close()
    except StoreProblem:
        return False
    return True


def _is_sealed_or_plain(copy: Path) -> bool:
    """Whether it looks like a store, and not like something else that has the name of a copy."""
    with suppress(OSError, StoreProblem), copy.open("rb") as opened:
        return connect.salt_at(copy) is not None or opened.read(len(PLAIN)) == PLAIN
    return False


def _holds(copy: Path, key: Key | None, reference: str) -> bool | None:
    """Whether it holds what was recorded in the case; None where it cannot be read."""
    try:
        key = key if connect.salt_at(copy) is not None else None
        with closing(connect.connect_still(copy, schema.LATEST, key, in_use="is in use")) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            says = "SELECT 1 FROM journal WHERE case_reference = ? AND body <> '' AND kind <> 'erased'"
            if connection.execute(says, [reference]).fetchone() is not None:
                return True
            # It was made while old pages were still to be cleared away.
            return version >= _ERASING and is_pending(connection)
    except StoreProblem:
        return None
    except errors():
        return None
