"""A question as it is put to a person, and what the person can reply. No input and no output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from cpcli.procedures.cites import say_cites
from cpcli.procedures.model import Step
from cpcli.walk.answers import Answer, is_enough, is_skip
from cpcli.walk.conditions import Place
from cpcli.walk.route import progress


class Gave(NamedTuple):
    """An answer: a value that is fit to be recorded."""

    value: Any


class Back(NamedTuple):
    """To the question before this one."""


class Skip(NamedTuple):
    """Leave this one out."""

    reason: str


class Leave(NamedTuple):
    """Stop here; the answers so far are kept."""


Reply = Gave | Back | Skip | Leave


class Question(NamedTuple):
    """A step that asks something, as it is put to a person."""

    step: Step
    number: int
    """Its place among the questions that apply, from 1."""
    at_least: int
    """Questions to go after this one, whatever is answered."""
    at_most: int
    """Questions that might be to go after this one."""
    source: str
    """Where it comes from: the title of the set and the paragraphs."""
    before: Answer | None
    """The answer that it has, which may be kept."""
    can_go_back: bool
    read: Callable[[Any], Any]
    """From what somebody gives to the value to record. Raises AnswerError, in one line."""

    @property
    def progress(self) -> str:
        """How far along the walk is: "Question 5, 4 to 9 to go"."""
        if self.at_most == 0:
            left = "the last one" if self.before is None else "no others to go"
        elif self.at_least == self.at_most:
            left = f"{self.at_most} to go"
        elif self.at_least == 0:
            left = f"up to {self.at_most} to go"
        else:
            left = f"{self.at_least} to {self.at_most} to go"
        return f"Question {self.number}, {left}"

    @property
    def why(self) -> str:
        """Why it is asked, and how the document was read where it is unclear."""
        reason = self.step.why or "The procedure needs to know it."
        return "\n".join(part for part in (reason, self.step.note, f"From {self.source}.") if part)

    @property
    def given(self) -> Any:
        """The value of the answer that it has; None where it has none, or was skipped."""
        return None if self.before is None or is_skip(self.before.value) else self.before.value


class Telling(NamedTuple):
    """A step that tells something, as it is put to a person."""

    heading: str
    """DO THIS NOW, DO NOT, or "" where nothing stands out."""
    lines: tuple[str, ...]
    """One action each."""
    source: str
    urgent: bool
    """It waits until the person says that they have read it."""
    note: str = ""
    """How the document was read, where it is unclear."""


def question(step: Step, places: tuple[Place, ...], title: str, read: Callable[[Any], Any]) -> Question:
    """The step as it is asked now. `title` is the procedure set's; `read` makes the value to record."""
    place = next(p for p in places if p.step.id == step.id)
    asked = [p for p in places if p.step.kind != "tell"]
    earlier = [p for p in asked[: asked.index(place)] if p.applies]
    along = progress(places)
    here = 0 if place.stands else 1
    return Question(
        step,
        number=len(earlier) + 1,
        at_least=along.at_least - here,
        at_most=along.at_most - here,
        source=source(title, step.cite),
        before=place.answer,
        can_go_back=bool(earlier),
        read=read,
    )


def telling(step: Step, title: str) -> Telling:
    """The step as it is told."""
    lines = tuple(line for line in step.text.splitlines() if line.strip())
    heading = "DO THIS NOW" if step.urgent else ""
    if step.prohibits:
        said = tuple(_prohibition(line) for line in lines)
        heading = heading or ("" if "DO NOT" in " ".join(said) else "DO NOT")
        lines = said
    return Telling(heading, lines, source(title, step.cite), step.urgent, step.note)


def source(title: str, cite: tuple[str, ...]) -> str:
    """A citation in full: "Cafcass child protection policy, 3.6, 3.7"."""
    return ", ".join((title, say_cites("", cite))) if cite else title


def falls_short(step: Step, value: Any) -> bool:
    """Whether it is a checklist with less than it needs, and the pathway says what to do then."""
    return bool(
        step.kind == "checklist" and step.if_short and not is_skip(value) and not is_enough(step, value)
    )


def _prohibition(line: str) -> str:
    for said in ("Do not ", "do not "):
        if line.startswith(said):
            return "DO NOT " + line.removeprefix(said)
    return line
