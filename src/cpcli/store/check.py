"""Proving a store: the file sound, the journal whole and unchanged, the state what the journal gives."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from cpcli.casework.case import fold
from cpcli.store import state
from cpcli.store.derived import Derive
from cpcli.store.driver import errors
from cpcli.store.erasing import is_pending
from cpcli.store.faults import UNREADABLE, StoreProblem
from cpcli.store.hashing import START, hash_body, hash_entry
from cpcli.store.journal import entries, erased, head
from cpcli.store.making import left
from cpcli.store.schema import GUARDS
from cpcli.store.wiping import workshop


def check(connection: sqlite3.Connection, path: Path, derive: Derive) -> Iterator[str]:
    """What is wrong with the store, one line each; nothing where all is well. Reads one moment of it."""
    yield from _modes(path)
    connection.execute("BEGIN")
    try:
        yield from _file(connection)
        yield from _chain(connection)
        yield from _guards(connection)
        yield from _state(connection, derive)
    except errors("DatabaseError") as error:
        yield f"The file is damaged: {error}."
    except UNREADABLE as error:
        yield f"The file is damaged: {error}."
    except StoreProblem as problem:
        yield str(problem)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def proven(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the file and with the journal's chain, one line each."""
    yield from _file(connection)
    yield from _chain(connection)


def _modes(path: Path) -> Iterator[str]:
    if (folder := workshop(path)).exists():
        yield f"{folder} was left when the store was encrypted or decrypted: it may be readable. Delete it."
    for draft in left(path):
        yield f"{draft} was left by something that was cut short: it may be readable. Delete it."
    if os.name != "posix":
        return
    for ending in ("", "-wal", "-shm"):
        file = path.with_name(path.name + ending)
        if file.exists() and file.stat().st_mode & 0o077:
            yield f"{file} can be read by others. Make it yours alone: chmod 600."


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    # Of an encrypted store first: what its key cannot make sense of, SQLite names a hundred times over.
    for (found,) in connection.execute("PRAGMA cipher_integrity_check").fetchall()[:1]:
        yield f"The file is damaged: {found}."
        return
    for (found,) in connection.execute("PRAGMA integrity_check"):
        for line in found.splitlines():
            if line != "ok" and not line.startswith("***"):
                yield f"The file is damaged: {line}."
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield f"The table {table} has rows of a case that is not in the table cases."


def _chain(connection: sqlite3.Connection) -> Iterator[str]:
    last, last_hash = 0, START
    gone = erased(connection)
    for seq, at, who, case, walk, kind, body, salt, body_hash, previous_hash, own_hash in connection.execute(
        "SELECT seq, at, who, case_reference, walk, kind, body, salt, body_hash, previous_hash, hash "
        "FROM journal ORDER BY seq"
    ):
        if seq != last + 1:
            missing = f"entry {last + 1} is" if seq == last + 2 else f"entries {last + 1} to {seq - 1} are"
            yield f"The journal has a gap: {missing} missing."
        elif previous_hash != last_hash:
            yield f"Journal entry {seq} does not follow from the one before it, which is another now."
        is_erased = seq < gone.get(case, 0)  # and then an entry says that it says nothing any more
        if not (is_erased and body == salt == "") and hash_body(str(salt), str(body)) != body_hash:
            yield f"Journal entry {seq} was changed after it was recorded: what it says."
        elif is_erased and body != "":
            yield f"Case {case} was erased, and journal entry {seq} still says what was recorded in it."
        elif hash_entry([seq, at, who, case, walk, kind, body_hash, previous_hash]) != own_hash:
            yield f"Journal entry {seq} was changed after it was recorded: who, when, case or place."
        last, last_hash = seq, own_hash
    end, end_hash = head(connection)
    if last < end:
        yield f"The journal is cut short: it ends at entry {last}, and entry {end} had been recorded."
    elif (last, last_hash) != (end, end_hash):
        yield f"Journal entry {last} was put there or changed behind the journal's back."


def _guards(connection: sqlite3.Connection) -> Iterator[str]:
    there = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name, sql in GUARDS.items():
        if name not in there:
            yield f"The journal is not protected: its trigger {name} has been removed."
        elif there[name] != sql:
            yield f"The journal is not protected: its trigger {name} is another one now."
    if is_pending(connection):
        yield "Something was erased, and old pages of the file may hold it still: erase it again."


def _state(connection: sqlite3.Connection, derive: Derive) -> Iterator[str]:
    cases = [
        reference
        for (reference,) in connection.execute("SELECT DISTINCT case_reference FROM journal ORDER BY 1")
    ]
    for reference in cases:
        try:
            case = fold(entries(connection, reference))
            right = state.rows_of(case, derive(case))
        except UNREADABLE as error:
            yield f"The journal of case {reference} cannot be read as a case: {error}."
            continue
        standing = state.standing(connection, reference)
        for table in state.COLUMNS:
            if standing[table] != right[table]:
                yield f"Case {reference}: the table {table} is not what the journal gives. Rebuild the state."
    for table, columns in state.COLUMNS.items():
        column = columns.split()[0]
        for (reference,) in connection.execute(
            f"SELECT DISTINCT {column} FROM {table} "
            f"WHERE {column} NOT IN (SELECT case_reference FROM journal)"
        ):
            yield f"Case {reference}: the table {table} has it, but the journal has not. Rebuild the state."
    if not state.is_counted(connection):
        yield "The table due_days is not what the duties come to. Rebuild the state."
