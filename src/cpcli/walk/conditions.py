"""Whether a `when` holds: yes, no, or not known yet because something that it compares is not answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from cpcli.procedures.model import Step, Test, When
from cpcli.walk.answers import Answer, births, is_enough, is_skip
from cpcli.walk.facts import Facts

Known = bool | None


class Place(NamedTuple):
    """A step as it stands in a walk."""

    step: Step
    applies: Known
    """None: not known until something before it is answered."""
    answer: Answer | None
    reopened: bool
    """It was answered, but an answer that it depends on has changed since."""

    @property
    def stands(self) -> bool:
        """It applies, and has an answer that nothing has overtaken."""
        return self.applies is True and self.answer is not None and not self.reopened

    @property
    def value(self) -> Any:
        """The answer that stands, or None."""
        return self.answer.value if self.stands and self.answer else None


class View(NamedTuple):
    """What a condition can look at: the steps laid out so far, and the facts of the case."""

    steps: tuple[Step, ...]
    seen: Mapping[str, Place]
    """By step id. A step that is not in it has still to be laid out."""
    facts: Facts

    def dates_of(self, event: str) -> tuple[tuple[str, ...], bool]:
        """When an event happened (ISO), and whether a step of this walk may yet say more."""
        asking = [s for s in self.steps if s.kind == "happened" and s.event == event]
        values = [self.seen[s.id].value for s in asking if s.id in self.seen]
        here = tuple(v for v in values if isinstance(v, str) and v != "not yet")
        return self.facts.events.get(event, ()) + here, self._open(asking)

    def births(self) -> tuple[tuple[str, ...], bool]:
        """Dates of birth of the children (ISO), and whether a step of this walk may yet say more."""
        asking = [s for s in self.steps if s.person_part == "child"]
        here = tuple(day for s in asking if s.id in self.seen for day in births(self.seen[s.id].value))
        return self.facts.born + here, self._open(asking)

    def _open(self, steps: list[Step]) -> bool:
        return any(
            s.id not in self.seen or (self.seen[s.id].applies is not False and not self.seen[s.id].stands)
            for s in steps
        )


def holds(when: When, view: View) -> Known:
    """Any of the alternatives, each of which is all of its tests; None where that is not known yet."""
    if not when:
        return True
    return _any([_all([_test(test, view) for test in tests]) for tests in when])


def subjects(when: When) -> set[str]:
    """What a `when` compares: steps, events, `role`, `age` …; for a checklist's item its checklist."""
    return {test.subject.split(".")[0] for tests in when for test in tests}


def years_old(born: date, on: date) -> int:
    """Age in whole years: reached at the start of the birthday, 29 February's on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _all(parts: list[Known]) -> Known:
    if False in parts:
        return False
    return None if None in parts else True


def _any(parts: list[Known]) -> Known:
    if True in parts:
        return True
    return None if None in parts else False


def _test(test: Test, view: View) -> Known:
    if test.subject == "role":
        return (view.facts.role in test.values) == (test.verb == "is")
    if test.subject == "age" or test.subject.startswith("age on "):
        return _age(test, view)
    if test.verb in ("has happened", "has not happened"):
        dates, may_come = view.dates_of(test.subject)
        happened = any(_day(at) <= view.facts.now.date() for at in dates)
        if not happened and may_come:
            return None
        return happened == (test.verb == "has happened")
    return _answer(test, view)


def _day(iso: str) -> date:
    return date.fromisoformat(iso[:10])


def _age(test: Test, view: View) -> Known:
    on = view.facts.begun
    if test.subject.startswith("age on "):
        dates, may_come = view.dates_of(test.subject.removeprefix("age on "))
        if not dates:
            return None if may_come else False
        on = _day(dates[-1])
    born, may_come = view.births()
    if not born:
        return None if may_come else False
    limit = int(test.values[0])
    ages = [years_old(_day(day), on) for day in born]
    return any(age < limit if test.verb == "under" else age >= limit for age in ages)


def _answer(test: Test, view: View) -> Known:
    name, _, item = test.subject.partition(".")
    place = view.seen.get(name)
    if place is None:
        return None
    if place.applies is False:
        return test.verb == "not answered"
    value = place.value
    if value is None:
        return None
    given = not is_skip(value) and value != "not yet"
    match test.verb:
        case "answered":
            return given
        case "not answered":
            return not given
        case "skipped":
            return is_skip(value)
        case "ticked":
            return given and item in value.get("ticked", ())
        case "not ticked":
            return given and item not in value.get("ticked", ())
        case "complete":
            return given and is_enough(place.step, value)
        case "not complete":
            return given and not is_enough(place.step, value)
        case "under":
            return given and float(value) < int(test.values[0])
        case "at least":
            return given and float(value) >= int(test.values[0])
    if is_skip(value):
        return False
    said = value if isinstance(value, list) else [value]
    return any(one in test.values for one in said) == (test.verb == "is")
