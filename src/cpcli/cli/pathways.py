"""cpcli pathways: the procedures that can be walked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli.choosing import chosen_sets, has_words, tell_of_taken
from cpcli.output.tell import put, tell

if TYPE_CHECKING:
    from cpcli.output.blocks import Block
    from cpcli.procedures.listing import Listed

SetOption = Annotated[str | None, typer.Option("--set", metavar="ID", help="Of this procedure set only.")]
LinesOption = Annotated[bool, typer.Option("--json", help="Write one JSON object a line, and nothing else.")]


def pathways(
    words: Annotated[list[str] | None, typer.Argument(help="Only those with all of these words.")] = None,
    set_id: SetOption = None,
    as_json: LinesOption = False,
    as_map: Annotated[bool, typer.Option("--map", help="Draw how they lead to one another.")] = False,
) -> None:
    """List the procedures that can be walked.

    Of a set that extends another, without --set, only what is its own.

    \b
    Example:
      cpcli pathways referral
      cpcli pathways --set cafcass-2017 --json
      cpcli pathways --set cafcass-2017 --map
    """
    from cpcli.cli.folders import cache_folder
    from cpcli.procedures.listing import index

    kept = cache_folder()
    sets = chosen_sets(set_id)
    listings = [index(folder, kept) for folder in sets.values()]
    found = [
        each
        for listing in listings
        for each in listing.pathways
        if (set_id is not None or each.own)
        and has_words(words or (), each.id, each.title, each.about, *each.also, " ".join(each.cites))
    ]
    if as_map:
        _map([listing.pathways for listing in listings], {(each.source, each.id) for each in found}, as_json)
    elif as_json:
        from cpcli.output.data import write_lines

        keys = ("id", "source", "title", "also", "open_to", "cites", "file")
        write_lines({key: getattr(each, key) for key in keys} for each in found)
    else:
        from cpcli.output.blocks import Cell, Table
        from cpcli.output.people import show

        rows = tuple(
            (Cell(f"{each.source}/{each.id}", "command"), Cell(each.title), Cell(", ".join(each.also)))
            for each in found
        )
        table = [Table(("Pathway", "What it is", "Also called"), rows)] if rows else []
        show([*table, *(_notes(set_id) if set_id else ())])
    for problem in (problem for listing in listings for problem in listing.problems):
        tell(f"Left out: {problem}")
    if not found:
        tell("No pathway has these words.")
    if set_id is None:
        tell_of_taken(sets)


def _notes(set_id: str) -> list[Block]:
    """What a reader should know about the set."""
    from cpcli.cli.context import rules
    from cpcli.output.blocks import Heading, Item, Items

    notes = tuple(Item("-", note) for note in rules().procedure_set(set_id).notes)
    return [Heading("What to know about this set"), Items(notes)] if notes else []


def _map(sets: list[list[Listed]], found: set[tuple[str, str]], as_json: bool) -> None:
    """Each set's map, of the pathways found."""
    if as_json:
        from cpcli.output.data import write_lines

        write_lines(
            {"source": each.source, "pathway": each.id, "leads_to": each.leads_to}
            for each in (one for listed in sets for one in listed)
            if (each.source, each.id) in found
        )
        return
    from cpcli.cli.context import rules
    from cpcli.output.way_map import Stop, draw

    for listed in sets:
        stops = [
            Stop(each.id, each.title, each.leads_to) for each in listed if (each.source, each.id) in found
        ]
        if stops:
            source = listed[0].source
            known = rules().procedure_set(source)
            put(f"{source}: {known.title}")
            put("\n".join(draw(stops, known.begin_with)))
