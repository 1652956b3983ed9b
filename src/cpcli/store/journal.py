"""The journal: reading its entries, and writing one at its end."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime

from cpcli.casework.entry import Draft, Entry
from cpcli.store.faults import CaseErased, CaseTaken, Conflict, NoSuchCase, StoreProblem
from cpcli.store.hashing import canonical, hash_body, hash_entry, new_salt

_SELECT = "SELECT seq, at, who, case_reference, walk, kind, body FROM journal"


def entries(connection: sqlite3.Connection, case: str | None = None, after: int = 0) -> Iterator[Entry]:
    """Those after entry number `after`, of one case or of all, in order."""
    if case is None:
        rows = connection.execute(f"{_SELECT} WHERE seq > ? ORDER BY seq", [after])
    else:
        rows = connection.execute(
            f"{_SELECT} WHERE case_reference = ? AND seq > ? ORDER BY seq", [case, after]
        )
    for seq, at, who, reference, walk, kind, text in rows:
        recorded = datetime.fromisoformat(at)
        if not text:
            yield Entry(seq, recorded, who, reference, walk, kind, {}, erased=True)
            continue
        body = json.loads(text)
        there = body.pop("imported", None)
        if there is None:
            yield Entry(seq, recorded, who, reference, walk, kind, body)
        else:  # everything downstream sees it as it was recorded elsewhere
            first = datetime.fromisoformat(there["at"])
            yield Entry(seq, first, there["who"], reference, walk, kind, body, (recorded, who))


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """The number and hash of the last entry; 0 and START where there is none."""
    row = connection.execute("SELECT seq, hash FROM journal_head").fetchone()
    if row is None or not isinstance(row[0], int):
        raise StoreProblem("The store no longer knows where its journal ends. Put back a backup.")
    return row[0], str(row[1])


def write(connection: sqlite3.Connection, reference: str, draft: Draft, who: str, at: str) -> None:
    """Add an entry at the journal's end."""
    # Counted from what was last written rather than from what is there, so that rows removed leave a gap.
    last, previous_hash = head(connection)
    seq, salt, body = last + 1, new_salt(), canonical(draft.body)
    body_hash = hash_body(salt, body)
    entry_hash = hash_entry([seq, at, who, reference, draft.walk, draft.kind, body_hash, previous_hash])
    connection.execute(
        "INSERT INTO journal (seq, at, who, case_reference, walk, kind, body, "
        "salt, body_hash, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [seq, at, who, reference, draft.walk, draft.kind, body, salt, body_hash, previous_hash, entry_hash],
    )


def next_reference(connection: sqlite3.Connection, at: datetime, given: dict[int, int]) -> str:
    """The reference for a case opened then: the year in London, and the next number in it.

    `given` remembers the number that was given last in each year, so that of thousands each need not look
    through all before it. It counts only while its case is there, and none after it.
    """
    from zoneinfo import ZoneInfo

    year = at.astimezone(ZoneInfo("Europe/London")).year
    last = given.get(year, 0)
    if not last or not _is_there(connection, year, last) or _is_there(connection, year, last + 1):
        (found,) = connection.execute(
            "SELECT max(CAST(substr(case_reference, 6) AS INTEGER)) FROM journal "
            "WHERE kind = 'case-opened' AND case_reference >= ? AND case_reference < ?",
            [f"{year:04}-", f"{year:04}."],
        ).fetchone()
        last = found or 0
    given[year] = last + 1
    return f"{year:04}-{last + 1:04}"


def _is_there(connection: sqlite3.Connection, year: int, number: int) -> bool:
    return is_taken(connection, f"{year:04}-{number:04}")


def is_taken(connection: sqlite3.Connection, reference: str) -> bool:
    """Whether the journal has something of a case of that reference."""
    rows = connection.execute("SELECT 1 FROM journal WHERE case_reference = ? LIMIT 1", [reference])
    return rows.fetchone() is not None


def refuse_taken(connection: sqlite3.Connection, reference: str) -> None:
    """Raises CaseTaken where the journal has something of a case of that reference."""
    if is_taken(connection, reference):
        raise CaseTaken(reference)


def references(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every case in the order of opening: its reference, and the one that it had elsewhere, or ""."""
    rows = connection.execute(
        "SELECT case_reference, body FROM journal WHERE kind = 'case-opened' ORDER BY seq"
    )
    for reference, body in rows:
        yield reference, json.loads(body).get("known as", "") if body else ""


def refuse_unknown(connection: sqlite3.Connection, reference: str) -> None:
    """Raises NoSuchCase where the journal has nothing of that case."""
    if not is_taken(connection, reference):
        raise NoSuchCase(reference, near(connection, reference))


def refuse_erased(connection: sqlite3.Connection, reference: str) -> None:
    """Raises CaseErased where the case was erased."""
    if reference in erased(connection, reference):
        raise CaseErased(reference)


def erased(connection: sqlite3.Connection, reference: str | None = None) -> dict[str, int]:
    """The cases that were erased, or this one if it was, each with the number of the entry that says so."""
    return dict(
        connection.execute(
            "SELECT case_reference, seq FROM journal WHERE kind = 'erased' "
            "AND (:case IS NULL OR case_reference = :case)",
            {"case": reference},
        )
    )


def empty(connection: sqlite3.Connection, reference: str) -> None:
    """Take out what every entry of the case said, once an entry says that it was erased. The chain rests on
    the hashes of what they said, which stay; without the salt nothing can be told from them.
    """
    connection.execute(
        "UPDATE journal SET body = '', salt = '' WHERE case_reference = ? AND kind <> 'erased'", [reference]
    )


def refuse_conflict(connection: sqlite3.Connection, reference: str, walks: set[int], seen: int) -> None:
    """Raises Conflict where somebody has added to one of these walks after entry number `seen`."""
    for entry in entries(connection, reference, seen):
        if entry.walk and entry.walk in walks:
            raise Conflict(reference, entry.walk, entry.who, entry.at)


def find(connection: sqlite3.Connection, text: str) -> str:
    """The reference that `text` is, or is short for: 2026-0001, 2026-1, 0001 or 1. Raises NoSuchCase."""
    parts = re.fullmatch(r"(?:(\d{4})-)?0*(\d{1,9})", text.strip(), re.ASCII)
    if parts is None:
        raise NoSuchCase(text, near(connection, text.encode(errors="ignore").decode()))
    year, number = parts[1], int(parts[2])
    # Each year's case of that number is looked up, so that no other is looked at.
    first, last = connection.execute(
        "SELECT (SELECT min(reference) FROM cases), (SELECT max(reference) FROM cases)"
    ).fetchone()
    years = [int(year)] if year else range(int((first or "1")[:4]), int((last or "0")[:4]) + 1)
    found = connection.execute(
        "SELECT reference FROM json_each(?) JOIN cases ON reference = value ORDER BY reference",
        [json.dumps([f"{each:04}-{number:04}" for each in years])],
    ).fetchall()
    if not found:
        raise NoSuchCase(text, near(connection, str(number)))
    if len(found) > 1:
        raise NoSuchCase(text, [reference for (reference,) in found], several=True)
    return str(found[0][0])


def near(connection: sqlite3.Connection, digits: str) -> list[str]:
    """Up to five references with these digits in them; where there is none, the five cases changed last."""
    query = "SELECT reference FROM cases {} ORDER BY changed DESC, reference LIMIT 5"
    rows = (
        connection.execute(query.format("WHERE instr(reference, ?)"), [digits]).fetchall()
        or connection.execute(query.format("")).fetchall()
    )
    return [reference for (reference,) in rows]
