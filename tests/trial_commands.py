"""The commands that are killed, and what there is to each of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from cpcli.store.connect import salt_at
from practice import LINES

if TYPE_CHECKING:
    from trial import Place

CASES = 8
IMPORT = "".join(
    json.dumps(
        {
            "case": f"2026-01{number:02}",
            "entries": [
                {"kind": "walk-begun", "pathway": "practice/concern"},
                {"kind": "answered", "step": "danger", "value": "no"},
                {"kind": "answered", "step": "facts", "value": f"It was dark. {number} " * 50},
                {"kind": "event-recorded", "event": "call-made", "at": "23/12/2026 15:30"},
            ],
        }
    )
    + "\n"
    for number in range(CASES)
)
ERASE = json.dumps({"why": "Kept long enough.", "agreed_by": "B. Manager"})


class Command(NamedTuple):
    """A command, and what there is to it when it is killed."""

    words: str
    given: str = ""
    before: tuple[tuple[str, str], ...] = ()
    """What is done beforehand: words, and what is given."""
    then: str = ""
    """What goes on with it where some of it was recorded, if not the same again."""
    again: str = ""
    """What is done where nothing of it was recorded, if not the same."""
    also: Callable[[Place], bool] | None = None
    """Whether a command that records nothing has done its work, which must be whole where it is there."""
    gone: str = ""
    """A file that is not there when it begins."""


def _backed_up(place: Place) -> bool:
    file, entries = place.folder / "backup.db", place.entries()
    place.check(file)
    there = place.entries(file)
    assert there in (entries, entries[:-1])
    return there == entries


def _restored(place: Place) -> bool:
    return place.store.exists() and place.entries() == place.entries(place.folder / "backup.db")


def _erased(place: Place) -> bool:
    gone = any(kind == "erased" for *_, kind, _, _ in place.entries())
    assert not gone or place.files_with("Anna Example") == []
    return gone


def _encrypted(place: Place) -> bool:
    salt = salt_at(place.store)
    assert salt is None or place.files_with("Anna Example") == []
    return salt is not None


ANSWERED = ("start practice/concern --role worker --answers {folder}/answers.json", "")
SENT = ("case event 1 letter-sent --at now", "")
CLOSED = ("case close 1 --yes", "They moved")
BEGUN = ("start practice/concern --role worker", "".join(LINES.splitlines(keepends=True)[:3]))
REST = "resume 1 --answers {folder}/answers.json"

COMMANDS = {
    "start from a file": Command(*ANSWERED, then=REST),
    "start, line by line": Command(BEGUN[0], LINES, then=REST),
    "resume from a file": Command(REST, before=(BEGUN,)),
    "resume, line by line": Command(
        "resume 1", "".join(LINES.splitlines(keepends=True)[3:]), before=(BEGUN,), then=REST
    ),
    "case event": Command(*SENT, before=(ANSWERED,)),
    "case done": Command("case done 1 send-letter --at now", before=(ANSWERED,)),
    "case amend": Command(
        "case amend 1 20 --at 'today 16:10' --yes", "The post book says so", before=(ANSWERED, SENT)
    ),
    "case note": Command("case note 1", "She likes the garden", before=(ANSWERED,)),
    "case import": Command("case import {folder}/cases.ndjson", before=(ANSWERED,)),
    "case erase": Command("case erase 1 --yes --json-in -", ERASE, before=(ANSWERED, CLOSED), also=_erased),
    "store rebuild": Command("store rebuild", before=(ANSWERED,), also=lambda place: True),
    "store backup": Command(
        "store backup {folder}/backup.db --replace",
        before=(ANSWERED, ("store backup {folder}/backup.db", ""), SENT),
        also=_backed_up,
    ),
    "store restore": Command(
        "store restore {folder}/backup.db",
        before=(ANSWERED, ("store backup {folder}/backup.db", "")),
        also=_restored,
        gone="cpcli.db",
    ),
    "store encrypt": Command(
        "store encrypt --recovery {folder}/recovery.txt",
        before=(ANSWERED,),
        again="store encrypt --recovery {folder}/second.txt",
        also=_encrypted,
    ),
    "store decrypt": Command(
        "store decrypt --yes", before=(ANSWERED,), also=lambda place: salt_at(place.store) is None
    ),
}


def kinds(name: str) -> tuple[str, ...]:
    """The kinds of store that the command is for."""
    return {"store encrypt": ("plain",), "store decrypt": ("encrypted",)}.get(name, ("plain", "encrypted"))
