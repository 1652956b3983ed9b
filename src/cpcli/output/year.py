"""A year of the calendar, for a person and for programs."""

from __future__ import annotations

from typing import Any

from cpcli.clock.bank_holidays import PROCLAIMED_UNTIL
from cpcli.clock.calendar import Calendar
from cpcli.clock.limit import unit_words
from cpcli.clock.when import DAYS, MONTHS, iso, say_date
from cpcli.clock.year import BANK_HOLIDAY, CLOSURE, MARKS, WEEKEND_MARK, WORKED, DayOff, Year
from cpcli.output.blocks import Block, Cell, Gap, Heading, Item, Items, Para, Table, Title

LEGEND = (
    f"{WORKED} working day   {WEEKEND_MARK} Saturday or Sunday   {MARKS[BANK_HOLIDAY]} bank holiday   "
    f"{MARKS[CLOSURE]} closed"
)
_RULER = "1   5    10   15   20   25   30"


def blocks(year: Year, calendar: Calendar, team: str) -> list[Block]:
    """The year's months in marks, its days off, and the terms."""
    aside = ", ".join(part for part in (calendar.nation, team) if part)
    months = [
        Item(month[:3], marks, (), text_tone="")
        for month, marks in zip(MONTHS, (_counted(marks) for marks in year.months), strict=True)
    ]
    found: list[Block] = [
        Title(f"Calendar {year.year}", aside),
        Para(
            f"{unit_words('working_day', year.working_days).capitalize()}. {_hours(calendar)}".strip(),
            indent=0,
        ),
        Gap(),
        Items((Item("   ", _RULER, (), text_tone="quiet"), *months)),
        Para(LEGEND, "quiet"),
        Gap(),
        Para(
            f"Bank holidays are those of {calendar.nation}: published on GOV.UK until {PROCLAIMED_UNTIL}, "
            "projected from the rules after that.",
            indent=0,
        ),
    ]
    if year.days_off:
        rows = tuple(_row(each) for each in year.days_off)
        found += [Heading("Days off, besides Saturdays and Sundays"), Table(("Day", "What", "From"), rows)]
    found.append(Heading("School terms"))
    if not year.terms:
        found.append(Para('None are set. To set them: cpcli config set terms "02/09/2026 to 23/10/2026"'))
    items = tuple(
        Item(
            "",
            f"{say_date(term.first)} to {say_date(term.last)}: {unit_words('school_day', term.school_days)}",
        )
        for term in year.terms
    )
    return [*found, Items(items)] if items else found


def _counted(marks: str) -> str:
    return f"{marks:<31}  {marks.count(WORKED)}"


def _hours(calendar: Calendar) -> str:
    if calendar.closes is None:
        return ""
    return f"What comes after {calendar.closes:%H:%M}, or on a day off, counts as the next working day."


def _row(each: DayOff) -> tuple[Cell, ...]:
    notes = [
        "closed, by your settings" if each.source == CLOSURE else BANK_HOLIDAY,
        *(["projected"] if each.projected else []),
        *(["weekend"] if each.weekend else []),
    ]
    return Cell(say_date(each.day)), Cell(each.name), Cell(", ".join(notes))


def as_object(year: Year, calendar: Calendar, team: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        "year": year.year,
        "nation": calendar.nation,
        "team": team or None,
        "working_days": year.working_days,
        "weekend": [DAYS[5], DAYS[6]],
        "published_until": PROCLAIMED_UNTIL,
        "days_off": [
            {
                "date": iso(each.day),
                "name": each.name,
                "source": each.source,
                "projected": each.projected,
                "weekend": each.weekend or None,
            }
            for each in year.days_off
        ],
        "closes": f"{calendar.closes:%H:%M}" if calendar.closes else None,
        "months": [
            {"month": number, "days": marks, "working_days": marks.count(WORKED)}
            for number, marks in enumerate(year.months, 1)
        ],
        "terms": [
            {"first": iso(term.first), "last": iso(term.last), "school_days": term.school_days}
            for term in year.terms
        ],
    }
