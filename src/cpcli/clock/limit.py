"""A limit as a document words it: "within 15 working days", "at least 2 working days before", "same day".

The grammar is in docs/limits.md. A limit names what it is counted from only where the words do
("every 6 weeks until 1 year after placement-began"); otherwise the event is given beside it.
"""

from __future__ import annotations

from typing import NamedTuple

RELATIONS = (
    "within",
    "at_least_before",
    "not_before",
    "every",
    "before",
    "lasts_up_to",
    "keep_for",
    "by_age",
    "by_week_of_pregnancy",
)
UNITS = ("working_day", "school_day", "day", "hour", "minute", "week", "month", "year", "age_year")
URGENCIES = ("immediately", "as soon as possible", "at the earliest opportunity")


class LimitError(ValueError):
    """Words that are not a limit. The message is one line: what is wrong, and what to write."""


class Limit(NamedTuple):
    """What a document allows, in the parts that it can be counted by."""

    text: str
    relation: str | None = None
    """One of RELATIONS; None for a mere urgency."""
    amount: int | None = None
    """How many units; 0 with the unit day is "same day"; None where the relation counts nothing."""
    amount_max: int | None = None
    """The upper figure of a range ("between 10 and 15 working days")."""
    unit: str | None = None
    """One of UNITS."""
    urgency: str | None = None
    """One of URGENCIES: sorts before any date, and is never given one."""
    event: str | None = None
    """What it is counted from, where the words name it."""
    until: Limit | None = None
    """For a repeat: when it stops ("until 1 year after placement-began")."""
    later_of: tuple[Limit, ...] = ()
    """For "the later of": each of them, with its event where it is named."""
    earlier_of: tuple[Limit, ...] = ()
