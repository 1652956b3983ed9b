"""Reading what the cases of a store say of how long they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from cpcli.casework.duty_state import DutyState
from cpcli.casework.keeping import Keeping, keeping, says_how_long
from cpcli.casework.layout import Rules
from cpcli.store.only import Only
from cpcli.store.store import CaseRow, Store


def read_keeping(store: Store, rules: Rules) -> Iterator[tuple[CaseRow, Keeping]]:
    """Every case that was not erased, by reference, with how long its record is kept. Raises StoreProblem,
    and CatalogueError where a procedure of some case is not at hand.
    """
    saying = tuple(
        name for name in store.pathways_with_duties() if says_how_long(rules.pathway("/".join(name)))
    )
    duties: dict[str, list[DutyState]] = defaultdict(list)
    for duty in store.duties(only=Only(pathways=saying)):
        duties[duty.case].append(duty)
    for row in sorted(each for each in store.cases() if each.status != "erased"):
        events = partial(store.events_in, row.reference)
        yield row, keeping(row.reference, duties[row.reference], rules, events)
