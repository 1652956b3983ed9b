"""Proving a store: the file sound, the journal whole and unchanged, the state what the journal gives."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

from cpcli.casework.derived import Derive
from cpcli.store import schema
from cpcli.store.chain import LINKS, Chain, Link, Wrong
from cpcli.store.check_state import wrong_state
from cpcli.store.driver import errors
from cpcli.store.erasing import CLEAN, is_pending
from cpcli.store.faults import UNREADABLE, kind_of
from cpcli.store.journal import erased
from cpcli.store.left_behind import beside, pages_in
from cpcli.store.making import left
from cpcli.store.schema_marks import REBUILD
from cpcli.store.wiping import workshop

_ABOUT = "SELECT name, what FROM about ORDER BY name"


def check(
    connection: sqlite3.Connection, path: Path, derive: Derive, seals: Mapping[int, str] | None = None
) -> Iterator[str]:
    """What is wrong with the store, one line each; nothing where all is well. The caller has begun the
    transaction in which one moment of it is read.

    `seals` are hashes that were kept elsewhere, by the number of the entry.
    """
    yield from _modes(path)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # the moment, also for _unsealed()
        changed = False
        for wrong in proven(connection, seals):
            changed = True
            yield wrong
        yield from _tables(connection)
        yield from wrong_state(connection, derive, changed=changed)
    except errors("DatabaseError") as error:
        if kind_of(error) == sqlite3.SQLITE_BUSY:
            raise
        yield f"The file is damaged: {error}."
    except UNREADABLE as error:
        yield f"The file is damaged: {type(error).__name__} in reading it."
    finally:
        connection.text_factory = str


def proven(connection: sqlite3.Connection, seals: Mapping[int, str] | None = None) -> Iterator[str]:
    """What is wrong with the file and with the journal's chain, one line each."""
    # Text that is no text, put there by somebody, is wrong in its place and no reason to stop.
    connection.text_factory = lambda raw: raw.decode(errors="surrogateescape")
    yield from _file(connection)
    yield from (wrong.what for wrong in sorted(_chain(connection, seals), key=lambda wrong: wrong.seq))


def _modes(path: Path) -> Iterator[str]:
    if (folder := workshop(path)).exists():
        yield f"{folder} was left when the store was encrypted or decrypted: it may be readable. Delete it."
    for draft in left(path):
        yield f"{draft} was left by something that was cut short: it may be readable. Delete it."
    if os.name != "posix":
        return
    for ending in ("", "-wal", "-shm"):
        file = beside(path, ending)
        if file.exists() and file.stat().st_mode & 0o077:
            yield f"{file} can be read by others. Make it yours alone: chmod 600."


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    # Of an encrypted store first: what its key cannot make sense of, SQLite names a hundred times over.
    for found in _unsealed(connection):
        yield f"The file is damaged: {found}."
        return
    for (found,) in connection.execute("PRAGMA integrity_check"):
        for line in found.splitlines():
            if line != "ok" and not line.startswith("***"):
                yield f"The file is damaged: {line}."
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        yield f"The table {table} has rows of a case that is not in the table cases."


def _unsealed(connection: sqlite3.Connection) -> Iterator[str]:
    """Pages of an encrypted store that its key has not made.

    SQLCipher looks at the file alone, where a page that the -wal has anew may be half written, or still
    empty. What the -wal has in its place is read, and proved, with the tables.
    """
    found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    anew = pages_in(connection.execute("PRAGMA database_list").fetchone()[2]) if found else set()
    for (words,) in found:
        number = re.search(r"page (\d+)", words)
        if number is None or int(number[1]) not in anew:
            yield words


def _chain(connection: sqlite3.Connection, seals: Mapping[int, str] | None) -> Iterator[Wrong]:
    chain, gone = Chain(seals), erased(connection)
    for row in connection.execute(f"{LINKS} ORDER BY seq"):
        link = Link(*row)
        yield from chain.read(link)
        if link.body != "" and link.seq < gone.get(link.case, 0):
            says = f"journal entry {link.seq} still says what was recorded in it"
            yield Wrong(link.seq, f"Case {link.case} was erased, and {says}.")
    yield from chain.end()
    heads = connection.execute("SELECT id, seq, hash FROM journal_head").fetchall()
    last = chain.last
    if len(heads) != 1 or heads[0][0] != 1 or not isinstance(heads[0][1], int):
        yield Wrong(last, "The store no longer knows where its journal ends. Put back a backup.")
    elif last < heads[0][1]:
        end = heads[0][1]
        yield Wrong(
            last + 1, f"The journal is cut short: it ends at entry {last}, and entry {end} had been recorded."
        )
    elif heads[0][1:] != (last, chain.hash):
        yield Wrong(last, f"Journal entry {last} was put there or changed behind the journal's back.")


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    """Whether the tables, with what protects the journal, are those of a new store."""
    right, words = _new()
    there = _made_by(connection)
    for (kind, name), sql in right.items():
        guard = kind == "trigger" and name.startswith("journal_")
        its = "The journal is not protected: its" if guard else "The store is not as it was made: its"
        if there.get((kind, name)) != sql:
            yield f"{its} {kind} {name} has been {'changed' if (kind, name) in there else 'removed'}."
    for kind, name in there.keys() - right.keys():
        yield f"The store is not as it was made: it has a {kind} {name} that is none of its own."
    if connection.execute(_ABOUT).fetchall() != words:
        yield "The table about does not say what the tables are."
    if any(what not in (CLEAN, REBUILD) for (what,) in connection.execute("SELECT what FROM to_finish")):
        yield "The table to_finish has a row that is none of its own."
    if is_pending(connection):
        yield "Something was erased, and old pages of the file may hold it still: erase it again."


@cache
def _new() -> tuple[dict[tuple[str, str], str], list[tuple[str, str]]]:
    """What makes each table of a new store, and what its table about says."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        schema.migrate(new)
        return _made_by(new), new.execute(_ABOUT).fetchall()


def _made_by(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """What makes each table, index, trigger and view, less the quotes and spaces, which are no matter."""
    rows = connection.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    )
    return {(kind, name): re.sub(r'[][" \n]', "", sql) for kind, name, sql in rows}
