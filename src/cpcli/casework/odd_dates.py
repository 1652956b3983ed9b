"""What makes the date of something in a case look like a slip: before its beginning, or after its end."""

from __future__ import annotations

from datetime import date, datetime

from cpcli.casework.case import Case
from cpcli.casework.layout import Rules, is_ahead, lay_out
from cpcli.clock.counting import add_months
from cpcli.clock.when import LONDON, from_iso, say_date, say_when
from cpcli.procedures.model import BIRTH

LONG = 9
"""Months before a case begins. Less than a year, so that a date of last year's in a January is found."""

ADULT = 18
"""Years of age."""


def odd_date(at: str, case: Case, rules: Rules, now: datetime, event: str = "") -> str:
    """What is odd about a time (local, ISO) at which something of the case is said to have happened: it comes
    before any child of it was born, or long before it was begun, or since it was closed. "" where nothing is.

    `event` is what happened, where it is one.
    """
    if event == BIRTH:
        return ""
    said = say_when(from_iso(at))
    begun = min([case.opened.astimezone(LONDON).date(), *(_day(walk.on) for walk in case.walks.values())])
    if at[:10] < add_months(begun, -LONG).isoformat():
        return f"{said} is more than {LONG} months before the case was begun, on {say_date(begun)}."
    states, _ = lay_out(case, rules, now)
    if before := before_birth(at, states[0].facts.born if states else (), begun):
        return f"{said} {before}."
    if case.closed and is_ahead(at, case.closed.astimezone(LONDON)):
        closed, again = say_when(case.closed.astimezone(LONDON)), f"cpcli case reopen {case.reference}"
        return f"{said} comes after the case was closed, on {closed} ({again} opens it again)."
    return ""


def before_birth(at: str, born: tuple[str, ...], begun: date) -> str:
    """That it comes before the first child's birth, in words; "" where it does not, or where the case was
    begun for a child who had still to be born.
    """
    first = min(born, default="")
    if not first or at[:10] >= first or begun.isoformat() < first:
        return ""
    whose = "the child was" if len(set(born)) == 1 else "any child of the case was"
    return f"comes before {whose} born, on {say_date(_day(first))}"


def long_ago(at: str, born: tuple[str, ...], today: date) -> str:
    """What is odd about a time in a case that is taken from a list, whose beginning is not known: it comes
    before the child was born, or nobody who is a child today had been. "" where nothing is.
    """
    if born:
        return before_birth(at, born, today)
    if at[:10] >= add_months(today, -12 * ADULT).isoformat():
        return ""
    return f"is more than {ADULT} years ago, when nobody who is a child today was born"


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
