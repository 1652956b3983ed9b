"""From a limit to its due date: the rules of time, each as a table with the reason beside it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpcli.clock.calendar import Calendar, CalendarError
from cpcli.clock.counting import add_months, steps
from cpcli.clock.due import (
    DueError,
    EventNeeded,
    due_date_only,
    work_out,
)
from cpcli.clock.limit import parse_limit
from cpcli.clock.met import was_in_time
from cpcli.clock.when import LONDON, from_iso, iso

ENGLAND = Calendar("England")
SCHOOL = Calendar(
    "England", terms=((date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)))
)
EVENTS = {
    "allegation-made": date(2024, 2, 29),
    "placement-began": date(2026, 3, 2),
    "date-of-birth": date(2010, 2, 28),
}


def due(words, start, days=ENGLAND, **more):
    return work_out(parse_limit(words), from_iso(start), days, **{"events": EVENTS, **more})


def due_date(words, start, days=ENGLAND, **more):
    found = due(words, start, days, **more)
    return iso(found.due) if found.due is not None else None


@pytest.mark.parametrize(
    ("words", "start", "comes_to"),
    [
        # the day of the event is day 0, wherever it falls
        ("within 15 working days", "2026-11-20T17:00", "2026-12-11"),
        ("within 1 working day", "2026-12-24T16:40", "2026-12-29"),  # Christmas Day, weekend, substitute
        ("within 1 working day", "2026-12-26", "2026-12-29"),  # from a Saturday
        ("next working day", "2026-11-20", "2026-11-23"),
        ("within 1 working day", "2026-11-23T23:59", "2026-11-24"),  # the London day of the moment
        # and the same way back
        ("at least 2 working days before", "2026-12-29", "2026-12-23"),
        ("at least 5 working days before", "2027-01-04", "2026-12-23"),
        ("at least 1 working day before", "2026-12-27", "2026-12-24"),  # from a Sunday
        # days are calendar days, weeks are 7 of them
        ("within 7 days", "2026-11-30", "2026-12-07"),
        ("within 28 days", "2026-02-10", "2026-03-10"),
        ("within 6 weeks", "2026-11-30", "2027-01-11"),
        ("at least 10 weeks before", "2027-06-01", "2027-03-23"),
        # months and years end on the corresponding date, or the month's last day
        ("within 3 months", "2026-11-30", "2027-02-28"),
        ("within 3 months", "2027-11-30", "2028-02-29"),
        ("within 1 month", "2026-02-28", "2026-03-28"),
        ("within 1 year", "2024-02-29", "2025-02-28"),
        ("at least 3 months before", "2026-05-31", "2026-02-28"),
        ("within 18 months", "2026-08-31", "2028-02-29"),
        # hours are elapsed hours, right across a clock change
        ("within 48 hours", "2026-11-20T17:00", "2026-11-22T17:00"),
        ("within 48 hours", "2026-10-23T17:00", "2026-10-25T16:00"),  # the clocks go back
        ("within 48 hours", "2026-03-27T17:00", "2026-03-29T18:00"),  # the clocks go forward
        ("at least 48 hours before", "2026-10-26T09:00", "2026-10-24T10:00"),
        ("within 30 minutes", "2026-10-25T01:45+01:00", "2026-10-25T01:15+00:00"),
        ("lasts up to 72 hours", "2026-12-24T16:00", "2026-12-27T16:00"),
        # the same day ends at midnight, so it is a date
        ("same day", "2026-12-24T16:40", "2026-12-24"),
        ("before", "2026-12-24T16:40", "2026-12-24T16:40"),
        ("before", "2026-12-24", "2026-12-24"),
        # an age is reached at the start of the birthday; 29 February falls on 1 March in other years
        ("by age 18", "2010-05-01", "2028-05-01"),
        ("by age 18", "2012-02-29", "2030-03-01"),
        ("by age 12", "2012-02-29", "2024-02-29"),
        # weeks of pregnancy count back from the expected date of delivery, which is 40 weeks
        ("by 24 weeks of pregnancy", "2027-06-01", "2027-02-09"),
        ("by 40 weeks of pregnancy", "2027-06-01", "2027-06-01"),
        ("by 41 weeks of pregnancy", "2027-06-01", "2027-06-08"),
        # ranges are due at their outer end
        ("between 10 and 15 working days", "2026-11-20", "2026-12-11"),
        ("between 5 and 10 working days before", "2026-12-11", "2026-12-04"),
        ("between 13 and 24 weeks of pregnancy", "2027-06-01", "2027-02-09"),
        # not too soon, and for how long
        ("not before 28 days", "2026-12-01", "2026-12-29"),
        ("not before age 18", "2010-05-01", "2028-05-01"),
        ("keep for 10 years", "2024-02-29", "2034-02-28"),
        ("keep until age 67", "1990-03-03", "2057-03-03"),
        ("keep until placement-began", "2024-01-01", "2026-03-02"),
        ("within one calendar month", "2026-01-31", "2026-02-28"),
        # a repeat is due next after the last time, and stops
        ("every 6 months", "2026-08-31", "2027-02-28"),
        ("every 6 weeks until 1 year after placement-began", "2026-12-01", "2027-01-12"),
        ("every 6 weeks until 1 year after placement-began", "2027-01-19", "2027-03-02"),  # its last day
        ("every 6 weeks until 1 year after placement-began", "2027-01-20", None),
        ("every 12 weeks from 1 year after placement-began", "2027-02-01", "2027-04-26"),
        ("every 12 weeks from 1 year after placement-began", "2026-11-01", None),
        ("every 6 weeks until 1 year after placement-began, then every 12 weeks", "2027-01-19", "2027-03-02"),
        ("every 6 weeks until 1 year after placement-began, then every 12 weeks", "2027-01-20", "2027-04-14"),
        ("weekly until allegation-made, then monthly until age 9 from date-of-birth", "2027-12-01", None),
        ("every 6 weeks until child-found, then every 12 weeks", "2026-12-01", "2027-01-12"),
        ("every 6 weeks until child-found", "2026-12-01", "2027-01-12"),  # which has not happened
        ("every 6 weeks until placement-began", "2026-12-01", None),
        ("every 6 months until age 18 from date-of-birth", "2027-12-01", None),
        # the later and the earlier of several; a date counts until its end
        ("keep until the later of age 67 and 10 years from allegation-made", "1990-03-03", "2057-03-03"),
        ("keep until the later of age 67 and 10 years from allegation-made", "1960-03-03", "2034-02-28"),
        ("the earlier of 5 working days and 4 days", "2026-12-24", "2026-12-28"),
        ("the later of 24 hours and same day", "2026-12-24T16:40", "2026-12-25T16:40"),
        ("the earlier of 24 hours and next working day", "2026-12-24T16:40", "2026-12-25T16:40"),
        # what the words name is counted from, whatever else is given
        ("within 10 years of allegation-made", "2026-01-01", "2034-02-28"),
        # urgencies are never given a date, unless a limit stands beside them
        ("immediately", "2026-12-24", None),
        ("as soon as possible", "2026-12-24", None),
        ("as soon as possible, within 7 days", "2026-12-24", "2026-12-31"),
    ],
)  # fmt: skip
def test_when_a_limit_is_due(words, start, comes_to):
    assert due_date(words, start) == comes_to
    quick = due_date_only(parse_limit(words), from_iso(start), ENGLAND, events=EVENTS)
    assert (iso(quick) if quick is not None else None) == comes_to


@pytest.mark.parametrize(
    ("nation", "start", "comes_to"),
    [
        ("England", "2026-04-02", "2026-04-07"),  # Good Friday and Easter Monday
        ("Scotland", "2026-04-02", "2026-04-06"),  # Easter Monday is worked in Scotland
        ("Northern Ireland", "2026-07-10", "2026-07-14"),  # the Battle of the Boyne
        ("Wales", "2026-07-10", "2026-07-13"),
        ("Scotland", "2026-12-31", "2027-01-05"),  # 1 January, and the substitute of 2 January
        ("England", "2022-09-16", "2022-09-20"),  # the state funeral
        ("Wales", "2020-05-07", "2020-05-11"),  # the early May holiday, moved to a Friday
    ],
)
def test_bank_holidays_are_those_of_the_nation(nation, start, comes_to):
    found = due("next working day", start, Calendar(nation))
    assert (iso(found.due), found.nation) == (comes_to, nation)


@pytest.mark.parametrize(
    ("words", "start", "day_0", "day_1"),
    [
        ("within 3 working days", "2026-11-23", "2026-11-26", "2026-11-25"),
        ("within 1 working day", "2026-11-23", "2026-11-24", "2026-11-23"),
        ("within 3 working days", "2026-11-21", "2026-11-25", "2026-11-25"),  # a Saturday cannot be day 1
        ("at least 2 working days before", "2026-11-26", "2026-11-24", "2026-11-25"),
        ("within 28 days", "2026-11-02", "2026-11-30", "2026-11-29"),
        ("within 2 weeks", "2026-11-02", "2026-11-16", "2026-11-15"),
        ("same day", "2026-11-02", "2026-11-02", "2026-11-02"),
        ("within 1 month", "2026-11-02", "2026-12-02", "2026-12-02"),  # months keep their corresponding date
        ("every 2 weeks", "2026-11-02", "2026-11-16", "2026-11-16"),  # and a repeat its rhythm
        ("next working day", "2026-11-23", "2026-11-24", "2026-11-24"),  # what is next is not the day itself
    ],
)
def test_the_day_itself_can_count_as_day_1(words, start, day_0, day_1):
    assert due_date(words, start, first_day=0) == day_0
    assert due_date(words, start, first_day=1) == day_1


def test_which_day_counted_as_day_1_is_said():
    found = due("within 3 working days", "2026-11-23", first_day=1)
    assert "The day itself is day 1." in found.rule
    assert "the day itself being day 1" in found.counted
    assert found.working[0] == (date(2026, 11, 23), True, 1, "the day itself: day 1")
    assert "The day itself is day 0" in due("within 3 working days", "2026-11-23").rule


@pytest.mark.parametrize(
    ("words", "start", "counted"),
    [
        (
            "within 1 working day",
            "2026-12-24",
            "1 working day: Fri 25 is Christmas Day, Mon 28 is the Boxing Day substitute",
        ),
        ("within 2 working days", "2026-11-20", "2 working days: Sat 21, Sun 22 left out"),
        ("within 1 working day", "2026-11-23", "1 working day"),
        ("within 15 working days", "2026-11-20", "15 working days"),
        (
            "within 15 working days",
            "2026-12-18",
            "15 working days: Fri 25 is Christmas Day, Mon 28 is the Boxing Day substitute, "
            "Fri 1 Jan is New Year's Day",
        ),
        (
            "within 100 working days",
            "2026-12-18",
            "100 working days: Fri 25 is Christmas Day, Mon 28 is the Boxing Day substitute, "
            "Fri 1 Jan is New Year's Day, Fri 26 Mar is Good Friday, Mon 29 is Easter Monday, "
            "Mon 3 May is May Day",
        ),
        (
            "within 200 working days",
            "2026-12-18",
            "200 working days: Fri 25 is Christmas Day, Mon 28 is the Boxing Day substitute, "
            "Fri 1 Jan is New Year's Day, Fri 26 Mar is Good Friday, Mon 29 is Easter Monday, "
            "and 3 other days off",
        ),
        (
            "at least 1 working day before",
            "2026-12-29",
            "1 working day back: Mon 28 is the Boxing Day substitute, Fri 25 is Christmas Day",
        ),
        ("within 48 hours", "2026-11-20T17:00", "48 elapsed hours"),
        ("within 48 hours", "2026-10-23T17:00", "48 elapsed hours: the clocks go back an hour on Sun 25"),
        ("within 3 months", "2026-11-30", "3 months: the last day, as February 2027 has no 30th"),
        ("within 4 months", "2026-11-30", "4 months"),
        ("same day", "2026-11-30", "the same day, until midnight"),
        ("by age 18", "2012-02-29", "the start of the 18th birthday, 1 March as 2030 has no 29 February"),
        ("between 2 and 3 days", "2026-12-01", "3 days; not before Thu 3 Dec 2026"),
        ("every month until age 17 from date-of-birth", "2027-02-01", "stopped: it ended on Sun 28 Feb 2027"),
        ("every day from age 17 from date-of-birth", "2026-11-01", "not begun: it starts on Sun 28 Feb 2027"),
        (
            "keep until the later of age 67 and 10 years from allegation-made",
            "1960-03-03",
            "ruled by keep for 10 years from allegation-made "
            "(10 years: the last day, as February 2034 has no 29th); keep until age 67 is Wed 3 Mar 2027",
        ),
        ("immediately", "2026-12-24", "immediately"),
    ],
)  # fmt: skip
def test_how_it_was_counted_in_a_few_words(words, start, counted):
    assert due(words, start).counted == counted


def test_the_working_lists_every_day_counted_or_left_out_and_why():
    assert due("within 2 working days", "2026-12-24").working == (
        (date(2026, 12, 24), False, 0, "the day itself: day 0"),
        (date(2026, 12, 25), False, 0, "Christmas Day"),
        (date(2026, 12, 26), False, 0, "Saturday, Boxing Day"),
        (date(2026, 12, 27), False, 0, "Sunday"),
        (date(2026, 12, 28), False, 0, "Boxing Day substitute"),
        (date(2026, 12, 29), True, 1, "working day 1"),
        (date(2026, 12, 30), True, 2, "working day 2"),
    )


def test_the_working_of_hours_names_the_change_of_the_clocks():
    begin, change, end = due("within 48 hours", "2026-10-23T17:00").working
    assert (iso(begin.at), begin.reason) == ("2026-10-23T17:00", "the clock starts")
    assert (iso(change.at), change.reason) == ("2026-10-25T01:00+00:00", "the clocks go back an hour")
    assert (iso(end.at), end.n, end.reason) == ("2026-10-25T16:00", 48, "48 hours later")


def test_the_working_of_months_takes_them_one_by_one():
    assert [(iso(each.at), each.reason) for each in due("within 3 months", "2026-11-30").working] == [
        ("2026-11-30", "the day itself"),
        ("2026-12-30", "month 1"),
        ("2027-01-30", "month 2"),
        ("2027-02-28", "month 3, the last day, as February 2027 has no 30th"),
    ]


def test_a_teams_closure_day_is_left_out_by_name():
    closed = Calendar("England", closures=((date(2026, 12, 29), "Council closure day"),))
    found = due("within 1 working day", "2026-12-24", closed)
    assert iso(found.due) == "2026-12-30"
    assert "Tue 29 is a closure day (Council closure day)" in found.counted
    assert "less the team's closure days" in found.rule


def test_school_days_need_term_dates():
    assert due_date("within 10 school days", "2026-10-14", SCHOOL) == "2026-11-04"
    assert (
        due("within 10 school days", "2026-10-14", SCHOOL).counted
        == "10 school days: school holidays left out"
    )
    with pytest.raises(CalendarError, match="term dates"):
        due("within 10 school days", "2026-10-14")


@pytest.mark.parametrize(
    ("words", "start", "projected"),
    [
        ("within 15 working days", "2027-11-01", False),
        ("within 15 working days", "2027-12-15", True),  # runs into 2028, which is not published yet
        ("at least 15 working days before", "2028-01-05", True),
        ("within 28 days", "2028-01-05", False),  # no bank holiday matters
        ("the later of 5 days and 5 working days", "2028-01-05", True),
    ],
)
def test_a_date_that_rests_on_unpublished_bank_holidays_is_projected(words, start, projected):
    assert due(words, start).projected is projected


def test_a_range_says_its_inner_date():
    assert iso(due("between 10 and 15 working days", "2026-11-20").earliest) == "2026-12-04"
    assert iso(due("between 5 and 10 working days before", "2026-12-11").earliest) == "2026-11-27"
    assert iso(due("between 13 and 24 weeks of pregnancy", "2027-06-01").earliest) == "2026-11-24"


@pytest.mark.parametrize(
    ("words", "start", "said"),
    [
        ("within 48 hours", "2026-11-20", "give the time as well, as 20/11/2026 17:00"),
        ("at least 48 hours before", "2026-11-20", "give the time as well"),
        ("within 500 years", "2026-11-20", "goes beyond the years 1900 to 2199"),
        ("within 100000 months", "2026-11-20", "goes beyond the years 1900 to 2199"),
        ("at least 300 years before", "2026-11-20", "goes beyond the years 1900 to 2199"),
        ("within 100000 working days", "2026-11-20", "counted from 1900 to 2199"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_one_line(words, start, said):
    with pytest.raises((DueError, CalendarError)) as refused:
        due(words, start)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "words",
    [
        "the later of 5 days and 3 days from report-sent",
        "every 6 weeks until 1 year after report-sent",
        "every 6 weeks from 1 year after report-sent",
    ],
)
def test_an_event_whose_date_is_missing_is_asked_for_by_name(words):
    with pytest.raises(EventNeeded, match="needs the date of report-sent") as needed:
        due(words, "2026-11-20")
    assert needed.value.event == "report-sent"


def test_a_limit_needs_something_to_be_counted_from():
    with pytest.raises(DueError, match="needs a date to be counted from"):
        work_out(parse_limit("within 5 days"), None, ENGLAND)
    assert work_out(parse_limit("immediately"), None, ENGLAND).due is None
    named = work_out(parse_limit("5 days of placement-began"), None, ENGLAND, events=EVENTS)
    assert iso(named.due) == "2026-03-07"


@pytest.mark.parametrize(
    ("words", "start", "met", "in_time", "by"),
    [
        ("within 1 working day", "2026-12-24", "2026-12-24", True, "1 working day early"),
        ("within 1 working day", "2026-12-24", "2026-12-29T17:00", True, "on the day itself"),
        ("within 1 working day", "2026-12-24", "2026-12-31", False, "2 working days late"),
        ("within 1 working day", "2026-12-24", "2027-01-04", False, "3 working days late"),  # less 1 January
        ("within 15 working days", "2026-11-20", "2026-12-12", False, "1 day late, no working day between"),
        ("within 48 hours", "2026-10-23T17:00", "2026-10-25T16:00", True, "at the last minute"),
        ("within 48 hours", "2026-10-23T17:00", "2026-10-25T17:30", False, "1 hour 30 minutes late"),
        ("within 2 hours", "2026-10-25T00:30", "2026-10-25T01:40+01:00", True, "50 minutes early"),
        ("within 2 hours", "2026-10-25T00:30", "2026-10-25T01:40+00:00", False, "10 minutes late"),
        ("within 48 hours", "2026-10-23T17:00", "2026-10-27", False, "2 days late"),
        ("within 3 months", "2026-11-30", "2027-04-02", False, "1 month 5 days late"),
        ("within 3 weeks", "2026-11-02", "2026-12-06", False, "1 week 6 days late"),
        ("at least 2 working days before", "2026-12-29", "2026-12-22", True, "1 working day early"),
        ("by age 18", "2012-02-29", "2030-02-28", True, "1 day early"),
        ("by age 18", "2012-02-29", "2030-03-01", False, "on the birthday, not before it"),
        ("before", "2026-12-24T16:40", "2026-12-24T15:39", True, "1 hour 1 minute early"),
        ("before", "2026-12-24T16:40", "2026-12-24T16:40", False, "at that moment, not before it"),
        ("not before 28 days", "2026-12-01", "2026-12-28", False, "1 day too soon"),
        ("not before 28 days", "2026-12-01", "2027-01-01", True, "3 days after"),
        ("keep for 1 year", "2026-12-01", "2027-11-30", False, "1 day too soon"),
        ("between 10 and 15 working days", "2026-11-20", "2026-12-03", False, "1 working day too soon"),
        ("the later of 5 days and 5 working days", "2026-11-20", "2026-11-30", False, "1 working day late"),
    ],
)  # fmt: skip
def test_whether_it_was_in_time_and_by_how_much_in_the_limits_own_unit(words, start, met, in_time, by):
    assert was_in_time(due(words, start), from_iso(met)) == (in_time, by)


def test_whether_it_was_in_time_needs_a_time_on_the_day_that_a_time_fell_due():
    with pytest.raises(DueError, match="give the time at which it was done"):
        was_in_time(due("within 48 hours", "2026-11-20T17:00"), date(2026, 11, 22))
    with pytest.raises(DueError, match="has no date to be in time for"):
        was_in_time(due("immediately", "2026-11-20"), date(2026, 11, 22))


def test_of_one_rhythm_after_another_it_is_said_which_was_counted_and_that_the_other_is_over():
    found = due("every 6 weeks until 1 year after placement-began, then every 12 weeks", "2027-01-20")
    assert found.counted == "12 weeks; every 6 weeks ended on Tue 2 Mar 2027"
    assert len(found.working) == 13
    assert was_in_time(found, date(2027, 4, 22)) == (False, "1 week 1 day late")


STARTS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
NUMBERS = st.integers(1, 120)
BY_DAY = st.sampled_from(["working days", "days", "weeks"])
ANY_UNIT = st.sampled_from(["working days", "days", "weeks", "months", "years"])


@given(NUMBERS, BY_DAY, STARTS)
def test_a_limit_forwards_and_the_same_limit_back_are_each_others_reverse(amount, unit, start):
    assume(unit != "working days" or ENGLAND.is_working_day(start))
    there = due_date_only(parse_limit(f"within {amount} {unit}"), start, ENGLAND)
    assert due_date_only(parse_limit(f"at least {amount} {unit} before"), there, ENGLAND) == start


@given(NUMBERS, STARTS)
def test_hours_back_undo_hours_forwards_to_the_minute(amount, start):
    begin = datetime(start.year, start.month, start.day, 12, tzinfo=LONDON)
    there = due_date_only(parse_limit(f"within {amount} hours"), begin, ENGLAND)
    assert there.astimezone(UTC) - begin.astimezone(UTC) == timedelta(hours=amount)
    assert due_date_only(parse_limit(f"at least {amount} hours before"), there, ENGLAND) == begin


@given(NUMBERS, ANY_UNIT, STARTS, st.integers(0, 40))
def test_what_starts_later_is_never_due_earlier(amount, unit, start, later):
    limit = parse_limit(f"within {amount} {unit}")
    assert due_date_only(limit, start, ENGLAND) <= due_date_only(limit, start + timedelta(later), ENGLAND)


@given(st.integers(1, 60), ANY_UNIT, STARTS, st.sampled_from([1, -1]), st.sampled_from([0, 1]))
def test_the_working_ends_where_the_quick_count_ends(amount, unit, start, sign, first_day):
    words = f"within {amount} {unit}" if sign > 0 else f"at least {amount} {unit} before"
    found = work_out(parse_limit(words), start, ENGLAND, first_day=first_day)
    assert found.working[-1].at == found.due
    assert found.due == due_date_only(parse_limit(words), start, ENGLAND, first_day=first_day)


@given(st.integers(1, 400), STARTS)
def test_a_month_later_is_never_past_the_following_month(months, start):
    there = add_months(start, months)
    assert (there.year * 12 + there.month) - (start.year * 12 + start.month) == months
    assert there.day == start.day or (there.day < start.day and (there + timedelta(1)).day == 1)


@given(st.integers(1, 90), STARTS, st.sampled_from(["England", "Scotland"]))
def test_the_working_counts_each_day_once_and_leaves_out_only_days_off(amount, start, nation):
    days = Calendar(nation)
    walk = steps(start, amount, "working_day", days, 0)
    assert [each.n for each in walk if each.counted] == list(range(1, amount + 1))
    assert [each.at for each in walk] == [start + timedelta(number) for number in range(len(walk))]
    assert all(each.reason == days.why_off(each.at) for each in walk[1:] if not each.counted)


LATE = Calendar("England", closes=time(17), closures=((date(2026, 11, 24), "Training day"),))


@pytest.mark.parametrize(
    ("words", "start", "comes_to"),
    [
        ("within 1 working day", "2026-11-20T17:00", "2026-11-23"),  # at the close, a Friday, is in the day
        ("within 1 working day", "2026-11-20T17:01", "2026-11-25"),  # after it counts as Monday
        ("within 1 working day", "2026-11-20T06:00", "2026-11-23"),  # before opening is that day
        ("within 1 working day", "2026-11-21T10:00", "2026-11-25"),  # a Saturday counts as Monday
        ("within 1 working day", "2026-11-24T10:00", "2026-11-26"),  # so does a closure day
        ("within 1 working day", "2026-11-20", "2026-11-23"),  # a day without a time is that day
        ("within 1 working day", "2026-12-24T17:30", "2026-12-30"),  # Christmas Eve counts as Tue 29
        ("within 48 hours", "2026-11-20T17:30", "2026-11-22T17:30"),  # hours are elapsed hours
        ("within 7 days", "2026-11-20T17:30", "2026-11-27"),  # calendar days are the calendar's
        ("same day", "2026-11-20T17:30", "2026-11-20"),
        ("at least 2 working days before", "2026-11-20T17:30", "2026-11-18"),  # back, the stricter
    ],
)  # fmt: skip
def test_what_comes_after_the_teams_day_counts_as_the_next_working_day(words, start, comes_to):
    assert due_date(words, start, LATE) == comes_to
    assert iso(due_date_only(parse_limit(words), from_iso(start), LATE)) == comes_to


def test_the_working_shows_that_it_came_after_the_teams_day():
    found = due("within 1 working day", "2026-11-20T17:30", LATE)
    assert [(iso(each.at), each.reason) for each in found.working] == [
        ("2026-11-20T17:30", "after 17:00, when the team's day ends; counts as the next working day"),
        ("2026-11-21", "Saturday"),
        ("2026-11-22", "Sunday"),
        ("2026-11-23", "the day itself: day 0"),
        ("2026-11-24", "closed: Training day"),
        ("2026-11-25", "working day 1"),
    ]
    assert found.counted == (
        "1 working day from Mon 23, the next working day (after 17:00, when the team's day ends): "
        "Tue 24 is a closure day (Training day)"
    )
    assert "What comes after 17:00, or on a day off, counts as the next working day." in found.rule


def test_day_1_after_the_teams_day_is_the_next_working_day():
    found = due("within 2 working days", "2026-11-20T17:30", LATE, first_day=1)
    assert iso(found.due) == "2026-11-25"
    assert "the day itself being day 1" in found.counted


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))


@given(MOMENTS, MOMENTS, NUMBERS)
def test_after_the_teams_day_too_a_later_start_is_never_due_earlier(one, other, count):
    first, second = sorted((one.replace(tzinfo=LONDON), other.replace(tzinfo=LONDON)))
    limit = parse_limit(f"within {count} working days")
    assert due_date_only(limit, first, LATE) <= due_date_only(limit, second, LATE)
