"""The events that a case can have: what they are called, and what is odd about one that is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from cpcli.casework.case import Case
from cpcli.casework.duties import Instance, instances_of, state_of
from cpcli.casework.duty_state import DutyState
from cpcli.casework.layout import Rules
from cpcli.casework.standing import looks_back
from cpcli.casework.told import Recorded
from cpcli.clock.when import from_iso, say_when
from cpcli.procedures.words import id_of


def event_name(event: str, case: Case, rules: Rules) -> str:
    """The event in words: its name in the set's glossary, or what a duty that it fulfils says to do."""
    return event_names(case, rules).get(event) or event.replace("-", " ").capitalize()


def event_names(case: Case, rules: Rules) -> dict[str, str]:
    """Every event that the procedures of the case know, by its id. An earlier walk's word goes before."""
    known: dict[str, str] = {}
    for walk in case.walks.values():
        for event in rules.procedure_set(walk.pathway.partition("/")[0]).events:
            known.setdefault(event.id, event.name)
        for duty in rules.pathway(walk.pathway).duties:
            known.setdefault(duty.id, f"Done: {duty.do}")
    return known


def event_called(name: str, case: Case, rules: Rules) -> str:
    """The id of the event that the procedures of the case know by this name; "" where they know none."""
    return id_of(name, names_for_short(case, rules))


def names_for_short(case: Case, rules: Rules) -> dict[str, tuple[str, ...]]:
    """What every event that the procedures of the case know is called for short, by its id."""
    known: dict[str, tuple[str, ...]] = dict.fromkeys(event_names(case, rules), ())
    for walk in case.walks.values():
        source = walk.pathway.partition("/")[0]
        known |= {each.id: each.also for each in rules.procedure_set(source).events if each.also}
    return known


def may_lie_ahead(event: str, case: Case, rules: Rules) -> bool:
    """Whether it makes sense to record it before it happens: a step asks for its planned date, or something
    is to be done before it.
    """
    for walk in case.walks.values():
        pathway = rules.pathway(walk.pathway)
        if any(step.event == event and step.planned for step in pathway.steps):
            return True
        if any(duty.of == event and looks_back(duty) for duty in pathway.duties):
            return True
    return False


def too_early(event: str, at: str, case: Case, rules: Rules, now: datetime) -> list[str]:
    """What is to be said of an event that would have ended a duty, had it not come before its beginning."""
    ends: dict[str, list[Instance]] = {}
    for one in instances_of(case, rules, now):
        if one.applies and one.duty.met_by == event and one.start and not looks_back(one.duty):
            ends.setdefault(one.duty.id, []).append(one)
    return [
        f'It does not end "{each[0].duty.do}": that began only on {say_when(from_iso(each[0].start))}.'
        for each in ends.values()
        if all(at[:10] < one.start[:10] and state_of(one).state == "open" for one in each)
    ]


def ended_too_early(
    case: Case, duties: Sequence[DutyState], rules: Rules
) -> Iterator[tuple[Recorded, DutyState]]:
    """Each event that would have ended a duty which is open, had it not come before its beginning."""
    for one in duties:
        if one.state != "open" or not one.started:
            continue
        laid = next(d for d in rules.pathway(f"{one.source}/{one.pathway}").duties if d.id == one.duty)
        ended = {other.since for other in duties if other.duty == one.duty and other is not one}
        for event in () if looks_back(laid) else case.events:
            early = event.at[:10] < one.started[:10] and event.at not in ended
            if event.event == laid.met_by and event.at and early:
                yield event, one
