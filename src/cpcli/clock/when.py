"""Dates and times as people type them, as files hold them, and as they are said back.

All times are those of Europe/London. A date without a time stays a date. Nothing is guessed: what cannot
be, or could be two things, is a WhenError that says what to type instead.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from cpcli.clock.errors import ClockError

LONDON = ZoneInfo("Europe/London")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
HELP = "Write, for example, 24/12/2026 16:40, Fri 17:00, yesterday or 2026-12-24T16:40"
YEARS = range(1900, 2200)
CHANGING_HOURS = (1, 2)
"""The hours of the night that the clocks can skip or show twice; there have been no others since 1900."""

_DAY_NAMES = {name: number for number, day in enumerate(DAYS) for name in (day.lower(), day[:3].lower())}
_DAY_NAMES |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTH_NAMES = {
    name: number for number, month in enumerate(MONTHS, 1) for name in (month.lower(), month[:3].lower())
}
_MONTH_NAMES["sept"] = 9
_SPANS = {"minute": "minutes", "min": "minutes", "hour": "hours", "day": "days", "week": "weeks"}
_OFFSETS = {"z": 0, "utc": 0, "gmt": 0, "bst": 1}


class WhenError(ClockError):
    """A date or time that cannot be, or could be two. The message is one line."""


def parse_when(text: str, now: datetime) -> date | datetime:
    """The date, or the London date and time, that these words mean at `now` (an aware datetime)."""
    if text[:4].isdigit() and text[4:5] == "-":
        return from_iso(text.strip())
    written = " ".join(text.split())
    words = _joined([word for word in written.lower().replace(",", " ").split() if word not in ("at", "on")])
    if not words:
        raise WhenError(f"No date was given. {HELP}.")
    now = now.astimezone(LONDON)
    clock = _clock(words[-1], written)
    if clock is not None:
        words.pop()
    day = _elapsed(words, now)
    if isinstance(day, datetime) and clock is not None:
        raise WhenError(f"'{written}' gives the time twice. {HELP}.")
    day = day or _day(words, now, clock, written)
    if day.year not in YEARS:
        raise WhenError(_out_of_range(day.year, written))
    if clock is None or isinstance(day, datetime):
        return day
    at, offset = clock
    moment = datetime.combine(day, at)
    if offset is not None:
        return moment.replace(tzinfo=timezone(timedelta(hours=offset))).astimezone(LONDON)
    return localise(moment)


def localise(moment: datetime) -> datetime:
    """A London time from a bare one. Raises WhenError where the clocks skip it or show it twice."""
    first = datetime.combine(moment, moment.time(), LONDON)  # much quicker than replace(tzinfo=)
    if moment.hour not in CHANGING_HOURS:
        return first
    before, after = first.replace(fold=0).utcoffset(), first.replace(fold=1).utcoffset()
    if before == after or before is None or after is None:
        return first
    shown, day = f"{moment:%H:%M}", say_date(moment)
    if before < after:
        raise WhenError(f"{shown} on {day} does not exist: the clocks go forward past it. Check the time.")
    raise WhenError(
        f"{shown} on {day} comes twice, as the clocks go back: write "
        f"{moment:%Y-%m-%dT%H:%M}+01:00 for the first, {moment:%Y-%m-%dT%H:%M}+00:00 for the second."
    )


def from_iso(text: str) -> date | datetime:
    """Read `2026-12-29` or `2026-12-29T16:40`, with or without an offset. Raises WhenError."""
    try:
        if len(text) == 10 and text[7] == "-":
            day = date.fromisoformat(text)
        elif text[10:11] in ("T", "t", " "):
            day = datetime.fromisoformat(text)
        else:
            raise WhenError(f"'{text}' is not a date. {HELP}.")
    except WhenError:
        raise
    except ValueError:
        parts = text[:10].split("-")
        if len(parts) == 3 and all(map(_is_figure, parts)):
            _real_day(int(parts[0]), int(parts[1]), int(parts[2]), text)
            raise WhenError(f"'{text}': {text[11:]} is not a time. Times go from 00:00 to 23:59.") from None
        raise WhenError(f"'{text}' is not a date or a date and time. {HELP}.") from None
    if day.year not in YEARS:
        raise WhenError(_out_of_range(day.year, text))
    if isinstance(day, datetime):
        return localise(day) if day.tzinfo is None else day.astimezone(LONDON)
    return day


def iso(when: date | datetime) -> str:
    """`2026-12-29`, or the local `2026-12-29T16:40`; with the offset only in the hour that comes twice."""
    if not isinstance(when, datetime):
        return when.isoformat()
    local = when.astimezone(LONDON) if when.tzinfo else localise(when)
    shown = datetime.combine(local, local.time()).isoformat(timespec="minutes")
    return shown + f"{local:%z}"[:3] + ":00" if _comes_twice(local) else shown


def say_date(day: date) -> str:
    """`Tue 29 Dec 2026`."""
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def say_when(when: date | datetime) -> str:
    """`Tue 29 Dec 2026 16:40`; a bare date as `Tue 29 Dec 2026`."""
    if not isinstance(when, datetime):
        return say_date(when)
    local = when.astimezone(LONDON) if when.tzinfo else localise(when)
    return f"{say_date(local)} {local:%H:%M}" + (f" {local.tzname()}" if _comes_twice(local) else "")


def days_in_month(year: int, month: int) -> int:
    """28, 29, 30 or 31."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day


