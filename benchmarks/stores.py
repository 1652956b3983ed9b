"""Stores of many open duties, each made once in a run."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from cpcli.casework.case import Case
from cpcli.casework.derived import Derived
from cpcli.casework.duty_state import DutyState
from cpcli.store.key import Key, new_key, new_salt
from cpcli.store.key_file import write
from cpcli.store.store import make_encrypted, open_store

AT = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
WORDS = "some words of the usual length"
A_CASE = 1000
_FOLDER = tempfile.TemporaryDirectory()
FOLDER = Path(_FOLDER.name)
"""Goes when the run has ended."""
KEY_FILE = FOLDER / "key"
"""Opens those that are encrypted."""


@cache
def store_of(size: int, *, encrypted: bool = False) -> Path:
    """A store with so many open duties, due over four years around AT."""
    path, key = FOLDER / f"{size}{'-sealed' * encrypted}.db", _key() if encrypted else None
    if key is not None:
        make_encrypted(path, key)

    def derive(case: Case) -> Derived:
        number = int(case.reference[5:])
        return Derived([_duty(case.reference, number, place) for place in range(min(size, A_CASE))])

    with open_store(path, find_key=lambda *_: key) as store:
        for pragma in ("cache_size=-400000", "synchronous=OFF", "secure_delete=OFF"):  # to make it sooner
            store._connection.execute(f"PRAGMA {pragma}")
        for _ in range(-(-size // A_CASE)):
            store.append(None, [], who="A. Adviser", at=AT, derive=derive)
    return path


@cache
def _key() -> Key:
    key = new_key(new_salt())
    write(KEY_FILE, key)
    return key


def _duty(case: str, number: int, place: int) -> DutyState:
    due = (date(2025, 1, 1) + timedelta((number * 7 + place * 13) % 1460)).isoformat() if place % 10 else ""
    words = dict.fromkeys(DutyState._fields, WORDS) | dict.fromkeys(("started", "urgency", "was_due"), "")
    more = {
        "case": case,
        "key": f"duty-{place}",
        "walk": 1,
        "you": True,
        "state": "open",
        "since": "2024-12-24",
        "due": due,
        "source": "a-set",
        "pathway": f"pathway-{number * place % 20}",
        "assigned": f"Worker {(number + place) % 20}",
        "level": ("must", "should", "may")[place % 3],
        "cite": ("3.9",),
        "projected": False,
        "sort": f"1 {due}" if due else "2",
    }
    return DutyState(**(words | more))  # type: ignore[arg-type]
