"""What follows in a pathway from events alone."""

from dataclasses import replace
from datetime import date

import pytest

from cpcli.casework.layout import Rules
from cpcli.casework.schedule import (
    FOLLOWS,
    OVER,
    WAITS,
    events_of_pathway,
    events_that_matter,
    needs,
    schedule,
)
from cpcli.clock.calendar import Calendar
from cpcli.clock.limit import parse_limit
from cpcli.clock.when import from_iso
from cpcli.procedures.model import Duty, Pathway, ProcedureSet, Reading, Step
from kit import NOW, when


def duty(name, limit="", of="", **more):
    given = {"met_by": name, **more}
    return Duty(name, name, "worker", "should", ("1",), parse_limit(limit) if limit else None, of, **given)


PATHWAY = Pathway(
    "enquiry",
    "set",
    "An enquiry",
    "",
    ("1",),
    steps=(Step("happened", "asked", "When?", ("1",), event="meeting-held", answer="date"),),
    duties=(
        duty("at-once", "immediately", "meeting-held"),
        duty("conference", "within 15 working days", "meeting-held", when=when(("harm", "is", "yes"))),
        duty("report", "at least 2 working days before", "conference"),
        duty("chase", "within 1 working day", "letter-sent", unless=("answered",)),
        duty("visit", "every 6 weeks", "plan-made", met_by="visit-made"),
        duty("copy", "", "letter-sent"),
        duty("keep-in-mind"),
        duty("school", "within 10 school days", "school-told"),
        duty("later", "the later of 5 days from letter-sent and 3 days from plan-made"),
        duty(
            "two-readings",
            "within 5 days",
            "letter-sent",
            differs=(Reading(parse_limit("within 3 days"), "letter-sent", ("2",)),),
        ),
    ),
)
SET = ProcedureSet("set", "A set", "1", "England")
RULES = Rules(lambda _: PATHWAY, lambda _: SET, Calendar)


def plan(rules=RULES, only="", **events):
    given = {name.replace("_", "-"): from_iso(at) for name, at in events.items()}
    return {one.duty.id: one for one in schedule("set/enquiry", given, rules, NOW, only)}


def test_what_has_begun_follows_with_its_due_date_and_the_rest_waits():
    found = plan(meeting_held="2026-11-20T16:00")
    assert found["conference"].state.due == "2026-12-11"
    assert found["conference"].part == FOLLOWS
    assert (found["chase"].part, found["chase"].due) == (WAITS, None)


def test_a_condition_is_said_and_not_looked_at():
    found = plan(meeting_held="2026-11-20")
    assert found["conference"].condition == "harm is yes"
    assert found["report"].condition == ""


def test_what_is_urgent_comes_first_then_by_date_then_without_one_then_what_waits_then_what_is_over():
    order = list(plan(meeting_held="2026-11-20", letter_sent="2026-11-20", answered="2026-11-20"))
    assert order[:3] == ["at-once", "two-readings", "conference"]
    assert set(order[3:5]) == {"copy", "keep-in-mind"}
    assert order[-1] == "chase"


def test_what_is_planned_follows_too():
    found = plan(meeting_held="2027-01-04")["conference"]
    assert (found.part, found.state.state, found.state.due) == (FOLLOWS, "waiting", "2027-01-25")
    assert found.state.why == "counts from Mon 4 Jan 2027, which is still to come"


def test_what_was_done_or_is_needless_is_over():
    found = plan(letter_sent="2026-12-21", answered="2026-12-22")["chase"]
    assert (found.part, found.state.state) == (OVER, "lapsed")
    assert found.state.due == "2026-12-22"


def test_each_time_of_a_repeat_is_counted_from_the_last():
    found = [
        one.state.due
        for one in schedule(
            "set/enquiry",
            {"plan-made": date(2026, 11, 2), "visit-made": date(2026, 11, 30)},
            RULES,
            NOW,
            "visit",
        )
    ]
    assert found == ["2027-01-11", "2026-12-14"]


def test_of_two_readings_the_stricter_is_the_due_date():
    assert plan(letter_sent="2026-12-21")["two-readings"].state.due == "2026-12-24"


def test_what_the_calendar_cannot_tell_is_a_problem():
    assert "without term dates" in plan(school_told="2026-11-02")["school"].problem


def test_one_duty_alone_can_be_asked_for():
    assert list(plan(only="chase", letter_sent="2026-12-21")) == ["chase"]


def test_the_day_itself_counts_as_the_set_says():
    day_1 = RULES._replace(procedure_set=lambda _: replace(SET, first_day=1))
    assert plan(day_1, letter_sent="2026-12-21")["chase"].state.due == "2026-12-21"


@pytest.mark.parametrize(
    ("name", "events", "missing"),
    [
        ("chase", (), ["letter-sent"]),
        ("chase", ("letter-sent",), []),
        ("later", (), ["letter-sent", "plan-made"]),
        ("later", ("plan-made",), ["letter-sent"]),
        ("keep-in-mind", (), []),
    ],
)
def test_the_events_that_are_missing_are_named(name, events, missing):
    (one,) = [each for each in PATHWAY.duties if each.id == name]
    assert needs(one, dict.fromkeys(events, date(2026, 12, 21))) == missing


def test_the_events_that_matter_to_a_duty_and_to_a_pathway():
    chase = next(each for each in PATHWAY.duties if each.id == "chase")
    assert events_that_matter(chase) == {"letter-sent", "chase", "answered"}
    assert events_of_pathway(PATHWAY) >= {
        "meeting-held",
        "letter-sent",
        "answered",
        "visit-made",
        "plan-made",
    }
