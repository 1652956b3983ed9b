"""A whole case from elsewhere: brought in as one, with the times and the authors that it had there."""

from datetime import UTC, datetime

import pytest
from store_help import AT, WHO, add, answer, begin, derive, filled

from cpcli.casework.case import Case
from cpcli.casework.derived import Derived
from cpcli.casework.entry import Draft, amended, case_opened, event_recorded, imported
from cpcli.store.faults import CaseTaken
from cpcli.store.store import Store

pytestmark = pytest.mark.usefixtures("kind")

THEN = "2025-03-04T09:30:00.000000Z"
THERE = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)


def drafts(first: int) -> list[Draft]:
    """A case with an event that was put right, as somebody else recorded it the year before."""
    told = [
        case_opened(),
        begin(),
        answer("danger", "no"),
        event_recorded("rang", "2025-03-03"),
        amended(first + 3, "2025-03-02", reason="The day before"),
    ]
    return [imported(draft, THEN, "B. Before") for draft in told]


def bring_in(store: Store, reference: str = "2025-0042") -> Case:
    return store.bring_in(drafts, reference=reference, opened=THERE, who=WHO, at=AT, derive=derive)


def test_it_is_as_it_was_recorded_there(store: Store) -> None:
    filled(store)
    case = bring_in(store)
    assert (case.reference, case.opened, case.opened_by) == ("2025-0042", THERE, "B. Before")
    assert (case.walks[1].answers["danger"].at, case.walks[1].begun_by) == (THERE, "B. Before")
    assert case.events[0].at == "2025-03-02"
    assert case == store.case("2025-0042")
    assert store.check(derive) == []


def test_the_journal_says_who_brought_it_in_and_when(store: Store) -> None:
    bring_in(store)
    entries = list(store.entries("2025-0042"))
    assert {(entry.at, entry.who, entry.brought_in) for entry in entries} == {(THERE, "B. Before", (AT, WHO))}
    assert all("imported" not in entry.body for entry in entries)
    rows = store._connection.execute("SELECT DISTINCT at, who FROM journal").fetchall()
    assert rows == [("2026-12-24T16:40:00.000000Z", WHO)]


def test_what_is_recorded_here_afterwards_is_recorded_here(store: Store) -> None:
    bring_in(store)
    add(store, "2025-0042", answer("danger", "yes"))
    *_, last = store.entries("2025-0042")
    assert (last.at, last.who, last.brought_in) == (AT, WHO, None)


def test_a_reference_that_is_taken_is_refused_and_nothing_is_recorded(store: Store) -> None:
    bring_in(store)
    before = store.head()
    with pytest.raises(CaseTaken, match="There is a case 2025-0042 in this store already"):
        bring_in(store)
    assert store.head() == before


def test_without_one_it_has_the_next_of_the_year_in_which_it_was_opened(store: Store) -> None:
    bring_in(store)
    assert bring_in(store, "").reference == "2025-0043"
    assert add(store, None).reference == "2026-0001"


def test_it_is_brought_in_whole_or_not_at_all(store: Store) -> None:
    def fails(case: Case) -> Derived:
        raise LookupError("no such pathway")

    with pytest.raises(LookupError):
        store.bring_in(drafts, reference="2025-0042", opened=THERE, who=WHO, at=AT, derive=fails)
    assert list(store.entries()) == []
    assert store.cases() == []


def test_references_are_given_in_the_order_of_opening_with_those_elsewhere(store: Store) -> None:
    bring_in(store)
    filled(store)
    opened = Draft("case-opened", {"known as": "WX/7"})
    store.bring_in(lambda first: [opened], reference="2024-0001", opened=THERE, who=WHO, at=AT, derive=derive)
    assert store.references() == [("2025-0042", ""), ("2026-0001", ""), ("2024-0001", "WX/7")]
