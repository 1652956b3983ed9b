"""The table of bank holidays, against the package it is made from and against the days that moved."""

from datetime import date

import pytest

from cpcli.clock.bank_holidays import (
    FIRST_YEAR,
    LAST_YEAR,
    NATIONS,
    TABLE,
    bank_holidays,
    from_package,
    make_table,
    nation_named,
)
from cpcli.clock.errors import ClockError


@pytest.mark.parametrize("nation", NATIONS)
def test_the_table_is_what_the_installed_package_gives(nation):
    """When this fails, the package knows of a new day: run `python -m cpcli.clock.bank_holidays`."""
    assert bank_holidays(nation, FIRST_YEAR, LAST_YEAR) == from_package(
        nation, range(FIRST_YEAR, LAST_YEAR + 1)
    )


def test_making_the_table_again_changes_nothing_but_the_version():
    def rows(text):
        return [line for line in text.splitlines() if not line.startswith("# made from")]

    assert rows(make_table()) == rows(TABLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("nation", "day", "name"),
    [
        ("England", date(2020, 5, 8), "May Day"),  # moved from Monday 4 May for VE Day's 75 years
        ("England", date(2020, 5, 4), None),  # and so the Monday was worked
        ("England", date(2022, 6, 2), "Spring Bank Holiday"),  # moved from May for the Platinum Jubilee
        ("England", date(2022, 5, 30), None),
        ("England", date(2022, 6, 3), "Platinum Jubilee of Elizabeth II"),
        ("England", date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        ("England", date(2023, 5, 8), "Coronation of Charles III"),
        ("Wales", date(2011, 4, 29), "Wedding of William and Catherine"),
        ("England", date(2026, 12, 28), "Boxing Day substitute"),  # Boxing Day is a Saturday
        ("England", date(2021, 12, 27), "Christmas Day substitute"),  # both fall at the weekend
        ("England", date(2021, 12, 28), "Boxing Day substitute"),
        ("England", date(2022, 12, 27), "Christmas Day substitute"),  # Sunday, and Monday is Boxing Day
        ("Scotland", date(2027, 1, 4), "New Year Holiday substitute"),  # 2 January is a Saturday
        ("England", date(2027, 1, 4), None),
        ("Scotland", date(2026, 4, 6), None),  # no Easter Monday
        ("Scotland", date(2026, 8, 3), "Summer Bank Holiday"),  # the first Monday, not the last
        ("Scotland", date(2026, 8, 31), None),
        ("Scotland", date(2026, 11, 30), "Saint Andrew's Day"),
        ("Northern Ireland", date(2026, 3, 17), "Saint Patrick's Day"),
        ("Northern Ireland", date(2026, 7, 13), "Battle of the Boyne substitute"),  # the 12th is a Sunday
        ("Wales", date(2026, 3, 1), None),  # Saint David's Day is no bank holiday
    ],
)
def test_days_that_differ_by_nation_or_were_moved(nation, day, name):
    assert bank_holidays(nation, day.year, day.year).get(day) == name


def test_years_outside_the_table_come_from_the_package():
    assert bank_holidays("England", 1999, 1999)[date(1999, 12, 31)] == "Millennium Celebrations"
    assert bank_holidays("England", 2061, 2061)[date(2061, 12, 26)] == "Boxing Day"


@pytest.mark.parametrize(
    ("spelling", "nation"),
    [
        ("England", "England"),
        ("WALES", "Wales"),
        ("cymru", "Wales"),
        ("gb-sct", "Scotland"),
        ("SCO", "Scotland"),
        ("northern ireland", "Northern Ireland"),
        ("Northern-Ireland", "Northern Ireland"),
        (" N. Ireland ", "Northern Ireland"),
        ("NIR", "Northern Ireland"),
    ],
)
def test_a_nation_may_be_spelt_in_any_usual_way(spelling, nation):
    assert nation_named(spelling) == nation


@pytest.mark.parametrize("spelling", ["", "France", "GB", "England and Wales"])
def test_any_other_nation_is_refused_with_the_four_to_choose_from(spelling):
    with pytest.raises(ClockError, match="write England, Wales, Scotland or Northern Ireland"):
        nation_named(spelling)
