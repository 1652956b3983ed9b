"""What follows in a pathway from events alone: no case, no walk, and every condition supposed to be met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from cpcli.casework.case import Case
from cpcli.casework.dating import end_of, readings, strictest
from cpcli.casework.duties import instances_of, state_of
from cpcli.casework.duty_state import DutyState
from cpcli.casework.layout import Rules
from cpcli.casework.told import Recorded, Walk
from cpcli.clock.due import Due, Events
from cpcli.clock.limit import events_of
from cpcli.clock.when import iso
from cpcli.procedures.model import Duty, Pathway
from cpcli.procedures.said import condition

FOLLOWS, WAITS, OVER = "follows", "waits", "over"


class Planned(NamedTuple):
    """A duty of the pathway, once for each time that its event happened."""

    duty: Duty
    state: DutyState
    condition: str
    """Where it applies, in words; "" where it always does."""
    due: Due | None
    """The due date with its working; without a date where a repeat has stopped. None while it waits."""
    problem: str = ""
    """Why no date can be worked out."""

    @property
    def part(self) -> str:
        """FOLLOWS from what has happened, WAITS for something that has not, or is OVER."""
        if self.state.state not in ("open", "waiting"):
            return OVER
        return WAITS if self.state.state == "waiting" and not self.state.started else FOLLOWS


def schedule(
    pathway: str, events: Events, rules: Rules, now: datetime, only: str = ""
) -> tuple[Planned, ...]:
    """Every duty of the pathway (set/id), or only that one, as these events leave it; due first, first.

    A condition is not looked at but said.
    """
    whole = rules.pathway(pathway)
    duties = {duty.id: duty for duty in whole.duties if only in ("", duty.id)}
    supposed = replace(whole, steps=(), duties=tuple(replace(duty, when=()) for duty in duties.values()))
    known = rules.procedure_set(whole.source)
    case = Case("", now, "")
    case.walks[1] = Walk(1, pathway, "", "", now.date().isoformat(), "", 0)
    case.events = [
        Recorded(event, iso(at), "", number, "", now) for number, (event, at) in enumerate(events.items(), 1)
    ]
    found = []
    for one in instances_of(case, rules._replace(pathway=lambda _: supposed), now):
        read = readings(one.duty, one.start, one.around)
        problem = next((each.problem for each in read if each.problem), "")
        due = strictest(read) or next((each.due for each in read if each.due is not None), None)
        duty = duties[one.duty.id]
        said = condition(duty.when, whole.steps, known.events, known.roles)
        found.append(Planned(duty, state_of(one), said, due, problem))
    return in_order(found)


def in_order(planned: Iterable[Planned]) -> tuple[Planned, ...]:
    """What follows, due first, first; then what waits; then what is over."""
    return tuple(sorted(planned, key=_order))


def _order(one: Planned) -> tuple[int, str]:
    state = one.state
    if one.part != FOLLOWS:
        return (3 if one.part == WAITS else 4), state.sort
    if state.urgency:
        return 0, state.sort
    return (1, end_of(state.due) + state.sort[-2:]) if state.due else (2, state.sort)


def needs(duty: Duty, events: Events) -> list[str]:
    """The events that the duty's limit is counted from, and whose dates are not given."""
    limit = duty.limit
    named = sorted(events_of(limit)) if limit is not None else []
    own = [] if limit is not None and limit.event else [duty.of]
    return [event for event in dict.fromkeys([*own, *named]) if event and event not in events]


def events_that_matter(duty: Duty) -> set[str]:
    """Every event whose date makes a difference to the duty."""
    limits = (duty.limit, *(reading.says for reading in duty.differs))
    named = set().union(*(events_of(limit) for limit in limits if limit is not None))
    return (named | {duty.of, duty.met_by, *duty.unless, *(each.of for each in duty.differs)}) - {""}


def events_of_pathway(pathway: Pathway) -> set[str]:
    """Every event that a step of the pathway dates, or that makes a difference to one of its duties."""
    dated = {step.event for step in pathway.steps if step.event}
    return dated.union(*(events_that_matter(duty) for duty in pathway.duties))
