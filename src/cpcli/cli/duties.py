"""cpcli duties: what the procedures lay down, each with who, by when and on whose word."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cpcli.cli.choosing import chosen_sets, has_words, tell_of_taken
from cpcli.cli.pathways import LinesOption, SetOption
from cpcli.output.tell import tell


def duties(
    words: Annotated[list[str] | None, typer.Argument(help="Only those with all of these words.")] = None,
    set_id: SetOption = None,
    as_json: LinesOption = False,
) -> None:
    """List the duties that the procedures lay down.

    Of a set that extends another, without --set, only what is its own.

    \b
    Example:
      cpcli duties court
      cpcli duties --set cafcass-2017 --json
    """
    from cpcli.cli.folders import cache_folder
    from cpcli.procedures.duty_rows import duty_rows, of_its_own

    kept = cache_folder()
    rows_of = duty_rows if set_id is not None else of_its_own
    sets = chosen_sets(set_id)
    rows = [row for folder in sets.values() for row in rows_of(folder, kept)]
    found = [
        row
        for row in rows
        if has_words(
            words or (), row["id"], row["do"], row["by"], *(row["also"] or ()), " ".join(_cites(row))
        )
    ]
    if as_json:
        from cpcli.output.data import write_lines

        write_lines(found)
    else:
        from cpcli.output.blocks import Cell, Table
        from cpcli.output.people import show

        head = ("Pathway", "Who", "What", "Limit", "Event", "Says so")
        show(
            [Table(head, tuple(tuple(Cell(text) for text in _cells(row)) for row in found))] if found else []
        )
    if not found:
        tell("No duty has these words.")
    if set_id is None:
        tell_of_taken(sets)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    from cpcli.cli.context import rules
    from cpcli.output.words import role_name
    from cpcli.procedures.cites import say_cites

    who = role_name(row["by"], row["source"], rules().procedure_set)
    binds = who if row["level"] == "statement" else f"{who} {row['level']}"
    return (
        row["pathway"],
        binds,
        f"{row['do']} ({', '.join([row['id'], *(row['also'] or ())])})",  # what it can be called by
        row["limit"] or "",
        row["event"] or "",
        say_cites(row["source"], _cites(row)),
    )


def _cites(row: dict[str, Any]) -> list[str]:
    cite = row["cite"]
    return cite if isinstance(cite, list) else [cite or ""]
