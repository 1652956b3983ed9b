"""Arrays of dates: the same due dates as one at a time."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.clock.calendar import Calendar, CalendarError
from cpcli.clock.counting import DueError
from cpcli.clock.due import due_date_only
from cpcli.clock.limit import parse_limit
from cpcli.clock.many import due_dates

np = pytest.importorskip("numpy")

TERMS = ((date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2027, 7, 20)))
CALENDARS = {
    "England": Calendar("England"),
    "Scotland, closed at Christmas": Calendar("Scotland", closures=((date(2026, 12, 29), "Closed"),)),
}
LIMITS = (
    "within 1 working day",
    "within 15 working days",
    "between 10 and 15 working days",
    "at least 2 working days before",
    "within 7 days",
    "next working day",
    "same day",
    "within 6 weeks",
    "within 3 months",
    "at least 1 month before",
    "every 6 months",
    "keep for 10 years",
    "by age 18",
    "by 24 weeks of pregnancy",
    "before",
    "the later of 5 days and 3 working days",
    "the earlier of 1 month and 20 working days",
)
STARTS = st.lists(st.dates(date(2000, 1, 1), date(2050, 12, 31)), min_size=1, max_size=50)


@given(STARTS, st.sampled_from(LIMITS), st.sampled_from(sorted(CALENDARS)), st.sampled_from([0, 1]))
def test_each_is_what_it_is_alone(starts, words, calendar, first_day):
    limit, days = parse_limit(words), CALENDARS[calendar]
    found = due_dates(limit, np.array(starts, dtype="datetime64[D]"), days, first_day=first_day)
    assert found.tolist() == [due_date_only(limit, start, days, first_day=first_day) for start in starts]


@given(st.lists(st.dates(date(2026, 9, 20), date(2027, 6, 20)), min_size=1), st.sampled_from([0, 1]))
def test_school_days_too(starts, first_day):
    limit, days = parse_limit("within 10 school days"), Calendar(terms=TERMS)
    found = due_dates(limit, starts, days, first_day=first_day)
    assert found.tolist() == [due_date_only(limit, start, days, first_day=first_day) for start in starts]


def test_every_day_of_a_leap_year_by_months_and_ages():
    starts = [date(2028, 1, 1) + timedelta(number) for number in range(366)]
    for words in ("within 1 month", "within 1 year", "by age 18"):
        limit = parse_limit(words)
        expected = [due_date_only(limit, start, Calendar()) for start in starts]
        assert due_dates(limit, starts, Calendar()).tolist() == expected


def test_the_shape_is_kept():
    starts = np.array([["2026-12-24", "2026-12-25"], ["2026-12-28", "2026-12-29"]], dtype="datetime64[D]")
    found = due_dates(parse_limit("within 1 working day"), starts, Calendar())
    assert found.tolist() == [[date(2026, 12, 29)] * 2, [date(2026, 12, 29), date(2026, 12, 30)]]
    assert due_dates(parse_limit("within 1 working day"), starts[:0], Calendar()).shape == (0, 2)


def test_dates_beyond_the_usual_years_are_counted_too():
    starts = [date(1950, 6, 1), date(2026, 12, 24), date(2150, 6, 1)]
    limit = parse_limit("within 100 working days")
    expected = [due_date_only(limit, start, Calendar()) for start in starts]
    assert due_dates(limit, starts, Calendar()).tolist() == expected


@pytest.mark.parametrize(
    ("words", "starts", "said"),
    [
        ("within 48 hours", ["2026-12-24"], "cannot be counted from dates alone"),
        ("immediately", ["2026-12-24"], "cannot be counted from dates alone"),
        ("within 5 days of report-sent", ["2026-12-24"], "cannot be counted from dates alone"),
        ("within 5 days", ["2026-12-24", "NaT"], "A date is missing"),
        ("within 5 working days", ["1066-10-14"], "outside the years 1900 to 2199"),
        ("within 50 working days", ["2199-12-24"], "counted from 1900 to 2199"),
        ("within 50 years", ["2199-12-24"], "outside the years 1900 to 2199"),
        ("within 5 school days", ["2026-12-24"], "without term dates"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_one_line(words, starts, said):
    with pytest.raises((DueError, CalendarError), match=said):
        due_dates(parse_limit(words), np.array(starts, dtype="datetime64[D]"), Calendar())


@pytest.mark.parametrize("start", ["2026-08-28", "2027-07-19"])
def test_school_days_past_the_known_terms_are_refused(start):
    with pytest.raises(CalendarError, match="that are known"):
        due_dates(parse_limit("within 10 school days"), [start], Calendar(terms=TERMS))


def test_a_time_of_day_is_not_looked_at():
    found = due_dates(parse_limit("within 1 working day"), [datetime(2026, 12, 24, 23, 59)], Calendar())
    assert found.tolist() == [date(2026, 12, 29)]
