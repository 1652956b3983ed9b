"""`cpcli due --batch`: due dates for a stream of rows, NDJSON or CSV, in constant memory.

Each row is answered by itself, in order. A row that cannot be worked out says why, with its line number, and
the next one is read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from json import JSONDecodeError, JSONDecoder, dumps, loads
from math import isinf
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cpcli.cli.context import calendar, rules, settings
from cpcli.cli.due_rows import WRITERS, Found, Row, plain_stdout
from cpcli.cli.errors import Fault, UsageFault
from cpcli.cli.lines import no_json, numbered
from cpcli.clock.counting import CLOCK_UNITS
from cpcli.clock.due import due_date_only, is_projected, work_out
from cpcli.clock.errors import ClockError
from cpcli.clock.limit import Limit, LimitError, events_of, parse_limit
from cpcli.clock.when import CHANGING_HOURS, iso, parse_when
from cpcli.output.tell import tell
from cpcli.procedures.catalogue import CatalogueError

if TYPE_CHECKING:
    from cpcli.cli.due import Asked

REMEMBERED = 50_000
"""How many answers are kept, so that rows which ask the same are answered once."""
DAYTIME = frozenset(
    f"T{hour:02}:{minute:02}" for hour in range(24) if hour not in CHANGING_HOURS for minute in range(60)
)
"""Times as ISO writes them, less those that the clocks may skip or show twice."""
BY_THE_CLOCK = Found(None)
"""Stands in the memory for a limit that depends on the time of day."""

Answer = Callable[[Any, Any, Any, Any], Found]
"""From a row's limit or duty, from, nation and events to what was found. Raises ClockError and Fault."""


def run(file: str, limit: str, asked: Asked) -> int:
    """Answer every row of a file, or of standard input where it is "-", and give the number of bad ones.

    `limit` (or the name of a duty), and what the options say, are for rows that do not say. A line on
    standard error says how it went.
    """
    from cpcli.cli.now import now

    answer = answerer(limit, asked, now())
    has_start = bool(asked.start or asked.events)
    if file == "-":
        return _answer_all(rows_in(sys.stdin.buffer, bool(limit), has_start), answer, asked.form)
    with Path(file).open("rb") as stream:
        return _answer_all(rows_in(stream, bool(limit), has_start), answer, asked.form)


def answerer(limit: str, asked: Asked, now: datetime) -> Answer:
    """A function that answers one row, and remembers what it answered lately."""
    known: dict[tuple[Any, Any, Any], Found] = {}
    unnamed: dict[str, str] = {}  # what is neither a limit nor a name, and why
    first_day = asked.first_day if asked.first_day is not None else settings().first_day or 0
    # Where what comes after the team's day is the next day's, the time of day makes a difference to all.
    daytime = DAYTIME if settings().closes is None else frozenset[str]()

    def work(words: Any, when: Any, where: Any, events: Any = None) -> Found:
        said = _said("limit", words, limit)
        own = asked.events if events is None else {**asked.events, **events_in(events, now)}
        wanted = _limit(said)
        if wanted is None:
            return _duty(said, when, where, own)
        counts = wanted.relation is not None and not events_of(wanted)
        begins = _said("from", when, asked.start or "", needed=counts)
        begin = parse_when(begins, now) if begins else None
        days = calendar(_said("nation", where, asked.nation or "", needed=False))
        if wanted.later_of or wanted.earlier_of:
            found = work_out(wanted, begin, days, events=own, first_day=first_day)
            return Found(iso(found.due) if found.due is not None else None, found.projected)
        due = due_date_only(wanted, begin, days, events=own, first_day=first_day)
        if due is None:
            return Found(None)
        start = own.get(wanted.event or "", begin) or due
        return Found(iso(due), is_projected(wanted, start, due, days))

    def _duty(name: str, when: Any, where: Any, events: Mapping[str, date | datetime]) -> Found:
        from cpcli.cli import named
        from cpcli.cli.due_named import own_events, plan_one, rules_for

        if name in unnamed:
            raise ClockError(unnamed[name])
        try:
            duty = named.find(name, duty=True, set_id=asked.set_id)
        except named.NotNamed as error:
            if len(unnamed) >= REMEMBERED:
                unnamed.clear()
            unnamed[name] = _no_limit(name) if " " in name else str(error)
            raise ClockError(unnamed[name]) from None
        if not duty.duty:
            raise ClockError(f"{name} is a whole pathway, and a row takes one duty: {duty.pathway}/DUTY.")
        begins = _said("from", when, asked.start or "", needed=False)
        begin = parse_when(begins, now) if begins else None
        by = rules_for(_said("nation", where, asked.nation or "", needed=False), asked.first_day)
        events = own_events(events, by.procedure_set(duty.pathway.partition("/")[0]))
        due = plan_one(duty, begin, events, by, now).due
        return Found(None) if due is None or due.due is None else Found(iso(due.due), due.projected)

    def answer(words: Any, when: Any, where: Any, events: Any) -> Found:
        if events:
            return work(words, when, where, events)
        try:
            # The time of day makes no difference to what is counted in days, so the day is all that is asked.
            day = when[:10] if when is not None and when[10:] in daytime else when
            found = known.get((words, day, where))
            if found is None or found is BY_THE_CLOCK:
                if len(known) >= REMEMBERED:
                    known.clear()
                if day is not when and (found is BY_THE_CLOCK or _by_the_clock(words or limit, asked.set_id)):
                    known[words, day, where] = BY_THE_CLOCK
                    return work(words, when, where)
                found = known[words, day, where] = work(words, day, where)
            return found
        except TypeError:  # a number, a list or an object where words should be: `work` says so
            return work(words, when, where)

    return answer


