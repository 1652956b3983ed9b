"""`cpcli calendar`: a year, its days off, and where each comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from cpcli.cli.context import JsonOption
from cpcli.cli.due import NATIONS


def calendar(
    year: Annotated[
        str | None, typer.Argument(metavar="[YEAR]", help="1900 to 2199; this year unless said.")
    ] = None,
    nation: Annotated[
        str | None,
        typer.Option(
            "--nation",
            metavar="NATION",
            help="Whose bank holidays, unless the settings say.",
            autocompletion=lambda: list(NATIONS),
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show a year: its working days, its days off, and where each comes from.

    Saturdays and Sundays are off. Bank holidays are those of the nation; closures and school terms are your
    team's, from the settings (`cpcli config`).

    \b
    Example:
      cpcli calendar
      cpcli calendar 2027 --nation Scotland
      cpcli calendar 2027 --json | jq -r '.days_off[].date'
    """
    from cpcli.cli.context import calendar as calendar_of
    from cpcli.cli.context import settings
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now
    from cpcli.clock.year import year_of
    from cpcli.output.year import as_object, blocks

    days = calendar_of(nation or "")
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise UsageFault(f"'{year}' is no year: write it in four figures, as 2027.")
    found = year_of(days, now().year if year is None else int(year))
    if as_json:
        from cpcli.output.data import write_object

        write_object(as_object(found, days, settings().team))
    else:
        from cpcli.output.people import show

        show(blocks(found, days, settings().team))
