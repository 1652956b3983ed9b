"""Dates and times as people type them, and as they are said back."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.clock.when import LONDON, WhenError, from_iso, iso, localise, parse_when, say_date, say_when

NOW = datetime(2026, 12, 24, 16, 40, 12, tzinfo=LONDON)  # a Thursday


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("today", "Thu 24 Dec 2026"),
        ("yesterday", "Wed 23 Dec 2026"),
        ("tomorrow", "Fri 25 Dec 2026"),
        ("yesterday 16:30", "Wed 23 Dec 2026 16:30"),
        ("Yesterday at 4pm", "Wed 23 Dec 2026 16:00"),
        ("now", "Thu 24 Dec 2026 16:40"),
        # the most recent, today included if the time has passed
        ("Fri", "Fri 18 Dec 2026"),
        ("Fri 17:00", "Fri 18 Dec 2026 17:00"),
        ("Thu", "Thu 24 Dec 2026"),
        ("Thu 16:00", "Thu 24 Dec 2026 16:00"),
        ("Thu 17:00", "Thu 17 Dec 2026 17:00"),
        ("thursday", "Thu 24 Dec 2026"),
        ("last Thu", "Thu 17 Dec 2026"),
        ("last Fri", "Fri 18 Dec 2026"),
        ("next Thu", "Thu 31 Dec 2026"),
        ("next Tue", "Tue 29 Dec 2026"),
        # the day before the month
        ("03/04/2026", "Fri 3 Apr 2026"),
        ("3/4/2026", "Fri 3 Apr 2026"),
        ("13-4-2026", "Mon 13 Apr 2026"),
        ("3.4.2026 9.30", "Fri 3 Apr 2026 09:30"),
        ("3 Apr 2026", "Fri 3 Apr 2026"),
        ("3rd April 2026", "Fri 3 Apr 2026"),
        ("April 3 2026", "Fri 3 Apr 2026"),
        ("3 April", "Fri 3 Apr 2026"),  # of this year
        ("24 Dec 16:40", "Thu 24 Dec 2026 16:40"),
        ("29 Feb 2028", "Tue 29 Feb 2028"),
        ("4pm", "Thu 24 Dec 2026 16:00"),
        ("4.30 pm", "Thu 24 Dec 2026 16:30"),
        ("12am", "Thu 24 Dec 2026 00:00"),
        ("noon", "Thu 24 Dec 2026 12:00"),
        ("2 days ago", "Tue 22 Dec 2026"),
        ("2 days ago 16:30", "Tue 22 Dec 2026 16:30"),
        ("a week ago", "Thu 17 Dec 2026"),
        ("3 hours ago", "Thu 24 Dec 2026 13:40"),
        ("in 5 days", "Tue 29 Dec 2026"),
        ("2026-12-24", "Thu 24 Dec 2026"),
        ("2026-12-24T16:40", "Thu 24 Dec 2026 16:40"),
        ("2026-12-24 16:40", "Thu 24 Dec 2026 16:40"),
        ("24/12/2026 16:40:00", "Thu 24 Dec 2026 16:40"),  # Excel writes seconds
        ("24.12.2026 4:40:59 pm", "Thu 24 Dec 2026 16:40"),
        ("2026-12-24T16:40:30Z", "Thu 24 Dec 2026 16:40"),
        ("2026-07-01T12:00+00:00", "Wed 1 Jul 2026 13:00"),  # London is an hour ahead in summer
        ("Tue 29 Dec 2026 16:40", "Tue 29 Dec 2026 16:40"),  # as it is said back
        ("2026-10-25T01:30+01:00", "Sun 25 Oct 2026 01:30 BST"),
        ("2026-10-25T01:30+00:00", "Sun 25 Oct 2026 01:30 GMT"),
        ("25/10/2026 01:30 BST", "Sun 25 Oct 2026 01:30 BST"),
    ],
)
def test_what_is_typed_is_understood_and_said_back(text, understood):
    assert say_when(parse_when(text, NOW)) == understood


def test_hours_ago_are_elapsed_hours():
    after_the_change = datetime(2026, 10, 25, 9, 0, tzinfo=LONDON)
    assert iso(parse_when("12 hours ago", after_the_change)) == "2026-10-24T22:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No date was given"),
        ("gibberish", "is not a date"),
        ("31/02/2026", "February 2026 has 28 days"),
        ("29 Feb 2026", "February 2026 has 28 days"),
        ("2026-02-30", "February 2026 has 28 days"),
        ("12/25/2026", "for 25 December write 25/12/2026"),
        ("40/13/2026", "has no month 13"),
        ("2026-13-01", "has no month 13"),
        ("03/04/26", "Write all four"),
        ("3 Apr 26", "Write all four"),
        ("24/12", "has no year: write it as 24/12/2026"),
        ("2026/04/03", "write the day first"),
        ("Mon 29 Dec 2026", "29 Dec 2026 is a Tuesday"),
        ("4", "write it as 4pm"),
        ("1640", "write it as 4pm"),
        ("24 Dec 25:00", "Times go from 00:00 to 23:59"),
        ("2026-12-24T25:00", "25:00 is not a time"),
        ("24/12/2026 16:40:60", "is not a date"),
        ("24/12/2026 16:40:0a", "is not a date"),
        ("24.12.26", "Write all four"),
        ("13pm", "Hours go from 1am to 12pm"),
        ("midnight", "belongs to two days"),
        ("24 Dec 2926", "Years go from 1900 to 2199"),
        ("99999 days ago", "Years go from 1900 to 2199"),
        ("3 hours ago 16:00", "gives the time twice"),
        ("2026-W01-1", "is not a date"),
        ("٣/04/2026", "is not a date"),
        ("29/03/2026 01:30", "does not exist: the clocks go forward"),
        ("2026-03-29T01:30", "does not exist: the clocks go forward"),
        ("25/10/2026 01:30", "write 2026-10-25T01:30+01:00 for the first"),
        ("2026-10-25T01:30", "2026-10-25T01:30+00:00 for the second"),
    ],
)
def test_what_cannot_be_or_could_be_two_things_is_refused(text, said):
    with pytest.raises(WhenError) as refused:
        parse_when(text, NOW)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=30))
def test_any_text_is_understood_or_refused(text):
    try:
        understood = parse_when(text, NOW)
    except WhenError:
        return
    assert isinstance(understood, date)


MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(LONDON)
)
NIGHTS_OF_CHANGE = st.builds(
    lambda year, minutes: datetime.fromtimestamp(
        datetime(year, 10, 25, tzinfo=UTC).timestamp() + 60 * minutes, LONDON
    ),
    st.integers(1996, 2040),
    st.integers(-8 * 1440, 8 * 1440),
)


@given(MOMENTS | NIGHTS_OF_CHANGE)
def test_a_moment_written_is_read_back_as_the_same_moment(moment):
    assert from_iso(iso(moment)).timestamp() == moment.timestamp()
    assert parse_when(say_when(moment), NOW).timestamp() == moment.timestamp()


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_written_is_read_back_as_the_same_date(day):
    assert from_iso(iso(day)) == day
    assert parse_when(say_date(day), NOW) == day
    assert parse_when(f"{day:%d/%m/%Y}", NOW) == day


def test_a_bare_time_is_londons():
    assert localise(datetime(2026, 7, 1, 12)).utcoffset().total_seconds() == 3600
    assert iso(datetime(2026, 7, 1, 12)) == "2026-07-01T12:00"
    assert say_when(datetime(2026, 7, 1, 12)) == "Wed 1 Jul 2026 12:00"
