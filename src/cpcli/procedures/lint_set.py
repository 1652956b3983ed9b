"""Proving a set whole: how its pathways, events, groups and paragraphs fit together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpcli.clock.limit import events_of
from cpcli.procedures.build import Built, Place
from cpcli.procedures.lint_pathway import Known
from cpcli.procedures.model import BIRTH, CHILD, Duty, Event, Pathway, ProcedureSet, Step, When
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping
from cpcli.procedures.words import did_you_mean, short


class Whole(NamedTuple):
    """A set with all its pathways."""

    set: ProcedureSet
    built: tuple[Built, ...]
    at: Place
    """set.yaml"""
    events_at: Place
    groups_at: Place
    taken: frozenset[str] = frozenset()
    """The events and groups of the set that it extends, which need no use in this one."""


def known(whole: Whole) -> Known:
    """What the set provides to each of its pathways."""
    roles = whole.set.roles
    pathways = [built.pathway for built in whole.built]
    duties = [duty for pathway in pathways for duty in pathway.duties]
    outside = {event.id for event in whole.set.events if event.from_outside}
    steps = [step for pathway in pathways for step in pathway.steps]
    dated = {BIRTH if step.person_part == CHILD else step.event for step in steps}
    return Known(
        roles=tuple(role.id for role in roles),
        walkers=tuple(role.id for role in roles if role.can_walk),
        events=tuple(
            dict.fromkeys(
                [BIRTH, *(event.id for event in whole.set.events)]
                + [duty.id for duty in duties if duty.met_by == duty.id]
            )
        ),
        can_happen=frozenset(outside | dated | {duty.met_by for duty in duties}),
    )


def lint_whole(whole: Whole) -> Iterator[Problem]:
    """What is wrong between the files of the set."""
    yield from _duties_alike(whole)
    yield from _short_names(whole)
    yield from _begin(whole)
    by_id = {built.pathway.id: built.pathway for built in whole.built}
    for built in whole.built:
        yield from _leads(built, by_id)
    yield from _unused(whole)


def _duties_alike(whole: Whole) -> Iterator[Problem]:
    """A duty may stand in several pathways; the same id then has to mean the same thing in all of them."""
    first: dict[str, tuple[str, Duty]] = {}
    for built in whole.built:
        for duty, place in zip(built.pathway.duties, built.duties_at, strict=True):
            pathway, other = first.setdefault(duty.id, (built.pathway.id, duty))
            own_event = duty.met_by == duty.id
            if duty.id and (duty.met_by != other.met_by or (own_event and duty.do != other.do)):
                mend = "Rename one, or give both the same `do` and `met by`."
                yield place.wrong(
                    "id", f"The duty {duty.id!r} is another one in the pathway {pathway!r}.", mend
                )


def _short_names(whole: Whole) -> Iterator[Problem]:
    """What something is called for short must mean it alone, among all of its kind in the set."""
    pathways = [(each.pathway, each.at) for each in whole.built]
    duties = [pair for each in whole.built for pair in zip(each.pathway.duties, each.duties_at, strict=True)]
    events = [(each, _event_at(whole, each)) for each in whole.set.events]
    done = {duty.id for duty, _ in duties if duty.met_by == duty.id}
    yield from _called_twice("pathway", pathways)
    yield from _called_twice("duty", duties)
    yield from _called_twice("event", events, done)


def _event_at(whole: Whole, event: Event) -> Place:
    node = whole.events_at.node.get(event.id)
    return Place(whole.events_at.file_of(event.id), node) if isinstance(node, Mapping) else whole.events_at


def _called_twice(
    what: str, named: Sequence[tuple[Pathway | Duty | Event, Place]], taken: Iterable[str] = ()
) -> Iterator[Problem]:
    whose = dict.fromkeys(taken, "") | {each.id: each.id for each, _ in named}
    for each, place in named:
        for name in each.also:
            other = whose.setdefault(short(name), each.id)
            if short(name) == each.id:
                yield place.wrong("also", f"{name!r} is its id already.", "Take it out of `also`.")
            elif other != each.id:
                message = f"{name!r} is also the {what} {other or short(name)!r}."
                yield place.wrong("also", message, "A short name can mean one alone: take it out of one.")


def _begin(whole: Whole) -> Iterator[Problem]:
    """Every pathway has to be found from where people begin."""
    by_id = {built.pathway.id: built.pathway for built in whole.built}
    begin = whole.set.begin_with
    if begin not in by_id:
        if begin:
            yield whole.at.wrong("begin with", f"There is no pathway {begin!r}.", did_you_mean(begin, by_id))
        return
    reached, new = {begin}, [begin]
    while new:
        onward = {lead.pathway for lead in by_id[new.pop()].leads_to} & set(by_id)
        new += sorted(onward - reached)
        reached |= onward
    for built in whole.built:
        if built.pathway.id not in reached:
            message = f"Nothing leads to {built.pathway.id!r} from {begin!r}, where people begin."
            yield built.at.wrong(
                "pathway", message, "Add it to `leads to` in a pathway that comes before it."
            )


def _leads(built: Built, by_id: dict[str, Pathway]) -> Iterator[Problem]:
    here = {step.id: step for step in built.pathway.steps}
    for lead, place in zip(built.pathway.leads_to, built.leads_at, strict=True):
        if not lead.pathway:
            continue
        if lead.pathway not in by_id:
            mend = did_you_mean(lead.pathway, by_id)
            yield place.wrong("pathway", f"The set has no pathway {lead.pathway!r}.", mend)
            continue
        there = {step.id: step for step in by_id[lead.pathway].steps}
        for name in lead.carrying:
            if name not in here:
                yield place.wrong(
                    "carrying", f"There is no step {name!r} here to carry.", did_you_mean(name, here)
                )
            elif name not in there:
                message = f"The pathway {lead.pathway!r} has no step {name!r} to carry to."
                yield place.wrong(
                    "carrying", message, did_you_mean(name, [each for each in here if each in there])
                )
            elif said := _unlike(here[name], there[name]):
                message = f"The step {name!r} is not the same in {lead.pathway!r}: {said}."
                yield place.wrong("carrying", message, "Use a group of shared.yaml in both.")


def _unlike(here: Step, there: Step) -> str:
    """How two steps differ, as far as an answer to the one cannot be an answer to the other."""
    if here.kind != there.kind:
        return f"{here.kind} here, {there.kind} there"
    if here.kind == "tell":
        return "it only tells, so there is no answer to carry"
    if here.answer != there.answer:
        return f"the answer is {here.answer} here, {there.answer} there"
    missing = {option.key for option in here.options} - {option.key for option in there.options}
    missing |= {item.key for item in here.items} - {item.key for item in there.items}
    if missing:
        return f"it lacks {', '.join(sorted(missing))}"
    return ""


def _unused(whole: Whole) -> Iterator[Problem]:
    used: set[str] = set()
    groups: set[str] = set()
    for built in whole.built:
        groups |= set(built.groups)
        for step in built.pathway.steps:
            used |= {step.event, *_subjects(step.when)}
        for lead in built.pathway.leads_to:
            used |= _subjects(lead.when)
        for duty in built.pathway.duties:
            used |= _events_of(duty)
    for event in whole.set.events:
        if event.id not in used | whole.taken:
            mend = "Use it in a step or a duty, or take it out."
            yield whole.events_at.wrong(event.id, f"Nothing uses the event {event.id!r}.", mend)
    for group in whole.groups_at.node:
        if group not in groups | whole.taken:
            yield whole.groups_at.wrong(
                group, f"No pathway uses the group {group!r}.", f"Write `- use: {group}`."
            )


def _subjects(when: When) -> set[str]:
    return {test.subject.removeprefix("age on ") for tests in when for test in tests}


def _events_of(duty: Duty) -> set[str]:
    limits = [duty.limit] if duty.limit else []
    limits += [reading.says for reading in duty.differs]
    named = {event for limit in limits for event in events_of(limit)}
    return named | {duty.of, duty.met_by, *duty.unless, *(r.of for r in duty.differs), *_subjects(duty.when)}


def place_of(file: str, node: object) -> Place:
    """A place for a file whose tree may be anything."""
    return Place(file, node if isinstance(node, Mapping) else Mapping(1))
