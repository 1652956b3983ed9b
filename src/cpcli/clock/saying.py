"""Saying how a due date was counted: the rule, the few words, and how early or late something was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from cpcli.clock.calendar import SCHOOL_HOLIDAY, Calendar, CalendarError
from cpcli.clock.counting import (
    CARRIED,
    CLOCK_UNITS,
    PREGNANCY_WEEKS,
    THE_DAY,
    Counted,
    add_months,
    local_date,
)
from cpcli.clock.limit import Limit, limit_words, unit_words
from cpcli.clock.when import DAYS, MONTHS, say_when

MOST_NAMED, FEW = 6, 5
"""How many days off are named in the few words, and up to how long a count names mere weekends."""
_UNITS = {
    "day": "Days are calendar days.",
    "week": "A week is 7 calendar days.",
    "month": "A month ends on the corresponding date, or on the month's last day where there is none.",
    "year": "A year ends on the corresponding date, or on the month's last day where there is none.",
    "hour": "Hours are elapsed hours, through nights, weekends and clock changes.",
    "minute": "Minutes are elapsed minutes, through nights, weekends and clock changes.",
    "age_year": (
        "An age is reached at the start of the birthday; one on 29 February falls on 1 March in other years."
    ),
    "school_day": "School days are Monday to Friday in term, less bank holidays.",
}
_RELATIONS = {
    "not_before": "It may not be done before then.",
    "keep_for": "It is kept until then at least.",
    "lasts_up_to": "It ends then at the latest.",
    "every": "Each time it is done, the count starts again.",
    "before": "It is to be done before then.",
    "by_age": "It is to be done before that birthday begins.",
}


def rule(limit: Limit, calendar: Calendar, first_day: int) -> str:
    """The rule that a limit is counted by, in a few sentences."""
    said = []
    if limit.urgency:
        said.append(f"{limit.urgency.capitalize()}; the date is the latest.")
    if limit.relation == "by_week_of_pregnancy":
        said.append("Weeks of pregnancy count back from the expected date of delivery, which is 40 weeks.")
    elif limit.amount == 0:
        said.append("The same day, until midnight.")
    elif limit.unit == "working_day":
        closed = ", and less the team's closure days" if calendar.closures else ""
        said.append(
            f"Working days are Monday to Friday, less the bank holidays of {calendar.nation}{closed}."
        )
        if calendar.closes is not None and limit.relation != "at_least_before":
            said.append(
                f"What comes after {calendar.closes:%H:%M}, or on a day off, counts as the next working day."
            )
    elif limit.unit:
        said.append(_UNITS[limit.unit])
    by_day = limit.unit in ("working_day", "school_day", "day", "week")
    if by_day and limit.amount and limit.relation != "by_week_of_pregnancy":
        said.append(f"The day itself is day {first_day}{'' if first_day else ', wherever it falls'}.")
    if limit.relation == "at_least_before":
        said.append("It is counted back.")
    if limit.relation in _RELATIONS:
        said.append(_RELATIONS[limit.relation])
    return " ".join(said)


def urgent(urgency: str) -> str:
    """The rule of an urgency."""
    return f"{urgency.capitalize()} has no date: it comes before anything that has one."


def counted(
    limit: Limit, working: Sequence[Counted], first_day: int, earliest: date | datetime | None
) -> str:
    """How the count went, in a few words: the days off that it met, by name."""
    amount, unit = limit.amount_max or limit.amount or 0, limit.unit
    if limit.relation == "at_least_before":
        amount = limit.amount or 0
    if limit.relation in ("before", "not_before") and not amount:
        return "before then" if limit.relation == "before" else "not before then"
    if limit.relation == "by_week_of_pregnancy":
        said = working[-1].reason
    elif amount == 0:
        said = "the same day, until midnight"
    elif unit == "age_year":
        said = working[-1].reason
    else:
        elapsed = "elapsed " if unit in CLOCK_UNITS else ""
        said = unit_words(unit, amount).replace(" ", f" {elapsed}", 1)
        said += " back" if limit.relation == "at_least_before" else ""
        begin = next((each for each in working if each.reason.startswith(THE_DAY)), working[0])
        if begin is not working[0]:
            first, why = local_date(working[0].at), working[0].reason.removesuffix(CARRIED)
            said += f" from {_short(local_date(begin.at), first.month)}, the next working day ({why})"
        if begin.counted:
            said += ", the day itself being day 1"
        left_out = _left_out(working, amount)
        said += f": {left_out}" if left_out else ""
    if earliest is not None:
        said += f"; not before {say_when(earliest)}"
    return said


def _left_out(working: Sequence[Counted], amount: int) -> str:
    """The days left out, and other things a reader needs: "Fri 25 is Christmas Day"."""
    shown, month = [], local_date(working[0].at).month
    for each in working:
        day = local_date(each.at)
        if each.reason.startswith("the clocks"):
            shown.append(f"{each.reason} on {_short(day, month)}")
        elif each is working[-1] and ", the last day" in each.reason:
            shown.append(each.reason.partition(", ")[2])
        elif _is_left_out(each) and day.weekday() < 5 and each.reason != SCHOOL_HOLIDAY:
            shown.append(f"{_short(day, month)} is {_named(each.reason)}")
            month = day.month
    if len(shown) > MOST_NAMED:
        shown = [*shown[: MOST_NAMED - 1], f"and {len(shown) - MOST_NAMED + 1} other days off"]
    if any(each.reason == SCHOOL_HOLIDAY for each in working):
        shown.append("school holidays left out")
    if not shown and amount <= FEW:
        weekend = [_short(each.at, month) for each in working if _is_left_out(each)]
        return f"{', '.join(weekend)} left out" if weekend else ""
    return ", ".join(shown)


def _is_left_out(each: Counted) -> bool:
    """A day off within the count; not the day that the count starts from."""
    return not each.counted and not each.reason.startswith(THE_DAY) and not isinstance(each.at, datetime)


def _short(day: date, month: int) -> str:
    """ "Fri 25", and "Fri 1 Jan" where the month is another than was last spoken of."""
    said = f"{DAYS[day.weekday()][:3]} {day.day}"
    return said if day.month == month else f"{said} {MONTHS[day.month - 1][:3]}"


def _named(reason: str) -> str:
    """A day off with its article: "Christmas Day", "the Boxing Day substitute"."""
    if reason.startswith("closed: "):
        return f"a closure day ({reason.removeprefix('closed: ')})"
    return reason if reason.endswith(("Day", "Friday", "Monday")) else f"the {reason}"


def pregnancy(delivery: date, week: int) -> tuple[Counted, ...]:
    """The step from the expected date of delivery to a week of pregnancy."""
    apart = PREGNANCY_WEEKS - week
    side = f"{unit_words('week', abs(apart))} {'before' if apart > 0 else 'after'}" if apart else "on"
    there = delivery - timedelta(weeks=apart)
    return (
        Counted(delivery, False, PREGNANCY_WEEKS, "expected date of delivery: 40 weeks"),
        Counted(there, True, week, f"{week} weeks of pregnancy, {side} the expected date of delivery"),
    )


def ruling(ruled: Limit, how: str, others: Sequence[tuple[Limit, date | datetime | None]]) -> str:
    """Which of several limits gave the date, and what the others come to."""
    rest = ", ".join(
        f"{limit_words(limit)} is {say_when(due) if due else 'at once'}" for limit, due in others
    )
    return f"ruled by {limit_words(ruled)} ({how})" + (f"; {rest}" if rest else "")


def apart(first: date | datetime, last: date | datetime, unit: str, calendar: Calendar, which: str) -> str:
    """How far apart two dates or UTC moments are, in the limit's own unit, and which way: "3 days late"."""
    much, aside = _apart(first, last, unit, calendar)
    return f"{much} {which}{aside}"


