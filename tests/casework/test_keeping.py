"""How long a case's record is kept: the latest of its days, and what could make it later."""

import pytest

from cpcli.casework.duties import duties_of
from cpcli.casework.entry import closed, duty_done, event_recorded
from cpcli.casework.keeping import NOT_GIVEN, NOT_KNOWN, REACHED, TO_COME, keeping, says_how_long
from kit import NOW
from small_case import SENT, case_with, duty, rules

TEN = duty("keep", "keep for 10 years", of="sent", keeps="until then", unless=("removed",))
AGE = duty("keep-on", "keep until age 67", of="date-of-birth", keeps="until then")
LONGER = duty(
    "keep-longest", "keep until the later of 20 years from sent and 1 year from left", keeps="until then"
)
SO_FAR = duty("so-far", "keep for 1 year", of="sent", keeps="provisionally", note="It may be longer.")
OPEN = duty("as-policies-say", keeps="not said")


def kept(*duties, drafts=(SENT,)):
    case, by = case_with(*drafts), rules(*duties)
    return keeping(case.reference, duties_of(case, by, NOW), by, lambda: {e.event for e in case.events})


def test_it_is_kept_until_the_latest_of_its_days():
    found = kept(SO_FAR, TEN)
    assert found.until == "2036-12-24"
    assert [each.until for each in found.rules] == ["2036-12-24", "2027-12-24"]
    assert found.rules[0].duty.cite == ("3.9",)


@pytest.mark.parametrize(("today", "state"), [("2036-12-23", TO_COME), ("2036-12-24", REACHED)])
def test_the_day_has_come_when_it_is_there(today, state):
    assert kept(TEN).state(today) == state


def test_closing_the_case_does_not_shorten_it():
    assert kept(TEN, drafts=[SENT, closed("Done")]).until == "2036-12-24"


def test_being_marked_as_done_does_not_shorten_it():
    assert kept(TEN, drafts=[SENT, duty_done(1, "keep", "2026-12-24")]).until == "2036-12-24"


def test_what_an_event_makes_needless_keeps_it_no_longer():
    assert kept(TEN, drafts=[SENT, event_recorded("removed", "2026-12-24")]).rules == ()


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        (AGE, "Not recorded yet: the date of birth."),
        (LONGER, "Not recorded yet: left."),
        (duty("keep", "keep for 10 years", of="left", keeps="until then"), "Not recorded yet: left."),
    ],
)
def test_without_what_it_counts_from_there_is_no_day_and_that_is_said(rule, missing):
    found = kept(rule)
    assert (found.until, found.missing, found.state("2100-01-01")) == ("", (missing,), NOT_KNOWN)


def test_a_day_that_may_become_later_says_so():
    found = kept(SO_FAR)
    assert (found.until, found.missing) == ("2027-12-24", ("It may be longer.",))
    assert found.state("2030-01-01") == REACHED


def test_one_that_is_known_and_one_that_is_not_say_both():
    found = kept(TEN, AGE)
    assert (found.until, found.missing) == ("2036-12-24", ("Not recorded yet: the date of birth.",))


def test_where_the_document_gives_no_time_none_is_invented():
    found = kept(OPEN)
    assert (found.until, found.missing, found.state("2100-01-01")) == ("", (), NOT_GIVEN)
    assert [each.duty.duty for each in found.rules] == ["as-policies-say"]


def test_a_duty_to_keep_something_else_says_nothing_of_the_record():
    other = duty("keep-allocated", "keep for 3 months", of="sent")
    assert kept(other).state("2100-01-01") == NOT_GIVEN
    assert not says_how_long(rules(other).pathway("test"))
    assert says_how_long(rules(OPEN).pathway("test"))
