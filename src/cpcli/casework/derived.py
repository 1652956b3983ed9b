"""What the rules make of a case, in rows: the part of the state that is computed rather than recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cpcli.casework.case import Case
    from cpcli.casework.duty_state import DutyState


class PersonRow(NamedTuple):
    """Somebody named in an answer."""

    walk: int
    step: str
    part: str
    """Their part in the case: child, parent, member of staff …"""
    name: str
    born: str = ""
    """ISO date; "" where it is not known."""
    relationship: str = ""


class EventRow(NamedTuple):
    """A dated fact of the case."""

    event: str
    at: str
    """Local date or date and time, ISO."""
    source: str
    """What it is known from: an answer, an event recorded by itself, a duty done, a date of birth."""
    walk: int = 0
    """0 where it belongs to no walk."""
    step: str = ""
    note: str = ""
    who: str = ""
    seq: int = 0
    """The journal entry that gave it."""


class MarkRow(NamedTuple):
    """Who may not see the case."""

    walk: int
    """0 where it was put there by hand."""
    step: str
    text: str
    cite: str
    """Set and paragraphs; "" where it was put there by hand."""
    seq: int


class Derived(NamedTuple):
    """What a case comes to at present. A function of the case alone, without today's date."""

    duties: Sequence[DutyState] = ()
    people: Sequence[PersonRow] = ()
    events: Sequence[EventRow] = ()
    marks: Sequence[MarkRow] = ()
    title: str = ""
    """What the case is called in a list."""
    missing: Mapping[str, str] = MappingProxyType({})
    """Why each of its pathways that is not at hand is not; its rows are then as they were last worked out."""


Derive = Callable[["Case"], Derived]