def _apart(first: date | datetime, last: date | datetime, unit: str, calendar: Calendar) -> tuple[str, str]:
    if unit in CLOCK_UNITS and isinstance(first, datetime) and isinstance(last, datetime):
        minutes = int((last - first).total_seconds() // 60)
        hours, minutes = (0, minutes) if unit == "minute" else divmod(minutes, 60)
        return _several([("hour", hours), ("minute", minutes)]) or "less than a minute", ""
    begin, end = local_date(first), local_date(last)
    days = (end - begin).days
    if unit in ("working_day", "school_day"):
        try:
            count = (calendar.working_days if unit == "working_day" else calendar.school_days)(begin, end)
        except CalendarError:
            return unit_words("day", days), ""
        if count:
            return unit_words(unit, count), ""
        return unit_words("day", days), f", no {unit.replace('_', ' ')} between"
    if unit == "week":
        return _several([("week", days // 7), ("day", days % 7)]), ""
    if unit in ("month", "year", "age_year"):
        months = (end.year - begin.year) * 12 + end.month - begin.month
        months -= add_months(begin, months) > end
        days = (end - add_months(begin, months)).days
        years, months = (0, months) if unit == "month" else divmod(months, 12)
        return _several([("year", years), ("month", months), ("day", days)]), ""
    return unit_words("day", days), ""


def _several(amounts: Sequence[tuple[str, int]]) -> str:
    return " ".join(unit_words(unit, amount) for unit, amount in amounts if amount)
