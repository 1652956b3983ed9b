"""The marks of a case: who may not see its record. They stand at the head of whatever is written of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cpcli.casework.case import Case
from cpcli.casework.layout import WalkState


class MarkState(NamedTuple):
    """One mark that stands, laid down by a procedure or put there by hand."""

    text: str
    walk: int = 0
    """0 where it was put there by hand."""
    source: str = ""
    """The procedure set and pathway that lay it down; "" where it was put there by hand."""
    pathway: str = ""
    step: str = ""
    """The step that lays it down; "" where the whole pathway does."""
    cite: tuple[str, ...] = ()
    seq: int = 0
    """The journal entry that put it there; 0 where a procedure did."""


def marks_of(case: Case, states: Sequence[WalkState]) -> tuple[MarkState, ...]:
    """Every mark that stands: of pathways, of steps that apply, and by hand unless it was taken off."""
    found = []
    for state in states:
        pathway, number = state.pathway, state.walk.number
        if pathway.marking:
            cite = pathway.marking_cite
            found.append(MarkState(pathway.marking, number, pathway.source, pathway.id, cite=cite))
        found += [
            MarkState(place.step.text, number, pathway.source, pathway.id, place.step.id, place.step.cite)
            for place in state.places
            if place.step.marks and place.applies
        ]
    found += [MarkState(mark.text, seq=mark.seq) for mark in case.marks if not mark.off]
    return tuple(found)
