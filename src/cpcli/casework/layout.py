"""A case laid out: every walk as it stands, and every event in the order of its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import NamedTuple

from cpcli.casework.case import Case
from cpcli.casework.duty_state import DutyState
from cpcli.casework.told import Walk
from cpcli.clock.calendar import Calendar
from cpcli.clock.when import from_iso
from cpcli.procedures.model import BIRTH, CHILD, Duty, Pathway, ProcedureSet, Step
from cpcli.procedures.said import condition
from cpcli.walk.answers import births
from cpcli.walk.conditions import Place
from cpcli.walk.facts import Facts
from cpcli.walk.route import route


class Rules(NamedTuple):
    """What the duties of a case are worked out by."""

    pathway: Callable[[str], Pathway]
    """From "cafcass-2017/referral" to the pathway."""
    procedure_set: Callable[[str], ProcedureSet]
    calendar: Callable[[str], Calendar]
    """From a nation to its calendar."""
    missing: Mapping[str, str] = MappingProxyType({})
    """Why each pathway of the case that is not at hand is not. What is given for it is a stand-in."""
    last: tuple[DutyState, ...] = ()
    """The duties of those pathways, as they were last worked out."""


class Occurrence(NamedTuple):
    """One time that an event happened, or is planned for."""

    event: str
    at: str
    """Local date or date and time, ISO."""
    walk: int
    """The walk that says so; 0 where it was recorded by itself."""
    source: str
    """The step or duty that says so; "" where it was recorded by itself."""
    seq: int
    told: datetime
    """When it was recorded."""
    again: bool = False
    """It is known to be a further time on that day."""


class WalkState(NamedTuple):
    """A walk of the case, laid out."""

    walk: Walk
    pathway: Pathway
    facts: Facts
    places: tuple[Place, ...]
    yours: frozenset[str]
    """The roles that "You" stands for."""
    known: ProcedureSet

    def condition(self, duty: Duty) -> str:
        """When the duty is owed, in the words of the walk's questions; "" where it always is."""
        return condition(duty.when, self.pathway.steps, self.known.events, self.known.roles)

    def event(self, event: str) -> str:
        """The event in words: as the set calls it, or the duty of the pathway that it fulfils."""
        named = next((each.name for each in self.known.events if each.id == event), "")
        done = next((f"Done: {each.do}" for each in self.pathway.duties if each.id == event), "")
        return named or done or event.replace("-", " ").capitalize()

    def people(self) -> Iterator[tuple[Step, Mapping[str, str]]]:
        """Everybody whom the walk names, with the step that asks for them."""
        for place in self.places:
            if place.step.answer in ("person", "people") and place.value is not None:
                people = place.value if isinstance(place.value, list) else [place.value]
                yield from ((place.step, each) for each in people if "name" in each)


class Around(NamedTuple):
    """What a duty of a walk is worked out among."""

    case: Case
    state: WalkState
    events: tuple[Occurrence, ...]
    calendar: Calendar
    first_day: int
    now: datetime
    planned: frozenset[str]
    """Events that a step of the case's walks plans: dates that somebody sets."""


def lay_out(case: Case, rules: Rules, now: datetime) -> tuple[tuple[WalkState, ...], tuple[Occurrence, ...]]:
    """Every walk of the case as it stands, and every event of the case in the order of when it happened."""
    outside = _outside_events(case, rules)
    states: list[WalkState] = []
    # A walk may compare events that another dates: each is laid out knowing those before it.
    for walk in case.walks.values():
        pathway = rules.pathway(walk.pathway)
        born = tuple(day for state in states for day in _births(state.places))
        facts = Facts(now, walk.role, date.fromisoformat(walk.on), _by_event(outside), born)
        places = route(pathway, walk.answers, facts)
        known = rules.procedure_set(pathway.source)
        states.append(WalkState(walk, pathway, facts, places, _yours(walk.role, pathway, known), known))
        outside += _events_of(walk, places)
    events = _settled(outside)
    by_event = _by_event(events)
    born = tuple(day for state in states for day in _births(state.places))
    return tuple(s._replace(facts=s.facts._replace(events=by_event, born=born)) for s in states), events


def _yours(role: str, pathway: Pathway, known: ProcedureSet) -> frozenset[str]:
    """The role in which the walk was begun (its walker's, where nobody said), and those that take it in.

    A walker in whose role nobody can begin, such as a panel, is whoever walks for it.
    """
    walker = pathway.walker or known.walker
    begun_in = {each.id for each in known.roles if each.can_walk or each.takes_in}
    role = role or walker
    mine = {role} | {each.id for each in known.roles if role in each.takes_in}
    return frozenset(mine if walker in begun_in else mine | {walker})


def _outside_events(case: Case, rules: Rules) -> list[Occurrence]:
    found = [Occurrence(e.event, e.at, 0, "", e.seq, e.told, e.again) for e in case.events if e.at]
    for done in case.done:
        if not done.at:
            continue
        duty_id = done.duty.split("#")[0]
        pathway = rules.pathway(case.walks[done.walk].pathway)
        duty = next((d for d in pathway.duties if d.id == duty_id), None)
        event = duty.met_by if duty else duty_id
        found.append(Occurrence(event, done.at, done.walk, duty_id, done.seq, done.told))
    return found


def _events_of(walk: Walk, places: tuple[Place, ...]) -> list[Occurrence]:
    found = []
    for place in places:
        if not place.stands or place.answer is None:
            continue
        value = place.answer.value
        if place.step.kind == "happened" and isinstance(value, str) and value != "not yet":
            found.append((place.step.event, value, place.answer))
        elif place.step.person_part == CHILD:
            found += [(BIRTH, day, place.answer) for day in births(value)]
    return [Occurrence(event, at, walk.number, a.step, a.seq, a.at) for event, at, a in found]


def _settled(told: list[Occurrence]) -> tuple[Occurrence, ...]:
    """The events in the order of their times. One that several walks date on the same day is one event, and a
    date that was still to come when another was given for the same event has been replaced by it.
    """
    kept: dict[tuple[str, str], Occurrence] = {}
    for one in sorted(told, key=lambda o: o.seq):
        for key, other in list(kept.items()):
            if other.event == one.event and is_plan(other) and is_ahead(other.at, one.told):
                del kept[key]
        same = kept.get((one.event, one.at[:10]))
        twice = one.again or (same is not None and same.walk == one.walk == 0)
        if same and twice and same.at != one.at:
            kept[one.event, one.at] = one  # twice on one day, and recorded as such
        elif same is None or len(one.at) > len(same.at):
            kept[one.event, one.at[:10]] = one
    return tuple(sorted(kept.values(), key=lambda o: (o.at, o.seq)))


def _births(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(day for p in places if p.step.person_part == CHILD for day in births(p.value))


def _by_event(events: list[Occurrence] | tuple[Occurrence, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in events:
        found[one.event] = (*found.get(one.event, ()), one.at)
    return found


def is_plan(one: Occurrence) -> bool:
    """Whether it had still to come when it was told. A plan starts what counts from it, and ends nothing."""
    return is_ahead(one.at, one.told)


def is_ahead(start: str, now: datetime) -> bool:
    at = from_iso(start)
    # In UTC, because times of one zone compare by the clock on the wall, even across a change of it.
    return at.astimezone(UTC) > now.astimezone(UTC) if isinstance(at, datetime) else at > now.date()
