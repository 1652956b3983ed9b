"""Proving one pathway whole: its questions, its steps' order, its duties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cpcli.clock.limit import Limit, events_of
from cpcli.procedures.build import Built, Place
from cpcli.procedures.lint_when import Scope, check_when
from cpcli.procedures.model import BIRTH, Duty, Pathway, Step, When
from cpcli.procedures.possible import Ground, can_hold
from cpcli.procedures.problem import Problem
from cpcli.procedures.words import did_you_mean, when_words

MOST_WORDS = 20
_AND_OR = re.compile(r"\band\s*/\s*or\b", re.IGNORECASE)


class Known(NamedTuple):
    """What the rest of the set provides."""

    roles: tuple[str, ...]
    walkers: tuple[str, ...]
    """The roles that can walk a pathway."""
    events: tuple[str, ...]
    """The ids of events.yaml, and of every duty that no other event ends."""
    can_happen: frozenset[str]
    """Those of them that some step dates, some duty ends with or that come from outside."""


def lint_pathway(built: Built, known: Known) -> Iterator[Problem]:
    """What is wrong with the pathway that its building could not see."""
    pathway = built.pathway
    yield from _who(pathway, built.at, known)
    ground = Ground(pathway.steps, frozenset(pathway.open_to or known.walkers or known.roles))
    for at, (step, place) in enumerate(zip(pathway.steps, built.steps_at, strict=True)):
        yield from _question(step, place)
        yield from _decision(step, place, pathway, at)
        yield from _names(step, place, known)
        scope = Scope(pathway.steps[:at], pathway.steps[at:], known.events, known.roles)
        never = "This step can never be reached"
        yield from _condition(step.when, place, scope, ground, never)
    whole = Scope(pathway.steps, (), known.events, known.roles)
    for duty, place in zip(pathway.duties, built.duties_at, strict=True):
        yield from _duty(duty, place, known)
        yield from _condition(duty.when, place, whole, ground, "This duty can never be owed")
    for lead, place in zip(pathway.leads_to, built.leads_at, strict=True):
        yield from _condition(lead.when, place, whole, ground, "This way on can never be open")


def _condition(when: When, place: Place, scope: Scope, ground: Ground, never: str) -> Iterator[Problem]:
    """Each test has to make sense; then all of them together have to be able to hold."""
    wrong = list(check_when(when, place, scope))
    yield from wrong
    if wrong or not when:
        return
    before = len(scope.earlier)
    if not can_hold(when, ground, before):
        mend = "Change this `when`, or the one of a step that it names."
        yield place.wrong("when", f"{never}: '{when_words(when)}' cannot come about.", mend)
    elif len(when) > 1:
        for tests in when:
            if not can_hold((tests,), ground, before):
                mend = "Change it, or take it out."
                yield place.wrong(
                    "when", f"One line of `when` cannot come about: '{when_words((tests,))}'.", mend
                )


def _who(pathway: Pathway, at: Place, known: Known) -> Iterator[Problem]:
    if pathway.open_to and not pathway.otherwise:
        mend = "Add `otherwise:` and what anybody else should do."
        yield at.wrong("open to", "`open to` needs `otherwise`.", mend)
    if pathway.otherwise and not pathway.open_to:
        yield at.wrong("otherwise", "`otherwise` has no `open to`.", "Add `open to:`, or take it out.")
    for role in pathway.open_to:
        if known.walkers and role not in known.walkers:
            yield at.wrong(
                "open to", f"{role!r} cannot walk a pathway.", "Give the role `can walk: yes` in set.yaml."
            )
    for line in pathway.otherwise:
        for role in line.roles:
            if role in pathway.open_to:
                message = f"`otherwise` is for {role!r}, to whom the pathway is open."
                yield at.wrong("otherwise", message, "Take the role out of one of them.")


def _question(step: Step, place: Place) -> Iterator[Problem]:
    """A question asks one thing, in few words, and looks like a question."""
    if step.kind not in {"ask", "happened"} or not step.text:
        return
    if not step.text.endswith("?"):
        yield place.wrong(step.kind, "The question does not end with a question mark.", "Ask a question.")
    count = len(step.text.split())
    if count > MOST_WORDS:
        mend = f"Ask in {MOST_WORDS} at most; a dozen is better."
        yield place.wrong(step.kind, f"The question has {count} words.", mend)
    if _AND_OR.search(step.text):
        yield place.wrong(step.kind, "The question asks two things: 'and/or'.", "Make two questions of it.")


def _decision(step: Step, place: Place, pathway: Pathway, at: int) -> Iterator[Problem]:
    if step.decision and not any(later.reason_for == step.id for later in pathway.steps[at + 1 :]):
        mend = f"Add a question after it with `reason for: {step.id}`."
        yield place.wrong("decision", "The decision's reason is never asked.", mend)
    if not step.reason_for:
        return
    earlier = {each.id: each for each in pathway.steps[:at]}
    if step.reason_for not in earlier:
        decisions = [each.id for each in earlier.values() if each.decision]
        message = f"`reason for` names {step.reason_for!r}, which is not an earlier step."
        yield place.wrong("reason for", message, did_you_mean(step.reason_for, decisions))
    elif not earlier[step.reason_for].decision:
        mend = "Add `decision: yes` to that step."
        yield place.wrong(
            "reason for", f"`reason for` names {step.reason_for!r}, which is not a decision.", mend
        )


def _names(step: Step, place: Place, known: Known) -> Iterator[Problem]:
    if step.id in {"role", "age"}:
        yield place.wrong(
            "id", f"A step cannot be called {step.id!r}: a `when` means something else by it.", "Rename it."
        )
    if step.kind != "happened":
        if step.id in known.events:
            yield place.wrong("id", f"{step.id!r} is an event or a duty too.", "Rename the step.")
    elif step.event and step.event not in known.events:
        mend = did_you_mean(step.event, known.events)
        yield place.wrong("event", f"There is no event {step.event!r} in events.yaml.", mend)
    elif step.id != step.event and step.id in known.events:
        yield place.wrong("id", f"{step.id!r} is another event or duty too.", "Rename the step.")


def _duty(duty: Duty, place: Place, known: Known) -> Iterator[Problem]:
    if duty.limit and not duty.of and needs_event(duty.limit):
        ages = duty.limit.unit == "age_year"
        mend = f"Add `of: {BIRTH}`." if ages else "Add `of:` and the event that it is counted from."
        yield place.wrong("limit", f"The limit '{duty.limit.text}' has nothing to be counted from.", mend)
    if duty.differs and not duty.limit:
        yield place.wrong(
            "differs", "`differs` has no `limit` to differ from.", "Add `limit:`, the stricter one."
        )
    yield from _keeping(duty, place)
    for reading in duty.differs:
        if duty.limit and reading.says.text == duty.limit.text and reading.of == duty.of:
            yield place.wrong("differs", "`differs` says what the limit says already.", "Take it out.")
    waits: list[tuple[str, str]] = [("of", duty.of), *(("unless", event) for event in duty.unless)]
    waits += [("differs", reading.of) for reading in duty.differs if reading.of != duty.of]
    waits += [("limit", event) for event in (sorted(events_of(duty.limit)) if duty.limit else ())]
    waits += [("differs", event) for reading in duty.differs for event in sorted(events_of(reading.says))]
    if duty.met_by != duty.id:
        waits.append(("met by", duty.met_by))
        if duty.id in known.events:
            message = f"{duty.id!r} is an event too, and another event ends the duty."
            yield place.wrong("id", message, "Rename the duty, or take `met by` out.")
    for key, event in waits:
        if not event:
            continue
        if event not in known.events:
            yield place.wrong(key, f"There is no event {event!r}.", did_you_mean(event, known.events))
        elif event not in known.can_happen:
            mend = "Add a step that dates it, or give it `from outside: yes` in events.yaml."
            yield place.wrong(key, f"The event {event!r} can never happen.", mend)
    if duty.id and duty.id == duty.of and duty.met_by == duty.id:
        yield place.wrong("of", "The duty waits for itself.", "Name the event that opens it.")


def _keeping(duty: Duty, place: Place) -> Iterator[Problem]:
    """What says how long the record is kept has a limit that says it, and no other has; what is not known
    yet has a note at least.
    """
    keeps = duty.limit is not None and duty.limit.relation == "keep_for"
    if duty.keeps == "not said" and duty.limit:
        mend = "Take the limit out, or write `keeps record: until then`."
        yield place.wrong("keeps record", "The document gives no time, and there is a limit.", mend)
    elif not keeps and (duty.keeps == "until then" or (duty.keeps == "provisionally" and not duty.note)):
        mend = "Add one, such as `limit: keep for 10 years`, or write `keeps record: not said`."
        yield place.wrong("keeps record", "No limit says how long the record is kept.", mend)


def needs_event(limit: Limit) -> bool:
    """Whether the limit counts from an event that its own words do not name."""
    if limit.later_of or limit.earlier_of:
        return any(needs_event(each) for each in (*limit.later_of, *limit.earlier_of))
    return limit.relation is not None and not limit.event
