"""`cpcli case export`: whole cases, as `case import` takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpcli.cli.context import StoreOption, complete_case, rules_of, store

if TYPE_CHECKING:
    from cpcli.store.store import Store

FORMATS = ("ndjson",)


def case_export(
    cases: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CASE]", help="References.", autocompletion=complete_case),
    ] = None,
    all_cases: Annotated[bool, typer.Option("--all", help="Every case, closed ones too.")] = False,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="ndjson: one case a line.")
    ] = "ndjson",
    at_store: StoreOption = None,
) -> None:
    """Write whole cases with all that was ever recorded of them, names too, for `case import`.

    What another store brings in, it gives back letter for letter. Keep the file as safe as the store.

    \b
    Example:
      cpcli case export 2026-0001 > case.ndjson
      cpcli case export --all | jq -r '.entries[] | select(.kind == "event-recorded") | .event'
    """
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.open_to_others import say_if_open
    from cpcli.output.data import write_lines
    from cpcli.output.tell import tell
    from cpcli.store.faults import CaseErased

    if form not in FORMATS:
        raise UsageFault(f"There is no format '{form}': cases are written as ndjson.")
    if bool(cases) == all_cases:
        raise UsageFault("Name the cases to write, or write --all; not both.")
    say_if_open()
    # At one moment: a case that is erased meanwhile would end it before the others.
    with store(at_store, read_only=True) as opened, opened.one_moment():
        gone = opened.erased()
        references = [opened.find(case) for case in cases or ()]
        for reference in references:
            if reference in gone:
                raise CaseErased(reference)
        if all_cases and gone:
            tell(f"Left out, since they were erased: {', '.join(gone)}.")
        every = (reference for reference, _ in opened.references() if reference not in gone)
        write_lines(_objects(opened, references or list(every)))


def _objects(opened: Store, references: list[str]) -> Iterator[dict[str, Any]]:
    from cpcli.casework.case_form import case_object
    from cpcli.casework.record import case_marking

    for reference in dict.fromkeys(references):
        case = opened.case(reference)
        marks = dict.fromkeys(each["text"] for each in case_marking(case, rules_of(case, opened)))
        yield case_object(list(opened.entries(reference)), list(marks))
