"""Whether a condition can ever hold, given what the steps before it allow to be answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpcli.procedures.model import Step, Test, When

MOST = 20_000
"""How many assumptions to try before taking it that the condition can hold."""

_PAIRS = (
    ("is", "is not"),
    ("answered", "not answered"),
    ("skipped", "not skipped"),
    ("ticked", "not ticked"),
    ("complete", "not complete"),
    ("under", "at least"),
    ("has happened", "has not happened"),
)
_OPPOSITES = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_OF_ANY_STEP = ("answered", "not answered", "has happened", "has not happened")

World = dict[str, frozenset[str]]
"""What is left possible, by subject. A subject that is not in it has not been narrowed."""


class Ground(NamedTuple):
    """What conditions can look at: the steps, in order, and the roles of those who can walk here."""

    steps: Sequence[Step]
    roles: frozenset[str]


class _Enough(Exception):
    """The search has become too large."""


def can_hold(when: When, ground: Ground, before: int) -> bool:
    """Whether there are answers to the first `before` steps with which the condition holds."""
    search = _Search(ground)
    try:
        return any(search.complete(world) for world in search.hold(when, {}, before))
    except (_Enough, RecursionError):  # too many, or one that rests on another that rests on another
        return True


class _Search:
    """A walk over the possible answers, depth first; worlds are copied, never changed."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.place = {step.id: at for at, step in reversed(list(enumerate(ground.steps)))}
        self.tried = 0

    def hold(self, when: When, world: World, before: int) -> Iterator[World]:
        """The worlds in which the condition of something at place `before` holds."""
        if not when:
            yield world
        for tests in when:
            yield from self._all(tests, world, before)

    def _all(self, tests: Sequence[Test], world: World, before: int) -> Iterator[World]:
        if not tests:
            yield world
            return
        for narrowed in self._one(tests[0], world, before):
            yield from self._all(tests[1:], narrowed, before)

    def _one(self, test: Test, world: World, before: int) -> Iterator[World]:
        self.tried += 1
        if self.tried > MOST:
            raise _Enough
        if test.subject == "role":
            named = frozenset(test.values)
            yield from _narrow(
                world, "role", named if test.verb == "is" else self.ground.roles - named, self.ground.roles
            )
        elif test.subject.startswith("age"):
            yield world
        elif test.verb in {"has happened", "has not happened"}:
            yield from self._event(test, world, before)
        else:
            name, _, item = test.subject.partition(".")
            at = self.place.get(name, before)
            if at >= before:
                yield world
            elif test.verb == "not answered":
                yield from self._unanswered(self.ground.steps[at], world, at)
            else:
                yield from self._answered(test, self.ground.steps[at], item, world, at)

    def _event(self, test: Test, world: World, before: int) -> Iterator[World]:
        """An event that an earlier step always dates cannot but have happened."""
        sure = any(
            step.event == test.subject
            and not (step.when or step.may_be_not_yet or step.planned or step.may_skip)
            for step in self.ground.steps[:before]
        )
        said = "yes" if test.verb == "has happened" else "no"
        yield from _narrow(world, f"event {test.subject}", {said}, {"yes"} if sure else {"yes", "no"})

    def _unanswered(self, step: Step, world: World, at: int) -> Iterator[World]:
        state = f"state of {step.id}"
        for passed in self.hold(step.when, world, at):
            yield from _narrow(passed, state, {"skipped", "not yet"}, _states(step))
        yield from self._absent(step, world, at)

    def _absent(self, step: Step, world: World, at: int) -> Iterator[World]:
        """The worlds in which the step is never reached."""
        if step.when:
            for failed in self._fail(step.when, world, at):
                yield from _narrow(failed, f"state of {step.id}", {"absent"}, _states(step))

    def _fail(self, when: When, world: World, before: int) -> Iterator[World]:
        """The worlds in which none of the alternatives holds."""
        if not when:
            yield world
            return
        for test in when[0]:
            for narrowed in self._not(test, world, before):
                yield from self._fail(when[1:], narrowed, before)

    def _not(self, test: Test, world: World, before: int) -> Iterator[World]:
        """The worlds in which one test does not hold: the other way round, or nothing to test."""
        opposite = test._replace(verb=_OPPOSITES[test.verb])
        yield from self._one(opposite, world, before)
        name = test.subject.partition(".")[0]
        at = self.place.get(name, before)
        if test.verb in _OF_ANY_STEP or at >= before:
            return
        step = self.ground.steps[at]
        yield from self._absent(step, world, at)
        if test.verb != "skipped":
            for passed in self.hold(step.when, world, at):
                yield from _narrow(passed, f"state of {step.id}", {"skipped", "not yet"}, _states(step))

    def _answered(self, test: Test, step: Step, item: str, world: World, at: int) -> Iterator[World]:
        wanted = {"skipped": {"skipped"}, "not skipped": {"given", "not yet"}}.get(test.verb, {"given"})
        for passed in self.hold(step.when, world, at):
            for given in _narrow(passed, f"state of {step.id}", wanted, _states(step)):
                yield from self._value(test, step, item, given, at)

    def _value(self, test: Test, step: Step, item: str, world: World, at: int) -> Iterator[World]:
        match test.verb:
            case "is" | "is not":
                yield from _chosen(test, step, world)
            case "under":
                below = {
                    value for value in _figures(self.ground.steps, step) if int(value) < int(test.values[0])
                }
                yield from _narrow(world, step.id, below, _figures(self.ground.steps, step))
            case "at least":
                above = {
                    value for value in _figures(self.ground.steps, step) if int(value) >= int(test.values[0])
                }
                yield from _narrow(world, step.id, above, _figures(self.ground.steps, step))
            case "ticked" | "not ticked":
                said = "yes" if test.verb == "ticked" else "no"
                yield from _narrow(world, f"{step.id}.{item}", {said}, {"yes", "no"})
            case "complete" | "not complete":
                said = "yes" if test.verb == "complete" else "no"
                yield from _narrow(world, f"enough of {step.id}", {said}, {"yes", "no"})
            case _:
                yield world

    def complete(self, world: World) -> bool:
        """Whether what is assumed of each checklist agrees with what is assumed of its items."""
        for step in self.ground.steps:
            said = world.get(f"enough of {step.id}")
            if said is None or step.needs is None:
                continue
            ticks = [world.get(f"{step.id}.{key}", frozenset({"yes", "no"})) for key in step.needs.keys]
            most = sum("yes" in each for each in ticks)
            least = sum("no" not in each for each in ticks)
            if (said == {"yes"} and most < step.needs.count) or (
                said == {"no"} and least >= step.needs.count
            ):
                return False
        return True


