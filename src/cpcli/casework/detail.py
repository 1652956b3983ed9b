"""One duty of a case in full: its state and why, its condition, and its due date with the whole working."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cpcli.casework import deciding
from cpcli.casework.case import Case
from cpcli.casework.dating import Reading, readings, strictest
from cpcli.casework.duties import Instance, instances_of, state_of
from cpcli.casework.duty_json import duty_json
from cpcli.casework.events import event_name
from cpcli.casework.layout import Rules
from cpcli.casework.recorded import departures_json, extensions_json
from cpcli.clock.due import Due
from cpcli.clock.when import iso

Json = dict[str, Any]


def detail(case: Case, rules: Rules, now: datetime, walk: int, key: str) -> Json:
    """The duty of that key in that walk, whether or not it applies. Raises KeyError where there is none."""
    wanted = (walk, key)
    every = instances_of(case, rules, now)
    instance = next((one for one in every if (one.around.state.walk.number, one.key) == wanted), None)
    if instance is None:
        return _as_it_was(case, rules, wanted)
    duty = instance.duty
    worked = readings(duty, instance.start, instance.around) if instance.applies else ()
    due = strictest(worked)
    return {
        "duty": duty_json(state_of(instance)),
        "event": _named(duty.of, case, rules),
        "met_by": _named(duty.met_by, case, rules),
        "unless": [_named(each, case, rules) for each in duty.unless],
        "condition": instance.around.state.condition(duty) or None,
        "decided_by": _decided_by(instance),
        "counted_to": iso(due.due) if due and due.due else None,
        "rule": due.rule if due else None,
        "working": _working(due) if due else [],
        "readings": [_reading(each, case, rules) for each in worked] if len(worked) > 1 else [],
        "extends": duty.extends or None,
        **_varied(case, wanted),
    }


def _as_it_was(case: Case, rules: Rules, wanted: tuple[int, str]) -> Json:
    """A duty whose pathway is not at hand: what it came to when it was last worked out, without the working.
    Raises KeyError where there is none.
    """
    duty = next((each for each in rules.last if (each.walk, each.key) == wanted), None)
    if duty is None:
        raise KeyError(wanted[1])
    return {
        "duty": duty_json(duty),
        "event": _named(duty.event, case, rules),
        **dict.fromkeys(("met_by", "condition", "counted_to", "rule", "extends")),
        **{each: [] for each in ("unless", "decided_by", "working", "readings")},
        **_varied(case, wanted),
    }


def _varied(case: Case, wanted: tuple[int, str]) -> Json:
    """The later dates and the departures that were recorded of the duty of that walk and key."""
    return {
        "extensions": [each for each in extensions_json(case) if (each["walk"], each["duty"]) == wanted],
        "departures": [each for each in departures_json(case) if (each["walk"], each["duty"]) == wanted],
    }


def _decided_by(instance: Instance) -> list[Json]:
    duty, state = instance.duty, instance.around.state
    if instance.applies:
        return []
    decide = deciding.undecided if instance.applies is None else deciding.deciders
    return [{key: value or None for key, value in one._asdict().items()} for one in decide(duty.when, state)]


def _named(event: str, case: Case, rules: Rules) -> Json | None:
    return {"event": event, "name": event_name(event, case, rules)} if event else None


def _working(due: Due) -> list[Json]:
    return [
        {"at": iso(each.at), "counted": each.counted, "n": each.n, "reason": each.reason}
        for each in due.working
    ]


def _reading(reading: Reading, case: Case, rules: Rules) -> Json:
    due = reading.due
    return {
        "says": reading.limit.text,
        "of": _named(reading.of, case, rules),
        "cite": list(reading.cite),
        "note": reading.note or None,
        "due": iso(due.due) if due and due.due else None,
        "counted": due.counted if due else None,
        "problem": reading.problem or None,
    }