@lru_cache(maxsize=4096)
def _limit(words: str) -> Limit | None:
    """The limit; None where the words are none, and may be a name. Raises LimitError where there are none."""
    try:
        return parse_limit(words)
    except LimitError:
        if not words:
            raise
        return None


def _no_limit(words: str) -> str:
    """Why the words are no limit."""
    try:
        parse_limit(words)
    except LimitError as error:
        return str(error)
    return ""


def events_in(given: Any, now: datetime) -> dict[str, date | datetime]:
    """What a row says of its events: an object, or NAME=WHEN with semicolons between. Raises ClockError."""
    if isinstance(given, str):
        pairs = [each.partition("=")[::2] for each in given.split(";") if each.strip()]
    elif isinstance(given, dict):
        pairs = list(given.items())
    else:
        raise ClockError(f"'events' is {dumps(given)}, and must be an object, or NAME=WHEN; NAME=WHEN.")
    found = {}
    for name, when in pairs:
        if not isinstance(when, str) or not when.strip():
            raise ClockError(f"'events' has no date for {name.strip() or 'one of them'}: write NAME=WHEN.")
        found[name.strip().lower()] = parse_when(when, now)
    return found


def _limits_of(name: str, set_id: str) -> list[Limit | None]:
    """What the duty of this name may be dated by; None in it where that is not known."""
    from cpcli.cli import named

    try:
        found = named.find(name, duty=True, set_id=set_id)
    except (Fault, CatalogueError):
        return [None]
    duty = next((each for each in rules().pathway(found.pathway).duties if each.id == found.duty), None)
    return [None] if duty is None else [duty.limit, *(each.says for each in duty.differs)]


@lru_cache(maxsize=4096)
def _by_the_clock(words: str, set_id: str) -> bool:
    """Whether the time of day may make a difference to the limit or the duty that these words are."""
    limit = _limit(words)
    return any(map(_has_hours, _limits_of(words, set_id) if limit is None else [limit]))


def _has_hours(limit: Limit | None) -> bool:
    if limit is None or limit.relation is None or limit.amount is None:
        return True
    return limit.unit in CLOCK_UNITS


def _said(key: str, value: Any, otherwise: str, *, needed: bool = True) -> str:
    value = otherwise if value is None or value == "" else value
    if not isinstance(value, str):
        raise ClockError(f"'{key}' is {dumps(value)}, and must be words in quotation marks.")
    if needed and not value:
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
            put(write(row, answer(get("limit") or get("duty"), get("from"), get("nation"), get("events"))))
        except (ClockError, Fault, CatalogueError) as error:
            bad, first_bad = bad + 1, first_bad or line
            put(write(row, Found(None, False, f"line {line}: {error}")))
    put(writer.end())
    out.flush()
    said = f"{number:,} row{'' if number == 1 else 's'}: {number - bad:,} worked out"
    tell(said + (f", {bad:,} bad, the first on line {first_bad:,}." if bad else "."))
    return bad


def rows_in(stream: BinaryIO, has_limit: bool, has_start: bool) -> Iterator[Row]:
    """The rows of NDJSON or CSV: which of the two, the first byte that is not blank says."""
    lines = numbered(stream)
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
            # loads() itself only where it begins with a byte order mark, which it says.
            values = loads(text) if text.startswith("\ufeff") else _decoded(text)
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


def _figure(said: str) -> float | str:
    """The number; as it was said, where it is too large to be written again."""
    number = float(said)
    return said if isinf(number) else number


# Made once: loads() would make one for every line.
_decoded = JSONDecoder(parse_constant=no_json, parse_float=_figure).decode
