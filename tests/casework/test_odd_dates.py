"""Dates before a child was born, of cases that were begun before the birth and after it."""

from datetime import date

import pytest

from cpcli.casework.odd_dates import before_birth, long_ago

BORN = "2026-12-20"


@pytest.mark.parametrize(
    ("at", "born", "begun", "odd"),
    [
        ("2026-12-19", (BORN,), date(2026, 12, 24), "comes before the child was born, on Sun 20 Dec 2026"),
        (
            "2026-12-19T23:59",
            (BORN,),
            date(2026, 12, 24),
            "comes before the child was born, on Sun 20 Dec 2026",
        ),
        ("2026-12-20", (BORN,), date(2026, 12, 24), ""),
        ("2026-12-19", (BORN,), date(2026, 12, 1), ""),  # begun for a child who had still to be born
        ("2026-12-19", (BORN, "2014-05-01"), date(2026, 12, 24), ""),  # the elder had been born
        ("2014-04-30", (BORN, "2014-05-01"), date(2026, 12, 24), "comes before any child of the case was"),
        ("2014-04-30", (), date(2026, 12, 24), ""),
    ],
)
def test_what_comes_before_the_birth_is_odd(at, born, begun, odd):
    found = before_birth(at, born, begun)
    assert found.startswith(odd) and bool(found) == bool(odd)


def test_where_no_birth_is_known_nobody_is_a_child_for_longer_than_18_years():
    today = date(2026, 12, 24)
    assert not long_ago("2008-12-24", (), today)
    assert "more than 18 years ago" in long_ago("2008-12-23T10:00", (), today)
