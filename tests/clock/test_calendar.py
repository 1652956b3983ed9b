"""Which days count, why the others do not, and counting them, for every nation and against a plain walk."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.clock.bank_holidays import NATIONS, from_package
from cpcli.clock.calendar import Calendar, CalendarError, calendar

CLOSED = Calendar("England", closures=((date(2026, 12, 29), "Council closure day"),))
TERMS = Calendar(
    "England",
    terms=(
        (date(2026, 9, 2), date(2026, 10, 23)),
        (date(2026, 11, 2), date(2026, 12, 18)),
        (date(2027, 1, 4), date(2027, 5, 28)),
    ),
)
DATES = st.dates(date(2000, 1, 1), date(2050, 12, 31))
COUNTS = st.integers(1, 300)
CALENDARS = st.sampled_from([*map(Calendar, NATIONS), CLOSED])


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 24), None),  # Christmas Eve is worked
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 26), "Saturday, Boxing Day"),
        (date(2026, 12, 27), "Sunday"),
        (date(2026, 12, 28), "Boxing Day substitute"),
        (date(2026, 12, 29), "closed: Council closure day"),
        (date(2026, 12, 30), None),
    ],
)
def test_a_day_off_says_why(day, why):
    assert CLOSED.why_off(day) == why
    assert CLOSED.is_working_day(day) == (why is None)


@pytest.mark.parametrize(
    ("start", "count", "comes_to"),
    [
        (
            date(2026, 12, 24),
            1,
            date(2026, 12, 30),
        ),  # past Christmas, the weekend, the substitute and the closure
        (date(2026, 12, 26), 1, date(2026, 12, 30)),  # the start may itself be a day off
        (date(2026, 12, 30), -1, date(2026, 12, 24)),
        (date(2026, 12, 27), -1, date(2026, 12, 24)),
        (date(2026, 11, 20), 15, date(2026, 12, 11)),
    ],
)
def test_working_days_are_counted_from_the_day_after_or_the_day_before(start, count, comes_to):
    assert CLOSED.working_day(start, count) == comes_to


@pytest.mark.parametrize("nation", NATIONS)
def test_every_day_from_2000_to_2040_agrees_with_walking_day_by_day(nation):
    off = set(from_package(nation, range(1999, 2043)))
    first, last = date(2000, 1, 1), date(2040, 12, 31)
    walked = [
        day
        for day in (first + timedelta(number) for number in range((last - first).days + 120))
        if day.weekday() < 5 and day not in off
    ]
    days, place = Calendar(nation), 0  # `place`: how many of `walked` are up to and with the day
    for day in (first + timedelta(number) for number in range((last - first).days + 1)):
        is_worked = walked[place] == day
        place += is_worked
        assert (days.why_off(day) is None) == is_worked
        for count in (1, 2, 10, 15, 45):
            assert days.working_day(day, count) == walked[place + count - 1]
        if place > 45:
            for count in (1, 2, 45):
                assert days.working_day(day, -count) == walked[place - is_worked - count]


@given(CALENDARS, DATES, COUNTS)
def test_a_count_never_lands_on_a_day_off(days, start, count):
    assert days.is_working_day(days.working_day(start, count))
    assert days.is_working_day(days.working_day(start, -count))


@given(CALENDARS, DATES, COUNTS)
def test_counting_on_and_then_back_comes_to_the_working_day_it_began_from(days, start, count):
    begin = days.working_day(start, 1)
    assert days.working_day(days.working_day(begin, count), -count) == begin


@given(CALENDARS, DATES, COUNTS, st.integers(0, 30))
def test_a_later_start_never_comes_to_an_earlier_day(days, start, count, later):
    assert days.working_day(start, count) <= days.working_day(start + timedelta(later), count)
    assert days.working_day(start, -count) <= days.working_day(start + timedelta(later), -count)


@given(CALENDARS, DATES, COUNTS)
def test_the_working_days_between_are_as_many_as_were_counted(days, start, count):
    assert days.working_days(start, days.working_day(start, count)) == count
    assert days.working_days(days.working_day(start, count), start) == -count


def test_a_calendar_can_be_closed_for_a_whole_year():
    year = [(date(2026, 1, 1) + timedelta(number), "closed") for number in range(365)]
    assert Calendar("England", closures=tuple(year)).working_day(date(2025, 12, 31), 1) == date(2027, 1, 4)


def test_counting_may_leave_the_years_of_the_table():
    assert Calendar("England").working_day(date(2060, 12, 30), 5) == date(2061, 1, 7)
    assert Calendar("England").working_day(date(2000, 1, 5), -5) == date(1999, 12, 23)


def test_days_far_off_change_nothing_of_those_nearby():
    days = Calendar("England")
    near = (date(2026, 1, 1), date(2026, 12, 31))
    before = days.working_days(*near)
    assert days.working_days(date(1950, 1, 1), date(2100, 1, 1)) > 0
    assert days.working_days(*near) == before == calendar("England").working_days(*near) == 253


def test_counting_beyond_2199_is_refused():
    with pytest.raises(CalendarError, match="from 1900 to 2199"):
        Calendar("England").working_day(date(2199, 12, 30), 5)


@pytest.mark.parametrize(("day", "projected"), [(date(2027, 12, 31), False), (date(2028, 1, 1), True)])
def test_days_past_the_published_years_are_projected(day, projected):
    assert Calendar("England").projected(day) is projected


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 23), None),
        (date(2026, 10, 26), "school holiday"),  # half-term
        (date(2026, 10, 24), "Saturday"),
        (date(2027, 3, 26), "Good Friday"),  # inside a term
        (date(2026, 12, 29), "school holiday"),
    ],
)
def test_a_day_without_school_says_why(day, why):
    assert TERMS.why_no_school(day) == why


@pytest.mark.parametrize(
    ("start", "count", "comes_to"),
    [
        (date(2026, 10, 22), 2, date(2026, 11, 2)),  # over half-term
        (date(2026, 12, 17), 2, date(2027, 1, 4)),  # over Christmas
        (date(2026, 11, 3), -2, date(2026, 10, 23)),
    ],
)
def test_school_days_are_counted_within_the_terms(start, count, comes_to):
    assert TERMS.school_day(start, count) == comes_to
    assert abs(TERMS.school_days(start, comes_to)) == abs(count)


@pytest.mark.parametrize(
    ("days", "start", "count", "said"),
    [
        (Calendar("England"), date(2026, 10, 22), 1, "without term dates"),
        (TERMS, date(2027, 5, 27), 5, "end on Fri 28 May 2027"),
        (TERMS, date(2026, 9, 3), -5, "begin on Wed 2 Sep 2026"),
        (TERMS, date(2026, 8, 28), 1, "outside the school terms that are known"),
    ],
)
def test_school_days_past_the_known_terms_are_refused(days, start, count, said):
    with pytest.raises(CalendarError, match=said):
        days.school_day(start, count)


def test_a_term_that_ends_before_it_begins_is_refused():
    with pytest.raises(CalendarError, match="before it begins"):
        Calendar("England", terms=((date(2026, 9, 2), date(2026, 9, 1)),))


def test_terms_that_overlap_are_refused():
    with pytest.raises(CalendarError, match="Wed 2 Sep 2026 begins before another has ended"):
        Calendar(terms=((date(2026, 4, 1), date(2026, 9, 2)), (date(2026, 9, 2), date(2026, 10, 23))))


def test_a_team_that_is_closed_does_not_close_the_schools():
    closed = Calendar("England", closures=((date(2026, 11, 3), "Move"),), terms=TERMS.terms)
    assert closed.why_no_school(date(2026, 11, 3)) is None


def test_the_calendar_of_a_nation_is_made_once():
    assert calendar("England") is calendar("England")
    assert calendar("wales") == Calendar("Wales")
