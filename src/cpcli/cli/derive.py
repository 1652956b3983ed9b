"""What a case comes to, as rows for the store."""

from __future__ import annotations

from cpcli.casework.case import Case
from cpcli.casework.derived import Derived, EventRow, MarkRow, PersonRow
from cpcli.casework.duties import duties_of
from cpcli.casework.layout import Occurrence, Rules, WalkState, lay_out
from cpcli.casework.marks import marks_of
from cpcli.casework.told import Done, Recorded
from cpcli.clock.when import LONDON
from cpcli.procedures.cites import say_cites
from cpcli.procedures.model import BIRTH


def derived(case: Case, rules: Rules) -> Derived:
    """Its duties, people and events as at its last entry: the same journal gives the same rows."""
    as_at = (case.changed or case.opened).astimezone(LONDON)
    states, events = lay_out(case, rules, as_at)
    return Derived(
        duties=duties_of(case, rules, as_at),
        people=[person for state in states for person in _people(state)],
        events=[_event(one, case) for one in events],
        marks=[
            MarkRow(mark.walk, mark.step, mark.text, say_cites(mark.source, mark.cite), mark.seq)
            for mark in marks_of(case, states)
        ],
        title="; ".join(dict.fromkeys(state.pathway.title for state in states)),
        missing=rules.missing,
    )


def _people(state: WalkState) -> list[PersonRow]:
    walk = state.walk.number
    return [
        PersonRow(
            walk,
            step.id,
            step.person_part,
            person["name"],
            person.get("born", ""),
            person.get("relationship", ""),
        )
        for step, person in state.people()
    ]


def _event(one: Occurrence, case: Case) -> EventRow:
    by_itself: list[Recorded | Done] = [*case.events, *case.done]
    recorded = next((each for each in by_itself if each.seq == one.seq), None)
    if recorded is not None:
        source = "a duty done" if one.source else "recorded by itself"
        return EventRow(
            one.event, one.at, source, one.walk, note=recorded.note, who=recorded.who, seq=one.seq
        )
    walk = case.walks[one.walk]
    source = "a date of birth" if one.event == BIRTH else "an answer"
    said = walk.answers.get(one.source)
    return EventRow(
        one.event, one.at, source, one.walk, one.source, who=said.who if said else "", seq=one.seq
    )
