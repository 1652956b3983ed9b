"""`cpcli case list|show|duty|history`: looking at a case."""

from __future__ import annotations

from typing import Annotated

import typer

from cpcli.cli.case_args import CaseArgument, DutyArgument, JsonOption, StoreOption
from cpcli.cli.context import rules_of, settings, store


def list_cases(as_json: JsonOption = False, at_store: StoreOption = None) -> None:
    """List the cases, with what is due next in each. References only, never a name.

    \b
    Example:
      cpcli case list
      cpcli case list --json | jq '.cases[].reference'
    """
    from cpcli.cli.now import now
    from cpcli.output.case_list import blocks, rows

    at = now()
    with store(at_store, read_only=True) as opened:
        found, marks = rows(opened, at), opened.marks()
    if as_json:
        from cpcli.output.data import write_object

        write_object({"marking": marks, "cases": found})
    else:
        from cpcli.output.people import show

        show(blocks(found))


def show(
    case: CaseArgument,
    *,
    drawn: Annotated[
        bool, typer.Option("--timeline", help="Draw what happened and what is due across the terminal.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Also the duties that do not apply, and why.")] = False,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Show the whole record of a case, on a page that can be signed: what was decided and why, what happened,
    what was late, what is next.

    \b
    Example:
      cpcli case show 2026-0001
      cpcli case show 1 --timeline
      cpcli case show 1 --json | jq .decisions
    """
    from cpcli.casework.record import record
    from cpcli.cli.now import now
    from cpcli.cli.open_to_others import say_if_open

    say_if_open()
    with store(at_store, read_only=True) as opened:
        standing = opened.case(opened.find(case), even_erased=True)
        by = rules_of(standing, opened)
    found = record(standing, by, now(), every=every)
    if as_json:
        from cpcli.output.data import write_object

        write_object(found)
        return
    from cpcli.output import people

    if drawn:
        from cpcli.output.drawing import drawing

        people.show(drawing(found, by.procedure_set))
    else:
        from cpcli.output.page import page

        people.show(page(found, by.procedure_set, settings().team))


def duty(
    case: CaseArgument, duty: DutyArgument, as_json: JsonOption = False, at_store: StoreOption = None
) -> None:
    """Show one duty in full: its state and why, and its due date with every day that was counted.

    A duty that does not apply is shown with the answer that decides so.

    \b
    Example:
      cpcli case duty 2026-0001 chase-acknowledgement
    """
    from cpcli.casework.detail import detail
    from cpcli.casework.record import case_marking, missing_json
    from cpcli.cli.find_in_case import known_duty
    from cpcli.cli.now import now
    from cpcli.clock.when import iso

    at = now()
    with store(at_store, read_only=True) as opened:
        standing = opened.case(opened.find(case))
        by = rules_of(standing, opened)
    named = known_duty(duty, standing, by, at, whether_or_not=True)
    found = detail(standing, by, at, named.walk, named.key)
    found["marking"] = case_marking(standing, by)
    found["not_at_hand"] = missing_json(standing, by)
    if as_json:
        from cpcli.output.data import write_object

        write_object(found)
        return
    from cpcli.output.duty_page import duty_page
    from cpcli.output.people import show

    show(duty_page(found, iso(at), by.procedure_set))


def history(case: CaseArgument, as_json: JsonOption = False, at_store: StoreOption = None) -> None:
    """Show who did what and when: every entry, with what stood before it and what stands since.

    \b
    Example:
      cpcli case history 2026-0001
      cpcli case history 1 --json | jq '.history[] | select(.kind == "amended")'
    """
    from cpcli.casework.history import history
    from cpcli.casework.record import case_marking, missing_json
    from cpcli.cli.open_to_others import say_if_open

    say_if_open()
    with store(at_store, read_only=True) as opened:
        standing = opened.case(opened.find(case), even_erased=True)
        by = rules_of(standing, opened)
        found = history(list(opened.entries(standing.reference)), by)
    marks, missing = case_marking(standing, by), missing_json(standing, by)
    from cpcli.output.history_page import history_json, history_page

    if as_json:
        from cpcli.output.data import write_object

        write_object(
            {
                "case": standing.reference,
                "marking": marks,
                "not_at_hand": missing,
                "history": history_json(found),
            }
        )
        return
    from cpcli.output.people import show

    show(history_page(standing.reference, found, marks, missing))
