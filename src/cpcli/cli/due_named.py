"""`cpcli due NAME`: when a duty is due, or all that follows in a pathway, from the dates of its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer

from cpcli.casework.schedule import Planned, events_of_pathway, events_that_matter, needs, schedule
from cpcli.cli import named
from cpcli.cli.context import calendar, rules
from cpcli.cli.due_onward import onward
from cpcli.cli.errors import UsageFault
from cpcli.cli.now import now
from cpcli.clock.met import Met, was_in_time
from cpcli.clock.when import iso, parse_when
from cpcli.output.tell import tell
from cpcli.procedures.words import id_of

if TYPE_CHECKING:
    from cpcli.casework.layout import Rules
    from cpcli.cli.due import Asked
    from cpcli.procedures.model import Duty, ProcedureSet


def show_named(name: str, asked: Asked, no_limit: str) -> None:
    """Show what is named so; `no_limit` says why the name is no limit, for when it is nothing else either.

    Raises UsageFault, ClockError and CatalogueError; typer.Exit(1) where it was not met in time.
    """
    from cpcli.procedures.catalogue import NoSuchSet

    try:
        duty = asked.start is not None or asked.met is not None
        found = named.find(name, duty=duty, set_id=asked.set_id, ask=True)
    except (named.NotNamed, NoSuchSet) as error:
        raise UsageFault(no_limit if " " in name else f"{no_limit} {error}") from None
    if found.also:
        tell(f"{name} is a duty as well: cpcli due {found.also}")
    if found.duty:
        _duty(found, asked)
    else:
        _pathway(found, asked)


def rules_for(nation: str | None, first_day: int | None) -> Rules:
    """The rules, by another nation's days or another first day where one is asked for."""
    ours = rules()
    if nation:
        ours = ours._replace(calendar=lambda _: calendar(nation))
    if first_day is not None:
        ours = ours._replace(
            procedure_set=lambda name: replace(rules().procedure_set(name), first_day=first_day)
        )
    return ours


def plan_one(
    found: named.Named,
    start: date | datetime | None,
    events: Mapping[str, date | datetime],
    by: Rules,
    at: datetime,
) -> Planned:
    """The duty with its due date, counted from `start`, or from its event. Raises UsageFault."""
    duty = next(each for each in by.pathway(found.pathway).duties if each.id == found.duty)
    if start is not None:
        if not duty.of:
            raise UsageFault(f"{duty.id} is counted from no event of its own: leave --from out.")
        if duty.of in events:
            raise UsageFault(f"--from and --event {duty.of} give the same date: leave one out.")
        events = {**events, duty.of: start}
    planned = schedule(found.pathway, events, by, at, duty.id)[0]
    if planned.problem and planned.due is None:
        raise UsageFault(planned.problem)
    dated = duty.limit is not None and (duty.limit.relation or duty.limit.later_of or duty.limit.earlier_of)
    if planned.due is None and dated:
        raise UsageFault(_missing(duty, events, by, found.pathway))
    return planned


def own_events(given: Mapping[str, date | datetime], known: ProcedureSet) -> dict[str, date | datetime]:
    """The events by the set's own ids, where they are given by what they are called for short.

    Raises UsageFault where one is given twice.
    """
    names = {each.id: each.also for each in known.events}
    found: dict[str, date | datetime] = {}
    for name, at in given.items():
        event = id_of(name, names) or name
        if event in found:
            raise UsageFault(f"The date of {event} is given twice: leave one out.")
        found[event] = at
    return found


def _missing(duty: Duty, events: Mapping[str, date | datetime], by: Rules, pathway: str) -> str:
    from cpcli.output.words import event_words

    wanted = needs(duty, events)
    said = " and ".join(
        f"{event} ({event_words(event, pathway.partition('/')[0], by.procedure_set)})" for event in wanted
    )
    options = " ".join(f"--event {event}=WHEN" for event in wanted)
    alone = " or --from WHEN" if wanted == [duty.of] else ""
    return f"{duty.id} is counted from {said}: add {options}{alone}."


