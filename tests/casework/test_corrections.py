"""What is corrected, recorded again, extended or given to somebody, and what hangs on it."""

import pytest

from cpcli.casework.duties import duties_of
from cpcli.casework.entry import amended, assigned, duty_done, event_recorded, extended
from cpcli.casework.events import may_lie_ahead, too_early
from cpcli.casework.recorded import amendments_json
from cpcli.procedures.model import Step
from kit import NOW
from small_case import AGAIN, CHASE, SENT, case_with, duty, rules, said

ABLE = duty("chase", "within 1 working day", of="sent", extends="The manager, in writing")


def found(case, *duties):
    return duties_of(case, rules(*duties), NOW)


def test_what_was_done_before_it_began_is_said_to_have_been():
    case = case_with(SENT, duty_done(1, "chase", "2026-12-23"))
    (one,) = found(case, CHASE)
    assert (one.state, one.why) == ("met", "done Wed 23 Dec 2026, before it began on Thu 24 Dec 2026 16:30")


@pytest.mark.parametrize(
    ("at", "before"),
    [
        ("2026-12-24", False),  # the same day, and no telling at what time
        ("2026-12-24T16:30", False),
        ("2026-12-24T16:29", True),
    ],
)
def test_the_same_day_is_before_only_where_the_times_say_so(at, before):
    (one,) = found(case_with(SENT, duty_done(1, "chase", at)), CHASE)
    assert ("before it began" in one.why) is before


def test_what_should_be_done_before_an_event_may_be():
    before = duty("discuss", "before", of="sent")
    (one,) = found(case_with(SENT, duty_done(1, "discuss", "2026-12-20")), before)
    assert "before it began" not in one.why


def test_a_correction_keeps_what_the_entry_said():
    case = case_with(SENT, (3, amended(3, "2026-12-23", reason="Read from the wrong page")))
    assert amendments_json(case, rules(CHASE)) == [
        {
            "of": 3,
            "what": "The letter was sent",
            "was": "2026-12-24T16:30",
            "to": "2026-12-23",
            "reason": "Read from the wrong page",
            "by": "ada",
            "at": "2026-12-24T16:43:00+00:00",
            "entry": 4,
        }
    ]


def test_what_did_not_happen_can_be_corrected_to_have_happened_after_all():
    never = [SENT, amended(3, None, reason="It was not sent")]
    after_all = [*never, amended(3, "2026-12-24T17:00", reason="It was")]
    assert [d.started for d in found(case_with(*never), CHASE)] == [""]
    assert [d.started for d in found(case_with(*after_all), CHASE)] == ["2026-12-24T17:00"]


def test_an_event_that_is_corrected_to_a_later_time_is_not_taken_for_a_plan_that_was_replaced():
    case = case_with(
        SENT,  # recorded at 16:40
        (1, event_recorded("sent", "2026-12-24T16:35")),
        (10, amended(3, "2026-12-24T16:48", reason="The post book says so")),
    )
    assert [d.started for d in found(case, CHASE)] == ["2026-12-24T16:35", "2026-12-24T16:48"]


def test_a_further_time_on_a_day_that_an_answer_dates_starts_a_duty_of_its_own():
    steps = (Step("happened", "sent", "When?", ("1",), answer="date and time", event="sent"),)
    by_answer = said("sent", "2026-12-24T10:00")
    for again, starts in (
        (False, ["2026-12-24T10:00"]),
        (True, ["2026-12-24T10:00", "2026-12-24T16:00"]),
    ):
        case = case_with(by_answer, event_recorded("sent", "2026-12-24T16:00", again=again))
        assert [d.started for d in duties_of(case, rules(CHASE, steps=steps), NOW)] == starts


def test_a_later_date_holds_for_a_duty_that_two_walks_lay_on():
    case = case_with(SENT, AGAIN, extended(2, "chase", "2027-01-15", authority="A Manager", why="Snow"))
    assert [(d.walk, d.due) for d in found(case, ABLE)] == [(2, "2027-01-15")]


def test_the_last_later_date_is_the_one_that_holds():
    twice = [extended(1, "chase", f"2027-01-{day}", authority="A Manager", why="Snow") for day in (15, 20)]
    (one,) = found(case_with(SENT, *twice), ABLE)
    assert (one.due, one.was_due) == ("2027-01-20", "2026-12-29")


def test_whoever_was_named_for_a_duty_in_one_walk_has_it_though_another_lays_it_on_too():
    case = case_with(SENT, AGAIN, assigned("Jo Marsh"), assigned("Sam Field", 2, "chase"))
    assert [d.assigned for d in found(case, CHASE)] == ["Sam Field"]


@pytest.mark.parametrize(
    ("limit", "ahead"),
    [
        ("at least 2 working days before", True),
        ("before", True),
        ("within 2 working days", False),
        (None, False),
    ],
)
def test_an_event_may_lie_ahead_where_something_is_to_be_done_before_it(limit, ahead):
    assert may_lie_ahead("meeting", case_with(), rules(duty("prepare", limit, of="meeting"))) is ahead


def test_an_event_may_lie_ahead_where_its_planned_date_is_asked_for():
    planned = Step("happened", "when", "When is it?", ("1",), answer="date", event="meeting", planned=True)
    assert may_lie_ahead("meeting", case_with(), rules(steps=[planned]))
    assert not may_lie_ahead("letter", case_with(), rules(steps=[planned]))


def test_an_end_before_the_beginning_is_said_to_end_nothing():
    reply = duty("reply", "within 1 working day", of="sent", met_by="replied")
    case = case_with(SENT, event_recorded("replied", "2026-12-20"))
    assert too_early("replied", "2026-12-20", case, rules(reply), NOW) == [
        'It does not end "Ring them": that began only on Thu 24 Dec 2026 16:30.'
    ]
    assert too_early("replied", "2026-12-24", case_with(SENT), rules(reply), NOW) == []


@pytest.mark.parametrize(
    ("one", "at", "state"),
    [
        (duty("reply", of="sent", met_by="replied"), "2026-12-24T16:40", "met"),
        (duty("reply", of="sent", met_by="replied"), "2026-12-25", "open"),
        (duty("reply", of="sent", unless=("replied",)), "2026-12-24T16:40", "lapsed"),
        (duty("reply", of="sent", unless=("replied",)), "2026-12-25", "open"),
    ],
)
def test_what_is_only_planned_ends_nothing(one, at, state):
    assert [d.state for d in found(case_with(SENT, event_recorded("replied", at)), one)] == [state]


def test_a_planned_review_does_not_begin_the_time_to_the_one_after_it():
    review = duty("review", "every 6 months", of="first", met_by="reviewed")
    drafts = [event_recorded("first", "2026-07-31"), event_recorded("reviewed", "2027-01-20")]
    assert [(d.key, d.state) for d in found(case_with(*drafts), review)] == [("review", "open")]
