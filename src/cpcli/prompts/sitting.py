"""A walk while somebody sits at it: the case as the store has it, and what the next answer takes along."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from cpcli.casework.case import Case, apply, fold
from cpcli.casework.derived import Derive
from cpcli.casework.entry import Draft, Entry, answered, case_opened, walk_begun
from cpcli.casework.layout import Rules, WalkState, lay_out
from cpcli.casework.told import Walk
from cpcli.procedures.model import Pathway, Step
from cpcli.store.faults import Conflict
from cpcli.store.store import Store
from cpcli.walk.answers import AnswerError, read_answer
from cpcli.walk.conditions import holds, subjects
from cpcli.walk.route import next_step, view_of


class Desk(NamedTuple):
    """What every walk needs: where it is recorded, by which rules, by whom and when."""

    store: Store
    rules: Rules
    who: str
    now: Callable[[], datetime]
    """The present moment, in London."""
    derive: Derive


@dataclass
class Sitting:
    """One walk. Nothing of it is stored before its first answer: an abandoned start leaves nothing behind."""

    desk: Desk
    walk: int
    """The walk's number within the case."""
    case: Case | None = None
    """As last read or recorded; None while there is none."""
    pending: list[Draft] = field(default_factory=list)
    """Recorded together with the first answer."""

    def whole(self) -> Case:
        """The case as it will be: with what is still to be recorded."""
        at = self.desk.now().astimezone(UTC)
        case = deepcopy(self.case)
        drafts = self.pending if case else [case_opened(), *self.pending]
        seq = case.last_seq if case else 0
        reference = case.reference if case else "new"
        for number, draft in enumerate(drafts, seq + 1):
            entry = Entry(number, at, self.desk.who, reference, draft.walk, draft.kind, draft.body)
            if case is None:
                case = fold([entry])
            else:
                apply(case, entry)
        if case is None:
            raise ValueError("a sitting needs a case, or something to begin one with")
        return case

    def state(self) -> WalkState:
        """The walk laid out, as it stands now."""
        states, _ = lay_out(self.whole(), self.desk.rules, self.desk.now())
        return next(state for state in states if state.walk.number == self.walk)

    def put_off(self, draft: Draft) -> None:
        """Record it with the next answer, where nothing of the walk is recorded yet; otherwise at once."""
        if self.pending:
            self.pending.append(draft)
        else:
            self.record(draft)

    def record(self, *drafts: Draft) -> Case:
        """Put these on the disk, after whatever waited for them. Raises Conflict and StoreProblem.

        Where somebody else has meanwhile begun a walk of the same number, this one becomes the next.
        """
        reference, seen = (self.case.reference, self.case.last_seq) if self.case else (None, None)
        desk = self.desk
        try:
            self.case = desk.store.append(
                reference,
                [*self.pending, *drafts],
                who=desk.who,
                at=desk.now().astimezone(UTC),
                derive=desk.derive,
                seen=seen,
            )
        except Conflict as conflict:
            self.case = desk.store.case(conflict.case)
            if not self.pending:
                raise
            self.walk = max(self.case.walks) + 1
            self.pending = [draft._replace(walk=self.walk) for draft in self.pending]
            return self.record(*(draft._replace(walk=self.walk) for draft in drafts))
        self.pending = []
        return self.case


def begin(
    desk: Desk, pathway: Pathway, role: str, case: Case | None = None, given: Container[str] = ()
) -> Sitting:
    """A new walk of `pathway`, in a new case or as a further one in `case`; recorded with its first answer.

    In a case that leads to this pathway, the answers that go along are carried over; not those to steps
    that are in `given`.
    """
    number = max(case.walks, default=0) + 1 if case else 1
    full = f"{pathway.source}/{pathway.id}"
    edition = desk.rules.procedure_set(pathway.source).edition
    today = desk.now().date().isoformat()
    sitting = Sitting(desk, number, case, [walk_begun(number, full, edition, role, today)])
    if case:
        carried = _carried(case, desk, pathway, number)
        sitting.pending += [draft for draft in carried if draft.body["step"] not in given]
    return sitting


def resume(desk: Desk, case: Case, walk: Walk) -> Sitting:
    """A walk that was left, or one to correct."""
    return Sitting(desk, walk.number, case)


def at_hand(desk: Desk, case: Case) -> list[Walk]:
    """The walks of the case whose pathway is at hand, the one begun last first."""
    return [walk for walk in reversed(case.walks.values()) if walk.pathway not in desk.rules.missing]


def unfinished(desk: Desk, case: Case) -> Walk | None:
    """The walk that was begun last of those at hand that are not finished."""
    return next((walk for walk in at_hand(desk, case) if walk.finished is None), None)


def opened_again(desk: Desk, case: Case) -> Walk | None:
    """The walk that was begun last of those at hand that were finished and have a question since."""
    states, _ = lay_out(case, desk.rules, desk.now())
    asking = {state.walk.number for state in states if next_step(state.places) is not None}
    return next((walk for walk in at_hand(desk, case) if walk.number in asking), None)


def _carried(case: Case, desk: Desk, pathway: Pathway, number: int) -> Sequence[Draft]:
    """The answers that go along to `pathway` from the last walk of the case that leads to it."""
    states, _ = lay_out(case, desk.rules, desk.now())
    for state in reversed(states):
        view = view_of(state.places, state.facts)
        for way in state.pathway.leads_to:
            if (state.pathway.source, way.pathway) == (pathway.source, pathway.id) and holds(way.when, view):
                found = (_carry(step, way.carrying, state, number, desk.now()) for step in pathway.steps)
                return [draft for draft in found if draft]
    return []


def _goes_along(step: Step, said: Step, carrying: tuple[str, ...]) -> bool:
    """Named to go along; or told already, word for word, because of an answer that goes along."""
    if step.kind == "tell":
        return step.text == said.text and bool(step.when) and subjects(step.when) <= set(carrying)
    return step.id in carrying


def _carry(
    step: Step, carrying: tuple[str, ...], state: WalkState, number: int, now: datetime
) -> Draft | None:
    """The answer to `step` that the other walk gives; None where it gives none that fits, or "not yet"."""
    place = next((p for p in state.places if p.step.id == step.id and p.stands), None)
    if place is None or place.answer is None or not _goes_along(step, place.step, carrying):
        return None
    try:
        value = read_answer(step, place.answer.value, now)
    except AnswerError:
        return None
    if step.kind == "happened" and value == "not yet":
        return None  # It may have happened since.
    first = place.answer.carried_from or state.walk.number
    return answered(number, step.id, value, question=step.text, cite=step.cite, carried_from=first)
