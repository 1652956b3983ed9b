"""`cpcli export`: what is due, for a calendar, a spreadsheet or a script."""

from __future__ import annotations

from typing import Annotated

import typer

from cpcli.cli import wanted as want
from cpcli.cli.context import StoreOption, complete_case

FORMATS = ("ics", "csv", "json", "ndjson")


def export(  # noqa: PLR0917 - one parameter for each option
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="ics, csv, json or ndjson.",
            autocompletion=lambda: list(FORMATS),
        ),
    ],
    case: Annotated[
        str | None,
        typer.Option("--case", metavar="CASE", help="Of this case alone.", autocompletion=complete_case),
    ] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="With what waits for an event.")] = False,
    person: want.PersonOption = None,
    set_id: want.SetOption = None,
    pathway: want.PathwayOption = None,
    level: want.LevelOption = None,
    due_from: want.FromOption = None,
    until: want.UntilOption = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a byte order mark, which Excel needs.")
    ] = False,
    at_store: StoreOption = None,
) -> None:
    """Write what is overdue and due to a calendar, a spreadsheet or a script: all of it, worst first.

    Calendars have references and never a name. Import the file anew to bring a calendar up to date: every
    duty keeps its identity in it.

    \b
    Example:
      cpcli export --format ics > due.ics
      cpcli export --format csv --bom > due.csv
      cpcli export --format ndjson --case 2026-0001 | jq .due
    """
    from cpcli.cli.agenda import look, write
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now

    if form not in FORMATS:
        raise UsageFault(f"There is no format '{form}': write {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")
    if bom and form != "csv":
        raise UsageFault(f"--bom is for CSV, and this is {form}: leave it out.")
    at = now()
    asked = want.wanted(
        at,
        people=person,
        sets=set_id,
        pathways=pathway,
        levels=level,
        due_from=due_from,
        until=until,
        case=case,
    )
    desk = look(
        *(at_store, at, None),
        waiting=waiting,
        exact=True,
        marks=True,
        nameless=form == "ics",
        asked=asked,
    )
    write(desk, at, form, bom=bom)
