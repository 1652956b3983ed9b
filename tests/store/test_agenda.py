"""Reading duties for an agenda: in order, by state, by date and by case, without reading the rest."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from store_help import AT, WHO, duty

from cpcli.casework.case import Case
from cpcli.casework.derived import Derived
from cpcli.casework.duty_state import DutyState
from cpcli.store.agenda import DutyCounts
from cpcli.store.only import Only
from cpcli.store.store import Store, open_store

HERE = {
    "2026-0001": [
        duty("2026-0001", "ring-999", sort="00"),
        duty("2026-0001", "chase", "2026-12-24", sort="1 2026-12-24"),
        duty("2026-0001", "chase#2", "2026-12-24T09:00", sort="1 2026-12-24T09:00"),
        duty("2026-0001", "visit", "2026-12-24T18:00", sort="1 2026-12-24T18:00"),
        duty("2026-0001", "write", "2026-12-23", "met", sort="9"),
        duty("2026-0001", "keep", sort="2"),
    ],
    "2026-0002": [
        duty("2026-0002", "chase", "2026-12-23T17:00", sort="1 2026-12-23T17:00"),
        duty("2026-0002", "conference", "2027-01-18", sort="1 2027-01-18"),
        duty("2026-0002", "review", "2027-04-18", "waiting", sort="3 2027-04-18"),
        duty("2026-0002", "chase", "2026-12-24", sort="1 2026-12-24", walk=2),
    ],
}


def given(case: Case) -> Derived:
    return Derived(HERE[case.reference])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("desk") / "cpcli.db") as store:
        for _ in HERE:
            store.append(None, [], who=WHO, at=AT, derive=given)
        yield store


def names(duties: Iterator[DutyState]) -> list[str]:
    return [f"{d.case[-1]} {d.key}" for d in duties]


def test_a_duty_comes_out_as_it_went_in(desk: Store) -> None:
    assert set(desk.duties()) == {one for duties in HERE.values() for one in duties}


IN_ORDER = [
    *("1 ring-999", "2 chase", "1 chase", "2 chase", "1 chase#2", "1 visit", "2 conference"),
    *("1 keep", "2 review", "1 write"),
]


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ({}, IN_ORDER),
        ({"limit": 3}, IN_ORDER[:3]),
        ({"limit": 0}, []),
        ({"states": ["open"]}, IN_ORDER[:8]),
        ({"states": ["waiting", "met", "waiting"]}, IN_ORDER[8:]),
        ({"states": []}, []),
        ({"only": Only(case="2026-0002")}, ["2 chase", "2 chase", "2 conference", "2 review"]),
        (
            {"only": Only(case="2026-0002"), "states": ["open"], "due_before": "2026-12-25"},
            ["2 chase", "2 chase"],
        ),
        ({"due_before": "2026-12-24", "states": ["open"]}, ["2 chase"]),  # overdue on Christmas Eve
        ({"due_before": "2026-12-25", "states": ["open"], "limit": 2}, ["2 chase", "1 chase"]),
        ({"due_from": "2026-12-25"}, ["2 conference", "2 review"]),
        (
            {"due_from": "2026-12-23", "due_before": "2026-12-24"},
            ["1 write", "2 chase"],
        ),  # met and open, by date
        (
            {"due_from": "2026-12-24", "due_before": "2026-12-25"},
            ["1 chase", "2 chase", "1 chase#2", "1 visit"],
        ),
        ({"due_from": "2026-12-24", "due_before": "2026-12-25", "limit": 1}, ["1 chase"]),
        ({"undated": True}, ["1 ring-999", "1 keep"]),
    ],
)
def test_duties_come_worst_first_and_as_they_are_asked_for(
    desk: Store, how: dict[str, Any], found: list[str]
) -> None:
    assert names(desk.duties(**how)) == found


@pytest.mark.parametrize(
    ("today", "now", "counts"),
    [
        ("2026-12-24", "", DutyCounts(overdue=1, today=4, later=1, undated=2, waiting=1)),
        ("2026-12-24", "2026-12-24T08:59", DutyCounts(1, 4, 1, 2, 1)),
        ("2026-12-24", "2026-12-24T09:01", DutyCounts(2, 3, 1, 2, 1)),  # the 9:00 has passed, the day has not
        ("2026-12-24", "2026-12-24T23:59", DutyCounts(3, 2, 1, 2, 1)),
        ("2026-12-25", "2026-12-25T00:00", DutyCounts(5, 0, 1, 2, 1)),
        ("2027-01-18", "", DutyCounts(5, 1, 0, 2, 1)),
    ],
)
def test_a_day_is_over_at_midnight_and_an_hour_when_it_has_passed(
    desk: Store, today: str, now: str, counts: DutyCounts
) -> None:
    assert desk.duty_counts(today, now) == counts


def test_what_presses_most_in_each_case_is_known(desk: Store) -> None:
    pressing = desk.pressing("2026-12-24T08:00")
    found = {case: (press.duties, press.overdue, press.next.key) for case, press in pressing.items()}
    assert found == {"2026-0001": (5, 0, "ring-999"), "2026-0002": (3, 1, "chase")}
    assert desk.pressing("2026-12-24T09:01")["2026-0001"].next.key == "chase#2"  # what is overdue comes first


OF_PATHWAY = (("a-set", "a-pathway"),)


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Only(people=("Ann",)), ["1 chase", "2 chase"]),
        (Only(people=("", "Ann")), ["1 ring-999", "1 keep", *IN_ORDER[1:7]]),
        (Only(levels=("must",)), ["1 keep", "2 chase"]),
        (Only(pathways=(("b-set", "b-pathway"),)), ["2 conference"]),
        (Only(pathways=(("b-set", "b-pathway"), *OF_PATHWAY), people=("Ann",)), ["1 chase", "2 chase"]),
        (Only(pathways=()), []),
        (Only(people=("Ann",), levels=("may",)), []),
        (Only(people=("Ann",), case="2026-0001"), ["1 chase"]),
        (
            Only(due_from="2026-12-24", due_before="2026-12-25"),
            ["1 chase", "2 chase", "1 chase#2", "1 visit"],
        ),
        (Only(due_from="2026-12-24", due_before="2026-12-25", people=("Ann",)), ["1 chase", "2 chase"]),
    ],
)
def test_only_what_is_asked_for_is_read_and_counted(tmp_path: Path, only: Only, found: list[str]) -> None:
    with open_store(tmp_path / "cpcli.db") as store:
        for _ in HERE:
            store.append(None, [], who=WHO, at=AT, derive=lambda case: Derived(list(varied(case.reference))))
        duties = store.duties(states=["open"], only=only)
        # By date where a person, a pathway or a level is asked for, so that what has none comes first.
        assert sorted(names(duties)) == sorted(found)
        counts = store.duty_counts("2026-12-24", only=only)
        assert counts.overdue + counts.today + counts.later + counts.undated == len(found)
        assert store.duty_counts("2026-12-24", most=1, only=only)[0] <= 1


def varied(case: str) -> Iterator[DutyState]:
    """The duties of a case: those of Christmas Eve are Ann's, and one of another set."""
    for one in HERE[case]:
        if one.due == "2026-12-24":
            yield one._replace(assigned="Ann")
        elif one.due == "2027-01-18":
            yield one._replace(source="b-set", pathway="b-pathway")
        else:
            yield one._replace(
                level="must" if one.key == "keep" or one.due == "2026-12-23T17:00" else "should"
            )


