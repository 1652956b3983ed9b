"""The agenda's screen."""

from datetime import datetime

import pytest

from cpcli.casework.duty_state import DutyState
from cpcli.clock.when import LONDON
from cpcli.output.desk import blocks, summary
from cpcli.output.people import plain
from cpcli.store.agenda import DutyCounts
from cpcli.store.desk import MANY, clear_desk

AT = datetime(2026, 12, 24, 16, 40, tzinfo=LONDON)
EMPTY = clear_desk(AT)


def duty(**more):
    fields = {
        **dict.fromkeys(DutyState._fields, ""),
        "case": "2026-0001",
        "walk": 1,
        "source": "test",
        "do": "Ring them",
        "by": "service-manager",
        "you": False,
        "level": "should",
        "cite": ("3.9",),
        "state": "open",
        "projected": False,
    }
    return DutyState(**{**fields, **more})


def screen(**parts):
    return plain(blocks(EMPTY._replace(**parts), AT), None)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (DutyCounts(0, 0, 0, 0, 9), "Nothing is due."),
        (DutyCounts(2, 1, 0, 0, 0), "2 overdue, 1 due today."),
        (DutyCounts(0, 0, 3, 4, 0), "Nothing overdue, nothing due today, 3 later, 4 open without a date."),
        (DutyCounts(MANY + 1, 0, 0, 0, 0), "More than 5,000 overdue, nothing due today."),
    ],
)
def test_the_first_line_says_how_much_there_is(counts, said):
    assert summary(EMPTY._replace(counts=counts)) == said


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-12-23", "Wed 23 Dec 2026, 1 working day late"),
        ("2026-12-24", "Thu 24 Dec 2026"),
        ("2026-12-24T18:00", "Thu 24 Dec 2026 18:00"),
        ("2026-12-29", "Tue 29 Dec 2026, in 1 working day"),
        ("2026-12-31", "Thu 31 Dec 2026, in 3 working days"),
    ],
)
def test_a_due_date_has_the_working_days_to_it(due, said):
    assert f"  {said}  2026-0001  Service manager should: Ring them (test 3.9)" in screen(
        soon=[duty(due=due)]
    )


def test_what_is_urgent_says_so_with_a_date_and_without():
    assert "  At once  2026-0001" in screen(now=[duty(urgency="immediately")])
    assert "Tue 29 Dec 2026, at once" in screen(soon=[duty(urgency="immediately", due="2026-12-29")])


def test_what_is_for_the_walker_is_yours():
    assert "You MUST: Ring them" in screen(undated=[duty(you=True, level="must")])


def test_a_role_that_belongs_to_somebody_keeps_its_apostrophe():
    assert "Children's services MUST: Ring" in screen(undated=[duty(by="children-s-services", level="must")])


def test_parts_with_nothing_in_them_are_left_out():
    said = screen(overdue=[duty(due="2026-12-23")])
    assert "Overdue" in said
    assert "Due today" not in said
