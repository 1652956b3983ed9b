"""The laws of each kind of limit, from 2000 to 2040, each held against a second way of counting."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.clock.calendar import Calendar
from cpcli.clock.due import due_date_only, work_out
from cpcli.clock.limit import parse_limit
from cpcli.clock.when import LONDON

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
ENGLAND = Calendar("England")
TERMS = (
    (date(2026, 9, 2), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 24)),
)
SCHOOL = Calendar("England", terms=TERMS)
TAUGHT = [
    day
    for first, last in TERMS
    for day in (first + timedelta(number) for number in range((last - first).days + 1))
    if day.weekday() < 5 and ENGLAND.why_off(day) is None
]
FIRST, LAST = date(2000, 1, 1), date(2040, 12, 31)
EVERY_DAY = [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]
DAYS = st.dates(FIRST, LAST)
BIRTHS = DAYS | st.integers(0, 10).map(lambda number: date(2000 + 4 * number, 2, 29))
LIMITS = st.sampled_from(["5 days", "1 month", "10 working days", "2 years", "3 weeks", "1 working day"])


def due(words, start, days=ENGLAND, **more):
    return work_out(parse_limit(words), start, days, **more).due


@pytest.mark.parametrize("nation", NATIONS)
def test_a_limit_in_working_days_is_found_by_walking_day_by_day(nation):
    days = Calendar(nation)
    on = [day for day in EVERY_DAY if day.weekday() < 5 and days.why_off(day) is None]
    place = 0
    for day in EVERY_DAY[:-30]:
        place += on[place] == day
        if day.day % 5 == 0 and place > 10:
            assert due("within 10 working days", day, days) == on[place + 9]
            assert due("at least 2 working days before", day, days) == on[place - 2 - (on[place - 1] == day)]


@given(st.integers(0, len(TAUGHT) - 21), st.integers(1, 20))
def test_school_days_are_the_days_of_the_terms_in_their_order(start, count):
    assert due(f"within {count} school days", TAUGHT[start], SCHOOL) == TAUGHT[start + count]
    assert due(f"at least {count} school days before", TAUGHT[start + count], SCHOOL) == TAUGHT[start]
    assert due(f"not before {count} school days", TAUGHT[start], SCHOOL) == TAUGHT[start + count]


def test_months_end_on_the_same_day_or_on_the_last_of_their_month():
    for day in EVERY_DAY:
        for months in (1, 6):
            years, month = divmod(day.month - 1 + months, 12)
            last = monthrange(day.year + years, month + 1)[1]
            expected = date(day.year + years, month + 1, min(day.day, last))
            assert due_date_only(parse_limit(f"within {months} months"), day, ENGLAND) == expected


def test_hours_are_elapsed_hours_through_every_change_of_the_clocks():
    for year in range(2000, 2041):
        for month in (3, 10):
            noon = datetime(year, month, 31 - (date(year, month, 31).weekday() + 1) % 7, tzinfo=LONDON)
            for before in (1, 25, 47):
                start = (noon - timedelta(hours=before)).replace(microsecond=0)
                found = due("within 48 hours", start)
                assert found.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=48)
                assert due("at least 48 hours before", found).astimezone(UTC) == start.astimezone(UTC)


@given(BIRTHS, st.integers(1, 100))
def test_an_age_is_reached_on_the_birthday_and_on_1_march_where_29_february_is_none(born, age):
    reached = due(f"by age {age}", born)
    leap_day = (born.month, born.day) == (2, 29)
    there = not leap_day or monthrange(born.year + age, 2)[1] == 29
    assert (reached.month, reached.day) == ((born.month, born.day) if there else (3, 1))
    assert reached.year == born.year + age
    assert due(f"keep until age {age}", born) == due(f"not before age {age}", born) == reached


@given(BIRTHS, st.integers(0, 400), st.integers(1, 99))
def test_who_is_born_later_is_never_of_age_earlier(born, later, age):
    assert due(f"by age {age}", born) <= due(f"by age {age}", born + timedelta(later))
    assert due(f"by age {age}", born) < due(f"by age {age + 1}", born)


@given(DAYS, st.integers(1, 42))
def test_weeks_of_pregnancy_and_those_that_are_left_are_forty(delivery, week):
    assert (delivery - due(f"by {week} weeks of pregnancy", delivery)).days == (40 - week) * 7


@given(LIMITS, LIMITS, DAYS, DAYS)
def test_the_later_of_two_is_one_of_them_and_neither_comes_after_it(one, other, start, second):
    alone = [due(one, start), due(other, second)]
    events = {"first": start, "second": second}
    both = f"{one} from first and {other} from second"
    assert due(f"the later of {both}", None, events=events) == max(alone)
    assert due(f"the earlier of {both}", None, events=events) == min(alone)
    assert due(f"keep until the later of {both}", None, events=events) == max(alone)


@given(DAYS, DAYS)
def test_a_record_is_kept_until_an_event_or_for_so_long_whichever_is_later(event, made):
    events = {"retired-on": event, "made": made}
    ten = due("keep for 10 years", made)
    words = "keep until retired-on or for ten years from made, if longer"
    assert due(words, None, events=events) == max(event, ten)
    assert due("keep until retired-on", None, events=events) == event


@given(DAYS, st.integers(1, 12), st.integers(1, 80))
def test_a_repeat_goes_on_in_even_steps_until_the_day_on_which_it_stops(start, weeks, days):
    stop = start + timedelta(days)
    words = f"every {weeks} weeks until stopped"
    seen, last = [], start
    while (upcoming := due(words, last, events={"stopped": stop})) is not None:
        assert upcoming - last == timedelta(weeks=weeks)
        seen.append(upcoming)
        last = upcoming
    assert len(seen) == days // (weeks * 7)
    assert due(words, start) == start + timedelta(weeks=weeks)  # it has not been stopped


@given(DAYS, st.integers(0, 40))
def test_a_repeat_that_begins_later_has_no_date_before_then(start, days):
    begins = {"placed": start + timedelta(days - 7)}
    found = due("every 2 weeks from 1 week after placed", start, events=begins)
    assert found == (start + timedelta(14) if days < 14 else None)


@given(DAYS, st.integers(2, 40), st.sampled_from(NATIONS))
def test_day_1_is_one_day_of_its_kind_sooner_or_makes_no_difference(start, count, nation):
    days = Calendar(nation)
    for unit, counts in (("working days", days.why_off(start) is None), ("days", True)):
        sooner = due(f"within {count - counts} {unit}", start, days)
        assert due(f"within {count} {unit}", start, days, first_day=1) == sooner


@given(DAYS)
def test_what_is_to_be_done_before_an_event_is_due_when_it_is(start):
    for words in ("before", "before held", "prior to held", "not before held"):
        assert due(words, start, events={"held": start}) == start
    assert due("same day", start) == start