def test_who_has_a_duty_and_which_pathways_laid_one_down_are_known(tmp_path: Path) -> None:
    with open_store(tmp_path / "cpcli.db") as store:
        for _ in HERE:
            store.append(None, [], who=WHO, at=AT, derive=lambda case: Derived(list(varied(case.reference))))
        assert sorted(store.people_with_duties()) == ["", "Ann"]
        assert sorted(store.pathways_with_duties()) == [("a-set", "a-pathway"), ("b-set", "b-pathway")]


@pytest.mark.parametrize(
    "how",
    [
        {"limit": 50},
        {"states": ["open"], "limit": 50},
        {"states": ["open"], "due_before": "2026-12-25", "limit": 50},
        {"states": ["open"], "due_from": "2026-12-25", "limit": 50},
        {"states": ["open"], "due_from": "2026-12-24", "due_before": "2026-12-25", "limit": 50},
        {"states": ["open"], "undated": True, "limit": 50},
        *(
            {"states": ["open"], "only": only, "limit": 50, **dates}
            for dates in ({}, {"due_from": "2026-12-24", "due_before": "2026-12-25"}, {"undated": True})
            for only in (
                Only(people=("Ann",)),
                Only(people=("Ann", "Ben"), levels=("must",)),
                Only(pathways=OF_PATHWAY, levels=("must", "may")),
                Only(levels=("must",)),
            )
        ),
    ],
)
def test_the_first_screen_is_read_from_an_index_without_sorting(desk: Store, how: dict[str, Any]) -> None:
    asked: list[str] = []
    desk._connection.set_trace_callback(asked.append)
    list(desk.duties(**how))
    desk._connection.set_trace_callback(None)
    assert asked
    for query in asked:
        plan = str(desk._connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall())
        assert "USING INDEX duties_" in plan
        assert "TEMP B-TREE" not in plan


def test_a_duty_of_a_case_that_is_not_there_cannot_be_stored(desk: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        desk._connection.execute("UPDATE duties SET case_reference = '2026-0099'")
