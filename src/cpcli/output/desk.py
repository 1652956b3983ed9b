"""The agenda as a person reads it: references and duties, never a name."""

from __future__ import annotations

from datetime import datetime

from cpcli.casework.duty_state import DutyState
from cpcli.clock.calendar import Calendar
from cpcli.output.blocks import Block, Cell, Gap, Heading, Item, Items, Para, Table, Title
from cpcli.output.words import AT_ONCE, binding, citation, plain_role, say
from cpcli.store.desk import MANY, Desk, days_left


def blocks(desk: Desk, at: datetime, only: str = "") -> list[Block]:
    """The whole agenda; `only` says what was asked for, where that leaves something out."""
    counts = desk.counts
    soon, later, undated = len(desk.soon), len(desk.later), len(desk.undated)
    dated, rest, none = (counts.later, soon + later), (counts.undated, len(desk.now) + undated), (0, 0)
    rows: list[tuple[Cell, ...] | Heading | Para] = []
    # Of soon and later the longer is the one that was cut short; where they are of one length, both were.
    in_days = f"In the next five working days, to {say(desk.until)}"
    for heading, tone, duties, (whole, shown) in (
        ("Overdue", "alarm", desk.overdue, (counts.overdue, len(desk.overdue))),
        ("Now: urgent, without a date", "alarm", desk.now, none if undated else rest),
        ("Due today", "warn", desk.today, (counts.today, len(desk.today))),
        (in_days, "strong", desk.soon, dated if soon > later else none),
        ("Later", "strong", desk.later, none if soon > later else dated),
        ("Open, without a date", "strong", desk.undated, rest),
        ("Waiting for something to happen", "strong", desk.waiting, (counts.waiting, len(desk.waiting))),
    ):
        if duties:
            rows.append(Heading(heading, tone))
            rows += [_row(duty, at, desk.days, tone if tone in ("alarm", "warn") else "") for duty in duties]
            if whole > shown:
                more = "many" if whole > MANY else f"{whole - shown:,}"
                where = " without a date" if duties is desk.now else ""
                if duties is desk.later and soon == later:
                    where = ", in these five days or later"
                rows.append(Para(f"… and {more} more{where}. --limit 0 shows all.", "quiet"))
    found: list[Block] = [Title("Agenda", say(desk.as_at)), Para(summary(desk), indent=0)]
    if only:
        found.append(Para(f"Only {only}.", "quiet", 0))
    if rows:
        found.append(Table(("", "", ""), tuple(rows)))
    if desk.unfinished:
        found += [Heading("Walks that were left: go on with one"), _unfinished(desk)]
    if counts.waiting and not desk.waiting:
        waiting = _many(counts.waiting, "duty waits", "duties wait")
        found += [Gap(), Para(f"{waiting} for something to happen: --waiting shows them.", "quiet", 0)]
    return found


def summary(desk: Desk) -> str:
    """How much there is, in a line."""
    counts = desk.counts
    if not (counts.overdue or counts.today or counts.later or counts.undated):
        return "Nothing is due."
    parts = [
        f"{_number(counts.overdue)} overdue" if counts.overdue else "nothing overdue",
        f"{_number(counts.today)} due today" if counts.today else "nothing due today",
        *([f"{_number(counts.later)} later"] if counts.later else []),
        *([f"{_number(counts.undated)} open without a date"] if counts.undated else []),
    ]
    return (", ".join(parts) + ".").capitalize()


def worst(desk: Desk, at: datetime, most: int) -> list[Block]:
    """The few duties that cannot wait, for the first screen of all."""
    urgent = [(duty, "alarm") for duty in (*desk.overdue, *desk.now)] + [
        (duty, "warn") for duty in desk.today
    ]
    rest = [(duty, "") for duty in (*desk.soon, *desk.later, *desk.undated)]
    chosen = (urgent + rest)[:most]
    rows = tuple(_row(duty, at, desk.days, tone) for duty, tone in chosen)
    return [Table(("", "", ""), rows)] if rows else []


def _row(duty: DutyState, at: datetime, days: Calendar, tone: str) -> tuple[Cell, ...]:
    by = "You" if duty.you else plain_role(duty.by)
    why = f"; {duty.why}" if duty.state == "waiting" and duty.why else ""
    what = f"{binding(by, duty.level)} {duty.do} ({citation(duty.source, duty.cite)}){why}"
    return Cell(_due(duty, at, days), tone), Cell(duty.case), Cell(what)


def _due(duty: DutyState, at: datetime, days: Calendar) -> str:
    if not duty.due:
        return "Waits" if duty.state == "waiting" else AT_ONCE.get(duty.urgency) or "No date"
    left = days_left(duty.due, at, days)
    if left < 0:
        return f"{say(duty.due)}\n{_many(-left, 'working day', 'working days')} late"
    if duty.urgency:
        return f"{say(duty.due)}\n{AT_ONCE.get(duty.urgency, duty.urgency).lower()}"
    return say(duty.due) + (f"\nin {_many(left, 'working day', 'working days')}" if left else "")


def _unfinished(desk: Desk) -> Items:
    return Items(
        tuple(
            Item(walk.case, f"{walk.pathway}, begun {say(walk.begun)}", command=f"cpcli resume {walk.case}")
            for walk in desk.unfinished
        )
    )


def _many(count: int, one: str, more: str) -> str:
    return f"{_number(count)} {one if count == 1 else more}"


def _number(count: int) -> str:
    return f"{count:,}" if count <= MANY else f"more than {MANY:,}"
