"""What was recorded of a case outside its walks, as objects for programs: each with its journal entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cpcli.casework.case import Case
from cpcli.casework.events import event_name
from cpcli.casework.layout import Occurrence, Rules
from cpcli.casework.told import Done, Erasure, Recorded

Json = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    """When something was recorded, in UTC."""
    return at.isoformat(timespec="seconds") if at else None


def case_json(case: Case) -> Json:
    """The case itself: who opened it, who has it, and whether it is closed."""
    closing = case.closings[-1] if case.closed else None
    return {
        "reference": case.reference,
        "status": case.status,
        "opened": moment(case.opened),
        "opened_by": case.opened_by,
        "assigned": case.assigned.get((0, "")) or None,
        "closed": moment(case.closed),
        "closed_by": closing.who if closing else None,
        "closed_why": closing.why if closing else None,
        "erased": _erasure(case.erased) if case.erased else None,
        "changed": moment(case.changed),
        "entry": case.last_seq,
    }


def _erasure(one: Erasure) -> Json:
    return {
        "why": one.why,
        "agreed_by": one.agreed_by,
        "although": one.although or None,
        "entries": one.entries,
        "by": one.who,
        "at": moment(one.at),
        "entry": one.seq,
    }


def events_json(events: tuple[Occurrence, ...], case: Case, rules: Rules) -> list[Json]:
    """Every dated fact, in order of time."""
    notes = {one.seq: one.note for one in _dated(case)}
    return [
        {
            "event": one.event,
            "name": event_name(one.event, case, rules),
            "at": one.at,
            "walk": one.walk or None,
            "from": one.source or None,
            "note": notes.get(one.seq) or None,
            "entry": one.seq,
        }
        for one in events
    ]


def amendments_json(case: Case, rules: Rules) -> list[Json]:
    """Every correction, in the order in which they were made."""
    found = [
        {
            "of": one.seq,
            "what": what_of(one, case, rules),
            "was": each.was or None,
            "to": each.to or None,
            "reason": each.reason,
            "by": each.who,
            "at": moment(each.at),
            "entry": each.seq,
        }
        for one in _dated(case)
        for each in one.amendments
    ]
    return sorted(found, key=lambda each: each["entry"])


def what_of(one: Recorded | Done, case: Case, rules: Rules) -> str:
    """What it is that was recorded: the event in words, or what the duty says to do."""
    if isinstance(one, Recorded):
        return event_name(one.event, case, rules)
    duty_id = one.duty.split("#")[0]
    duties = rules.pathway(case.walks[one.walk].pathway).duties
    return "Done: " + next((duty.do for duty in duties if duty.id == duty_id), duty_id)


def extensions_json(case: Case) -> list[Json]:
    """Every later date that was agreed."""
    return [
        {
            "walk": each.walk,
            "duty": each.duty,
            "to": each.to,
            "authority": each.authority,
            "why": each.why,
            "by": each.who,
            "at": moment(each.at),
            "entry": each.seq,
        }
        for each in case.extensions
    ]


def departures_json(case: Case) -> list[Json]:
    """Every decision to vary from the procedure."""
    return [
        {
            "walk": each.walk,
            "duty": each.duty or None,
            "what": each.what,
            "why": each.why,
            "agreed_by": each.agreed_by,
            "at": each.at,
            "by": each.who,
            "entry": each.seq,
        }
        for each in case.departures
    ]


def closings_json(case: Case) -> list[Json]:
    """Each time that the case was closed, or opened again."""
    return [
        {"kind": each.kind, "why": each.why, "by": each.who, "at": moment(each.at), "entry": each.seq}
        for each in case.closings
    ]


def notes_json(case: Case) -> list[Json]:
    """Every note."""
    return [
        {"text": each.text, "at": moment(each.at), "by": each.who, "entry": each.seq} for each in case.notes
    ]


def _dated(case: Case) -> list[Recorded | Done]:
    return [*case.events, *case.done]
