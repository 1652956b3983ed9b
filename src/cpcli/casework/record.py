"""The whole record of a case as one object: what `--json` gives, and what the screens show.

Its shape is published in docs/record.schema.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from cpcli.casework import recorded
from cpcli.casework.case import Case
from cpcli.casework.duties import duties_of
from cpcli.casework.duty_json import duty_json
from cpcli.casework.layout import Rules, WalkState, lay_out
from cpcli.casework.marks import marks_of
from cpcli.casework.stand_in import step_of, title_of
from cpcli.clock.when import iso
from cpcli.walk.answers import say_answer
from cpcli.walk.conditions import Place, holds
from cpcli.walk.route import next_step, progress, view_of

Json = dict[str, Any]


def record(case: Case, rules: Rules, now: datetime, *, every: bool = False) -> Json:
    """Everything recorded of `case`, and what follows from it at `now`; with `every`, also the duties that do
    not apply.
    """
    states, events = lay_out(case, rules, now)
    return {
        "case": {**recorded.case_json(case), "as_at": iso(now)},
        "marking": marking_json(case, states),
        "not_at_hand": missing_json(case, rules),
        "walks": [_walk(state, rules) for state in states],
        "people": [person for state in states for person in _people(state)],
        "decisions": [found for state in states for found in _decisions(state)],
        "answers": [answer for state in states for answer in _answers(state)],
        "events": recorded.events_json(events, case, rules),
        "duties": [duty_json(duty) for duty in duties_of(case, rules, now, every=every)],
        "must_not": [found for state in states for found in _must_not(state)],
        "leads_to": [found for state in states for found in _leads_to(state, states, rules)],
        "departures": recorded.departures_json(case),
        "extensions": recorded.extensions_json(case),
        "amendments": recorded.amendments_json(case, rules),
        "closings": recorded.closings_json(case),
        "notes": recorded.notes_json(case),
    }


def missing_json(case: Case, rules: Rules) -> list[Json]:
    """The walks whose pathway is not at hand, and why."""
    return [
        {"walk": walk.number, "pathway": walk.pathway, "why": rules.missing[walk.pathway]}
        for walk in case.walks.values()
        if walk.pathway in rules.missing
    ]


def _walk(state: WalkState, rules: Rules) -> Json:
    walk, along = state.walk, progress(state.places)
    known = walk.pathway not in rules.missing  # of a stand-in nobody knows what it would ask next
    here = next_step(state.places) if known else None
    return {
        "number": walk.number,
        "source": state.pathway.source,
        "pathway": state.pathway.id,
        "title": state.pathway.title,
        "edition": walk.edition,
        "varied": list(state.pathway.varied),
        "note": state.pathway.note or None,
        "role": walk.role,
        "begun": walk.on,
        "begun_by": walk.begun_by,
        "finished": walk.finished.isoformat(timespec="seconds") if walk.finished else None,
        "next_step": here.id if here else None,
        "answered": along.answered,
        "left_at_least": along.at_least if known else None,
        "left_at_most": along.at_most if known else None,
    }


def _people(state: WalkState) -> list[Json]:
    return [
        {
            "walk": state.walk.number,
            "part": step.person_part,
            "name": person["name"],
            "born": person.get("born"),
            "relationship": person.get("relationship"),
        }
        for step, person in state.people()
    ]


def _answers(state: WalkState) -> list[Json]:
    return [
        {
            "walk": state.walk.number,
            "step": place.step.id,
            "question": place.answer.question,
            "value": place.answer.value,
            "says": say_answer(place.step, place.answer.value),
            "cite": list(place.step.cite),
            "at": place.answer.at.isoformat(timespec="seconds"),
            "by": place.answer.who,
            "carried_from": place.answer.carried_from or None,
            "applies": place.applies is True,
            "reopened": place.reopened,
        }
        for place in (*state.places, *_of_steps_gone(state))
        if place.answer is not None
    ]


def _of_steps_gone(state: WalkState) -> Iterator[Place]:
    """Answers to what the pathway does not ask any more."""
    asked = {place.step.id for place in state.places}
    for answer in state.walk.answers.values():
        if answer.step not in asked:
            yield Place(step_of(answer), False, answer, reopened=False)


def _decisions(state: WalkState) -> list[Json]:
    found = []
    for place in state.places:
        if not place.step.decision or place.value is None or place.answer is None:
            continue
        reason = next(
            (p for p in state.places if p.step.reason_for == place.step.id and p.value is not None), None
        )
        found.append(
            {
                "walk": state.walk.number,
                "step": place.step.id,
                "question": place.answer.question,
                "decision": say_answer(place.step, place.value),
                "reason": say_answer(reason.step, reason.value) if reason else None,
                "by": place.answer.who,
                "at": place.answer.at.isoformat(timespec="seconds"),
                "cite": list(place.step.cite),
            }
        )
    return found


def _must_not(state: WalkState) -> list[Json]:
    return [
        {"walk": state.walk.number, "step": p.step.id, "text": p.step.text, "cite": list(p.step.cite)}
        for p in state.places
        if p.step.prohibits and p.applies
    ]


def _leads_to(state: WalkState, states: tuple[WalkState, ...], rules: Rules) -> list[Json]:
    """Where the case goes from here: pathways that follow and that no later walk has begun."""
    view = view_of(state.places, state.facts)
    begun = {s.pathway.id for s in states if s.walk.number > state.walk.number}
    return [
        {
            "walk": state.walk.number,
            "source": state.pathway.source,
            "pathway": way.pathway,
            "title": title_of(f"{state.pathway.source}/{way.pathway}", rules),
            "because": way.because,
            "cite": list(way.cite),
        }
        for way in state.pathway.leads_to
        if holds(way.when, view) and way.pathway not in begun
    ]


def marking_json(case: Case, states: Sequence[WalkState]) -> list[Json]:
    """Who may not see it, and on whose word."""
    return [
        {
            "walk": mark.walk or None,
            "source": mark.source or None,
            "pathway": mark.pathway or None,
            "step": mark.step or None,
            "text": mark.text,
            "cite": list(mark.cite),
            "entry": mark.seq or None,
        }
        for mark in marks_of(case, states)
    ]


def case_marking(case: Case, rules: Rules) -> list[Json]:
    """Who may not see the case, as the record has it."""
    return marking_json(case, lay_out(case, rules, case.changed or case.opened)[0])
