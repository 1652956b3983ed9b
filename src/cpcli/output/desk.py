"""The agenda as a person reads it: references and duties, never a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cpcli.casework.duty_state import DutyState
from cpcli.clock.calendar import Calendar
from cpcli.output.blocks import Block, Cell, Gap, Heading, Item, Items, Para, Table, Title
from cpcli.output.words import plain_role, say
from cpcli.store.desk import Desk, days_left

_HEAD = ("Due", "Case", "What", "Source")


def blocks(desk: Desk, at: datetime) -> list[Block]:
    """The whole agenda."""
    calendar = Calendar()
    counts = desk.counts
    found: list[Block] = [Title("Agenda", say(desk.as_at)), Para(summary(desk), indent=0)]
    for heading, tone, duties, whole in (
        ("Overdue", "alarm", desk.overdue, counts.overdue),
        ("Now: urgent, without a date", "alarm", desk.now, None),
        ("Due today", "warn", desk.today, counts.today),
        (f"In the next five working days, to {say(desk.until)}", "strong", desk.soon, None),
        ("Later", "strong", desk.later, None),
        ("Open, without a date", "strong", desk.undated, None),
        ("Waiting for something to happen", "strong", desk.waiting, counts.waiting),
    ):
        if duties:
            found.append(Heading(heading, tone))
            found.append(_table(duties, at, calendar, tone if tone in ("alarm", "warn") else ""))
            if whole is not None and whole > len(duties):
                found.append(Para(f"… and {whole - len(duties):,} more. --limit 0 shows all.", "quiet"))
    if desk.unfinished:
        found += [Heading("Walks that were left: go on with one"), _unfinished(desk)]
    if counts.waiting and not desk.waiting:
        found += [Gap(), Para(f"{_many(counts.waiting, 'duty waits', 'duties wait')} for something to happen: --waiting shows them.", "quiet", 0)]
    return found


def summary(desk: Desk) -> str:
    """How much there is, in a line."""
    counts = desk.counts
    if not (counts.overdue or counts.today or counts.later or counts.undated):
        return "Nothing is due."
    parts = [
        f"{counts.overdue:,} overdue" if counts.overdue else "nothing overdue",
        f"{counts.today:,} due today" if counts.today else "nothing due today",
        *([f"{counts.later:,} later"] if counts.later else []),
        *([f"{counts.undated:,} open without a date"] if counts.undated else []),
    ]
    return (", ".join(parts) + ".").capitalize()


def worst(desk: Desk, at: datetime, most: int) -> list[Block]:
    """The few duties that cannot wait, for the first screen of all."""
    urgent = [(duty, "alarm") for duty in (*desk.overdue, *desk.now)] + [(duty, "warn") for duty in desk.today]
    rest = [(duty, "") for duty in (*desk.soon, *desk.later, *desk.undated)]
    chosen = (urgent + rest)[:most]
    calendar = Calendar()
    return [Table(_HEAD, tuple(_row(duty, at, calendar, tone) for duty, tone in chosen))] if chosen else []


def _table(duties: Sequence[DutyState], at: datetime, calendar: Calendar, tone: str) -> Table:
    return Table(_HEAD, tuple(_row(duty, at, calendar, tone) for duty in duties))


def _row(duty: DutyState, at: datetime, calendar: Calendar, tone: str) -> tuple[Cell, ...]:
    by = plain_role(duty.by) + ("" if duty.level == "statement" else f" {duty.level}")
    return (
        Cell(_due(duty, at, calendar), tone),
        Cell(duty.case),
        Cell(f"{by}: {duty.do}"),
        Cell(f"{duty.source} {', '.join(duty.cite)}", "quiet"),
    )


def _due(duty: DutyState, at: datetime, calendar: Calendar) -> str:
    if not duty.due:
        waits = duty.why if duty.state == "waiting" else ""
        return duty.urgency or waits or "no date"
    left = days_left(duty.due, at, calendar)
    if left < 0:
        return f"{say(duty.due)}, {_many(-left, 'working day', 'working days')} late"
    return say(duty.due) + (f", in {_many(left, 'working day', 'working days')}" if left else "")


def _unfinished(desk: Desk) -> Items:
    return Items(
        tuple(
            Item(walk.case, f"{walk.pathway}, begun {say(walk.begun)}", command=f"cpcli resume {walk.case}")
            for walk in desk.unfinished
        )
    )


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"
