"""What the entries of a journal tell: walks, events, duties done, departures, later dates, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cpcli.walk.answers import Answer


@dataclass(slots=True)
class Walk:
    """One walk of a pathway within a case."""

    number: int
    pathway: str
    """Set and pathway: "cafcass-2017/referral"."""
    edition: str
    role: str
    on: str
    """The local date on which it was begun, ISO."""
    begun_by: str
    begun_seq: int
    finished: datetime | None = None
    finished_seq: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    """By step id, the latest of each, whether or not the step applies still."""


@dataclass(slots=True)
class Amendment:
    """A correction: what an entry said before it, and why it was put right."""

    was: str
    to: str
    """What it says since; "" where it did not happen."""
    reason: str
    seq: int
    who: str
    at: datetime


@dataclass(slots=True)
class Recorded:
    """An event recorded by itself, outside any walk."""

    event: str
    at: str
    note: str
    seq: int
    who: str
    told: datetime
    """When it was recorded, or last corrected."""
    again: bool = False
    """It is known to be a further time, where the same event stands for that day already."""
    amendments: list[Amendment] = field(default_factory=list)


@dataclass(slots=True)
class Done:
    """A duty said to be done."""

    walk: int
    duty: str
    at: str
    note: str
    seq: int
    who: str
    told: datetime
    amendments: list[Amendment] = field(default_factory=list)


@dataclass(slots=True)
class Extension:
    """A later date that somebody agreed for a duty."""

    walk: int
    duty: str
    to: str
    authority: str
    why: str
    seq: int
    who: str
    at: datetime


@dataclass(slots=True)
class DepartureRecord:
    """A recorded decision to vary from the procedure."""

    walk: int
    duty: str
    what: str
    why: str
    agreed_by: str
    at: str
    seq: int
    who: str


@dataclass(slots=True)
class Note:
    """A note on the case."""

    text: str
    walk: int
    at: datetime
    seq: int
    who: str


@dataclass(slots=True)
class Closing:
    """One time that the case was closed, or opened again."""

    kind: str
    """closed or reopened."""
    why: str
    at: datetime
    seq: int
    who: str


@dataclass(slots=True)
class Erasure:
    """What was recorded in the case was erased."""

    why: str
    agreed_by: str
    although: str
    """Why it was done although the case was open, or was to be kept for longer; "" where neither was so."""
    entries: int
    """How many entries say nothing any more."""
    seq: int
    who: str
    at: datetime


@dataclass(slots=True)
class Mark:
    """Who may not see the record, as somebody put it down."""

    text: str
    seq: int
    who: str
    at: datetime
    off: int = 0
    """The entry that took it off; 0 while it stands."""
