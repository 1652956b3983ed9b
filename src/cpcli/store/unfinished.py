"""Reading the walks that were left before their end."""

from __future__ import annotations

from typing import NamedTuple

from cpcli.store.faults import plainly
from cpcli.store.store import Store


class Unfinished(NamedTuple):
    """A walk that somebody can go on with."""

    case: str
    walk: int
    pathway: str
    """Set and pathway: "cafcass-2017/referral"."""
    begun: str
    """The local date, ISO."""


def unfinished(store: Store, limit: int) -> list[Unfinished]:
    """At most `limit` walks that are not finished, the one begun last first. Raises StoreProblem."""
    with plainly(store.path):
        rows = store._connection.execute(
            "SELECT case_reference, number, pathway, begun_on FROM walks WHERE finished IS NULL "
            "ORDER BY begun_seq DESC LIMIT ?",
            [limit],
        )
        return [Unfinished(*row) for row in rows]