def _narrow(world: World, subject: str, wanted: Iterable[str], whole: Iterable[str]) -> Iterator[World]:
    left = world.get(subject, frozenset(whole)) & frozenset(wanted)
    if left:
        yield {**world, subject: left}


def _states(step: Step) -> frozenset[str]:
    """What can have become of a step by the time that a later one is reached."""
    states = {"given"}
    if step.may_skip:
        states.add("skipped")
    if step.may_be_not_yet:
        states.add("not yet")
    if step.when:
        states.add("absent")
    return frozenset(states)


def _chosen(test: Test, step: Step, world: World) -> Iterator[World]:
    if step.answer == "several of":
        if test.verb == "is":
            for value in test.values:
                yield from _narrow(world, f"{step.id}: {value}", {"in"}, {"in", "out"})
            return
        worlds = [world]
        for value in test.values:
            worlds = [
                w for each in worlds for w in _narrow(each, f"{step.id}: {value}", {"out"}, {"in", "out"})
            ]
        yield from worlds
        return
    whole = frozenset(
        ("yes", "no") if step.answer == "yes or no" else [option.key for option in step.options]
    )
    if step.answer in {"yes or no", "one of"}:
        named = frozenset(test.values)
        yield from _narrow(world, step.id, named if test.verb == "is" else whole - named, whole)
    else:
        yield world


def _figures(steps: Sequence[Step], step: Step) -> frozenset[str]:
    """Every figure that a test on this number names, and one below each: enough to stand for all numbers."""
    named = {
        int(value)
        for each in steps
        for tests in each.when
        for test in tests
        if test.subject == step.id and test.verb in {"under", "at least"}
        for value in test.values
    }
    return frozenset(str(value) for figure in named for value in (figure, figure - 1) if value >= 0) | {
        "0",
        "99999",
    }
