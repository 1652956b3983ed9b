"""How long the record of a case is kept: what its procedures say, until when that is, and what is not known.

A duty to keep the record outlasts the case: it lapses with it like the others, and its day still counts here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from cpcli.casework.duty_state import DutyState
from cpcli.casework.layout import Rules
from cpcli.casework.standing import CLOSED
from cpcli.clock.limit import events_of
from cpcli.procedures.model import BIRTH, Duty, Pathway

REACHED, TO_COME, NOT_KNOWN, NOT_GIVEN = "reached", "to come", "not known", "no period given"
CANNOT = "cannot be worked out"
STATES = (REACHED, TO_COME, NOT_KNOWN, CANNOT, NOT_GIVEN)
"""The day has come; it has not; a period is given, and no day is known; a procedure of the case is not at
hand; no period is given."""


class Kept(NamedTuple):
    """What one procedure of a case says of how long its record is kept."""

    duty: DutyState
    until: str
    """The day until which it is kept at least, ISO; "" where none is known or given."""
    missing: tuple[str, ...]
    """What is not known, and could make it later, each a sentence."""


class Keeping(NamedTuple):
    """How long the record of one case is kept."""

    case: str
    rules: tuple[Kept, ...]
    """The one that keeps it longest first."""
    not_at_hand: tuple[str, ...] = ()
    """Which of its procedures cannot be asked, and why, each a sentence."""

    @property
    def until(self) -> str:
        """The latest of its days, ISO; "" where there is none."""
        return self.rules[0].until if self.rules else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not known, and could make it later."""
        return tuple(dict.fromkeys(each for rule in self.rules for each in rule.missing))

    def state(self, today: str) -> str:
        """One of STATES, on that day (ISO)."""
        if self.not_at_hand:
            return CANNOT
        if self.until:
            return REACHED if self.until <= today else TO_COME
        return NOT_KNOWN if self.missing else NOT_GIVEN


def keeping(
    case: str,
    duties: Iterable[DutyState],
    rules: Rules,
    events: Callable[[], set[str]],
    not_at_hand: Iterable[str] = (),
) -> Keeping:
    """How long the record of the case is kept, by its duties whose pathways are at hand. `events` gives those
    that have happened in it, and is asked only where something is missing.
    """
    found = []
    for state in duties:
        pathway = rules.pathway(f"{state.source}/{state.pathway}")
        duty = next((each for each in pathway.duties if each.id == state.duty and each.keeps), None)
        if duty is None or (state.state == "lapsed" and state.why != CLOSED):
            continue  # what was lifted by an event, such as the record's being removed, keeps it no longer
        found.append(Kept(state, state.due[:10], tuple(_missing(duty, state, rules, events))))
    rules_of_it = tuple(sorted(found, key=lambda kept: kept.until, reverse=True))
    return Keeping(case, rules_of_it, tuple(not_at_hand))


def says_how_long(pathway: Pathway) -> bool:
    """Whether the pathway has something on how long the record is kept, be it that nothing is given."""
    return any(duty.keeps for duty in pathway.duties)


def _missing(duty: Duty, state: DutyState, rules: Rules, events: Callable[[], set[str]]) -> list[str]:
    if duty.keeps == "provisionally":
        return [state.note or "The document has more on how long it is kept than is known here."]
    if state.due or duty.limit is None:
        return []
    needed = events_of(duty.limit) | ({duty.of} if duty.of else set())
    waits = sorted(needed - events())
    if not waits:  # it is known from when, and the calendar cannot tell
        return [state.note]
    names = {event.id: event.name for event in rules.procedure_set(state.source).events}
    names[BIRTH] = "the date of birth"
    return [f"Not recorded yet: {names.get(event) or event.replace('-', ' ')}." for event in waits]
