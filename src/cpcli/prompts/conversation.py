"""The walk as a conversation: lay it out, ask what comes next, record the answer, and again."""

from __future__ import annotations

from typing import Any, NamedTuple

from cpcli.casework.entry import Draft, answered, walk_finished
from cpcli.casework.layout import WalkState
from cpcli.casework.marks import marks_of
from cpcli.clock.when import say_when
from cpcli.procedures.model import Step
from cpcli.prompts.ask import ask, tell
from cpcli.prompts.asker import Asker, Command, Prompt
from cpcli.prompts.reply import (
    Back,
    Leave,
    Question,
    Reply,
    Skip,
    falls_short,
    question,
    source,
    telling,
)
from cpcli.prompts.review import Change, review
from cpcli.prompts.sitting import Sitting
from cpcli.store.faults import Conflict, StoreProblem
from cpcli.walk.answers import AnswerError, read_answer, say_answer
from cpcli.walk.conditions import Place
from cpcli.walk.route import next_step, step_before


class _Left(Exception):
    """Whoever walks has left; the answers so far are kept."""


class _At(NamedTuple):
    """Where the conversation is."""

    part: str = ""
    """The heading that was shown last."""
    gone_to: str = ""
    """A step gone back to, or to be changed; "" where the walk goes on by itself."""
    asked: bool = False
    """Something has been asked or told since the conversation began."""


def converse(sitting: Sitting, asker: Asker) -> bool:
    """Walk to the end, from wherever the walk stands. Whether it was finished; if not, it was left.

    Each answer is on the disk before the next question appears. Raises KeyboardInterrupt, and StoreProblem
    where an answer cannot be recorded, having shown it back; what was recorded before stands.
    """
    at = _At()
    try:
        while True:
            state = sitting.state()
            step = _find(state, at.gone_to) or next_step(state.places)
            if step is None:
                said = review(state, _marks(sitting, state), asker)
                if said is None:
                    if _finish(sitting, state, asker):
                        return True
                elif isinstance(said, Change):
                    at = at._replace(gone_to=said.step)
                elif said is Command.BACK:
                    last = [p.step.id for p in state.places if p.applies and p.step.kind != "tell"]
                    at = at._replace(gone_to=last[-1] if last else "")
                else:
                    return False
                continue
            if not at.asked:
                _remind(state, step, sitting, asker)
            part = _part(state, step)
            if part and part != at.part:
                asker.heading(part)
            at = _At(part, _one(sitting, state, step, asker), asked=True)
    except _Left:
        return False


def _one(sitting: Sitting, state: WalkState, step: Step, asker: Asker) -> str:
    """Ask or tell one step, and record what comes of it. The step to go to; "" for whatever comes next."""
    title = sitting.desk.rules.procedure_set(state.pathway.source).title
    before = step_before(state.places, step)
    if step.kind == "tell":
        reply = tell(telling(step, title), asker, can_go_back=before is not None)
    else:
        put = question(
            step,
            state.places,
            title,
            lambda raw: read_answer(step, raw, sitting.desk.now()),
        )
        reply = ask(put, asker)
    if isinstance(reply, Leave):
        raise _Left
    if isinstance(reply, Back):
        return before.id if before else ""
    if step.kind == "tell":
        return _told(sitting, step)
    return _answer(sitting, state, put, reply, asker)


def _told(sitting: Sitting, step: Step) -> str:
    try:
        sitting.put_off(answered(sitting.walk, step.id, "read", question=step.text, cite=step.cite))
    except Conflict:
        return ""  # somebody else has gone on with this walk: see where it stands now
    return ""


def _answer(sitting: Sitting, state: WalkState, put: Question, reply: Reply, asker: Asker) -> str:
    value: Any = {"skipped": reply.reason} if isinstance(reply, Skip) else reply.value  # type: ignore[union-attr]
    step, place = put.step, _place(state, put.step.id)
    words = say_answer(step, value)
    if place.stands and place.value == value:
        asker.recorded(step.text, f"{words} (unchanged)")
        return ""
    reason = _why_corrected(state, place, asker)
    if reason is None:
        return step.id
    draft = answered(sitting.walk, step.id, value, question=step.text, cite=step.cite, reason=reason)
    try:
        sitting.record(draft)
    except Conflict as conflict:
        return _overtaken(sitting, put, words, conflict, asker, draft)
    except StoreProblem:
        asker.say(f"NOT RECORDED. {step.text}", strong=True)
        asker.say(words)
        raise
    asker.recorded(step.text, words)
    if falls_short(step, value):
        asker.say(step.if_short, strong=True)
        asker.say(source(sitting.desk.rules.procedure_set(state.pathway.source).title, step.cite))
    return ""


