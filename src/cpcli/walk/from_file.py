"""Walking from an answers file: the same walk, with nobody to ask."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from cpcli.procedures.model import Pathway, Step
from cpcli.walk.answers import Answer, AnswerError, read_answer
from cpcli.walk.facts import Facts
from cpcli.walk.route import next_step, route


class FileWalk(NamedTuple):
    """What an answers file comes to."""

    answers: tuple[tuple[Step, Any], ...]
    """Steps in the order in which they were walked, each with its value."""
    faults: tuple[str, ...]
    """Each answer that is missing, unknown or impossible, a line each; () when the walk is whole."""
    unused: tuple[str, ...]
    """Steps that the file answers, but that do not apply, its other answers being what they are."""


def walk_file(
    pathway: Pathway, given: Mapping[str, Any], facts: Facts, before: Mapping[str, Answer] | None = None
) -> FileWalk:
    """Walk `pathway` with the values `given` by step id (None: not answered), after the answers `before`.

    Goes to the end even where an answer is wrong or missing, so that one run names as many faults as it can.
    """
    answers = dict(before or {})
    steps = {step.id: step for step in pathway.steps}
    faults = [_unknown(key, steps) for key in given if key not in steps]
    walked: list[tuple[Step, Any]] = []
    seq = max((a.seq for a in answers.values()), default=0)
    missing: set[str] = set()
    while True:
        places = route(pathway, answers, facts)
        step = next_step(tuple(p for p in places if p.step.id not in missing))
        if step is None:
            break
        raw = given.get(step.id)
        if raw is None and step.kind != "tell":
            faults.append(f"{step.id}: missing. {step.text}{choices(step)}")
            missing.add(step.id)
            continue
        try:
            value = read_answer(step, raw, facts.now)
        except AnswerError as problem:
            faults.append(f"{step.id}: {problem}. {step.text}")
            missing.add(step.id)
            continue
        seq += 1
        first = answers[step.id].first if step.id in answers else seq
        answers[step.id] = Answer(step.id, value, seq, seq, facts.now, "", step.text, first=first)
        walked.append((step, value))
    reached = {step.id for step, _ in walked} | missing
    unused = [k for k, v in given.items() if k in steps and k not in reached and v is not None]
    return FileWalk(tuple(walked), tuple(faults), tuple(unused))


def choices(step: Step) -> str:
    """What can be said to a step, as a hint after its question: " (yes or no)"."""
    if step.kind == "checklist":
        return f" (ticked: {', '.join(item.key for item in step.items)})"
    if step.options:
        return f" ({', '.join(option.key for option in step.options)})"
    return f" ({step.answer})" if step.answer else ""


def _unknown(key: str, steps: Mapping[str, Step]) -> str:
    near = get_close_matches(key, list(steps), n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else " The template lists every step."
    return f"{key}: no step of this pathway has this id.{hint}"
