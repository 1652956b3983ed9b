"""From a case's events and answers to its duties: waiting, open, met, met late, lapsed, departed from."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cpcli.casework.case import fold
from cpcli.casework.duties import duties_of
from cpcli.casework.entry import (
    Entry,
    amended,
    answered,
    assigned,
    case_opened,
    closed,
    departed,
    duty_done,
    event_recorded,
    extended,
    reopened,
    walk_begun,
)
from cpcli.casework.layout import Rules
from cpcli.clock.calendar import calendar
from cpcli.clock.limit import parse_limit
from cpcli.procedures.model import LEVELS, Duty, ProcedureSet, Reading, Step
from kit import NOW, ask, pathway, when

SET = ProcedureSet("test-set", "Test", "1", "England")
LONDON = ZoneInfo("Europe/London")


def duty(name="ring", limit=None, of="", **more):
    met_by = more.pop("met_by", name)
    return Duty(
        name, "Ring them", "practitioner", "should", ("3.9",),
        limit=parse_limit(limit) if limit else None, of=of, met_by=met_by, **more,
    )  # fmt: skip


def case_with(*drafts):
    begun = [case_opened(), walk_begun(1, "test-set/test", "1", "adviser", "2026-12-24")]
    return fold(
        Entry(seq, datetime(2026, 12, 24, 16, 40, tzinfo=UTC), "ada", "2026-0001", d.walk, d.kind, d.body)
        for seq, d in enumerate([*begun, *drafts], 1)
    )


def duties(case, *of, steps=(), now=NOW):
    path = pathway(*steps).__class__("test", "test-set", "Test", "", ("1",), steps=tuple(steps), duties=of)
    return duties_of(case, Rules(lambda _: path, lambda _: SET, calendar), now)


def said(step, value):
    return answered(1, step, value, question=f"{step}?", cite=("1",))


CHASE = duty("chase", "within 1 working day", of="sent", unless=("acknowledged",))
SENT = event_recorded("sent", "2026-12-24T16:30")


def test_a_duty_waits_for_the_event_that_it_is_counted_from():
    (found,) = duties(case_with(), CHASE)
    assert (found.state, found.due, found.event) == ("waiting", "", "sent")


def test_a_duty_is_open_once_its_event_has_happened_and_has_its_due_date():
    (found,) = duties(case_with(SENT), CHASE)
    assert (found.state, found.due, found.started) == ("open", "2026-12-29", "2026-12-24T16:30")
    assert "Christmas Day" in found.counted
    assert "Boxing Day substitute" in found.counted


@pytest.mark.parametrize(
    ("at", "state"),
    [("2026-12-24T17:30", "met"), ("2026-12-29T23:59", "met"), ("2026-12-30T00:00", "met late")],
)
def test_a_duty_is_met_in_time_to_the_end_of_its_due_date_and_late_after_it(at, state):
    (found,) = duties(case_with(SENT, duty_done(1, "chase", at)), CHASE)
    assert (found.state, found.since) == (state, at)


def test_a_duty_is_met_by_the_event_that_it_names():
    (found,) = duties(
        case_with(SENT, event_recorded("rung", "2026-12-24T16:35")),
        duty("chase", "within 1 working day", of="sent", met_by="rung"),
    )
    assert found.state == "met"


def test_what_was_done_before_the_event_does_not_meet_the_duty():
    (found,) = duties(case_with(SENT, event_recorded("chase", "2026-12-23")), CHASE)
    assert found.state == "open"


def test_a_duty_lapses_when_what_makes_it_needless_happens():
    (found,) = duties(case_with(SENT, event_recorded("acknowledged", "2026-12-24T16:40")), CHASE)
    assert (found.state, found.since) == ("lapsed", "2026-12-24T16:40")


def test_a_departure_is_recorded_against_its_duty_and_says_who_agreed():
    away = departed(1, "chase", "Not chased", "Acknowledged in person", "B. Manager", "2026-12-24")
    (found,) = duties(case_with(SENT, away), CHASE)
    assert (found.state, found.why) == ("departed from", "agreed by B. Manager")


def test_a_duty_stands_only_while_its_condition_holds():
    steps = (ask("refer"),)
    ring = duty(when=when(("refer", "is", "yes")))
    assert [d.state for d in duties(case_with(said("refer", "yes")), ring, steps=steps)] == ["open"]
    assert duties(case_with(said("refer", "yes"), said("refer", "no")), ring, steps=steps) == ()
    assert duties(case_with(), ring, steps=steps) == ()


def test_an_answer_that_dates_an_event_starts_the_duties_that_wait_for_it():
    steps = (
        Step("happened", "sent", "When?", ("1",), answer="date and time", event="sent", may_be_not_yet=True),
    )
    assert duties(case_with(said("sent", "not yet")), CHASE, steps=steps)[0].state == "waiting"
    assert duties(case_with(said("sent", "2026-12-24T16:30")), CHASE, steps=steps)[0].due == "2026-12-29"


def test_doing_one_duty_is_the_event_that_another_waits_for():
    write = duty("write", met_by="sent")
    found = {d.duty: d for d in duties(case_with(duty_done(1, "write", "2026-12-24T16:30")), write, CHASE)}
    assert (found["write"].state, found["chase"].due) == ("met", "2026-12-29")


def test_each_time_the_event_happens_starts_a_duty_of_its_own():
    again = event_recorded("sent", "2027-01-05")
    found = {d.key: d for d in duties(case_with(SENT, again), CHASE)}
    assert {key: d.due for key, d in found.items()} == {"chase": "2026-12-29", "chase#2": "2027-01-06"}


def test_only_the_first_time_counts_where_the_pathway_says_so():
    again = event_recorded("sent", "2027-01-05")
    first = duty("chase", "within 1 working day", of="sent", first_only=True)
    assert [d.due for d in duties(case_with(SENT, again), first)] == ["2026-12-29"]


def test_something_to_do_before_an_event_is_open_from_the_start_and_due_when_the_event_is():
    before = duty("discuss", "before", of="rung")
    assert [(d.state, d.due) for d in duties(case_with(), before)] == [("open", "")]
    rung = event_recorded("rung", "2026-12-24T17:00")
    assert [(d.state, d.due) for d in duties(case_with(rung), before)] == [("open", "2026-12-24T17:00")]


def test_something_to_do_before_an_event_is_met_by_what_was_done_earlier():
    drafts = [event_recorded("discuss", "2026-12-24T16:00"), event_recorded("rung", "2026-12-24T17:00")]
    (found,) = duties(case_with(*drafts), duty("discuss", "before", of="rung"))
    assert found.state == "met"


def test_something_done_only_after_the_event_that_it_should_come_before_is_met_late():
    drafts = [event_recorded("discuss", "2026-12-24T16:40"), event_recorded("rung", "2026-12-24T16:30")]
    (found,) = duties(case_with(*drafts), duty("discuss", "before", of="rung"))
    assert found.state == "met late"


def test_a_limit_before_a_planned_event_counts_back_from_its_date():
    report = duty("report", "at least 2 working days before", of="conference")
    assert duties(case_with(), report)[0].state == "waiting"
    planned = event_recorded("conference", "2026-12-30")
    (found,) = duties(case_with(planned), report)
    assert (found.state, found.due) == ("open", "2026-12-24")


def test_a_repeating_duty_comes_round_again_each_time_it_is_done():
    review = duty("review", "every 6 months", of="first", met_by="reviewed")
    drafts = [event_recorded("first", "2026-01-31"), event_recorded("reviewed", "2026-07-20")]
    found = [(d.key, d.state, d.due) for d in duties(case_with(*drafts), review)]
    assert ("review", "met", "2026-07-31") in found
    assert ("review#2", "open", "2027-01-20") in found


def test_a_repeat_of_two_rhythms_goes_on_in_the_second_once_the_first_is_over():
    limit = "every 6 weeks until 1 year after placed, then every 12 weeks"
    visit = duty("visit", limit, of="placed", met_by="visited")
    drafts = [event_recorded(*each) for each in (("placed", "2025-12-01"), ("visited", "2026-10-15"))]
    (last,) = [d.due for d in duties(case_with(*drafts), visit) if d.state == "open"]
    assert last == "2026-11-26"
    again = event_recorded("visited", "2026-11-25")
    (found,) = [d for d in duties(case_with(*drafts, again), visit) if d.state == "open"]
    assert (found.due, found.counted) == ("2027-02-17", "12 weeks; every 6 weeks ended on Tue 1 Dec 2026")


def test_of_two_readings_the_stricter_is_the_due_date_and_both_are_shown():
    two = duty(
        "decide", "within 2 working days", of="sent",
        differs=(Reading(parse_limit("within 2 working days"), "rung", ("3.9",), "from the call"),),
    )  # fmt: skip
    drafts = [event_recorded("rung", "2026-12-21"), event_recorded("sent", "2026-12-22")]
    (found,) = duties(case_with(*drafts), two)
    assert found.due == "2026-12-23"
    assert "3.9 says within 2 working days (from the call)" in found.note


def test_urgent_duties_come_before_any_date_and_have_none():
    found = duties(
        case_with(SENT),
        CHASE,
        duty("later"),
        duty("tell", "as soon as possible"),
        duty("escalate", "immediately"),
    )
    assert [(d.duty, d.due) for d in found] == [
        ("escalate", ""), ("tell", ""), ("chase", "2026-12-29"), ("later", ""),
    ]  # fmt: skip


def test_hours_from_a_day_without_a_time_count_from_its_first_minute():
    (found,) = duties(
        case_with(event_recorded("found", "2026-12-24")), duty("see", "within 24 hours", of="found")
    )
    assert found.due == "2026-12-25T00:00"


def test_an_event_that_is_still_to_come_keeps_its_duty_waiting_with_its_date_worked_out():
    (found,) = duties(case_with(event_recorded("sent", "2027-01-04")), CHASE)
    assert (found.state, found.due) == ("waiting", "2027-01-05")


def test_the_day_is_the_london_day_whatever_the_hour():
    late = datetime(2026, 12, 29, 23, 30, tzinfo=LONDON)
    (found,) = duties(case_with(event_recorded("sent", "2026-12-29")), CHASE, now=late)
    assert found.state == "open"
    assert date.fromisoformat(found.due) == date(2026, 12, 30)


def test_a_day_without_a_time_is_not_held_to_be_late_for_a_time_on_that_day():
    found_child = event_recorded("found", "2026-12-24T10:00")
    seen = duty("see", "within 4 hours", of="found")
    (found,) = duties(case_with(found_child, duty_done(1, "see", "2026-12-24")), seen)
    assert (found.state, found.why) == (
        "met", "done Thu 24 Dec 2026; no time was recorded, and it was due Thu 24 Dec 2026 14:00",
    )  # fmt: skip
    (found,) = duties(case_with(found_child, duty_done(1, "see", "2026-12-24T15:00")), seen)
    assert (found.state, found.why) == (
        "met late", "done Thu 24 Dec 2026 15:00, 1 hour late; due Thu 24 Dec 2026 14:00",
    )  # fmt: skip


def test_a_duty_is_yours_where_it_is_for_whoever_walks():
    yours, theirs = duty("a"), duty("b").__class__("b", "Ring", "manager", "should", ("1",), met_by="b")
    assert [(d.duty, d.you) for d in duties(case_with(), yours, theirs)] == [("a", True), ("b", False)]


def test_of_duties_that_are_alike_a_must_stands_before_a_should_and_that_before_a_may():
    alike = [replace(duty(name), level=level) for name, level in zip("abcd", LEVELS[::-1], strict=True)]
    assert [d.level for d in duties(case_with(), *alike)] == list(LEVELS)
    due = [replace(each, limit=parse_limit("within 1 working day"), of="sent") for each in alike]
    assert [d.level for d in duties(case_with(SENT), *due)] == list(LEVELS)


def test_an_urgent_duty_that_has_a_limit_too_sorts_first_and_keeps_its_date():
    (found,) = duties(case_with(SENT), duty("see", "as soon as possible, within 7 days", of="sent"))
    assert (found.urgency, found.due, found.sort) == ("as soon as possible", "2026-12-31", "01 1")


def test_a_later_date_can_be_agreed_where_the_procedure_lets_somebody_agree_it():
    agreed = extended(1, "chase", "2027-01-15", authority="Operational manager, in writing", why="Snow")
    able = duty("chase", "within 1 working day", of="sent", extends="The operational manager, in writing")
    (found,) = duties(case_with(SENT, agreed), able)
    assert (found.due, found.was_due) == ("2027-01-15", "2026-12-29")
    assert found.counted == "extended from Tue 29 Dec 2026, agreed by Operational manager, in writing"


def test_a_date_stands_where_the_procedure_has_no_rule_for_a_later_one():
    agreed = extended(1, "chase", "2027-01-15", authority="Somebody", why="Busy")
    (found,) = duties(case_with(SENT, agreed), CHASE)
    assert (found.due, found.was_due) == ("2026-12-29", "")


def test_a_correction_of_when_something_happened_moves_what_hangs_on_it():
    put_right = amended(3, "2026-12-23T09:00", reason="Read from the wrong page")
    case = case_with(SENT, put_right)
    assert duties(case, CHASE)[0].due == "2026-12-24"
    assert [(a.was, a.reason) for a in case.events[0].amendments] == [
        ("2026-12-24T16:30", "Read from the wrong page")
    ]


def test_what_is_corrected_never_to_have_happened_counts_for_nothing():
    case = case_with(SENT, amended(3, None, reason="It was never sent"))
    assert duties(case, CHASE)[0].state == "waiting"


def test_nothing_is_due_in_a_closed_case_and_everything_again_when_it_is_reopened():
    shut = [SENT, closed("The family has moved")]
    (found,) = duties(case_with(*shut), CHASE)
    assert (found.state, found.why) == ("lapsed", "the case was closed")
    assert duties(case_with(*shut, reopened("They came back")), CHASE)[0].state == "open"


def test_a_duty_is_somebodys_who_was_named_for_it_or_for_the_whole_case():
    other = duty("other")
    named = [SENT, assigned("Jo Marsh"), assigned("Sam Field", 1, "chase")]
    found = {d.duty: d.assigned for d in duties(case_with(*named), CHASE, other)}
    assert found == {"chase": "Sam Field", "other": "Jo Marsh"}


def test_a_duty_that_two_walks_lay_on_is_one_duty():
    again = walk_begun(2, "test-set/test", "1", "adviser", "2026-12-24")
    found = duties(case_with(SENT, again), CHASE)
    assert [(d.walk, d.key, d.due) for d in found] == [(1, "chase", "2026-12-29")]


def test_departing_from_a_duty_that_two_walks_lay_on_departs_from_it_once_for_all():
    again = walk_begun(2, "test-set/test", "1", "adviser", "2026-12-24")
    away = departed(2, "chase", "Not chased", "Told in person", "B. Manager", "2026-12-24")
    assert [d.state for d in duties(case_with(SENT, again, away), CHASE)] == ["departed from"]


def test_what_was_done_ahead_of_an_earlier_time_does_not_count_for_the_next():
    report = duty("report", "at least 2 working days before", of="conference")
    drafts = [
        event_recorded("report", "2026-05-01"),
        event_recorded("conference", "2026-05-11"),
        event_recorded("conference", "2026-12-30"),
    ]
    found = {d.key: d.state for d in duties(case_with(*drafts), report)}
    assert found == {"report": "met", "report#2": "open"}


def test_an_event_that_two_walks_date_on_the_same_day_is_one_event():
    steps = (Step("happened", "sent", "When?", ("1",), answer="date and time", event="sent"),)
    again = [
        walk_begun(2, "test-set/test", "1", "adviser", "2026-12-24"),
        answered(2, "sent", "2026-12-24", question="When?", cite=("1",)),
    ]
    found = duties(case_with(said("sent", "2026-12-24T16:30"), *again), CHASE, steps=steps)
    assert [(d.key, d.started) for d in found] == [("chase", "2026-12-24T16:30")]


def test_a_planned_date_is_replaced_by_the_date_that_is_planned_next():
    report = duty("report", "at least 2 working days before", of="conference")
    moved = [event_recorded("conference", "2027-01-12"), event_recorded("conference", "2027-01-20")]
    assert [(d.key, d.due) for d in duties(case_with(*moved), report)] == [("report", "2027-01-18")]


def test_a_time_on_a_day_is_stricter_than_that_day():
    two = duty(
        "letter", "within 1 working day", of="decided",
        differs=(Reading(parse_limit("within 24 hours"), "decided", ("4.14.5",)),),
    )  # fmt: skip
    (found,) = duties(case_with(event_recorded("decided", "2026-12-21T10:00")), two)
    assert found.due == "2026-12-22T10:00"


def test_setting_a_date_ends_the_duty_to_set_it():
    steps = (
        Step(
            "happened",
            "conference-date",
            "When?",
            ("1",),
            answer="date",
            event="conference-date",
            planned=True,
        ),
    )
    setting = duty("set-the-date", met_by="conference-date")
    (found,) = duties(case_with(said("conference-date", "2027-01-12")), setting, steps=steps)
    assert (found.state, found.since[:10]) == ("met", "2026-12-24")


def test_a_conference_by_a_week_of_pregnancy_is_open_before_it_and_met_by_being_held():
    hold = duty("hold", "by 24 weeks of pregnancy", of="expected-delivery")
    expected = event_recorded("expected-delivery", "2027-05-01")
    (found,) = duties(case_with(expected), hold)
    assert (found.state, found.due) == ("open", "2027-01-09")
    (found,) = duties(case_with(expected, event_recorded("hold", "2026-12-20")), hold)
    assert found.state == "met"
