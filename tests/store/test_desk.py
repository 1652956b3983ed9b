"""The duty desk: duties in the parts of a day's work."""

from datetime import datetime

import pytest
from store_help import AT, WHO, duty

from cpcli.casework.derived import Derived
from cpcli.clock.calendar import calendar
from cpcli.clock.when import LONDON
from cpcli.store.desk import clear_desk, days_left, read_desk
from cpcli.store.only import Only

pytestmark = pytest.mark.usefixtures("kind")

NOW = datetime(2026, 12, 24, 16, 40, tzinfo=LONDON)
ENGLAND = calendar("England")


@pytest.fixture
def desk(store):
    """Reads the desk of a store with these duties in it."""

    def desk(*duties, most=None, at=NOW, **more):
        store.append(None, [], who=WHO, at=AT, derive=lambda case: Derived(duties))
        return read_desk(store, at, most, **more)

    return desk


def named(name, due="", state="open", **more):
    return duty("2026-0001", name, due, state, sort=f"1 {due}" if due else "2")._replace(**more)


def keys(part):
    return [each.key for each in part]


@pytest.mark.parametrize(
    ("due", "part", "why"),
    [
        ("2026-12-23", "overdue", "the day is over"),
        ("2026-12-24T16:39", "overdue", "the time has passed"),
        ("2026-12-24T16:40", "today", "it is due this minute"),
        ("2026-12-24", "today", "a day lasts to its end"),
        ("2026-12-25", "soon", "the next day, though nobody works"),
        ("2027-01-05", "soon", "the fifth working day after Christmas Eve"),
        ("2027-01-05T23:00", "soon", "to the end of it"),
        ("2027-01-06", "later", "the sixth"),
        ("", "undated", "no date at all"),
    ],
)
def test_a_duty_is_in_one_part_of_the_desk(desk, due, part, why):
    found = desk(named("one", due))
    parts = ("overdue", "now", "today", "soon", "later", "undated", "waiting")
    assert [name for name in parts if getattr(found, name)] == [part], why


def test_what_is_urgent_without_a_date_is_now(desk):
    assert keys(desk(named("ring", urgency="immediately")).now) == ["ring"]


def test_the_oldest_is_first_whatever_is_timed(desk):
    found = desk(named("b", "2026-12-24T09:00"), named("a", "2026-12-23"), named("c", "2026-12-24T10:00"))
    assert keys(found.overdue) == ["a", "b", "c"]


def test_each_part_is_no_longer_than_was_asked_for_and_the_counts_are_whole(desk):
    found = desk(*(named(f"d{n}", "2026-12-23") for n in range(5)), named("t", "2026-12-24"), most=2)
    assert (len(found.overdue), len(found.today), found.counts.overdue) == (2, 1, 5)


def test_what_waits_is_read_only_where_it_is_asked_for(desk):
    waits = named("wait", state="waiting")
    assert desk(waits).waiting == ()
    assert keys(desk(waits, with_waiting=True).waiting)[:1] == ["wait"]


def test_what_waited_for_a_day_that_has_come_is_open_and_counted_so(desk):
    planned = named("prepare", "2026-12-23", "waiting", started="2026-12-21", why="counts from then")
    found = desk(planned)
    assert [(each.key, each.state, each.why) for each in found.overdue] == [("prepare", "open", "")]
    assert (found.counts.overdue, found.counts.waiting) == (1, 0)


def test_what_waits_for_a_day_still_to_come_is_not_open(desk):
    found = desk(named("prepare", "2026-12-29", "waiting", started="2026-12-28"))
    assert found.soon == []
    assert found.counts.waiting == 1


def test_counting_stops_where_it_is_told_to(store):
    duties = [named(f"d{n}", "2026-12-23") for n in range(7)]
    store.append(None, [], who=WHO, at=AT, derive=lambda case: Derived(duties))
    level = Only(levels=(duties[0].level,))
    assert store.duty_counts("2026-12-24", only=level).overdue == 7
    assert store.duty_counts("2026-12-24", most=3, only=level).overdue == 3


def test_all_of_them_are_counted_without_looking_at_each(store):
    store.append(None, [], who=WHO, at=AT, derive=lambda case: Derived([named("a", "2026-12-23")]))
    store._connection.execute("DROP INDEX duties_by_due")
    assert store.duty_counts("2026-12-24").overdue == 1


def test_a_clear_desk_has_nothing_on_it():
    assert clear_desk(NOW).counts == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("due", "days"), [("2026-12-24", 0), ("2026-12-29", 1), ("2026-12-22T10:00", -2)])
def test_days_left_are_working_days(due, days):
    assert days_left(due, NOW, ENGLAND) == days