def _duty(found: named.Named, asked: Asked) -> None:
    from cpcli.cli.due_show import say_slip

    by, at = rules_for(asked.nation, asked.first_day), now()
    duty = next(each for each in by.pathway(found.pathway).duties if each.id == found.duty)
    events = own_events(asked.events, by.procedure_set(found.pathway.partition("/")[0]))
    _check(events, events_that_matter(duty), f"the duty {duty.id}")
    start = parse_when(asked.start, at) if asked.start is not None else None
    planned = plan_one(found, start, events, by, at)
    done = parse_when(asked.met, at) if asked.met is not None else None
    verdict = None
    if done is not None:
        if planned.due is None:
            raise UsageFault(f"{duty.id} has no date to be in time for.")
        verdict = was_in_time(planned.due, done, by.calendar(planned.due.nation))
    if asked.form == "table":
        from cpcli.output.people import show
        from cpcli.output.schedule import duty_blocks

        show(duty_blocks(planned, by.procedure_set, done, verdict, explain=asked.explain))
    elif asked.form == "json":
        from cpcli.output.data import write_object

        write_object(_object(planned, done, verdict))
    else:
        met = {"met": iso(done), "in_time": verdict.in_time, "how": verdict.words} if done and verdict else {}
        _write(
            [{**_row(planned, explain=asked.explain and asked.form == "ndjson"), **met}],
            [planned],
            asked.form,
        )
    if planned.due is not None:
        say_slip(planned.due, done)
    if verdict is not None and not verdict.in_time:
        raise typer.Exit(1)


def _object(planned: Planned, done: date | datetime | None, verdict: Met | None) -> dict[str, Any]:
    """The due date as it is for a limit in words, with the duty beside it."""
    from cpcli.cli.due_show import as_object
    from cpcli.output.schedule import as_row

    row = as_row(planned)
    if planned.due is None:
        none = dict.fromkeys(("due", "from", "limit", "nation", "counted", "rule"))
        return {**none, "limit": row["limit"], "projected": False, "duty": row, "working": []}
    found = as_object(planned.due, done, verdict)
    days = found.pop("working")
    return {**found, "duty": row, "working": days}


def _pathway(found: named.Named, asked: Asked) -> None:
    from cpcli.output import schedule as shown

    by, at = rules_for(asked.nation, asked.first_day), now()
    pathway = by.pathway(found.pathway)
    for option, given in (("--from", asked.start), ("--met", asked.met)):
        if given is not None:
            raise UsageFault(
                f"{option} is for one duty, and {found.pathway} is a whole pathway: give its events, as "
                "--event NAME=WHEN, or name a duty of it."
            )
    source = by.procedure_set(pathway.source)
    events, ahead = own_events(asked.events, source), onward(pathway, source.begin_with)
    own = events_of_pathway(pathway)
    for event in events:
        if event not in own | ahead.events():
            _check({event: None}, own, f"the pathway {found.pathway}")
    planned, later = schedule(found.pathway, events, by, at), ahead.planned(events, by, at)
    if asked.form == "table":
        from cpcli.output.people import show

        show(shown.pathway_blocks(pathway, planned, later, by.procedure_set, explain=asked.explain))
        return
    if asked.form == "json":
        from cpcli.output.data import write_object

        write_object(
            {
                "pathway": found.pathway,
                "title": pathway.title,
                "edition": source.edition,
                "nation": by.calendar(source.nation).nation,
                "events": {event: iso(when) for event, when in events.items()},
                "duties": [_row(one, explain=asked.explain) for one in planned],
                "onward": [_row(one, explain=asked.explain) for one in later],
            }
        )
        return
    every = (*planned, *later)
    _write([_row(one, explain=asked.explain and asked.form == "ndjson") for one in every], every, asked.form)


def _check(events: Mapping[str, object], known: set[str], what: str) -> None:
    """That every event makes a difference. Raises UsageFault with the nearest."""
    from cpcli.procedures.words import did_you_mean

    for event in events:
        if event not in known:
            raise UsageFault(
                f"--event {event}: nothing in {what} hangs on it. {did_you_mean(event, sorted(known))}"
            )


def _row(one: Planned, *, explain: bool) -> dict[str, Any]:
    from cpcli.cli.due_show import day_objects
    from cpcli.output.schedule import as_row

    days = {"working": day_objects(one.due.working) if one.due is not None else []} if explain else {}
    return {**as_row(one), **days}


def _write(rows: list[dict[str, Any]], planned: Iterable[Planned], form: str) -> None:
    """The duties as NDJSON, CSV or a calendar."""
    from cpcli.output import data
    from cpcli.output import schedule as shown

    if form == "ics":
        from cpcli.output.ics import calendar_text

        data.write_text([calendar_text((shown.entry(one) for one in planned), now())])
    elif form == "csv":
        from cpcli.output.csv_text import csv_text

        flat = ({**row, "cite": ", ".join(row["cite"])} for row in rows)
        head = list(rows[0]) if rows else list(shown.COLUMNS)
        data.write_text(csv_text(head, ([row[key] for key in head] for row in flat)))
    else:
        data.write_lines(rows)
