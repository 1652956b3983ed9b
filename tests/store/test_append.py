"""Recording changes: a reference for each new case, all or nothing, and nobody overwritten unawares."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from store_help import AT, WHO, add, answer, begin, derive, filled, open_store

from cpcli.casework.case import Case, fold
from cpcli.casework.derived import Derived
from cpcli.casework.entry import Draft, noted
from cpcli.store.faults import Conflict, NoSuchCase
from cpcli.store.store import Store

pytestmark = pytest.mark.usefixtures("kind")


def test_what_was_recorded_is_there_after_opening_again(path: Path) -> None:
    with open_store(path) as store:
        case = add(store, None, begin(), answer("danger", {"é": [1, 2.5, None, True]}))
    with open_store(path) as store:
        assert store.case(case.reference) == case
        entry = list(store.entries())[-1]
    assert (entry.at, entry.who, entry.walk, entry.kind) == (AT, WHO, 1, "answered")
    assert entry.body == answer("danger", {"é": [1, 2.5, None, True]}).body


def test_a_new_case_begins_with_an_entry_that_opens_it(store: Store) -> None:
    case = add(store, None, begin())
    assert [(e.seq, e.case, e.kind) for e in store.entries()] == [
        (1, "2026-0001", "case-opened"),
        (2, "2026-0001", "walk-begun"),
    ]
    assert (case.opened, case.opened_by, case.last_seq) == (AT, WHO, 2)


@pytest.mark.parametrize(
    ("at", "reference"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-0003"),  # the third of the year
        (datetime(2027, 1, 1, tzinfo=UTC), "2027-0001"),  # numbers begin anew each year
        (datetime.fromisoformat("2026-01-01T00:30+02:00"), "2025-0001"),  # half past ten at night in London
        (
            datetime.fromisoformat("2026-12-31T23:30-05:00"),
            "2027-0001",
        ),  # half past four in the morning there
    ],
)
def test_a_reference_is_the_year_in_london_and_the_next_number(
    store: Store, at: datetime, reference: str
) -> None:
    add(store, None)
    add(store, None)
    assert add(store, None, at=at).reference == reference


def test_after_case_9999_comes_10000(store: Store) -> None:
    store._connection.execute("DROP TRIGGER journal_grows_at_its_end")
    store._connection.execute(
        "INSERT INTO journal "
        "VALUES (1, '2026-12-24T16:40:00Z', 'x', '2026-9999', 0, 'case-opened', '{}', '', '', '', '')"
    )
    assert [add(store, None).reference for _ in range(2)] == ["2026-10000", "2026-10001"]


def test_a_time_in_another_zone_is_recorded_as_the_same_moment(store: Store) -> None:
    summer = datetime.fromisoformat("2026-07-01T10:00:00.123456+01:00")
    case = add(store, None, at=summer)
    assert case.opened == summer
    assert case.opened.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (noted("half a pair: \ud800"), ValueError),
        (Draft("noted", {"text": float("nan")}), ValueError),
        (Draft("noted", {"text": object()}), ValueError),
        (Draft("invented", {}), ValueError),
        (answer("danger", "yes", walk=7), KeyError),  # no such walk was begun
    ],
)
def test_a_change_that_cannot_be_recorded_leaves_nothing(
    store: Store, draft: Draft, error: type[Exception]
) -> None:
    reference = filled(store)
    before = store.head()
    with pytest.raises(error):
        add(store, reference, noted("This goes with it"), draft)
    assert store.head() == before
    assert store.check(derive) == []


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        add(store, None, at=datetime(2026, 12, 24, 16, 40))
    assert store.head()[0] == 0


def test_when_the_duties_cannot_be_worked_out_nothing_is_recorded(store: Store) -> None:
    def fails(case: Case) -> Derived:
        raise LookupError("no such pathway")

    with pytest.raises(LookupError, match="no such pathway"):
        store.append(None, [begin()], who=WHO, at=AT, derive=fails)
    assert list(store.entries()) == []
    assert store.cases() == []
    assert add(store, None).reference == "2026-0001"


def test_two_who_open_cases_in_turn_never_give_a_number_twice_nor_leave_one_out(path: Path) -> None:
    with open_store(path) as one, open_store(path) as other:
        given = [add(each, None).reference for each in (one, one, other, one, other, other, one)]
    assert given == [f"2026-{number:04}" for number in range(1, 8)]


def test_a_change_to_a_case_that_is_not_there_is_refused(store: Store) -> None:
    filled(store)
    with pytest.raises(NoSuchCase, match=r"There is no case '2026-0009'. Near it: 2026-0001\."):
        add(store, "2026-0009", noted("Lost"))
    with pytest.raises(NoSuchCase):
        store.case("2026-0009")


def test_who_adds_to_a_walk_that_another_has_changed_is_told_and_nothing_is_lost(
    store: Store, path: Path
) -> None:
    mine = add(store, None, begin(), answer("danger", "no"))
    with open_store(path) as other:
        theirs = add(other, mine.reference, answer("danger", "yes"), who="B. Colleague")
    with pytest.raises(Conflict) as caught:
        add(store, mine.reference, answer("concern", "new"), seen=mine.last_seq)
    assert str(caught.value) == (
        "B. Colleague changed walk 1 of case 2026-0001 after you read it, at 16:40 on Thu 24 Dec 2026. "
        "Yours was not recorded: resume the case to see theirs."
    )
    assert store.case(mine.reference) == theirs
    assert (
        "concern"
        in add(store, mine.reference, answer("concern", "new"), seen=theirs.last_seq).walks[1].answers
    )


def test_two_people_cannot_begin_the_same_walk(store: Store) -> None:
    case = add(store, None, begin())
    add(store, case.reference, begin(2), who="B. Colleague")
    with pytest.raises(Conflict, match="walk 2"):
        add(store, case.reference, begin(2), seen=case.last_seq)


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (answer("danger", "yes", walk=2), answer("danger", "yes", walk=1)),  # another walk
        (noted("Rang"), answer("danger", "yes", walk=1)),  # of no walk
        (noted("Rang"), noted("Rang too")),  # both of no walk: they stand side by side
    ],
)
def test_changes_beside_one_another_are_no_conflict(store: Store, theirs: Draft, mine: Draft) -> None:
    case = add(store, None, begin(1), begin(2))
    add(store, case.reference, theirs, who="B. Colleague")
    assert add(store, case.reference, mine, seen=case.last_seq).last_seq == case.last_seq + 2


def test_entries_can_be_read_for_one_case_and_from_a_number_on(store: Store) -> None:
    first, second = filled(store), filled(store)
    assert [e.seq for e in store.entries(second)] == list(range(9, 17))
    assert [e.seq for e in store.entries(first, after=6)] == [7, 8]
    assert [e.seq for e in store.entries(after=14)] == [15, 16]
    assert fold(store.entries(first)) == store.case(first)
