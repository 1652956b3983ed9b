"""Reading what the cases of a store say of how long they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from cpcli.casework.duty_state import DutyState
from cpcli.casework.keeping import Keeping, keeping, says_how_long
from cpcli.casework.layout import Rules
from cpcli.casework.stand_in import why_missing
from cpcli.store.faults import plainly
from cpcli.store.only import Only
from cpcli.store.store import CaseRow, Store


def read_keeping(store: Store, rules: Rules) -> Iterator[tuple[CaseRow, Keeping]]:
    """Every case that was not erased, by reference, with how long its record is kept. Raises StoreProblem."""
    missing = not_at_hand(store, rules)
    saying = tuple(
        name
        for name in store.pathways_with_duties()
        if not why_missing("/".join(name), rules) and says_how_long(rules.pathway("/".join(name)))
    )
    duties: dict[str, list[DutyState]] = defaultdict(list)
    for duty in store.duties(only=Only(pathways=saying)):
        duties[duty.case].append(duty)
    for row in sorted(each for each in store.cases() if each.status != "erased"):
        events = partial(store.events_in, row.reference)
        gone = missing.get(row.reference, ())
        yield row, keeping(row.reference, duties[row.reference], rules, events, gone)


def not_at_hand(store: Store, rules: Rules) -> dict[str, list[str]]:
    """The cases that were walked by a pathway which is not at hand, by reference; of each, which and why."""
    with plainly(store.path):
        walked = store._connection.execute("SELECT DISTINCT pathway, case_reference FROM walks").fetchall()
    whys = {name: why_missing(name, rules) for name in dict.fromkeys(name for name, _ in walked)}
    found: dict[str, list[str]] = defaultdict(list)
    for name, reference in walked:
        if whys[name]:
            found[reference].append(whys[name])
    return found
