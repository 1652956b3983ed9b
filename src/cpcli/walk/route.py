"""The walk itself: from a pathway and the answers so far to where it stands.

Going on, going back, resuming and answering from a file are all this one function, asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cpcli.procedures.model import Pathway, Step
from cpcli.walk.answers import Answer
from cpcli.walk.conditions import Place, View, holds, subjects
from cpcli.walk.facts import Facts


class Progress(NamedTuple):
    """How far along a walk is. Branches change it, so what is left is a range."""

    answered: int
    at_least: int
    """Questions still to come, whatever is answered."""
    at_most: int
    """Questions that might still come."""


def route(pathway: Pathway, answers: Mapping[str, Answer], facts: Facts) -> tuple[Place, ...]:
    """Every step of the pathway, in order, with whether it applies and how it was answered."""
    seen: dict[str, Place] = {}
    view = View(pathway.steps, seen, facts)
    for step in pathway.steps:
        answer = answers.get(step.id)
        reopened = answer is not None and _overtaken(step, answer, answers, pathway)
        seen[step.id] = Place(step, holds(step.when, view), answer, reopened)
    return tuple(seen.values())


def view_of(places: tuple[Place, ...], facts: Facts) -> View:
    """The whole walk as it stands, for the conditions of duties and of ways onward."""
    return View(tuple(p.step for p in places), {p.step.id: p for p in places}, facts)


def next_step(places: tuple[Place, ...]) -> Step | None:
    """The first step that applies and is not answered; None when the walk has come to its end."""
    return next((p.step for p in places if p.applies and not p.stands), None)


def step_before(places: tuple[Place, ...], step: Step) -> Step | None:
    """The question before this one, to go back to; None at the beginning."""
    before = None
    for place in places:
        if place.step.id == step.id:
            break
        if place.applies and place.step.kind != "tell":
            before = place.step
    return before


def progress(places: tuple[Place, ...]) -> Progress:
    """How many questions are answered, and how many are left at least and at most."""
    asked = [p for p in places if p.step.kind != "tell"]
    return Progress(
        answered=sum(p.stands for p in asked),
        at_least=sum(p.applies is True and not p.stands for p in asked),
        at_most=sum(p.applies is not False and not p.stands for p in asked),
    )


def _overtaken(step: Step, answer: Answer, answers: Mapping[str, Answer], pathway: Pathway) -> bool:
    """Whether an answer that this step depends on has become another since it was answered."""
    names = subjects(step.when) | {step.reason_for}
    names |= {s.id for s in pathway.steps if s.event in names and s.event}
    later = (answers[name] for name in names if name in answers and answers[name].changed > answer.seq)
    # What was carried in is older than the questions that it depends on; their first answer changes nothing.
    return any(not (answer.carried_from and each.changed == each.first) for each in later)