def _comes_twice(local: datetime) -> bool:
    if local.hour not in CHANGING_HOURS:
        return False
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _is_figure(word: str) -> bool:
    """Whether it is a whole number in figures, of any length; isdigit() alone takes ² and ٣ for some."""
    return word.isascii() and word.isdigit()


def _joined(words: list[str]) -> list[str]:
    """Words that belong together as one: "4 pm" is "4pm", "01:30 bst" is "01:30bst"."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1][:1].isdigit() and (word in ("am", "pm", *_OFFSETS) or word[0] in "+"):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _clock(word: str, written: str) -> tuple[time, int | None] | None:
    """A time of day and the offset that it names, if any; None where the word is no time."""
    if word in ("noon", "midday"):
        return time(12), None
    if word == "midnight":
        raise WhenError(
            f"'{written}': midnight belongs to two days. Write 00:00 with the day that it begins."
        )
    offset = None
    for name, hours in (*_OFFSETS.items(), ("+00:00", 0), ("+01:00", 1)):
        if word.endswith(name) and word[:1].isdigit():
            word, offset = word.removesuffix(name), hours
            break
    half = word[-2:] if word[-2:] in ("am", "pm") else ""
    parts = word.removesuffix(half).replace(".", ":").split(":")
    if word.count(":") == 2 and _is_figure(parts[2]) and len(parts[2]) == 2 and parts[2] < "60":
        del parts[2]  # Excel writes seconds; a date with points has no colons
    if len(parts) > 2 or not all(map(_is_figure, parts)):
        return None
    if len(parts) == 1 and not half:
        return None
    hour, minute = int(parts[0][:9]), int(parts[1][:9]) if len(parts) == 2 else 0
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half:
        raise WhenError(f"'{written}': {parts[0]}{half} is not a time. Hours go from 1am to 12pm.")
    if hour > 23 or minute > 59 or (len(parts) == 2 and len(parts[1]) != 2):
        raise WhenError(f"'{written}': {word} is not a time. Times go from 00:00 to 23:59.")
    return time(hour, minute), offset


def _elapsed(words: list[str], now: datetime) -> date | datetime | None:
    """`now`, `2 days ago`, `3 hours ago`, `in 5 days`; None where the words are none of these."""
    minute = now.replace(second=0, microsecond=0)
    if words == ["now"]:
        return minute
    if len(words) != 3 or (words[0] != "in") == (words[2] != "ago"):
        return None
    count, unit = words[1:] if words[0] == "in" else words[:2]
    number = 1 if count in ("a", "an", "one") else int(count[:6]) if _is_figure(count) else None
    span = _SPANS.get(unit.removesuffix("s"))
    if number is None or span is None:
        return None
    sign = 1 if words[0] == "in" else -1
    step = timedelta(**{span: sign * number})
    try:
        if span in ("days", "weeks"):
            return now.date() + step
        return (minute.astimezone(UTC) + step).astimezone(LONDON)
    except OverflowError:
        raise WhenError(f"'{' '.join(words)}' is too far away. {HELP}.") from None


def _day(words: list[str], now: datetime, clock: tuple[time, int | None] | None, written: str) -> date:
    today = now.date()
    match words:
        case [] | ["today"]:
            return today
        case ["yesterday"]:
            return today - timedelta(1)
        case ["tomorrow"]:
            return today + timedelta(1)
        case [name] if name in _DAY_NAMES:
            back = (today.weekday() - _DAY_NAMES[name]) % 7
            if back == 0 and clock is not None and clock[0] > now.time():
                back = 7
            return today - timedelta(back)
        case ["last", name] if name in _DAY_NAMES:
            return today - timedelta((today.weekday() - _DAY_NAMES[name] - 1) % 7 + 1)
        case ["next", name] if name in _DAY_NAMES:
            return today + timedelta((_DAY_NAMES[name] - today.weekday() - 1) % 7 + 1)
        case [name, *rest] if name in _DAY_NAMES:
            day = _calendar_day(rest, today.year, written)
            if day.weekday() != _DAY_NAMES[name]:
                raise WhenError(f"'{written}': {say_date(day)[4:]} is a {DAYS[day.weekday()]}.")
            return day
    return _calendar_day(words, today.year, written)


def _calendar_day(words: list[str], this_year: int, written: str) -> date:
    """`3 Apr 2026`, `3rd April`, `April 3 2026`, `03/04/2026`."""
    if len(words) == 1:
        return _numeric_day(words[0], this_year, written)
    if len(words) in (2, 3):
        first, second = words[0], words[1]
        if first in _MONTH_NAMES:
            first, second = second, first
        day = first.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
        year = words[2] if len(words) == 3 else str(this_year)
        if second in _MONTH_NAMES and _is_figure(day) and _is_figure(year):
            return _real_day(_full_year(year, written), _MONTH_NAMES[second], int(day[:4]), written)
    raise WhenError(f"'{written}' is not a date. {HELP}.")


def _numeric_day(word: str, this_year: int, written: str) -> date:
    for mark in "/.-":
        parts = word.split(mark)
        if len(parts) == 3 and all(map(_is_figure, parts)):
            day, month, year = parts
            if len(day) > 2:
                raise WhenError(
                    f"'{written}': write the day first, as 24/12/2026, or all of it as 2026-12-24."
                )
            return _real_day(_full_year(year, written), int(month[:4]), int(day), written)
        if len(parts) == 2 and all(map(_is_figure, parts)):
            raise WhenError(f"'{written}' has no year: write it as {word}{mark}{this_year}, day first.")
    if _is_figure(word):
        raise WhenError(f"'{written}' could be a day or an hour: write it as 4pm, 16:00 or 24 Dec.")
    raise WhenError(f"'{written}' is not a date. {HELP}.")


def _full_year(year: str, written: str) -> int:
    if len(year) == 2:
        raise WhenError(f"'{written}': a year of two figures could be 19{year} or 20{year}. Write all four.")
    return int(year[:6])


def _real_day(year: int, month: int, day: int, written: str) -> date:
    """The date, if there is such a day. Raises WhenError with what is wrong."""
    if year not in YEARS:
        raise WhenError(_out_of_range(year, written))
    if 12 < month <= 31 and 1 <= day <= 12 and "/" in written:
        raise WhenError(
            f"'{written}' has no month {month}: dates are read day/month/year, so for {month} "
            f"{MONTHS[day - 1]} write {month:02}/{day:02}/{year}."
        )
    if not 1 <= month <= 12:
        raise WhenError(f"'{written}' has no month {month}: months go from 1 to 12.")
    last = days_in_month(year, month)
    if not 1 <= day <= last:
        raise WhenError(f"'{written}' cannot be: {MONTHS[month - 1]} {year} has {last} days.")
    return date(year, month, day)


def _out_of_range(year: int, written: str) -> str:
    return f"'{written}': the year {year} is out of reach. Years go from {YEARS[0]} to {YEARS[-1]}."
