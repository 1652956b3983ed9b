"""Answers: what they are, and whether a value can be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest answer to one step of a walk."""

    step: str
    value: Any
    """A JSON value; which, depends on the step's kind of answer (docs/answers.md)."""
    seq: int
    """The journal entry that gave it."""
    changed: int
    """The journal entry since when the value has been what it is."""
    at: datetime
    who: str
    question: str
    """The question as it was shown."""
    carried_from: int = 0
    """The walk whose answer it was first; 0 where it was asked here."""
