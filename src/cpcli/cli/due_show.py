"""How `cpcli due` shows one due date: to a person, and to programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cpcli.clock.counting import Counted
from cpcli.clock.due import Due
from cpcli.clock.met import Met
from cpcli.clock.when import iso, say_when
from cpcli.output.tell import put, tell


def show(due: Due, met: date | datetime | None, verdict: Met | None, *, explain: bool, form: str) -> None:
    """Write a due date on standard output; `form` is table, json, ndjson, csv or ics."""
    if form == "table":
        put("\n".join(lines(due, met, verdict, explain=explain)))
        return
    if form == "ics":
        _write_calendar(due)
        return
    from cpcli.output.data import write_lines, write_object

    found = as_object(due, met, verdict)
    if form == "json":
        write_object(found)
    elif form == "ndjson":
        write_lines([found])
    else:
        write_csv({key: value for key, value in found.items() if key != "working"})


def _write_calendar(due: Due) -> None:
    from cpcli.cli.now import now
    from cpcli.output.data import write_text
    from cpcli.output.ics import Entry, calendar_text
    from cpcli.output.schedule import uid

    since = iso(due.start) if due.start is not None else ""
    entry = Entry(
        uid(due.limit.text, since, due.nation),
        due.limit.text,
        due.due,
        "\n".join([*([f"From {say_when(due.start)}"] if due.start is not None else []), due.counted]),
        firm=not due.projected,
    )
    write_text([calendar_text([entry], now())])


def lines(due: Due, met: date | datetime | None, verdict: Met | None, *, explain: bool) -> list[str]:
    """What was understood, the due date and how it was counted, for people."""
    found = [f"Limit  {due.limit.text} ({due.nation})"]
    if due.start is not None:
        found.append(f"From   {say_when(due.start)}")
    found.append(f"Due    {say_when(due.due) if due.due is not None else 'no date'}")
    found.append(f"       {due.counted}" if due.counted != due.limit.text else f"       {due.rule}")
    if due.projected:
        found.append("       Projected: it rests on bank holidays that are not published yet.")
    if met is not None and verdict is not None:
        found.append(
            f"Met    {say_when(met)}: {'in time' if verdict.in_time else 'NOT in time'}, {verdict.words}"
        )
    if explain:
        found += ["", f"Rule   {due.rule}", *day_lines(due.working)]
    return found


def say_slip(due: Due, met: date | datetime | None) -> None:
    """Say on standard error that what was done was done before it began."""
    from cpcli.clock.met import before_it_began

    if met is not None and due.start is not None and before_it_began(due, met):
        tell(
            f"{say_when(met)} comes before {say_when(due.start)}, which it is counted from. Check the dates."
        )


def day_lines(working: Sequence[Counted]) -> list[str]:
    """Every day, with its number where it was counted; of a long count, a line a week."""
    from cpcli.output.weeks import HEAD, by_weeks

    if weeks := by_weeks(working):
        wide = max(len(week[0]) for week in weeks)
        return [
            f"  {first:<{wide}}  {' '.join(f'{day:>3}' for day in days)}  {why}".rstrip()
            for first, *days, why in (HEAD, *weeks)
        ]
    width = max((len(say_when(each.at)) for each in working), default=0)
    digits = max((len(str(each.n)) for each in working), default=0)
    return [
        f"{each.n if each.counted else '-':>{digits + 2}}  {say_when(each.at):<{width}}  {each.reason}"
        for each in working
    ]


def as_object(due: Due, met: date | datetime | None, verdict: Met | None) -> dict[str, Any]:
    """The due date for programs."""
    found: dict[str, Any] = {
        "due": iso(due.due) if due.due is not None else None,
        "from": iso(due.start) if due.start is not None else None,
        "limit": due.limit.text,
        "nation": due.nation,
        "projected": due.projected,
        "counted": due.counted,
        "rule": due.rule,
    }
    if due.earliest is not None:
        found["earliest"] = iso(due.earliest)
    if met is not None and verdict is not None:
        found |= {"met": iso(met), "in_time": verdict.in_time, "by": verdict.words}
    return {**found, "working": day_objects(due.working)}


def day_objects(working: Sequence[Counted]) -> list[dict[str, Any]]:
    """Each day or moment of a count, for programs."""
    return [
        {
            "at" if isinstance(each.at, datetime) else "date": iso(each.at),
            "counted": each.counted,
            "n": each.n,
            "reason": each.reason,
        }
        for each in working
    ]


def write_csv(found: Mapping[str, Any]) -> None:
    """A header and one row on standard output."""
    from cpcli.cli.due_rows import plain_stdout
    from cpcli.output.csv_text import csv_line

    plain_stdout().write(csv_line(list(found)) + csv_line(list(found.values())))
