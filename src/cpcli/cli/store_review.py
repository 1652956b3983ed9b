"""`cpcli store due-for-review`: the cases whose record has been kept as long as its documents say."""

from __future__ import annotations

from typing import Annotated

import typer

from cpcli.cli.context import JsonOption, StoreOption, rules, store


def due_for_review(
    to_come: Annotated[
        bool, typer.Option("--to-come", help="Also those that are to be kept for longer still.")
    ] = False,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV, and nothing else.")] = False,
    at_store: StoreOption = None,
) -> None:
    """List the cases that have been kept as long as their documents say: of each, the latest day that any of
    them gives, which paragraph gives it, and what is not known.

    Nothing is erased by it: somebody decides that. Cases whose documents name no period are listed apart.
    References only, never a name.

    \b
    Example:
      cpcli store due-for-review
      cpcli store due-for-review --to-come --csv > kept.csv
      cpcli store due-for-review --json | jq -r '.cases[] | select(.state == "reached") | .case'
    """
    from cpcli.casework.keeping import TO_COME
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now
    from cpcli.output import data, keeping
    from cpcli.store.keeping import read_keeping

    if as_json and as_csv:
        raise UsageFault("--json and --csv ask for different things: leave one out.")
    today = now().date().isoformat()
    with store(at_store, read_only=True) as opened:
        found = [each for each in read_keeping(opened, rules()) if to_come or each[1].state(today) != TO_COME]
        marks = opened.marks()
    if as_json:
        data.write_object(keeping.as_object(found, today, marks))
    elif as_csv:
        data.write_text(keeping.as_csv(found, today, marks))
    else:
        from cpcli.output.people import show

        show(keeping.blocks(found, today))
