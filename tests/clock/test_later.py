"""Whether one limit can fall later than another: what a team may not do to a duty without saying why."""

import pytest

from cpcli.clock.calendar import Calendar
from cpcli.clock.later import can_be_later
from cpcli.clock.limit import parse_limit

ENGLAND = Calendar("England")


@pytest.mark.parametrize(
    ("limit", "than", "later"),
    [
        ("within 1 working day", "within 3 working days", False),
        ("within 3 working days", "within 3 working days", False),
        ("within 4 working days", "within 3 working days", True),
        ("within 24 hours", "within 1 working day", False),  # from whenever, it is over by then
        ("within 48 hours", "within 1 working day", True),  # from a Monday morning
        ("within 3 days", "within 3 working days", False),
        ("within 3 working days", "within 3 days", True),
        ("same day", "within 24 hours", True),  # from a day without a time, hours count from its first minute
        ("within 2 hours", "same day", True),  # from half past five, no; from a minute to midnight, yes
        ("within 4 weeks", "within 1 month", False),
        ("within 1 month", "within 4 weeks", True),
        ("at least 3 working days before", "at least 2 working days before", False),
        ("at least 1 working day before", "at least 2 working days before", True),
        ("at least 48 hours before", "at least 2 working days before", True),
        ("every 4 weeks", "every 6 weeks", False),
        ("every 8 weeks", "every 6 weeks", True),
        ("weekly until met, then monthly", "weekly until met, then monthly", False),
        ("weekly until met, then every 2 months", "weekly until met, then monthly", True),
        ("immediately", "within 1 working day", False),
        ("as soon as possible", "within 1 working day", True),
        ("within 1 hour", "immediately", True),
        ("as soon as possible", "immediately", True),
        ("immediately", "as soon as possible", False),
        ("as soon as possible, within 7 days", "within 7 days", False),
        ("within 7 days", "as soon as possible, within 7 days", True),
        ("within 2 days", "as soon as possible", True),
        ("keep for 12 years", "keep for 10 years", False),
        ("keep for 8 years", "keep for 10 years", True),
        ("keep for 10 years", "within 10 years", True),
        ("lasts up to 72 hours", "lasts up to 72 hours", False),
        ("lasts up to 71 hours", "lasts up to 72 hours", True),
        ("within 3 school days", "within 3 working days", True),  # no terms: it cannot be compared
        ("the later of 2 days from call and 3 days from letter", "within 3 days", False),
        ("the later of 2 days from call and 4 days from letter", "within 3 days", True),
    ],
)
def test_a_limit_is_held_against_another_on_every_day_of_a_year(limit, than, later):
    assert can_be_later(parse_limit(limit), parse_limit(than), ENGLAND) is later


def test_what_the_first_day_counts_as_makes_no_difference_to_like_limits():
    assert not can_be_later(parse_limit("within 2 days"), parse_limit("within 2 days"), ENGLAND, 1)
