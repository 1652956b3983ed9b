"""A plain way to derive duties, and small things that several of the store's tests do.

Where CPCLI_TEST_KIND says "encrypted" (the fixture `kind` does), the stores that are made here are.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cpcli.casework.case import Case
from cpcli.casework.derived import Derived, EventRow, PersonRow
from cpcli.casework.duty_state import DutyState
from cpcli.casework.entry import Draft, answered, noted, walk_begun
from cpcli.store import connect, driver, store
from cpcli.store.key import Key, new_salt
from cpcli.store.store import Store

AT = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
WHO = "A. Adviser"
NEEDLES = ("Sam Example", "Mrs Quill", "Rang at once", "2026-0001", "A. Adviser")
"""A name, a name in a note, a note, a reference, who recorded it."""


def key(path: Path, salt: bytes) -> Key:
    """The key to every encrypted store of the tests."""
    return Key(bytes(range(32)), salt)


def open_store(path: Path, **how: Any) -> Store:
    """The store at `path`, as the product opens it; a new one is encrypted if the test is of that kind."""
    creates = how.get("create", True) and not how.get("read_only", False)
    if os.environ.get("CPCLI_TEST_KIND") == "encrypted" and creates and not path.exists():
        store.make_encrypted(path, key(path, new_salt()))
    return store.open_store(path, find_key=key, **how)


def behind(path: Path) -> sqlite3.Connection:
    """The file opened as anybody with its key can open it."""
    return driver.connect(f"{path.as_uri()}?mode=rw", connect.key_to(path, key))


def found(*folders: Path, needles: Sequence[str] = NEEDLES) -> dict[str, list[str]]:
    """By file, which of the needles can be read in it: as UTF-8, and as UTF-16 of either kind."""
    there = {}
    for file in sorted(each for folder in folders for each in folder.rglob("*") if each.is_file()):
        data = file.read_bytes()
        read = [
            n for n in needles if any(n.encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be"))
        ]
        if read:
            there[file.name] = read
    return there


def derive(case: Case) -> Derived:
    """A duty for each event recorded, due when it happened; a person for each answer that has a name."""
    done = {d.duty for d in case.done}
    return Derived(
        duties=[
            duty(case.reference, f"{e.event}#{n}", e.at, "met" if f"{e.event}#{n}" in done else "open")
            for n, e in enumerate(case.events, 1)
        ],
        people=[
            PersonRow(walk.number, a.step, "child", a.value["name"])
            for walk in case.walks.values()
            for a in walk.answers.values()
            if isinstance(a.value, dict) and "name" in a.value
        ],
        events=[
            EventRow(e.event, e.at, "recorded by itself", note=e.note, who=e.who, seq=e.seq)
            for e in case.events
        ],
        title=f"{len(case.walks)} walks",
    )


def duty(
    case: str, key: str, due: str = "", state: str = "open", *, sort: str = "", walk: int = 1
) -> DutyState:
    """A duty; its `sort` is the due date where none is given."""
    return DutyState(
        case=case,
        walk=walk,
        key=key,
        source="a-set",
        pathway="a-pathway",
        duty=key.partition("#")[0],
        do="Ring the local authority",
        you=True,
        by="practitioner",
        level="should",
        cite=("3.9", "3.10"),
        state=state,
        why="",
        since="",
        limit="within 1 working day",
        urgency="",
        event="",
        started="",
        due=due,
        was_due="",
        counted="",
        projected=True,
        assigned="",
        sort=sort or due,
        note="",
    )


def answer(step: str, value: object, walk: int = 1) -> Draft:
    return answered(walk, step, value, question=f"What about {step}?", cite=("3.9",))


def begin(walk: int = 1) -> Draft:
    return walk_begun(walk, "a-set/a-pathway", "1", "practitioner", "2026-12-24")


def add(
    store: Store, case: str | None, *drafts: Draft, seen: int | None = None, who: str = WHO, at: datetime = AT
) -> Case:
    return store.append(case, drafts, who=who, at=at, derive=derive, seen=seen)


def filled(store: Store) -> str:
    """Put one case with a little of everything into the store, in eight entries."""
    case = add(store, None, begin(), answer("child", {"name": "Sam Example"}), answer("danger", "no"))
    add(store, case.reference, answer("danger", "yes"), noted("Rang at once", 1))
    add(store, case.reference, Draft("event-recorded", {"event": "rang", "at": "2026-12-24", "note": ""}))
    add(store, case.reference, Draft("walk-finished", {}, 1))
    return case.reference


@contextmanager
def behind_its_back(path: Path) -> Iterator[sqlite3.Connection]:
    """The file opened as anybody can open it, without the triggers that protect the journal."""
    connection = behind(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def start(
    script: str, *arguments: object, under: tuple[str, ...] = (), given: int | None = None
) -> subprocess.Popen[str]:
    """Another Python that runs one of the scripts beside this file, `under` another command if need be."""
    command = [*under, sys.executable, str(Path(__file__).parent / script), *map(str, arguments)]
    return subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, text=True, bufsize=1)
