"""A year of the calendar: its days off, and where each comes from."""

from datetime import date, time

import pytest

from cpcli.clock.bank_holidays import NATIONS
from cpcli.clock.calendar import Calendar, CalendarError
from cpcli.clock.year import BANK_HOLIDAY, CLOSURE, year_of

CLOSED = Calendar(
    "England",
    closures=((date(2026, 12, 29), "Closure day"), (date(2027, 1, 4), "Moving")),
    terms=((date(2026, 11, 2), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 2, 12))),
    closes=time(17),
)


def test_a_day_off_says_what_it_is_and_where_it_comes_from():
    found = [tuple(each) for each in year_of(CLOSED, 2026).days_off if each.day.month == 12]
    assert found == [
        (date(2026, 12, 25), "Christmas Day", BANK_HOLIDAY, False, ""),
        (date(2026, 12, 26), "Boxing Day", BANK_HOLIDAY, False, "Saturday"),
        (date(2026, 12, 28), "Boxing Day substitute", BANK_HOLIDAY, False, ""),
        (date(2026, 12, 29), "Closure day", CLOSURE, False, ""),
    ]


def test_each_month_has_a_mark_for_each_day():
    year = year_of(CLOSED, 2026)
    assert year.months[11] == "....--.....--.....--....B--BC.."
    assert [len(month) for month in year.months] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("year", [2000, 2012, 2022, 2026, 2040])
def test_the_working_days_of_a_year_are_those_that_are_counted(nation, year):
    days = Calendar(nation)
    assert year_of(days, year).working_days == days.working_days(date(year - 1, 12, 31), date(year, 12, 31))


def test_a_closure_on_a_bank_holiday_is_named_and_counts_once():
    days = Calendar("England", closures=((date(2026, 12, 25), "Closed"),))
    assert year_of(days, 2026).working_days == year_of(Calendar(), 2026).working_days
    assert [each.name for each in year_of(days, 2026).days_off if each.day.day == 25] == [
        "Spring Bank Holiday",
        "Christmas Day",
        "Closed",
    ]


@pytest.mark.parametrize(("year", "projected"), [(2027, {False}), (2028, {True})])
def test_bank_holidays_that_are_not_published_yet_are_projected(year, projected):
    assert {each.projected for each in year_of(Calendar(), year).days_off} == projected


def test_the_terms_of_the_year_have_their_school_days():
    assert [tuple(term) for term in year_of(CLOSED, 2026).terms] == [
        (date(2026, 11, 2), date(2026, 12, 18), 35)
    ]


def test_a_year_that_is_not_counted_is_refused():
    with pytest.raises(CalendarError, match="from 1900 to 2199"):
        year_of(CLOSED, 1899)