def _overtaken(  # noqa: PLR0917
    sitting: Sitting, put: Question, words: str, conflict: Conflict, asker: Asker, draft: Draft
) -> str:
    """Somebody else has changed this walk. Where they left this question alone the answer is recorded."""
    state = sitting.state()
    place = _place(state, put.step.id)
    who = f"{conflict.who} changed this walk, {say_when(conflict.at)}."
    seq = place.answer.seq if place.answer else 0
    if place.applies and seq == (put.before.seq if put.before else 0):
        try:
            sitting.record(draft)
        except Conflict as again:
            return _overtaken(sitting, put, words, again, asker, draft)
        asker.recorded(put.step.text, words)
        asker.say(f"{who} Your answer is recorded beside theirs.")
        return ""
    asker.say(f"{who} Your answer is not recorded: {words}", strong=True)
    if not place.applies:
        asker.say("The question that it answers no longer applies.")
        return ""
    asker.say("Here is the question again, with their answer.")
    return put.step.id


def _why_corrected(state: WalkState, place: Place, asker: Asker) -> str | None:
    """The reason for changing an answer of a finished walk; "" where none is needed, None for going back."""
    answer = place.answer
    if answer is None or place.reopened or answer.seq > state.walk.finished_seq:
        return ""
    reason = asker.line(
        Prompt(
            "This walk was finished before. Why is the answer corrected?",
            commands=(Command.BACK, Command.LEAVE),
        ),
        _some_reason,
    )
    if reason is Command.LEAVE:
        raise _Left
    return reason.strip() if isinstance(reason, str) else None


def _some_reason(text: str) -> str:
    if not text.strip():
        raise AnswerError("a correction has its reason")
    return text


def _finish(sitting: Sitting, state: WalkState, asker: Asker) -> bool:
    if state.walk.finished is not None:
        return True
    try:
        sitting.record(walk_finished(sitting.walk))
    except Conflict as conflict:
        asker.say(
            f"{conflict.who} has changed this walk meanwhile. Here it is as it stands now.", strong=True
        )
        return False
    return True


def _marks(sitting: Sitting, state: WalkState) -> tuple[str, ...]:
    """Who may not see the record: by the walk, as far as it has come, and by hand."""
    return tuple(dict.fromkeys(mark.text for mark in marks_of(sitting.whole(), [state])))


def _remind(state: WalkState, step: Step, sitting: Sitting, asker: Asker) -> None:
    """What somebody who begins or comes back needs before the first question."""
    procedures = sitting.desk.rules.procedure_set(state.pathway.source)
    asker.heading(state.pathway.title)
    asker.say(f"{procedures.title}, edition {procedures.edition}")
    for remark in state.pathway.varied:
        asker.say(remark)
    for mark in _marks(sitting, state):
        asker.say(mark, strong=True)
    if state.pathway.note:
        asker.say(f"Note: {state.pathway.note}")
    before = step_before(state.places, step)
    place = _place(state, before.id) if before else None
    if sitting.pending or place is None or place.answer is None:
        asker.say(
            "Each answer is kept as soon as it is given. You can leave at any question and resume later."
        )
        return
    asker.say("Your last answer was:")
    asker.answered(place.step.text, say_answer(place.step, place.answer.value))
    ids = [p.step.id for p in state.places]
    for told in state.places[ids.index(place.step.id) : ids.index(step.id)]:
        if told.step.kind == "tell" and told.stands:
            asker.tell(telling(told.step, procedures.title))


def _part(state: WalkState, step: Step) -> str:
    """The heading under which the step stands: the last one at or before it."""
    ids = [place.step.id for place in state.places]
    before = state.places[: ids.index(step.id) + 1]
    return next((place.step.part for place in reversed(before) if place.step.part), "")


def _find(state: WalkState, name: str) -> Step | None:
    return next((p.step for p in state.places if p.step.id == name and p.applies), None)


def _place(state: WalkState, name: str) -> Place:
    return next(place for place in state.places if place.step.id == name)
