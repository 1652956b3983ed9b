"""`cpcli due --batch`: due dates for a stream of rows, NDJSON or CSV, in constant memory.

Each row is answered by itself, in order. A row that cannot be worked out says why, with its line number, and
the next one is read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain
from json import JSONDecodeError, dumps, loads
from pathlib import Path
from typing import Any, BinaryIO

from cpcli.cli.due_rows import WRITERS, Found, Row, plain_stdout
from cpcli.cli.errors import UsageFault
from cpcli.clock.calendar import calendar
from cpcli.clock.counting import CLOCK_UNITS
from cpcli.clock.due import due_date_only, is_projected, work_out
from cpcli.clock.errors import ClockError
from cpcli.clock.limit import Limit, parse_limit
from cpcli.clock.when import CHANGING_HOURS, iso, parse_when

REMEMBERED = 50_000
"""How many answers are kept, so that rows which ask the same are answered once."""
DAYTIME = frozenset(
    f"T{hour:02}:{minute:02}" for hour in range(24) if hour not in CHANGING_HOURS for minute in range(60)
)
"""Times as ISO writes them, less those that the clocks may skip or show twice."""
BY_THE_CLOCK = Found(None)
"""Stands in the memory for a limit that depends on the time of day."""

Answer = Callable[[Any, Any, Any], Found]
"""From a row's limit, from and nation to what was found. Raises ClockError."""


def run(
    file: str,
    *,
    limit: str,
    start: str | None,
    nation: str,
    events: Mapping[str, date | datetime],
    first_day: int,
    form: str,
    now: datetime,
) -> int:
    """Answer every row of a file, or of standard input where it is "-", and give the number of bad ones.

    `limit`, `start` and `nation` are for rows that do not say. A line on standard error says how it went.
    """
    answer = answerer(
        limit=limit, start=start or "", nation=nation, events=events, first_day=first_day, now=now
    )
    if file == "-":
        return _answer_all(_rows(sys.stdin.buffer, bool(limit), bool(start)), answer, form)
    with Path(file).open("rb") as stream:
        return _answer_all(_rows(stream, bool(limit), bool(start)), answer, form)


def answerer(
    *,
    limit: str,
    start: str,
    nation: str,
    events: Mapping[str, date | datetime],
    first_day: int,
    now: datetime,
) -> Answer:
    """A function that answers one row, and remembers what it answered lately."""
    known: dict[tuple[Any, Any, Any], Found] = {}

    def work(words: Any, when: Any, where: Any) -> Found:
        asked = parse_limit(_said("limit", words, limit))
        begin = parse_when(_said("from", when, start), now)
        days = calendar(_said("nation", where, nation))
        if asked.later_of or asked.earlier_of:
            found = work_out(asked, begin, days, events=events, first_day=first_day)
            return Found(iso(found.due) if found.due is not None else None, found.projected)
        due = due_date_only(asked, begin, days, events=events, first_day=first_day)
        return Found(None) if due is None else Found(iso(due), is_projected(asked, begin, due, days))

    def answer(words: Any, when: Any, where: Any) -> Found:
        try:
            # The time of day makes no difference to what is counted in days, so the day is all that is asked.
            day = when[:10] if when is not None and when[10:] in DAYTIME else when
            found = known.get((words, day, where))
            if found is None or found is BY_THE_CLOCK:
                if len(known) >= REMEMBERED:
                    known.clear()
                if day is not when and (found is BY_THE_CLOCK or _by_the_clock(parse_limit(words or limit))):
                    known[words, day, where] = BY_THE_CLOCK
                    return work(words, when, where)
                found = known[words, day, where] = work(words, day, where)
            return found
        except TypeError:  # a number, a list or an object where words should be: `work` says so
            return work(words, when, where)

    return answer


def _by_the_clock(limit: Limit) -> bool:
    """Whether the time of day may matter."""
    plain = limit.relation is not None and limit.amount is not None
    return not plain or limit.unit in CLOCK_UNITS


def _said(key: str, value: Any, otherwise: str) -> str:
    value = otherwise if value is None or value == "" else value
    if not isinstance(value, str):
        raise ClockError(f"'{key}' is {dumps(value)}, and must be words in quotation marks.")
    if not value:
        raise ClockError(f"'{key}' is missing.")
    return value


def _answer_all(rows: Iterable[Row], answer: Answer, form: str) -> int:
    out = plain_stdout()
    writer = WRITERS[form]()
    write, put = writer.row, out.write
    number = bad = first_bad = 0
    for row in rows:
        number += 1
        line, values, _, fault = row
        try:
            if fault:
                raise ClockError(fault)
            get = values.get
            put(write(row, answer(get("limit"), get("from"), get("nation"))))
        except ClockError as error:
            bad, first_bad = bad + 1, first_bad or line
            put(write(row, Found(None, False, f"line {line}: {error}")))
    put(writer.end())
    out.flush()
    said = f"{number:,} row{'' if number == 1 else 's'}: {number - bad:,} worked out"
    print(said + (f", {bad:,} bad, the first on line {first_bad:,}." if bad else "."), file=sys.stderr)
    return bad


def _rows(stream: BinaryIO, has_limit: bool, has_start: bool) -> Iterator[Row]:
    """The rows of NDJSON or CSV: which of the two, the first byte that is not blank says."""
    lines = enumerate(stream, 1)
    for place in lines:
        number, first = place[0], place[1].removeprefix(b"\xef\xbb\xbf")
        if first.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UsageFault("The batch is saved as UTF-16: save it as CSV UTF-8 and try again.")
        if first.strip():
            break
    else:
        return iter(())
    if first.lstrip().startswith(b"["):
        raise UsageFault("The batch is a JSON array: write one object a line (jq -c '.[]' does so).")
    rest = chain([(number, first)], lines)
    if first.lstrip().startswith(b"{"):
        return _json_rows(rest)
    from cpcli.cli.due_csv import csv_rows

    return csv_rows(rest, has_limit, has_start)


def _json_rows(lines: Iterable[tuple[int, bytes]]) -> Iterator[Row]:
    for number, line in lines:
        try:
            text = line.decode()
            values = loads(text)
        except JSONDecodeError as error:
            if line.strip():
                yield Row(number, {}, "", f"this is not JSON ({error.msg}, column {error.colno}).")
            continue
        except (ValueError, RecursionError):
            yield Row(number, {}, "", "this is not JSON in UTF-8.")
            continue
        if isinstance(values, dict):
            yield Row(number, values, text, "")
        else:
            yield Row(number, {}, "", "this is not a JSON object with id, limit, from and nation.")
