"""What the journal holds: one entry for each change, never altered, and emptied where its case was erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

KINDS = (
    "case-opened",
    "walk-begun",
    "answered",
    "walk-finished",
    "event-recorded",
    "duty-done",
    "departed",
    "noted",
    "assigned",
    "extended",
    "amended",
    "closed",
    "reopened",
    "marked",
    "unmarked",
    "erased",
)


class Draft(NamedTuple):
    """A change that somebody wants to record."""

    kind: str
    """One of KINDS."""
    body: dict[str, Any]
    """JSON values only; which keys depends on the kind (see the functions below)."""
    walk: int = 0
    """The walk's number within the case, from 1; 0 where the change belongs to no walk."""


class Entry(NamedTuple):
    """A change as recorded."""

    seq: int
    """Its place in the journal, from 1, without gaps."""
    at: datetime
    """When it was recorded, in UTC; of one brought in from elsewhere, when it was recorded there."""
    who: str
    """Who recorded it, here or there."""
    case: str
    """The case's reference, for example 2026-0001."""
    walk: int
    kind: str
    body: dict[str, Any]
    brought_in: tuple[datetime, str] | None = None
    """When it was brought in from elsewhere, and by whom; None where it was recorded here."""
    erased: bool = False
    """What it said is gone, and its body empty: its case was erased."""


def case_opened() -> Draft:
    """A new case."""
    return Draft("case-opened", {})


def imported(draft: Draft, at: str, who: str) -> Draft:
    """The same, brought in from elsewhere, where it was recorded at this time (ISO, UTC) by this person."""
    return draft._replace(body={**draft.body, "imported": {"at": at, "who": who}})


def walk_begun(walk: int, pathway: str, edition: str, role: str, on: str) -> Draft:
    """A walk of `pathway` ("cafcass-2017/referral") begun on the local date `on` (ISO) in `role`."""
    return Draft("walk-begun", {"pathway": pathway, "edition": edition, "role": role, "on": on}, walk)


def answered(
    walk: int,
    step: str,
    value: Any,
    *,
    question: str,
    cite: tuple[str, ...],
    carried_from: int = 0,
    reason: str = "",
) -> Draft:
    """The answer to a step, with the question as it was shown. A later one for the same step replaces it."""
    body: dict[str, Any] = {"step": step, "value": value, "question": question, "cite": list(cite)}
    if carried_from:
        body["carried from"] = carried_from
    if reason:
        body["reason"] = reason
    return Draft("answered", body, walk)


def walk_finished(walk: int) -> Draft:
    """The whole record was shown, and the walk was finished."""
    return Draft("walk-finished", {}, walk)


def event_recorded(event: str, at: str, note: str = "", *, again: bool = False) -> Draft:
    """An event happened, or is planned, at a local date or date and time (ISO). `again` says that it is known
    to be a further time, where the same event stands for that day already.
    """
    body: dict[str, Any] = {"event": event, "at": at, "note": note}
    return Draft("event-recorded", {**body, "again": True} if again else body)


def duty_done(walk: int, duty: str, at: str, note: str = "") -> Draft:
    """The duty was done that has this key within the walk ("chase-acknowledgement#2")."""
    return Draft("duty-done", {"duty": duty, "at": at, "note": note}, walk)


def departed(walk: int, duty: str, what: str, why: str, agreed_by: str, at: str) -> Draft:  # noqa: PLR0917 - the five things that a departure records
    """A decision to vary from one duty, or from the whole pathway where `duty` is ""."""
    body = {"duty": duty, "what": what, "why": why, "agreed by": agreed_by, "at": at}
    return Draft("departed", body, walk)


def noted(text: str, walk: int = 0) -> Draft:
    """A note on the case."""
    return Draft("noted", {"text": text}, walk)


def assigned(to: str, walk: int = 0, duty: str = "") -> Draft:
    """Who has the case, or one duty of it, from now on; "" for nobody."""
    return Draft("assigned", {"duty": duty, "to": to}, walk)


def extended(walk: int, duty: str, to: str, *, authority: str, why: str) -> Draft:
    """A later date for a duty, where the procedure lets somebody agree one: the ISO date, on whose written
    authority, and why.
    """
    return Draft("extended", {"duty": duty, "to": to, "authority": authority, "why": why}, walk)


def amended(entry: int, to: str | None, *, reason: str) -> Draft:
    """A correction of when something happened: the right time, ISO, or None where it did not happen at all.
    `entry` is the entry that recorded it, an event or a duty done; it stays as it is.
    """
    return Draft("amended", {"entry": entry, "to": to, "reason": reason})


def closed(why: str) -> Draft:
    """The case is closed: nothing more is due in it."""
    return Draft("closed", {"why": why})


def reopened(why: str) -> Draft:
    """A closed case is open again, with everything that was due in it."""
    return Draft("reopened", {"why": why})


def erased(why: str, agreed_by: str, although: str, entries: int) -> Draft:
    """What the `entries` before it said of the case is gone: why, who agreed, and why it was done though the
    case was open or its record was to be kept for longer ("" where neither was so).
    """
    return Draft("erased", {"why": why, "agreed by": agreed_by, "although": although, "entries": entries})


def marked(text: str) -> Draft:
    """Who may not see the record, from now on."""
    return Draft("marked", {"text": text})


def unmarked(entry: int, reason: str) -> Draft:
    """The mark that this entry put there does not hold any more."""
    return Draft("unmarked", {"entry": entry, "reason": reason})
