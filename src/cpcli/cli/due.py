"""`cpcli due`: when a limit is due, with its working; many of them at once; the days between two dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli.context import JsonOption

if TYPE_CHECKING:
    from cpcli.clock.limit import Limit

FORMATS = ("table", "json", "ndjson", "csv")
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


def due(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LIMIT",
            show_default=False,
            help='The limit in words, as "within 15 working days"; or "between" and two dates.',
        ),
    ] = None,
    *,
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="WHEN", help='What it is counted from: "Fri 17:00", 24/12/2026, yesterday.'
        ),
    ] = None,
    nation: Annotated[
        str,
        typer.Option("--nation", help="Whose bank holidays count.", autocompletion=lambda: list(NATIONS)),
    ] = "England",
    event: Annotated[
        list[str] | None,
        typer.Option(
            "--event", metavar="NAME=WHEN", help="The date of an event that the limit names. May be repeated."
        ),
    ] = None,
    first_day: Annotated[
        int, typer.Option("--first-day", min=0, max=1, help="What the day itself counts as: 0 or 1.")
    ] = 0,
    met: Annotated[
        str | None,
        typer.Option(
            "--met", metavar="WHEN", help="When it was done: says whether in time; exits with 1 if not."
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="List every day, counted or left out.")] = False,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch", metavar="FILE", help="NDJSON or CSV with id, limit, from, nation; - reads stdin."
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", help="table, json, ndjson or csv.", autocompletion=lambda: list(FORMATS)),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Work out when a limit is due, and show how it was counted.

    Dates are read day first; what was understood is shown back. The words of limits are in docs/limits.md.

    \b
    Example:
      cpcli due "within 15 working days" --from "Fri 17:00"
      cpcli due at least 2 working days before --from 29/12/2026 --explain
      cpcli due "within 48 hours" --from "yesterday 16:30" --met now
      cpcli due between 24/12/2026 04/01/2027
      cpcli due --batch events.csv --format csv
    """
    from cpcli.cli.errors import UsageFault

    chosen = _format(form, as_json)
    if batch is not None:
        if met is not None or explain:
            raise UsageFault("--batch works out due dates alone: leave --met and --explain out.")
        from cpcli.cli.due_batch import run
        from cpcli.cli.now import now

        bad = run(
            batch,
            limit=" ".join(words or ()),
            start=start,
            nation=nation,
            events=_events(event),
            first_day=first_day,
            form="ndjson" if as_json else chosen or "ndjson",
            now=now(),
        )
        if bad:
            raise typer.Exit(2)
        return
    if not words:
        raise UsageFault('Say what to work out, as: cpcli due "within 15 working days" --from "Fri 17:00".')
    if (ends := _ends(words)) is not None:
        if start is not None or met is not None or event:
            raise UsageFault("'between' takes two dates alone: leave --from, --met and --event out.")
        from cpcli.cli.due_between import between

        between(*ends, nation, form=chosen or "table", explain=explain)
        return
    _one(
        " ".join(words),
        start=start,
        nation=nation,
        events=_events(event),
        first_day=first_day,
        met=met,
        explain=explain,
        form=chosen or "table",
    )


def _format(form: str | None, as_json: bool) -> str | None:
    from cpcli.cli.errors import UsageFault

    if form is not None and form not in FORMATS:
        raise UsageFault(f"There is no format '{form}': write {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")
    if as_json and form not in (None, "json"):
        raise UsageFault(f"--json and --format {form} ask for two things: leave one out.")
    return "json" if as_json else form


def _ends(words: Sequence[str]) -> tuple[str, str] | None:
    """The two dates of `between A B` or "between A and B"; None where the words are a limit."""
    first, *rest = " ".join(words).split() if len(words) == 1 else words
    if first.lower() != "between":
        return None
    from cpcli.clock.limit import LimitError, parse_limit

    try:
        parse_limit(" ".join(words))
    except LimitError as error:
        if "and" in rest:
            place = rest.index("and")
            return " ".join(rest[:place]), " ".join(rest[place + 1 :])
        if len(rest) == 2:
            return rest[0], rest[1]
        from cpcli.cli.errors import UsageFault

        raise UsageFault(
            f"{error} For the days between two dates, put quotation marks around each, or 'and' between them."
        ) from None
    return None


def _events(given: Sequence[str] | None) -> Mapping[str, date | datetime]:
    """What `--event NAME=WHEN` gave."""
    if not given:
        return {}
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now
    from cpcli.clock.when import parse_when

    at, found = now(), {}
    for one in given:
        name, equals, when = one.partition("=")
        if not equals or not name.strip():
            raise UsageFault(
                f"--event {one}: write the event's name, = and its date, as conference=24/12/2026."
            )
        if name.strip().lower() in found:
            raise UsageFault(f"--event gives the date of {name.strip()} twice: leave one out.")
        found[name.strip().lower()] = parse_when(when, at)
    return found


def _one(
    words: str,
    *,
    start: str | None,
    nation: str,
    events: Mapping[str, date | datetime],
    first_day: int,
    met: str | None,
    explain: bool,
    form: str,
) -> None:
    from cpcli.cli.due_show import show
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now
    from cpcli.clock.calendar import calendar
    from cpcli.clock.due import EventNeeded, was_in_time, work_out
    from cpcli.clock.limit import parse_limit
    from cpcli.clock.when import parse_when

    limit = parse_limit(words)
    named = _named(limit)
    for name in events:
        if name not in named:
            raise UsageFault(f"--event {name}: the limit names no such event. Check the name.")
    at = now()
    begin = parse_when(start, at) if start is not None else None
    if begin is None and limit.relation is not None and not named:
        raise UsageFault(f"'{words}' is counted from a date: add it, as --from yesterday.")
    try:
        found = work_out(limit, begin, calendar(nation), events=events, first_day=first_day)
    except EventNeeded as needed:
        raise UsageFault(f"{needed} Add --event {needed.event}=WHEN.") from None
    done = parse_when(met, at) if met is not None else None
    verdict = was_in_time(found, done) if done is not None else None
    show(found, done, verdict, explain=explain, form=form)
    if verdict is not None and not verdict.in_time:
        raise typer.Exit(1)


def _named(limit: Limit) -> set[str]:
    """The events that a limit names."""
    parts = [*limit.later_of, *limit.earlier_of, limit.until, limit.since]
    inner = set().union(*(_named(part) for part in parts if part is not None))
    return inner | {limit.event} if limit.event else inner
