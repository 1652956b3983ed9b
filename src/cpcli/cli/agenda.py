"""`cpcli agenda`: what is overdue and due, over every open case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpcli.cli.context import JsonOption, StoreOption, store, store_path

if TYPE_CHECKING:
    from cpcli.store.desk import Desk

USUAL = 100


def agenda(
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", help="Duties to show in each part; 0 shows all.")
    ] = USUAL,
    waiting: Annotated[bool, typer.Option("--waiting", help="Show too what waits for an event.")] = False,
    as_json: JsonOption = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 if anything is overdue.")] = False,
    at_store: StoreOption = None,
) -> None:
    """Say what is overdue and due, over every open case, worst first.

    Cases are shown by their references, never by a name.

    \b
    Example:
      cpcli agenda
      cpcli agenda --json --limit 0 | jq '.overdue[].case'
      cpcli agenda --check
    """
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now

    if limit < 0:
        raise UsageFault(f"--limit {limit}: there is no such number of duties. 0 shows all.")
    at = now()
    desk = look(at_store, at, limit or None, waiting=waiting, exact=as_json)
    if as_json:
        from cpcli.output.data import write_object

        write_object(as_object(desk, at))
    else:
        from cpcli.output.desk import blocks
        from cpcli.output.people import show

        show(blocks(desk, at))
    if check and desk.counts.overdue:
        raise typer.Exit(1)


def look(
    at_store: Path | None, at: datetime, most: int | None, *, waiting: bool = False, exact: bool = False
) -> Desk:
    """The desk as it stands; a clear one where there is no store yet."""
    from cpcli.store.desk import clear_desk, read_desk

    if not store_path(at_store).exists():
        return clear_desk(at)
    with store(at_store, read_only=True) as opened:
        return read_desk(opened, at, most, with_waiting=waiting, exact=exact)


def as_object(desk: Desk, at: datetime) -> dict[str, Any]:
    """The agenda for programs."""
    from cpcli.casework.duty_json import duty_json

    parts = ("overdue", "now", "today", "soon", "later", "undated", "waiting")
    return {
        "as_at": desk.as_at,
        "until": desk.until,
        "counts": desk.counts._asdict(),
        **{part: [duty_json(duty) for duty in getattr(desk, part)] for part in parts},
        "unfinished": [walk._asdict() for walk in desk.unfinished],
    }
