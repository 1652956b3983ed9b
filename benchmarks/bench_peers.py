"""One due date, and a million at once, beside other libraries that count working days.

Those that are not installed are left out, and named: pip install '.[bench]'
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from cpcli.clock.bank_holidays import bank_holidays
from cpcli.clock.calendar import calendar
from cpcli.clock.due import due_date_only
from cpcli.clock.limit import parse_limit
from cpcli.clock.many import due_dates

STARTS = [date(2025, 1, 1) + timedelta(number) for number in range(500)]
COUNT = 15
ARRAY = 1_000_000
RUNS = 9


class Way(NamedTuple):
    """A way to count working days."""

    count: Callable[[Any], Any]
    """From a start to the day that it comes to."""
    starts: Sequence[Any] = STARTS
    """STARTS as it likes them best."""


def rows() -> list[tuple[str, float, float]]:
    """What was measured, its ratio, and the most that the ratio should be."""
    limit, days = parse_limit(f"within {COUNT} working days"), calendar("England")
    ours, found = Way(lambda start: due_date_only(limit, start, days)), []
    for name, make in (
        ("workalendar", _workalendar),
        ("lexdays", _lexdays),
        ("pandas CustomBusinessDay", _pandas),
        ("numpy.busday_offset", _numpy),
    ):
        try:
            theirs = make()
        except ImportError:
            print(f"{name} is not installed, so it is not compared.", file=sys.stderr)
            continue
        _compare(name, ours, theirs)
        mine, other = _least(partial(_run, ours), partial(_run, theirs))
        each = 1e6 / len(STARTS)
        print(f"one due date: {mine * each:.2f} µs; {name}: {other * each:.2f} µs", file=sys.stderr)
        found.append((f"one due date, {COUNT} working days on / {name}", mine / other, 0.5))
    return [*found, *_arrays()]


def _workalendar() -> Way:
    theirs = import_module("workalendar.europe").UnitedKingdom()
    return Way(lambda start: theirs.add_working_days(start, COUNT))


def _lexdays() -> Way:
    theirs = import_module("lexdays").calendar("gb-eaw")
    return Way(lambda start: theirs.add_business_days(start, COUNT))


def _pandas() -> Way:
    pandas = import_module("pandas")
    theirs = pandas.offsets.CustomBusinessDay(COUNT, holidays=sorted(bank_holidays("England", 2000, 2060)))
    return Way(lambda start: start + theirs, [pandas.Timestamp(start) for start in STARTS])


def _numpy() -> Way:
    numpy = import_module("numpy")
    theirs = numpy.busdaycalendar(holidays=sorted(bank_holidays("England", 2000, 2060)))
    return Way(
        lambda start: numpy.busday_offset(start, COUNT, roll="backward", busdaycal=theirs),
        [numpy.datetime64(start) for start in STARTS],
    )


def _compare(name: str, ours: Way, theirs: Way) -> None:
    """Say whether it comes to the same dates."""
    pairs = zip(_run(ours), _run(theirs), strict=True)
    others = sum(str(mine) != str(other)[:10] for mine, other in pairs)
    print(f"{name}: {f'{others} of {len(STARTS)}' if others else 'no'} dates differ", file=sys.stderr)


def _run(way: Way) -> list[Any]:
    count = way.count
    return [count(start) for start in way.starts]


def _arrays() -> Iterator[tuple[str, float, float]]:
    """A million dates at once; only where numpy is installed."""
    try:
        numpy = import_module("numpy")
    except ImportError:
        print("numpy is not installed, so arrays are not measured.", file=sys.stderr)
        return
    draw = random.Random(1)
    starts = numpy.array([draw.randrange(3650) for _ in range(ARRAY)]) + numpy.datetime64("2020-01-01")
    holidays = numpy.busdaycalendar(holidays=sorted(bank_holidays("England", 2000, 2060)))
    for words, count, roll in (
        ("within 15 working days", 15, "backward"),
        ("at least 5 working days before", -5, "forward"),
    ):
        ours = partial(due_dates, parse_limit(words), starts, calendar("England"))
        theirs = partial(numpy.busday_offset, starts, count, roll=roll, busdaycal=holidays)
        assert (ours() == theirs()).all()
        mine, other = _least(ours, theirs)
        print(f"{words}: {mine * 1000:.1f} ms; numpy: {other * 1000:.1f} ms", file=sys.stderr)
        yield f"{words}, {ARRAY:,} dates at once / numpy.busday_offset", mine / other, 3.0


def _least(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """The shortest of several runs of each, in seconds; taken in turns, as a machine may be busy."""
    least = [float("inf")] * 2
    for _ in range(RUNS):
        for place, work in enumerate((ours, theirs)):
            begin = time.perf_counter()
            work()
            least[place] = min(least[place], time.perf_counter() - begin)
    return least[0], least[1]


if __name__ == "__main__":
    for what, ratio, aim in rows():
        print(f"{what}: {ratio:.2f} (aim {aim})")
