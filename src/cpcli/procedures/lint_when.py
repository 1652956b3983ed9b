"""Proving a condition: each test on something that is there, with a value that it can have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cpcli.procedures.build import Place
from cpcli.procedures.model import Step, Test, When
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Sequence
from cpcli.procedures.words import did_you_mean, test_words

_STEP_VERBS = ("answered", "not answered", "skipped")
_EVENT_VERBS = ("has happened", "has not happened")


class Scope(NamedTuple):
    """What a condition may speak of."""

    earlier: tuple[Step, ...]
    """The steps that come before it; all of them for duties and ways on."""
    later: tuple[Step, ...]
    events: tuple[str, ...]
    """Every event of the set, duties among them."""
    roles: tuple[str, ...]


def check_when(when: When, place: Place, scope: Scope) -> Iterator[Problem]:
    """What is wrong with each test of the condition that stands at the place."""
    node = place.node.get("when")
    written = node if isinstance(node, Sequence) else [node]
    mappings = [each for each in written if isinstance(each, Mapping)]
    for at, tests in enumerate(when):
        for test in tests:
            line = (
                mappings[at].line_of(test.subject)
                if len(mappings) == len(when)
                else place.node.line_of("when")
            )
            said = _wrong(test, scope)
            if said:
                yield Problem(place.file_of("when"), line, *said)


def _wrong(test: Test, scope: Scope) -> tuple[str, str] | None:
    """What is wrong with the test, and the mend."""
    if test.subject == "role":
        return _role(test, scope)
    if test.subject == "age" or test.subject.startswith("age on "):
        return _age(test, scope)
    if test.verb in _EVENT_VERBS:
        return _event(test.subject, scope)
    name, dot, item = test.subject.partition(".")
    step = next((each for each in scope.earlier if each.id == name), None)
    if step is None:
        return _not_there(name, scope)
    return _item(test, step, item) if dot else _step(test, step)


def _role(test: Test, scope: Scope) -> tuple[str, str] | None:
    if test.verb not in {"is", "is not"}:
        return _cannot(test, "a role", "a role, [roles] or not ROLE")
    for value in test.values:
        if value not in scope.roles:
            return f"The set has no role {value!r}.", did_you_mean(value, scope.roles)
    return None


def _age(test: Test, scope: Scope) -> tuple[str, str] | None:
    if test.verb not in {"under", "at least"}:
        return _cannot(test, "an age", "under 13 or at least 16")
    return _event(test.subject.removeprefix("age on "), scope) if test.subject != "age" else None


def _event(name: str, scope: Scope) -> tuple[str, str] | None:
    if name in scope.events:
        return None
    dated = next((step for step in (*scope.earlier, *scope.later) if step.id == name and step.event), None)
    mend = f"Write the event's id, `{dated.event}`." if dated else did_you_mean(name, scope.events)
    return f"There is no event {name!r}.", mend


def _not_there(name: str, scope: Scope) -> tuple[str, str]:
    if any(step.id == name for step in scope.later):
        return f"{name!r} is asked after this.", "Move that step up, or this one down."
    if name in scope.events:
        return f"{name!r} is an event, not an earlier step.", "Write `has happened` or `has not happened`."
    return f"There is no earlier step {name!r}.", did_you_mean(name, [step.id for step in scope.earlier])


def _item(test: Test, step: Step, item: str) -> tuple[str, str] | None:
    keys = [each.key for each in step.items]
    if step.kind != "checklist":
        return f"{step.id!r} is not a checklist, so it has no items.", f"Write `{step.id}` alone."
    if item not in keys:
        return f"The checklist {step.id!r} has no item {item!r}.", did_you_mean(item, keys)
    if test.verb not in {"ticked", "not ticked"}:
        return _cannot(test, "an item", "ticked or not ticked")
    return None


def _step(test: Test, step: Step) -> tuple[str, str] | None:
    if step.kind == "tell":
        return f"{step.id!r} only tells; nothing is answered there.", "Compare a question instead."
    if test.verb == "skipped" and not step.may_skip:
        return f"{step.id!r} cannot be skipped.", "Add `may skip: yes` to it, or compare something else."
    if test.verb in _STEP_VERBS:
        return None
    if step.kind == "checklist":
        if test.verb not in {"complete", "not complete"}:
            return _cannot(test, "a checklist", "complete, not complete, or CHECKLIST.ITEM: ticked")
        if step.needs is None:
            return f"{step.id!r} does not say when it is complete.", "Add `needs:` to it."
        return None
    if step.answer == "number":
        if test.verb in {"under", "at least"} or all(value.isdigit() for value in test.values if test.values):
            return None
        return _cannot(test, "a number", "under 3, at least 3 or a number")
    values = ["yes", "no"] if step.answer == "yes or no" else [option.key for option in step.options]
    if not values:
        return _cannot(test, f"an answer of this kind ({step.answer})", "answered, not answered or skipped")
    if test.verb not in {"is", "is not"}:
        return _cannot(test, f"an answer of this kind ({step.answer})", ", ".join(values))
    for value in test.values:
        if value not in values:
            return f"{value!r} is not a possible answer to {step.id!r}.", did_you_mean(value, values)
    return None


def _cannot(test: Test, what: str, possible: str) -> tuple[str, str]:
    return f"'{test_words(test)}' cannot be said of {what}.", f"Possible: {possible}."
