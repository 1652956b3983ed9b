"""`cpcli case event|done|note`: recording what has happened in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli.case_args import (
    AtOption,
    CaseArgument,
    DutyArgument,
    EventArgument,
    JsonInOption,
    JsonOption,
    StoreOption,
)
from cpcli.cli.context import rules, rules_of, store

if TYPE_CHECKING:
    from datetime import datetime

    from cpcli.casework.case import Case
    from cpcli.casework.duty_state import DutyState
    from cpcli.casework.layout import Rules

NoteOption = Annotated[
    bool, typer.Option("--note", help="Add a note: asked for, or read from standard input.")
]


def event(
    case: CaseArgument,
    event: EventArgument,
    *,
    at: AtOption = None,
    planned: Annotated[
        bool, typer.Option("--planned", help="It lies ahead: a date that is planned.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="It happened a further time on a day that it is recorded for.")
    ] = False,
    note: NoteOption = False,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Record that something has happened, or is planned, and say what becomes due.

    As JSON it takes at, note, planned and again.

    \b
    Example:
      cpcli case event 2026-0001 referral-acknowledged --at "today 11:20"
      cpcli case event 2026-0001 agreed-outcome-date --at 15/01/2027 --planned
    """
    from cpcli.casework.entry import event_recorded
    from cpcli.casework.events import too_early
    from cpcli.casework.odd_dates import odd_date
    from cpcli.cli.asking import Field, explained_date, said
    from cpcli.cli.case_record import keep
    from cpcli.cli.find_in_case import SAY_WHEN, known_event, when
    from cpcli.cli.now import now

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        by = rules_of(standing, opened)
        event, name = known_event(event, standing, by)
        fields = (
            Field("at", "When was it? (for example now, or yesterday 16:00)", missing=SAY_WHEN),
            Field("note", "Note, of any length", needed=note, asked=note, long=True),
        )
        given = said(json_in, fields, {"at": at}, flags=("planned", "again"))
        moment = when(given["at"], at_time, ahead=True)
        words = given["note"]
        if not planned and "planned" not in given.flags:
            words = _ahead(event, moment, words, standing, by, now=at_time)
        words = explained_date(odd_date(moment, standing, by, at_time, event), words)
        twice = _twice(event, moment, standing, by, at_time, again=again or "again" in given.flags)
        cautions = [
            f"{line} Check the date: cpcli case history {standing.reference} shows the entry to correct."
            for line in too_early(event, moment, standing, by, at_time)
        ]
        keep(
            opened,
            standing,
            event_recorded(event, moment, words, again=twice),
            f"Recorded in case {standing.reference}: {name}",
            moment,
            at=at_time,
            as_json=as_json,
            cautions=cautions,
        )


def _ahead(event: str, moment: str, note: str, case: Case, by: Rules, *, now: datetime) -> str:
    """The note of an event that may lie ahead. Where that makes no sense, somebody has to say why."""
    from cpcli.casework.events import may_lie_ahead
    from cpcli.casework.layout import is_ahead
    from cpcli.cli.asking import explained
    from cpcli.output.words import say

    early = is_ahead(moment, now) and not may_lie_ahead(event, case, by)
    return explained(
        f"{say(moment)} has not come yet." if early else "",
        note,
        "Why is it recorded already?",
        "Check it; a planned event takes --planned, any other a note that says why.",
    )


def _twice(event: str, moment: str, case: Case, by: Rules, now: datetime, *, again: bool) -> bool:
    """Whether it is known to be a further time on that day. Somebody has to say so."""
    from cpcli.casework.layout import lay_out
    from cpcli.cli.asking import agreed
    from cpcli.cli.errors import UsageFault
    from cpcli.output.words import say

    _, events = lay_out(case, by, now)
    same = [one for one in events if one.event == event and one.at[:10] == moment[:10]]
    if not same:
        return False
    if any(one.at == moment for one in same):
        raise UsageFault(
            f"{event} is recorded for {say(moment)} already. Nothing was changed. Where it happened twice, "
            "give the time of each with --again."
        )
    recorded = f"{event} is recorded for that day already: {say(same[0].at)}, entry {same[0].seq}."
    correct = f"cpcli case amend {case.reference} {same[0].seq} corrects it"
    agreed(
        f"{recorded} Did it happen a further time?",
        yes=again,
        instead=f"--again records it, {correct}",
    )
    return True


def done(
    case: CaseArgument,
    duty: DutyArgument,
    *,
    at: AtOption = None,
    note: NoteOption = False,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Record that a duty was done, and say what becomes due.

    As JSON it takes at and note.

    \b
    Example:
      cpcli case done 2026-0001 chase-acknowledgement --at "today 10:15"
      echo "Spoke to the duty team." | cpcli case done 1 chase-acknowledgement --at now --note
    """
    from cpcli.casework.entry import duty_done
    from cpcli.casework.odd_dates import odd_date
    from cpcli.cli.asking import Field, explained_date, said
    from cpcli.cli.case_record import keep
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.find_in_case import SAY_WHEN, known_duty, refuse_missing, when
    from cpcli.cli.now import now

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        by = rules_of(standing, opened)
        found = known_duty(duty, standing, by, at_time)
        refuse_missing(found.walk, standing, by)
        if found.state in ("met", "met late"):
            raise UsageFault(f"{found.key} is {found.state} already ({found.why}). Nothing was changed.")
        fields = (
            Field("at", "When was it done? (for example now, or yesterday 16:00)", missing=SAY_WHEN),
            Field("note", "Note, of any length", needed=note, asked=note, long=True),
        )
        given = said(json_in, fields, {"at": at})
        moment = when(given["at"], at_time)
        words = explained_date(odd_date(moment, standing, by, at_time), given["note"])
        keep(
            opened,
            standing,
            duty_done(found.walk, found.key, moment, words),
            f"Recorded in case {standing.reference}: Done: {found.do}",
            moment,
            at=at_time,
            as_json=as_json,
            cautions=_early(found, moment),
        )


def _early(found: DutyState, moment: str) -> list[str]:
    """What is to be said of a duty that was done before what it counts from."""
    from cpcli.casework.standing import looks_back
    from cpcli.output.words import say

    if found.state == "waiting":
        return [f"What it counts from has not happened, so it was done early: {found.why}."]
    laid = next(
        each for each in rules().pathway(f"{found.source}/{found.pathway}").duties if each.id == found.duty
    )
    if not found.started or looks_back(laid) or moment[:10] >= found.started[:10]:
        return []
    return [
        f"It was done before it began, on {say(found.started)}. Check the date: cpcli case history "
        f"{found.case} shows the entry to correct."
    ]


def note(
    case: CaseArgument,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Add a note to a case. Its text is asked for, or read from standard input.

    It is not taken from the command line, which others on the machine can see. As JSON it is in text.

    \b
    Example:
      cpcli case note 2026-0001
      cpcli case note 2026-0001 < note.txt
    """
    from cpcli.casework.entry import noted
    from cpcli.cli.asking import Field, said
    from cpcli.cli.case_record import keep
    from cpcli.cli.now import now

    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        given = said(json_in, [Field("text", "Note, of any length", long=True)])
        recorded = f"Recorded in case {standing.reference}: the note"
        keep(opened, standing, noted(given["text"]), recorded, at=now(), as_json=as_json, show=False)
