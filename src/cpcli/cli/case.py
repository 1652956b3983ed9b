"""`cpcli case`: looking at a case, and recording what has happened in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpcli.cli.context import JsonOption, StoreOption, complete_case, rules, store

if TYPE_CHECKING:
    from datetime import datetime

    from cpcli.casework.case import Case
    from cpcli.casework.entry import Draft
    from cpcli.store.store import Store

CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE",
        help="Its reference, or as much as is unique: 2026-0001, 2026-1, 1.",
        autocompletion=complete_case,
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="WHEN", help='When: now, "yesterday 16:00", 24/12/2026, "Fri 17:00".'),
]


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
        found = rows(opened, at)
    if as_json:
        from cpcli.output.data import write_object

        write_object({"cases": found})
    else:
        from cpcli.output.people import show

        show(blocks(found))


def show(case: CaseArgument, as_json: JsonOption = False, at_store: StoreOption = None) -> None:
    """Show the whole record of a case: what was decided and why, what is next, what has happened.

    \b
    Example:
      cpcli case show 2026-0001
      cpcli case show 1 --json | jq .decisions
    """
    from cpcli.cli.now import now
    from cpcli.output.page import page

    with store(at_store, read_only=True) as opened:
        found = record_of(opened.case(opened.find(case)), now())
    if as_json:
        from cpcli.output.data import write_object

        write_object(found)
    else:
        from cpcli.output import people

        people.show(page(found, rules().procedure_set))


def event(
    case: CaseArgument,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="What happened, by its id.")],
    *,
    at: AtOption = None,
    planned: Annotated[
        bool, typer.Option("--planned", help="It lies ahead: a date that is planned.")
    ] = False,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Record that something has happened, or is planned, and say what becomes due.

    \b
    Example:
      cpcli case event 2026-0001 referral-acknowledged --at "today 11:20"
      cpcli case event 2026-0001 agreed-outcome-date --at 15/01/2027 --planned
    """
    from cpcli.casework.entry import event_recorded
    from cpcli.cli.find_in_case import known_event, when
    from cpcli.cli.now import now

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        name = known_event(event, standing, rules())
        moment = when(at, at_time, ahead=planned)
        if any((each.event, each.at) == (event, moment) for each in standing.events):
            from cpcli.cli.errors import UsageFault
            from cpcli.output.words import say

            raise UsageFault(f"{event} is recorded for {say(moment)} already. Nothing was changed.")
        _record(opened, standing, event_recorded(event, moment), name, moment, at=at_time, as_json=as_json)


def done(
    case: CaseArgument,
    duty: Annotated[
        str, typer.Argument(metavar="DUTY", help="The duty, by its id; 2:ID for that of walk 2.")
    ],
    *,
    at: AtOption = None,
    note: Annotated[
        bool, typer.Option("--note", help="Add a note: asked for, or read from standard input.")
    ] = False,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Record that a duty was done, and say what becomes due.

    \b
    Example:
      cpcli case done 2026-0001 chase-acknowledgement --at "today 10:15"
      echo "Spoke to the duty team." | cpcli case done 1 chase-acknowledgement --at now --note
    """
    from cpcli.casework.entry import duty_done
    from cpcli.cli.asking import ask_text
    from cpcli.cli.find_in_case import known_duty, when
    from cpcli.cli.now import now

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        found = known_duty(duty, standing, rules(), at_time)
        if found.state in ("met", "met late"):
            from cpcli.cli.errors import UsageFault

            raise UsageFault(f"{found.key} is {found.state} already ({found.why}). Nothing was changed.")
        moment = when(at, at_time)
        said = ask_text("Note") if note else ""
        _record(
            opened,
            standing,
            duty_done(found.walk, found.key, moment, said),
            f"Done: {found.do}",
            moment,
            at=at_time,
            as_json=as_json,
        )


def note(case: CaseArgument, as_json: JsonOption = False, at_store: StoreOption = None) -> None:
    """Add a note to a case. Its text is asked for, or read from standard input.

    It is not taken from the command line, which others on the machine can see.

    \b
    Example:
      cpcli case note 2026-0001
      cpcli case note 2026-0001 < note.txt
    """
    from cpcli.casework.entry import noted
    from cpcli.cli.asking import ask_text
    from cpcli.cli.now import now

    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        text = ask_text("Note")
        at_time = now()
        _record(opened, standing, noted(text), "The note", "", at=at_time, as_json=as_json)


def depart(
    case: CaseArgument,
    duty: Annotated[
        str,
        typer.Argument(metavar="[DUTY]", help="The duty; left out, it is the whole pathway that is varied."),
    ] = "",
    *,
    walk: Annotated[
        int | None, typer.Option("--walk", metavar="N", help="The walk, where the case has several.")
    ] = None,
    json_in: Annotated[
        str | None,
        typer.Option("--json-in", metavar="-", help="Read what, why, agreed_by and at as JSON from here."),
    ] = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Record a decision to depart from the procedure: what, why, who agreed, and when.

    \b
    Example:
      cpcli case depart 2026-0001 chase-acknowledgement
      cpcli case depart 2026-0001 chase-acknowledgement --json-in - < departure.json
    """
    from cpcli.casework.entry import departed
    from cpcli.cli.asking import departure_from
    from cpcli.cli.find_in_case import known_duty, known_walk
    from cpcli.cli.now import now

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        if duty:
            found = known_duty(duty, standing, rules(), at_time)
            number, key, what = found.walk, found.key, found.do
        else:
            number, key = known_walk(walk, standing), ""
            what = rules().pathway(standing.walks[number].pathway).title
        known = rules().procedure_set(standing.walks[number].pathway.partition("/")[0])
        given = departure_from(json_in, known, what, at_time)
        draft = departed(number, key, given.what, given.why, given.agreed_by, given.at)
        _record(opened, standing, draft, f"Departure from: {what}", given.at, at=at_time, as_json=as_json)


def record_of(case: Case, at: datetime) -> dict[str, Any]:
    """The whole record of a case as one object."""
    from cpcli.casework.record import record

    return record(case, rules(), at)


def _record(
    opened: Store, before: Case, draft: Draft, what: str, moment: str, *, at: datetime, as_json: bool
) -> None:
    """Append the entry, and say what was recorded and what it changes."""
    from cpcli.cli.context import save
    from cpcli.output.changes import changed, changes

    was = record_of(before, at)
    after = record_of(save(opened, before.reference, [draft], at=at, seen=None), at)
    duties = changed(was, after)
    if as_json:
        from cpcli.output.data import write_object

        write_object({"case": after["case"], "changed": duties})
        return
    from cpcli.output.blocks import Title
    from cpcli.output.people import show as show_blocks
    from cpcli.output.words import say

    said = f"Recorded in case {before.reference}: {what}"
    title = Title(said, say(moment) if moment else "")
    show_blocks(
        [
            title,
            *(
                changes(duties, after["case"]["as_at"], rules().procedure_set)
                if draft.kind != "noted"
                else []
            ),
        ]
    )
