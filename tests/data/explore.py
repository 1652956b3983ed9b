"""Walks a pathway every way that its branches allow, choosing each time what was chosen least."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import count
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cpcli.casework.case import Case, fold
from cpcli.casework.entry import Entry, answered, case_opened, event_recorded, walk_begun, walk_finished
from cpcli.casework.layout import Rules
from cpcli.clock.calendar import calendar
from cpcli.procedures import catalogue, layers
from cpcli.procedures.model import Pathway, ProcedureSet, Step
from cpcli.walk.answers import Answer, read_answer
from cpcli.walk.facts import Facts
from cpcli.walk.route import next_step, route

ROOTS = (layers.data_folder(),)
NOW = datetime(2026, 12, 24, 16, 40, tzinfo=ZoneInfo("Europe/London"))


@cache
def the_set(name: str) -> ProcedureSet:
    return catalogue.procedure_set(ROOTS, name)


@cache
def the_pathway(name: str) -> Pathway:
    return catalogue.pathway(ROOTS, name)


RULES = Rules(the_pathway, the_set, cache(calendar))


class Walked(NamedTuple):
    """One walk to its end."""

    role: str
    said: tuple[tuple[Step, object], ...]
    case: Case


def every_pathway() -> list[str]:
    """ "set/pathway" for each that comes with the toolkit."""
    return [
        f"{folder.name}/{path.stem}"
        for folder in catalogue.set_folders(ROOTS).values()
        for path in layers.pathways_in(folder)
    ]


def roles_for(path: Pathway) -> tuple[str, ...]:
    walkers = tuple(role.id for role in the_set(path.source).roles if role.can_walk)
    return path.open_to or walkers


def choices(step: Step) -> list[object]:
    """What could be answered that might make a difference."""
    people = [{"name": "Rowan Ashdown", "born": "2019-03-14"}]
    grown = [{"name": "Wren Ashdown", "born": "2001-05-02"}]
    match step.kind, step.answer:
        case "tell", _:
            found: list[object] = ["read"]
        case "checklist", _:
            keys = [item.key for item in step.items]
            found = [{"ticked": keys}, {"ticked": []}]
            found += [{"ticked": [k for k in keys if k != key]} for key in keys]
        case "happened", kind:
            found = ["2026-12-21" if kind == "date" else "2026-12-21T10:00"]
            found += ["not yet"] if step.may_be_not_yet else []
        case _, "yes or no":
            found = ["yes", "no"]
        case _, "one of":
            found = [option.key for option in step.options]
        case _, "several of":
            keys = [option.key for option in step.options]
            found = [[], keys, *([key] for key in keys)]
        case _, "number":
            found = [0, 1, 10, 100]
        case _, "date":
            found = ["2026-12-21"]
        case _, "date and time":
            found = ["2026-12-21T10:00"]
        case _, "person":
            found = [people[0]]
        case _, "people":
            found = [people, grown]
        case _:
            found = ["What was seen and heard."]
    return found + ([{"skipped": "It could not be answered"}] if step.may_skip else [])


def walks(path: Pathway, seed: int = 1) -> Iterator[Walked]:
    """Walks of `path` without end, each to its end, by every role in turn."""
    chance, used = random.Random(seed), Counter[str]()
    roles = roles_for(path)
    events = tuple(event.id for event in the_set(path.source).events)
    for n in count():
        yield _walk(path, roles[n % len(roles)], chance, used, events if n // len(roles) % 2 else ())


def _walk(
    path: Pathway, role: str, chance: random.Random, used: Counter[str], events: tuple[str, ...]
) -> Walked:
    """One walk; the `events` have all happened before it, so that whatever waits for them does not wait."""
    answers: dict[str, Answer] = {}
    known = dict.fromkeys(events, ("2026-12-22T12:00",))
    facts = Facts(NOW, role, NOW.date(), known)
    said: list[tuple[Step, object]] = []
    while (step := next_step(route(path, answers, facts))) is not None:
        options = choices(step)
        # Mostly what was chosen least in this step; now and then anything, so that combinations come about.
        pick = (
            chance.choice(options)
            if chance.random() < 0.4
            else min(options, key=lambda o: (used[f"{step.id}={o}"], chance.random()))
        )
        used[f"{step.id}={pick}"] += 1
        value = read_answer(step, pick, NOW)
        seq = len(said) + 1
        answers[step.id] = Answer(step.id, value, seq, seq, NOW, "ada", step.text)
        said.append((step, value))
        assert len(said) <= len(path.steps), f"{path.id} goes round in a circle at {step.id}"
    drafts = [case_opened(), walk_begun(1, f"{path.source}/{path.id}", "1", role, "2026-12-24")]
    drafts += [event_recorded(event, at) for event, (at,) in known.items()]
    drafts += [answered(1, s.id, v, question=s.text, cite=s.cite) for s, v in said]
    drafts.append(walk_finished(1))
    case = fold(Entry(n, NOW, "ada", "2026-0001", d.walk, d.kind, d.body) for n, d in enumerate(drafts, 1))
    return Walked(role, tuple(said), case)
