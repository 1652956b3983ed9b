"""`cpcli case assign|close|reopen`: who has a case, and whether it is open."""

from __future__ import annotations

from typing import Annotated

import typer

from cpcli.cli.case_args import (
    CaseArgument,
    JsonInOption,
    JsonOption,
    StoreOption,
    YesOption,
    complete_duty,
)
from cpcli.cli.context import rules_of, store

_TO = "Say who has it with --to NAME; --to nobody takes it from whoever has it. Nothing was recorded."


def assign(
    case: CaseArgument,
    duty: Annotated[
        str,
        typer.Argument(
            metavar="[DUTY]", help="The duty; left out, it is the whole case.", autocompletion=complete_duty
        ),
    ] = "",
    *,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="WHO", help="The colleague who has it; nobody for nobody; - asks."),
    ] = None,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Say who has a case, or one duty of it. Who it is can be given with --to, is asked, or is read from
    standard input; as JSON it is in to.

    \b
    Example:
      cpcli case assign 2026-0001 --to "Jo Marsh"
      cpcli case assign 2026-0001 chase-acknowledgement --to "Jo Marsh"
    """
    from cpcli.casework.entry import assigned
    from cpcli.cli.asking import Field, said
    from cpcli.cli.case_record import keep
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.find_in_case import known_duty
    from cpcli.cli.now import now

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        found = known_duty(duty, standing, rules_of(standing, opened), at_time) if duty else None
        name = f'"{found.do}"' if found else f"Case {standing.reference}"
        place = (found.walk, found.key) if found else (0, "")
        before = standing.assigned.get(place, "")
        about = [f"{name} is with {before}." if before else f"{name}: nobody has been named for it."]
        given = said(
            json_in, [Field("to", "Who has it? (nobody, for nobody)", missing=_TO)], {"to": to}, about=about
        )
        whom = "" if given["to"].lower() == "nobody" else " ".join(given["to"].split())
        if whom == before:
            raise UsageFault(f"{name} is with {before or 'nobody'} already. Nothing was changed.")
        where = f"Recorded in case {standing.reference}: {name}" if found else f"Recorded: {name.lower()}"
        was = f", and no longer with {before}" if before else ""
        recorded = f"{where} is with {whom or 'nobody'}{was}"
        draft = assigned(whom, *place)
        keep(opened, standing, draft, recorded, at=at_time, as_json=as_json, show=False)


def close(
    case: CaseArgument,
    yes: YesOption = False,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Close a case, and say why. What is still open is listed first, and nothing is due in it afterwards.

    The reason is asked for, or read from standard input; as JSON it is in why.

    \b
    Example:
      cpcli case close 2026-0001
      echo "The family has moved to Leeds." | cpcli case close 2026-0001 --yes
    """
    from cpcli.casework.entry import closed
    from cpcli.casework.record import record
    from cpcli.cli.asking import Field, agreed, can_ask, said
    from cpcli.cli.case_record import keep, refuse_changed
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now
    from cpcli.output.closing import left, left_in_words
    from cpcli.output.people import show

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        if standing.closed:
            raise UsageFault(f"Case {standing.reference} is closed already. Nothing was changed.")
        by = rules_of(standing, opened)
        found = record(standing, by, at_time)
        words = left_in_words(found)
        question = f"{words} Close the case all the same?"
        if words and not (yes or can_ask()):
            agreed(question, yes=False, instead="--yes closes it")
        if words and not as_json:
            show(left(found, by.procedure_set))
        given = said(json_in, [Field("why", "Why is the case closed?")])
        if words:
            agreed(question, yes=yes)
            refuse_changed(opened, standing)
        keep(
            opened,
            standing,
            closed(given["why"]),
            f"Recorded: case {standing.reference} is closed",
            at=at_time,
            as_json=as_json,
            cautions=[f"{words} With the case closed, nothing is due in it any more."] if words else [],
            show=False,
        )


def reopen(
    case: CaseArgument,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Open a closed case again, with everything that was due in it, and say why.

    The reason is asked for, or read from standard input; as JSON it is in why.

    \b
    Example:
      cpcli case reopen 2026-0001
    """
    from cpcli.casework.entry import reopened
    from cpcli.cli.asking import Field, said
    from cpcli.cli.case_record import keep
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.now import now

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        if not standing.closed:
            raise UsageFault(f"Case {standing.reference} is open. Nothing was changed.")
        given = said(json_in, [Field("why", "Why is the case opened again?")])
        recorded = f"Recorded: case {standing.reference} is open again"
        keep(opened, standing, reopened(given["why"]), recorded, at=at_time, as_json=as_json)
