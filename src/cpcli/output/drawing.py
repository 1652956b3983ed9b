"""A case's timeline drawn across the terminal. Every line says in words what it shows."""

from __future__ import annotations

import textwrap
from datetime import datetime, timedelta
from typing import NamedTuple

from cpcli.output.blocks import Block, Cell, Drawing, Para, Title
from cpcli.output.outcome import marking, not_at_hand, sentence
from cpcli.output.safe import safe
from cpcli.output.timeline import local
from cpcli.output.words import AT_ONCE, Json, Sets, is_overdue, say
from cpcli.procedures.model import BIRTH

_AHEAD, _BACK = timedelta(days=92), timedelta(days=92)
"""How far ahead of now, and back from the opening of the case, is drawn; what lies beyond is at the edge."""
_NARROW = 60
"""Columns below which what a line is about stands above it."""
_DAYS = 28
"""Days up to which each Monday is marked on the scale; of a longer time, each month."""

Row = tuple[Cell, ...]


class Line(NamedTuple):
    """One thing to draw: a point, or a stretch from its beginning to its due date and on to its end; to now,
    where it has neither.
    """

    label: str
    says: str
    start: datetime
    due: datetime | None = None
    end: datetime | None = None
    tone: str = ""
    point: bool = False


def drawing(record: Json, sets: Sets) -> list[Block]:
    """The whole screen."""
    lines = sorted(_lines(record, sets), key=lambda line: (line.start, line.due or line.start))
    waits = sum(duty["state"] == "waiting" and not duty["due"] for duty in record["duties"])
    legend = "o happened or planned · [---] beginning to due date · ! late · x ended · | now"
    found: list[Block] = [
        Title(f"Case {record['case']['reference']}", "; ".join(each["title"] for each in record["walks"])),
        *marking(record["marking"]),
        *not_at_hand(record["not_at_hand"]),
        Drawing(lambda width: rows(lines, _now(record), _opened(record), width)),
        Para(legend, "quiet", 0),
    ]
    if waits:
        many = "1 duty waits" if waits == 1 else f"{waits} duties wait"
        found.append(Para(f"{many} for something that has not happened, and cannot be drawn.", "quiet", 0))
    return found


def rows(lines: list[Line], now: datetime, opened: datetime, width: int) -> list[Row]:
    """The scale and under it each line, at most `width` columns wide."""
    times = [at for line in lines for at in (line.start, line.due, line.end) if at] + [now, opened]
    lead = min(40, width * 2 // 5) if width >= _NARROW else 0
    scale = Scale(max(min(times), opened - _BACK), min(max(times), now + _AHEAD), max(width - lead, 20))
    found: list[Row] = [(Cell(" " * lead + text, "quiet"),) for text in scale.head(now)]
    for line in lines:
        found += _row(line, _bar(line, scale, now), lead, scale.room)
    return found


class Scale(NamedTuple):
    """Which column a time stands in."""

    first: datetime
    last: datetime
    room: int
    """Columns."""

    def column(self, at: datetime) -> int:
        """What lies beyond either end stands at it."""
        whole = max((self.last - self.first).total_seconds(), 1.0)
        part = (at - self.first).total_seconds() / whole
        return round(min(max(part, 0.0), 1.0) * (self.room - 1))

    def head(self, now: datetime) -> list[str]:
        """The first and the last date, and under them the marks, with now."""
        first, last = say(f"{self.first:%Y-%m-%d}"), say(f"{self.last:%Y-%m-%d}")
        dates = first + last.rjust(self.room - len(first)) if len(first) + len(last) < self.room else first
        marks = ["-"] * self.room
        day = self.first.replace(hour=0, minute=0) + timedelta(days=1)
        short = self.last - self.first <= timedelta(days=_DAYS)
        while day <= self.last:
            if day.weekday() == 0 if short else day.day == 1:
                marks[self.column(day)] = "+"
            day += timedelta(days=1)
        at = min(self.column(now), self.room - 3)
        marks[at : at + 3] = "now"
        return [dates, "".join(marks)]


def _lines(record: Json, sets: Sets) -> list[Line]:
    events = [
        Line(each["name"], say(each["at"]), _at(each["at"]), point=True)
        for each in record["events"]
        if each["event"] != BIRTH and not any(each["from"] == duty["duty"] for duty in record["duties"])
    ]
    return events + [line for duty in record["duties"] for line in _duty(duty, record, sets)]


def _duty(duty: Json, record: Json, sets: Sets) -> list[Line]:
    if duty["state"] == "not applicable" or (duty["state"] == "waiting" and not duty["due"]):
        return []
    due = _at(duty["due"], end=True) if duty["due"] else None
    over = duty["state"] not in ("open", "waiting")
    end = _at(duty["since"]) if over and duty["since"] else None
    began = [_at(duty["started"])] if duty["started"] else [_opened(record)]
    start = min(each for each in (*began, due, end) if each)
    if due and start == due:  # counted back from a date ahead: it could be done from the opening of the case
        start = min(_opened(record), due)
    label = sentence(duty, sets, record["walks"])
    if duty["state"] == "waiting":
        return [Line(label, f"due {say(duty['due'])}: {duty['why']}", start, due, tone="quiet")]
    if over:
        tone = {"met": "good", "met late": "warn"}.get(duty["state"], "quiet")
        says = duty["why"] if duty["state"] == "met" else f"{duty['state']}: {duty['why']}"
        return [Line(label, says, start, due, end, tone)]
    if due and is_overdue(duty["due"], record["case"]["as_at"]):
        return [Line(label, f"OVERDUE: was due {say(duty['due'])}", start, due, tone="alarm")]
    urgency = AT_ONCE.get(duty["urgency"] or "", "")
    says = " · ".join(part for part in (urgency, f"due {say(duty['due'])}" if due else "open") if part)
    return [Line(label, says, start, due, tone="strong")]


def _row(line: Line, bar: str, lead: int, room: int) -> list[Row]:
    says = textwrap.wrap(safe(line.says), room) or [""]
    labels = textwrap.wrap(safe(line.label), (lead or room) - 2)
    right = [Cell(bar, line.tone), *(Cell(text, "quiet") for text in says)]
    if not lead:
        return [*((Cell(label),) for label in labels), *((each,) for each in right)]
    size = max(len(labels), len(right))
    labels += [""] * (size - len(labels))
    right += [Cell("")] * (size - len(right))
    return [(Cell(label.ljust(lead)), cell) for label, cell in zip(labels, right, strict=True)]


def _bar(line: Line, scale: Scale, now: datetime) -> str:
    cells = [" "] * scale.room
    cells[scale.column(now)] = "|"
    start = scale.column(line.start)
    if line.point:
        cells[start] = "o"
        return "".join(cells).rstrip()
    due = scale.column(line.due) if line.due else None
    stop = scale.column(line.end or max(now, line.start))
    until = max(start, stop if due is None else due)
    cells[start : until + 1] = "-" * (until + 1 - start)
    cells[start] = "["
    if due is not None:
        cells[due] = "]"
        cells[due + 1 : stop + 1] = "!" * max(stop - due, 0)
    if line.end:
        cells[stop] = "x"
    return "".join(cells).rstrip()


def _opened(record: Json) -> datetime:
    return _at(local(record["case"]["opened"]))


def _now(record: Json) -> datetime:
    return _at(record["case"]["as_at"])


def _at(at: str, *, end: bool = False) -> datetime:
    """Local, without its zone: what is drawn is hours wide. A date by which something is due is its end."""
    if len(at) == 10:
        return datetime.fromisoformat(f"{at}T23:59" if end else at)
    return datetime.fromisoformat(at[:16])
