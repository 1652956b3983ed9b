"""`cpcli due`: when a limit, a duty or a whole pathway is due; many of them; the days between two dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, NamedTuple

import typer

from cpcli.cli.completing import complete_named
from cpcli.cli.context import JsonOption

FORMATS = ("table", "json", "ndjson", "csv", "ics")
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


class Asked(NamedTuple):
    """What the options say."""

    start: str | None
    nation: str | None
    events: Mapping[str, date | datetime]
    first_day: int | None
    met: str | None
    explain: bool
    form: str
    set_id: str = ""
    """The procedure set to go by: whose names they are, and whose nation's days count."""


def due(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LIMIT",
            show_default=False,
            help='A limit in words, as "within 15 working days"; a duty or a pathway by name; or "between" '
            "and two dates.",
            autocompletion=complete_named,
        ),
    ] = None,
    *,
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="WHEN", help='What it is counted from: "Fri 17:00", 24/12/2026, yesterday.'
        ),
    ] = None,
    set_id: Annotated[
        str | None, typer.Option("--set", metavar="SET", help="The procedure set to go by.")
    ] = None,
    nation: Annotated[
        str | None,
        typer.Option(
            "--nation",
            metavar="NATION",
            help="Whose bank holidays count, unless the set or the settings say.",
            autocompletion=lambda: list(NATIONS),
        ),
    ] = None,
    event: Annotated[
        list[str] | None,
        typer.Option("--event", metavar="NAME=WHEN", help="When an event happened. May be repeated."),
    ] = None,
    first_day: Annotated[
        int | None,
        typer.Option(
            "--first-day",
            metavar="0|1",
            min=0,
            max=1,
            help="What the day itself counts as, 0 or 1, unless the set or the settings say.",
        ),
    ] = None,
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
            "--batch",
            metavar="FILE",
            help="NDJSON or CSV with id, limit (or duty), from, nation, events; - reads stdin. Writes a JSON "
            "line for each, unless --format says csv or ics.",
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="table, json, ndjson, csv or ics.",
            autocompletion=lambda: list(FORMATS),
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Work out when something is due, and show how it was counted.

    Dates are read day first; what was understood is shown back. The words of limits are in docs/limits.md,
    and `cpcli duties` and `cpcli pathways` list the names.

    \b
    Example:
      cpcli due "within 15 working days" --from "Fri 17:00"
      cpcli due at least 2 working days before --from 29/12/2026 --explain
      cpcli due "within 48 hours" --from "yesterday 16:30" --met now
      cpcli due cafcass-2017/chase-acknowledgement --from "yesterday 16:00"
      cpcli due referral --set cafcass-2017 --event referral-made="24/12/2026 15:30"
      cpcli due between 24/12/2026 04/01/2027
      cpcli due --batch events.csv --format csv
    """
    from cpcli.cli.errors import UsageFault

    chosen = _format(form, as_json)
    if set_id is not None:
        nation, first_day = _of_set(set_id, nation, first_day)
    events = events_given(event)
    asked = Asked(start, nation, events, first_day, met, explain, chosen or "table", set_id or "")
    said = " ".join(words or ())
    if batch is not None:
        if met is not None or explain:
            raise UsageFault("--batch works out due dates alone: leave --met and --explain out.")
        from cpcli.cli.due_batch import run

        if run(batch, said, asked._replace(form="ndjson" if as_json else form or "ndjson")):
            raise typer.Exit(2)
    elif not words:
        raise UsageFault('Say what to work out, as: cpcli due "within 15 working days" --from "Fri 17:00".')
    elif (ends := _ends(words)) is not None:
        if start is not None or met is not None or event:
            raise UsageFault("'between' takes two dates alone: leave --from, --met and --event out.")
        if asked.form == "ics":
            raise UsageFault("--format ics: the days between two dates are no due date. Leave it out.")
        from cpcli.cli.due_between import between

        between(*ends, nation or "", first_day, form=asked.form, explain=explain)
    else:
        _limit_or_name(said, asked)


def _of_set(name: str, nation: str | None, first_day: int | None) -> tuple[str, int]:
    """Whose days count and what the first counts as, by the set where the options do not say."""
    from cpcli.cli.context import rules

    source = rules().procedure_set(name)
    return nation or source.nation, source.first_day if first_day is None else first_day


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


def events_given(given: Sequence[str] | None) -> Mapping[str, date | datetime]:
    """What `--event NAME=WHEN` gave, by name. Raises UsageFault and ClockError."""
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


def _limit_or_name(said: str, asked: Asked) -> None:
    """Work out a limit; or, where the words are none, what is named so."""
    from cpcli.clock.limit import LimitError, parse_limit

    try:
        parse_limit(said)
    except LimitError as error:
        from cpcli.cli.due_named import show_named

        show_named(said, asked, str(error))
        return
    _limit(said, asked)


def _limit(said: str, asked: Asked) -> None:
    from cpcli.cli.context import calendar, settings
    from cpcli.cli.due_show import say_slip, show
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now
    from cpcli.clock.due import EventNeeded, work_out
    from cpcli.clock.limit import events_of, parse_limit
    from cpcli.clock.met import was_in_time
    from cpcli.clock.when import parse_when

    limit = parse_limit(said)
    named = events_of(limit)
    for name in asked.events:
        if name not in named:
            mend = "Check the name." if named else "What it is counted from is given with --from."
            raise UsageFault(f"--event {name}: the limit names no such event. {mend}")
    at = now()
    begin = parse_when(asked.start, at) if asked.start is not None else None
    itself = limit.event is None and not limit.later_of and not limit.earlier_of
    if begin is None and limit.relation is not None and (itself or not named):
        raise UsageFault(f"'{said}' is counted from a date: add it, as --from yesterday.")
    days = calendar(asked.nation or "")
    first_day = asked.first_day if asked.first_day is not None else settings().first_day or 0
    try:
        found = work_out(limit, begin, days, events=asked.events, first_day=first_day)
    except EventNeeded as needed:
        raise UsageFault(f"{needed} Add --event {needed.event}=WHEN.") from None
    done = parse_when(asked.met, at) if asked.met is not None else None
    verdict = was_in_time(found, done, days) if done is not None else None
    show(found, done, verdict, explain=asked.explain, form=asked.form)
    say_slip(found, done)
    if verdict is not None and not verdict.in_time:
        raise typer.Exit(1)
