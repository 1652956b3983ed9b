"""The arguments and options that the commands of `cpcli case` share, and how a shell completes them."""

from __future__ import annotations

from typing import Annotated

import typer

from cpcli.cli.context import JsonOption, StoreOption, complete_case, rules_of, store

__all__ = [
    "AtOption",
    "CaseArgument",
    "DutyArgument",
    "EventArgument",
    "JsonInOption",
    "JsonOption",
    "StoreOption",
    "YesOption",
]


def complete_duty(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The duties of the case before it on the line whose id, or what they are called for short, begins so. It
    never fails, and never says a name.
    """
    try:
        from cpcli.procedures.words import short
        from cpcli.store.only import Only

        with store(read_only=True) as opened:
            case = opened.case(opened.find(ctx.params["case"]))
            duties, by = list(opened.duties(only=Only(case=case.reference))), rules_of(case, opened)
        found: dict[str, str] = {}
        for duty in duties:
            laid = by.pathway(f"{duty.source}/{duty.pathway}").duties
            also = next(each.also for each in laid if each.id == duty.duty)
            for name in (duty.duty, *map(short, also)):
                found.setdefault(name + duty.key.removeprefix(duty.duty), duty.do)
    except Exception:
        return []
    return [(name, do) for name, do in found.items() if name.startswith(incomplete.lower())]


def complete_event(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """The events that the procedures of the case before it on the line know, and whose id, or what they are
    called for short, begins so.
    """
    try:
        from cpcli.casework.events import event_names, names_for_short
        from cpcli.procedures.words import short

        with store(read_only=True) as opened:
            case = opened.case(opened.find(ctx.params["case"]))
            by = rules_of(case, opened)
        said, called = event_names(case, by), names_for_short(case, by)
        found = {name: said[event] for event in said for name in (event, *map(short, called[event]))}
    except Exception:
        return []
    return [(name, event) for name, event in found.items() if name.startswith(incomplete.lower())]


CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="Its reference, or as much as is unique: 2026-0001, 2026-1, 1.",
        autocompletion=complete_case,
    ),
]
DutyArgument = Annotated[
    str,
    typer.Argument(
        metavar="DUTY",
        help="The duty, by its id or short name; 2:ID for that of walk 2.",
        autocompletion=complete_duty,
    ),
]
EventArgument = Annotated[
    str,
    typer.Argument(
        metavar="EVENT", help="What happened, by its id or short name.", autocompletion=complete_event
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help='When: now, "yesterday 16:00", 24/12/2026, "Fri 17:00".'),
]
JsonInOption = Annotated[
    str | None,
    typer.Option("--json-in", metavar="-", help="Read what would be asked as one JSON object from here."),
]
YesOption = Annotated[
    bool, typer.Option("--yes", "-y", help="Agree to what it changes, without being asked.")
]
