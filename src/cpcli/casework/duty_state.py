"""What a duty of a case has come to."""

from __future__ import annotations

from typing import NamedTuple

STATES = ("waiting", "open", "met", "met late", "lapsed", "departed from")
"""What a duty that the case has can come to."""
NOT_APPLICABLE = "not applicable"
"""What is said, when asked, of a duty that the case does not have: its condition does not hold."""


class DutyState(NamedTuple):
    """One duty of one walk, once for each time that its event happened. All times are local."""

    case: str
    walk: int
    key: str
    """Unique in the walk: the duty's id, with #2, #3 … for the second and later times its event happened."""
    source: str
    pathway: str
    duty: str
    do: str
    by: str
    you: bool
    """It is for whoever walks."""
    level: str
    cite: tuple[str, ...]
    state: str
    """One of STATES, or NOT_APPLICABLE. Overdue is none: an open duty is so by the hour it is read at."""
    why: str
    """Why it is in that state, in a few words."""
    since: str
    """The local date or date and time since when, ISO; "" where none is known."""
    limit: str
    """As the pathway words it; "" where there is none."""
    urgency: str
    event: str
    """What it is counted from, or waits for."""
    started: str
    """When that happened, ISO; "" while it has not."""
    due: str
    """ISO date, or local date and time; "" where there is none."""
    was_due: str
    """The due date before somebody agreed a later one; "" where nobody did."""
    counted: str
    """How the due date was counted, in a few words."""
    projected: bool
    """The due date rests on bank holidays not yet proclaimed."""
    assigned: str
    """Who has it; "" where nobody was named."""
    sort: str
    """Sorts duties worst first."""
    note: str
