"""The whole record before a walk is finished: numbered, decisions first, and any answer can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cpcli.casework.layout import WalkState
from cpcli.prompts.asker import Asker, Choice, Command, Prompt
from cpcli.walk.answers import AnswerError, say_answer
from cpcli.walk.conditions import Place


class Row(NamedTuple):
    """One answer, as it is read back."""

    step: str
    question: str
    words: str
    decision: bool
    """A decision, or the reason for one."""


class Change(NamedTuple):
    """The answer to this step is to be changed."""

    step: str


def rows(state: WalkState) -> tuple[Row, ...]:
    """Every answer that stands: each decision with its reason, then the others in the order of asking."""
    standing = [place for place in state.places if place.stands and place.step.kind != "tell"]
    reasons = {place.step.reason_for: place for place in standing if place.step.reason_for}
    first: list[Place] = []
    for place in standing:
        if place.step.decision:
            first += [place, *([reasons[place.step.id]] if place.step.id in reasons else [])]
    return tuple(_row(place, place in first) for place in [*first, *(p for p in standing if p not in first)])


def overtaken(state: WalkState) -> tuple[Row, ...]:
    """Answers that no longer apply. They stay in the record, marked so."""
    gone = [p for p in state.places if p.answer is not None and p.applies is False and p.step.kind != "tell"]
    return tuple(_row(place, False) for place in gone)


def _row(place: Place, decision: bool) -> Row:
    step = place.step
    value = place.answer.value if place.answer else None
    return Row(step.id, step.text, say_answer(step, value), decision)


def review(state: WalkState, marks: Sequence[str], asker: Asker) -> Change | Command | None:
    """Show the whole record, with who may not see it at its head. None: it is to be finished."""
    read_back = rows(state)
    asker.heading("The whole record, to read through before you finish")
    for mark in marks:
        asker.say(mark, strong=True)
    for number, row in enumerate(read_back, 1):
        if number == 1 and row.decision:
            asker.say("What was decided", strong=True)
        elif not row.decision and (number == 1 or read_back[number - 2].decision):
            asker.say("What was answered", strong=True)
        asker.answered(f"{number}. {row.question}", row.words)
    gone = overtaken(state)
    if gone:
        asker.say("Kept in the record, though it no longer applies", strong=True)
    for row in gone:
        asker.answered(row.question, row.words)
    return _what_now(read_back, asker)


def _what_now(read_back: tuple[Row, ...], asker: Asker) -> Change | Command | None:
    choices = [Choice("finish", "Finish: this is right")]
    if read_back:
        choices.append(Choice("change", "Change an answer"))
    while True:
        said = asker.pick(Prompt("Is this right?", commands=(Command.BACK, Command.LEAVE)), choices)
        if isinstance(said, Command):
            return said
        if said == "finish":
            return None
        number = asker.line(
            Prompt(
                "Which one? Give its number.",
                hint=f"1 to {len(read_back)}",
                commands=(Command.BACK, Command.LEAVE),
            ),
            lambda text: _number(text, len(read_back)),
        )
        if isinstance(number, str):
            return Change(read_back[_number(number, len(read_back)) - 1].step)
        if number is not Command.BACK:
            return number


def _number(text: str, most: int) -> int:
    text = text.strip().rstrip(".")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
        raise AnswerError(f"type a number from 1 to {most}")
    return int(text)
