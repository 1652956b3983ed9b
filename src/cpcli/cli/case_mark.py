"""`cpcli case mark`: who may not see the record of a case."""

from __future__ import annotations

from typing import Annotated

import typer

from cpcli.cli.case_args import CaseArgument, JsonInOption, JsonOption, StoreOption
from cpcli.cli.context import store


def mark(
    case: CaseArgument,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Who may not see it. Write no name here.")
    ] = None,
    *,
    off: Annotated[
        int | None,
        typer.Option("--off", metavar="ENTRY", help="Take off the mark that this entry put there."),
    ] = None,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Say who may not see the record of a case. It stands at the head of whatever is written of the case:
    its page, its history, JSON, spreadsheets, calendars and exports.

    Who that is is asked for, unless it stands on the line, or is read from standard input; as JSON it is in
    text. A mark is taken off with its entry's number and a reason, as JSON in reason. What a procedure marks
    stays marked as long as its answers stand.

    \b
    Example:
      cpcli case mark 2026-0001 "Not to be shown to the parents"
      cpcli case mark 2026-0001 --off 12
    """
    from cpcli.casework.entry import marked, unmarked
    from cpcli.cli.asking import Field, said
    from cpcli.cli.case_record import keep
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.find_in_case import says_a_name
    from cpcli.cli.now import now

    at = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        if off is None:
            given = said(json_in, [Field("text", "Who may not see the record?")], {"text": text})
            if says_a_name(given["text"], standing):
                raise UsageFault(
                    "The mark has a name in it that the case has too, and goes into calendars and lists, "
                    "which have none. Say who it is: the father. Nothing was recorded."
                )
            draft, words = marked(given["text"]), f"Recorded: case {standing.reference} is marked"
        else:
            marks = [each for each in standing.marks if not each.off]
            if text is not None:
                raise UsageFault("--off takes a mark off: leave the text out.")
            if off not in [each.seq for each in marks]:
                known = ", ".join(f"{each.seq}" for each in marks) or "none"
                raise UsageFault(f"Entry {off} put no mark there that stands. Put there by hand: {known}.")
            about = [each.text for each in marks if each.seq == off]
            given = said(json_in, [Field("reason", "Why is it taken off?")], about=about)
            draft = unmarked(off, given["reason"])
            words = f"Recorded: the mark of entry {off} is taken off case {standing.reference}"
        keep(opened, standing, draft, words, at=at, as_json=as_json, show=False)
