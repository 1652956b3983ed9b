"""Why a condition does not hold, or is not known to: the answers and facts that decide it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cpcli.casework.layout import WalkState
from cpcli.clock.when import LONDON, from_iso, iso, say_when
from cpcli.procedures.model import Step, Test, When
from cpcli.procedures.words import test_words
from cpcli.walk.answers import say_answer
from cpcli.walk.conditions import View, holds
from cpcli.walk.route import view_of


class Decider(NamedTuple):
    """One answer or fact that decides a condition."""

    step: str
    """The step whose answer it is; "" where it is a fact of the case."""
    question: str
    """The question as it was asked, or the fact in words."""
    says: str
    """The answer in words; "" where there is none yet."""
    by: str
    since: str
    """When it was given or came about: local date or date and time, ISO."""

    def in_words(self) -> str:
        """ "What kind of concern is it?" was answered "Something new"."""
        return (
            f'"{self.question}" was answered "{self.says}"' if self.step else f"{self.question} {self.says}"
        )


def deciders(when: When, state: WalkState) -> tuple[Decider, ...]:
    """For each alternative of a condition that does not hold, the first answer or fact that ruled it out."""
    view = view_of(state.places, state.facts)
    found: list[Decider] = []
    for tests in when:
        ruled = [_decider(test, state, view) for test in tests if holds(((test,),), view) is False]
        if ruled:
            found += [one for one in min(ruled, key=since) if one not in found]
    return tuple(found)


def undecided(when: When, state: WalkState) -> tuple[Decider, ...]:
    """For a condition that is not known to hold or not: the questions that it waits for."""
    view = view_of(state.places, state.facts)
    found: list[Decider] = []
    for test in (test for tests in when for test in tests):
        if holds(((test,),), view) is None:
            one = _unanswered(test, view)
            found += [one] if one not in found else []
    return tuple(found)


def since(found: tuple[Decider, ...]) -> str:
    """Since when the whole condition has been decided: since the last of its alternatives was ruled out."""
    return max((one.since for one in found), default="")


def _decider(test: Test, state: WalkState, view: View) -> tuple[Decider, ...]:
    walk = state.walk
    place = view.seen.get(test.subject.partition(".")[0])
    if place is not None and place.applies is False and test.verb != "not answered":
        # The question itself was not to be asked: what decides is what decided that.
        return deciders(place.step.when, state)
    if place is not None and place.answer is not None:
        answer = place.answer
        said = say_answer(place.step, answer.value)
        return (Decider(place.step.id, answer.question, said, answer.who, _local(answer.at)),)
    if test.subject == "role":
        return (Decider("", "The role of whoever walks", walk.role, walk.begun_by, walk.on),)
    if test.verb in ("has happened", "has not happened"):
        dates, _ = view.dates_of(test.subject)
        if test.verb == "has not happened" and dates:
            return (Decider("", test.subject, f"has happened, {say_when(from_iso(dates[0]))}", "", dates[0]),)
        return (Decider("", test.subject, "has not happened", "", walk.on),)
    return (Decider("", f"That {test_words(test)}", "does not hold", "", walk.on),)


def _unanswered(test: Test, view: View) -> Decider:
    name = test.subject.partition(".")[0]
    place = view.seen.get(name) or next(
        (each for each in view.seen.values() if test.subject in (each.step.event, *_ages(each.step))), None
    )
    if place is None:
        return Decider("", test_words(test), "", "", "")
    return Decider(place.step.id, place.step.text, "", "", "")


def _ages(step: Step) -> tuple[str, ...]:
    return ("age",) if step.person_part == "child" else ()


def _local(at: datetime) -> str:
    return iso(at.astimezone(LONDON))
