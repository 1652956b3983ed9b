"""What a walk may compare besides its own answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple


class Facts(NamedTuple):
    """What is known of the case and of whoever walks."""

    now: datetime
    role: str
    begun: date
    """The local date on which the walk was begun: ages are taken on it."""
    events: Mapping[str, tuple[str, ...]] = {}
    """When each event of the case happened or is planned, ISO, from outside this walk."""
    born: tuple[str, ...] = ()
    """Dates of birth of the people of the case whose part is child, ISO, from outside this walk."""
