"""Small cases, made from journal entries, for the tests of casework."""

from datetime import UTC, datetime

from cpcli.casework.case import fold
from cpcli.casework.entry import Entry, answered, case_opened, event_recorded, walk_begun
from cpcli.casework.layout import Rules
from cpcli.clock.calendar import calendar
from cpcli.clock.limit import parse_limit
from cpcli.procedures.model import Duty, Event, Pathway, ProcedureSet

SET = ProcedureSet("test-set", "Test", "1", "England", events=(Event("sent", "The letter was sent"),))
SENT = event_recorded("sent", "2026-12-24T16:30")
BEGUN = [case_opened(), walk_begun(1, "test-set/test", "1", "adviser", "2026-12-24")]
"""Entries 1 and 2; what a test adds begins with 3."""
AGAIN = walk_begun(2, "test-set/test", "1", "adviser", "2026-12-24")


def duty(name="ring", limit=None, of="", **more):
    met_by = more.pop("met_by", name)
    return Duty(
        name, "Ring them", "practitioner", "should", ("3.9",),
        limit=parse_limit(limit) if limit else None, of=of, met_by=met_by, **more,
    )  # fmt: skip


CHASE = duty("chase", "within 1 working day", of="sent", unless=("acknowledged",))


def said(step, value, walk=1):
    return answered(walk, step, value, question=f"{step}?", cite=("1",))


def entries(*drafts):
    """Entries of a case with one walk and then these, a minute apart from 16:40; or (minute, draft)."""
    found = []
    for seq, draft in enumerate([*BEGUN, *drafts], 1):
        minute, one = draft if isinstance(draft[0], int) else (0, draft)
        at = datetime(2026, 12, 24, 16, 40, tzinfo=UTC).replace(minute=40 + minute)
        found.append(Entry(seq, at, "ada", "2026-0001", one.walk, one.kind, one.body))
    return found


def case_with(*drafts):
    return fold(entries(*drafts))


def rules(*duties, steps=()):
    path = Pathway("test", "test-set", "A test", "", ("1",), steps=tuple(steps), duties=duties)
    return Rules(lambda _: path, lambda _: SET, calendar)
