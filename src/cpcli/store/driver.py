"""The one place that knows which SQLite opens a store: Python's own, or SQLCipher's where it is encrypted.

SQLCipher's errors are classes of its own, so whoever catches an error of SQLite asks here which they are.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cpcli.store.key import Key


def connect(
    uri: str, key: Key | None = None, *, wait: float = 5.0, by_cipher: bool = False
) -> sqlite3.Connection:
    """A connection to the file that `uri` names, in which every statement is a transaction of its own.

    With a key it is encrypted; `by_cipher` has SQLCipher open it even without. `wait` is in seconds. Nothing
    is read yet, so a wrong key is found out by the first statement. Raises StoreProblem without SQLCipher.
    """
    if key is None and not by_cipher:
        return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)
    connection: sqlite3.Connection = cipher().connect(uri, uri=True, timeout=wait, isolation_level=None)
    try:
        # It would write of wrong keys and of damage to standard error, which are ours to explain.
        connection.execute("PRAGMA cipher_log_level=NONE")
        if key is not None:
            connection.set_key(key.for_cipher())  # type: ignore[attr-defined]
            connection.execute("PRAGMA cipher_compatibility=4")  # whatever a later SQLCipher would choose
    except BaseException:
        connection.close()
        raise
    return connection


def errors(name: str = "Error") -> tuple[type[Exception], ...]:
    """The classes of SQLite's errors of that name: `except errors("OperationalError")`."""
    loaded = sys.modules.get("sqlcipher3.dbapi2")
    found = [getattr(sqlite3, name), *([getattr(loaded, name)] if loaded else [])]
    if name in ("Error", "DatabaseError"):
        # Python's, where damage has got into what SQLite says of the file, or into a text in it.
        found.append(UnicodeDecodeError)
    return tuple(found)


def cipher() -> Any:
    """SQLCipher. Raises StoreProblem where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        from cpcli.store.faults import StoreProblem

        raise StoreProblem(
            "Encryption needs a part of cpcli that is not installed. Add it: pip install 'cpcli[encryption]'"
        ) from error
    return dbapi2
