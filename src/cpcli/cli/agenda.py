"""`cpcli agenda`: what is overdue and due, over every open case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli import wanted as want
from cpcli.cli.context import JsonOption, StoreOption, calendar, stands, store, store_path

if TYPE_CHECKING:
    from cpcli.store.desk import Desk
    from cpcli.store.store import Store

USUAL = 100
NAMED = "Not everybody may see this case."
"""In a calendar, in place of a mark with a name."""
EVERYTHING = want.Wanted()


def agenda(  # noqa: PLR0917 - one parameter for each option
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", metavar="N", help=f"Duties to show in each part, {USUAL} unless said; 0 shows all."
        ),
    ] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Show too what waits for an event.")] = False,
    person: want.PersonOption = None,
    set_id: want.SetOption = None,
    pathway: want.PathwayOption = None,
    level: want.LevelOption = None,
    due_from: want.FromOption = None,
    until: want.UntilOption = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV, all of it, and nothing else.")] = False,
    as_ics: Annotated[
        bool, typer.Option("--ics", help="Write a calendar (iCalendar), all of it, and nothing else.")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 if anything is overdue.")] = False,
    at_store: StoreOption = None,
) -> None:
    """Say what is overdue and due, over every open case, worst first.

    Cases are shown by their references, never by a name. Options that narrow it may be repeated: --level
    must --level should shows both.

    \b
    Example:
      cpcli agenda
      cpcli agenda --person "R. Adviser" --until "next Fri"
      cpcli agenda --json --limit 0 | jq '.overdue[].case'
      cpcli agenda --ics > due.ics
      cpcli agenda --check
    """
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now

    if limit is not None and limit < 0:
        raise UsageFault(f"--limit {limit}: there is no such number of duties. 0 shows all.")
    if as_json + as_csv + as_ics > 1:
        raise UsageFault("--json, --csv and --ics ask for different things: leave all but one out.")
    at = now()
    asked = want.wanted(
        at, people=person, sets=set_id, pathways=pathway, levels=level, due_from=due_from, until=until
    )
    most = USUAL if limit is None and not (as_csv or as_ics) else limit or None
    desk = look(
        at_store,
        at,
        most,
        waiting=waiting,
        exact=as_json,
        marks=as_json or as_csv or as_ics,
        nameless=as_ics,
        asked=asked,
        must_be=check,
    )
    if as_json or as_csv or as_ics:
        write(desk, at, "json" if as_json else "csv" if as_csv else "ics")
    else:
        from cpcli.output.desk import blocks
        from cpcli.output.people import show

        show(blocks(desk, at, asked.words()))
    if check and desk.counts.overdue:
        raise typer.Exit(1)


def look(
    at_store: Path | None,
    at: datetime,
    most: int | None,
    *,
    waiting: bool = False,
    exact: bool = False,
    marks: bool = False,
    nameless: bool = False,
    asked: want.Wanted = EVERYTHING,
    must_be: bool = False,
) -> Desk:
    """The desk as it stands; where there is no store yet a clear one, and that is said. With `marks` it has
    who may not see each case, which whatever is written for others says; `nameless`, without a mark's words
    where they name somebody of the case. Raises NoStore where there `must_be` one and is none.
    """
    from cpcli.output.tell import tell
    from cpcli.store.desk import clear_desk, read_desk

    path = store_path(at_store)
    if not must_be and not stands(path):
        tell(f"There is no store at {path} yet.")
        return clear_desk(at, calendar())
    with store(at_store, read_only=True) as opened:
        only = want.narrowed(opened, asked)
        desk = read_desk(opened, at, most, days=calendar(), with_waiting=waiting, exact=exact, only=only)
        if marks:
            desk = desk._replace(marks=_nameless(opened) if nameless else opened.marks())
        return desk


def _nameless(opened: Store) -> dict[str, list[str]]:
    """The marks for a calendar. A name can be recorded after the mark that has it, or brought in with it."""
    from cpcli.cli.find_in_case import says_one_of

    names = opened.names_in_marked()
    return {
        case: [NAMED if says_one_of(each, names.get(case, ())) else each for each in texts]
        for case, texts in opened.marks().items()
    }


def write(desk: Desk, at: datetime, form: str, *, bom: bool = False) -> None:
    """The agenda on standard output, for programs: json, ndjson, csv or ics."""
    from cpcli.output import data, desk_data

    match form:
        case "json":
            data.write_object(desk_data.as_object(desk, at))
        case "ndjson":
            data.write_lines(desk_data.as_lines(desk, at))
        case "csv":
            data.write_text(desk_data.as_csv(desk, at, bom=bom))
        case _:
            data.write_text(desk_data.as_calendar(desk, at))
