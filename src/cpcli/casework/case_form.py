"""A whole case as one JSON object: what `case export` writes and `case import` takes.

It has the case's reference and its journal entries in order, each with who recorded it and when, so that
nothing is lost. docs/import.md describes it, and docs/import.schema.json is its schema.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from cpcli.casework.entry import KINDS, Entry

Json = dict[str, Any]


class Keys(NamedTuple):
    """What an entry of one kind says, each with the sort of its value."""

    needed: Mapping[str, str]
    may: Mapping[str, str] = {}
    of_walk: bool = False
    """It belongs to a walk."""


FORM: Mapping[str, Keys] = {
    "case-opened": Keys({}, {"known_as": "text"}),
    "walk-begun": Keys(
        {"pathway": "text"},
        {"edition": "text or nothing", "role": "text or nothing", "on": "day"},
        of_walk=True,
    ),
    "answered": Keys(
        {"step": "text", "value": "value"},
        {"question": "text", "cite": "texts", "carried_from": "number", "reason": "text or nothing"},
        of_walk=True,
    ),
    "walk-finished": Keys({}, of_walk=True),
    "event-recorded": Keys(
        {"event": "text", "at": "when"}, {"note": "text or nothing", "again": "yes or no"}
    ),
    "duty-done": Keys({"duty": "text", "at": "when"}, {"note": "text or nothing"}, of_walk=True),
    "departed": Keys(
        {"what": "text", "why": "text", "at": "when"},
        {"duty": "text or nothing", "agreed_by": "text or nothing"},
        of_walk=True,
    ),
    "noted": Keys({"text": "text"}),
    "assigned": Keys({"to": "text or nothing"}, {"duty": "text or nothing"}),
    "extended": Keys({"duty": "text", "to": "when", "authority": "text", "why": "text"}, of_walk=True),
    "amended": Keys({"entry": "number", "to": "when or null", "reason": "text"}),
    "closed": Keys({"why": "text or nothing"}),
    "reopened": Keys({"why": "text or nothing"}),
    "marked": Keys({"text": "text"}),
    "unmarked": Keys({"entry": "number", "reason": "text"}),
}
"""By kind of entry, but for erased. Keys are those of the journal, with underscores for spaces."""
assert (*FORM, "erased") == KINDS

COMMON = ("kind", "recorded_at", "recorded_by", "walk")
"""The keys of every entry."""


def case_object(entries: Sequence[Entry], marking: Sequence[str] = ()) -> Json:
    """The case that these entries, all there are of it, make up. The same case gives the same object.

    `marking` says at its head who may not see it; for reading the case it says nothing.
    """
    first = entries[0].seq if entries else 0
    place = {entry.seq: number for number, entry in enumerate(entries, 1)}
    return {
        "case": entries[0].case if first else "",
        **({"marking": list(marking)} if marking else {}),
        "entries": [_entry_object(entry, place) for entry in entries],
    }


def _entry_object(entry: Entry, place: Mapping[int, int]) -> Json:
    body = {key.replace(" ", "_"): value for key, value in entry.body.items()}
    if entry.kind in ("amended", "unmarked"):  # the entry that it puts right, by its place in the case
        body["entry"] = place[body["entry"]]
    return {
        "kind": entry.kind,
        "recorded_at": stamp(entry.at),
        "recorded_by": entry.who,
        **({"walk": entry.walk} if entry.walk else {}),
        **body,
    }


def stamp(at: datetime) -> str:
    """A moment in UTC, to the microsecond: 2026-12-24T16:40:00.000000Z."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
