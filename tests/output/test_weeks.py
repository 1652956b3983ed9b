"""A long count, week by week."""

from datetime import date, datetime

import pytest

from cpcli.clock.calendar import Calendar
from cpcli.clock.due import work_out
from cpcli.clock.limit import parse_limit
from cpcli.clock.when import LONDON
from cpcli.output.weeks import HEAD, by_weeks, day_table

MONDAY = date(2026, 12, 21)


def weeks(words, start=MONDAY, nation="England"):
    return by_weeks(work_out(parse_limit(words), start, Calendar(nation)).working)


def test_each_day_has_its_number_or_a_dash_and_what_was_left_out_is_named():
    first, second, third, *_ = weeks("within 45 working days")
    assert first == (
        "Mon 21 Dec 2026", "-", "1", "2", "3", "-", "-", "-",
        "Mon: the day itself: day 0; Fri: Christmas Day; Sat: Boxing Day",
    )  # fmt: skip
    assert second[-1] == "Mon: Boxing Day substitute; Fri: New Year's Day"
    assert third == ("Mon 4 Jan 2027", "7", "8", "9", "10", "11", "-", "-", "")


def test_the_numbers_are_those_of_the_count_each_once():
    rows = weeks("within 45 working days")
    assert [int(n) for row in rows for n in row[1:8] if n.isdigit()] == list(range(1, 46))


def test_a_count_back_begins_with_the_week_of_the_event():
    rows = weeks("at least 40 days before")
    assert (rows[0][0], rows[-1][0]) == ("Mon 21 Dec 2026", "Mon 9 Nov 2026")
    assert rows[-1][1:8] == ("", "", "40", "39", "38", "37", "36")


@pytest.mark.parametrize(
    "words", ["within 15 working days", "within 48 hours", "within 40 weeks", "within 40 years"]
)
def test_a_short_count_and_one_that_is_not_by_days_stay_as_they_are(words):
    assert weeks(words, datetime(2026, 12, 21, 16, tzinfo=LONDON)) == []


@pytest.mark.parametrize(
    ("words", "head", "lines"), [("within 45 working days", HEAD, 10), ("within 3 days", ("", "", ""), 4)]
)
def test_every_screen_shows_a_long_count_by_weeks_and_a_short_one_by_days(words, head, lines):
    (table,) = day_table(work_out(parse_limit(words), MONDAY, Calendar("England")).working)
    assert (table.head, len(table.rows)) == (head, lines)
