"""A walk from answers that are all there already: from a file, with nobody to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from cpcli.casework.entry import answered, walk_finished
from cpcli.casework.layout import WalkState
from cpcli.prompts.answers_file import for_steps
from cpcli.prompts.sitting import Sitting
from cpcli.walk.answers import AnswerError, read_answer, say_answer
from cpcli.walk.conditions import Place
from cpcli.walk.from_file import walk_file


class Filled(NamedTuple):
    """What came of it."""

    faults: tuple[str, ...]
    """Each answer that is missing, unknown or impossible, a line each. With one, nothing is recorded."""
    unused: tuple[str, ...]
    """Steps that were answered, but that do not apply."""


def fill_in(sitting: Sitting, given: Mapping[str, Any]) -> Filled:
    """Record these answers (by step id) as the rest of the walk, all at once. Raises StoreProblem."""
    state = sitting.state()
    mine = for_steps(given, state.pathway)
    standing = {place.step.id: place for place in state.places if place.stands}
    file = walk_file(state.pathway, mine, state.facts, state.walk.answers)
    said_twice = [
        _contradiction(standing[name], mine[name], state) for name in file.unused if name in standing
    ]
    faults = (*file.faults, *(fault for fault in said_twice if fault))
    unused = tuple(name for name in file.unused if name not in standing)
    if not faults:
        drafts = [
            answered(sitting.walk, step.id, value, question=step.text, cite=step.cite)
            for step, value in file.answers
        ]
        sitting.record(*drafts, walk_finished(sitting.walk))
    return Filled(faults, unused)


def _contradiction(place: Place, raw: Any, state: WalkState) -> str:
    """What is wrong with answering this step again; "" where the answer is the one that it has."""
    before = place.answer.value if place.answer else None
    try:
        if read_answer(place.step, raw, state.facts.now) == before:
            return ""
    except AnswerError:
        pass
    return (
        f"{place.step.id}: it has an answer already, {say_answer(place.step, before)!r}. "
        "Take it out of the file; an answer is corrected in the walk itself."
    )
