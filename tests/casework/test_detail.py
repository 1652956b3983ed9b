"""One duty in full."""

import json

import pytest

from cpcli.casework.detail import detail
from cpcli.casework.entry import departed, extended
from cpcli.clock.limit import parse_limit
from cpcli.procedures.model import Reading
from kit import NOW, ask, when
from small_case import CHASE, SENT, case_with, duty, rules, said


def found(case, one, key="", steps=()):
    whole = detail(case, rules(one, steps=steps), NOW, 1, key or one.id)
    json.dumps(whole)  # it is data
    return whole


def test_the_working_has_every_day_counted_or_left_out_and_why():
    days = found(case_with(SENT), CHASE)["working"]
    assert [(day["at"], day["counted"], day["reason"]) for day in days] == [
        ("2026-12-24", False, "the day itself: day 0"),
        ("2026-12-25", False, "Christmas Day"),
        ("2026-12-26", False, "Saturday, Boxing Day"),
        ("2026-12-27", False, "Sunday"),
        ("2026-12-28", False, "Boxing Day substitute"),
        ("2026-12-29", True, "working day 1"),
    ]


def test_events_are_in_words():
    whole = found(case_with(SENT), CHASE)
    assert whole["event"] == {"event": "sent", "name": "The letter was sent"}
    assert [each["event"] for each in whole["unless"]] == ["acknowledged"]


def test_each_reading_has_its_own_date():
    two = duty(
        "decide", "within 2 working days", of="sent",
        differs=(Reading(parse_limit("within 1 day"), "rung", ("4.1",), "from the call"),),
    )  # fmt: skip
    readings = found(case_with(SENT), two)["readings"]
    assert [(each["says"], each["due"], each["cite"]) for each in readings] == [
        ("within 2 working days", "2026-12-30", ["3.9"]),
        ("within 1 day", None, ["4.1"]),
    ]


def test_one_reading_alone_is_not_set_against_others():
    assert found(case_with(SENT), CHASE)["readings"] == []


def test_a_later_date_leaves_the_date_that_was_counted_to():
    able = duty("chase", "within 1 working day", of="sent", extends="The manager, in writing")
    whole = found(case_with(SENT, extended(1, "chase", "2027-01-15", authority="A", why="Snow")), able)
    assert (whole["duty"]["due"], whole["counted_to"]) == ("2027-01-15", "2026-12-29")
    assert (whole["extends"], len(whole["extensions"])) == ("The manager, in writing", 1)


def test_a_departure_stands_with_its_duty():
    away = departed(1, "chase", "Not chased", "Told in person", "B Manager", "2026-12-24")
    assert [each["what"] for each in found(case_with(SENT, away), CHASE)["departures"]] == ["Not chased"]


def test_what_does_not_apply_has_what_decides_it_and_no_working():
    ring = duty("ring", "within 1 working day", of="sent", when=when(("refer", "is", "yes")))
    whole = found(case_with(SENT, said("refer", "no")), ring, steps=[ask("refer")])
    assert (whole["duty"]["state"], whole["working"]) == ("not applicable", [])
    assert whole["condition"] == '"refer?": Yes'
    assert whole["decided_by"] == [
        {"step": "refer", "question": "refer?", "says": "No", "by": "ada", "since": "2026-12-24T16:40"}
    ]


def test_a_duty_that_no_walk_lays_down_is_not_found():
    with pytest.raises(KeyError):
        found(case_with(), CHASE, key="chase#2")
