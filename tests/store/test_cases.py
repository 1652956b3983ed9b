"""Finding cases, and listing them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store_help import AT, add, filled

from cpcli.casework.entry import noted
from cpcli.store.faults import NoSuchCase
from cpcli.store.store import Store, open_store


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Twelve cases of 2026, and one of 2027."""
    path: Path = tmp_path_factory.mktemp("many") / "cpcli.db"
    with open_store(path) as store:
        for _ in range(12):
            add(store, None)
        add(store, None, at=datetime(2027, 3, 1, tzinfo=UTC))
        yield store


@pytest.mark.parametrize("text", ["2026-0012", "2026-12", "0012", "12", " 12 "])
def test_a_reference_may_be_shortened_to_what_is_unique(many: Store, text: str) -> None:
    assert many.find(text) == "2026-0012"


@pytest.mark.parametrize("text", ["2027-0001", "2027-1"])
def test_the_year_tells_cases_of_the_same_number_apart(many: Store, text: str) -> None:
    assert many.find(text) == "2027-0001"


def test_a_reference_that_could_be_several_names_them(many: Store) -> None:
    with pytest.raises(NoSuchCase) as caught:
        many.find("1")
    assert str(caught.value) == "'1' could be any of 2026-0001, 2027-0001. Write the reference in full."
    assert caught.value.near == ("2026-0001", "2027-0001")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("120", ("2027-0001", "2026-0001")),  # nothing has these digits: the cases changed last
        ("2025-0011", ("2026-0011",)),  # the wrong year
        ("2025-1", ("2027-0001", "2026-0001", "2026-0010", "2026-0011", "2026-0012")),
        ("Example", ("2027-0001", "2026-0001")),
        ("", ("2027-0001", "2026-0001")),
        ("1' OR '1'='1", ("2027-0001", "2026-0001")),
        ("9" * 40, ("2027-0001", "2026-0001")),
    ],
)
def test_an_unknown_reference_names_those_near_it(many: Store, text: str, near: tuple[str, ...]) -> None:
    with pytest.raises(NoSuchCase) as caught:
        many.find(text)
    assert caught.value.near[: len(near)] == near
    assert len(caught.value.near) <= 5


def test_in_an_empty_store_there_is_nothing_to_find(store: Store) -> None:
    with pytest.raises(NoSuchCase, match="holds no case yet"):
        store.find("1")


def test_cases_are_listed_with_the_one_changed_last_first(store: Store) -> None:
    first, second = filled(store), filled(store)
    later = AT.replace(hour=18)
    add(store, first, noted("One more thing"), at=later)
    rows = store.cases()
    assert [row.reference for row in rows] == [first, second]
    assert (rows[0].title, rows[0].status, rows[0].opened, rows[0].changed, rows[0].last_seq) == (
        *("1 walks", "open", AT, later, 17),
    )


def test_cases_are_listed_by_status(store: Store) -> None:
    filled(store)
    assert len(store.cases("open")) == 1
    assert store.cases("closed") == []
