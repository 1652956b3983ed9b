"""`cpcli case depart|extend`: recording what was decided about a duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli.case_args import (
    CaseArgument,
    DutyArgument,
    JsonInOption,
    JsonOption,
    StoreOption,
    complete_duty,
)
from cpcli.cli.context import rules_of, store

if TYPE_CHECKING:
    from cpcli.casework.duty_state import DutyState
    from cpcli.procedures.model import Duty, ProcedureSet


def depart(
    case: CaseArgument,
    duty: Annotated[
        str,
        typer.Argument(
            metavar="[DUTY]",
            help="The duty; left out, it is the whole pathway that is varied.",
            autocompletion=complete_duty,
        ),
    ] = "",
    *,
    walk: Annotated[
        int | None, typer.Option("--walk", metavar="N", help="The walk, where the case has several.")
    ] = None,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Record a decision to depart from the procedure: what, why, who agreed, and when.

    As JSON it takes what, why, agreed_by and at; and note, where the date needs one that says why.

    \b
    Example:
      cpcli case depart 2026-0001 chase-acknowledgement
      cpcli case depart 2026-0001 chase-acknowledgement --json-in - < departure.json
    """
    from cpcli.casework.entry import departed, noted
    from cpcli.casework.odd_dates import odd_date
    from cpcli.cli.asking import Field, explained_date, said
    from cpcli.cli.case_record import keep
    from cpcli.cli.find_in_case import known_duty, known_walk, refuse_missing, when
    from cpcli.cli.now import now
    from cpcli.output.words import say

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        by = rules_of(standing, opened)
        if duty:
            found = known_duty(duty, standing, by, at_time)
            number, key, what = found.walk, found.key, found.do
        else:
            number, key = known_walk(walk, standing), ""
            what = by.pathway(standing.walks[number].pathway).title
        refuse_missing(number, standing, by)
        known = by.procedure_set(standing.walks[number].pathway.partition("/")[0])
        fields = (
            Field("what", "What is done instead?"),
            Field("why", "Why? What about this case justifies it?"),
            Field("agreed_by", "Who agreed to it? (empty if nobody has yet)", needed=False),
            Field("at", "When was it decided? (for example now, or yesterday 16:00)"),
            Field("note", "Note on the date", needed=False, asked=False),
        )
        given = said(json_in, fields, about=[f"Departing from: {what}", *_rule(known)])
        moment = when(given["at"], at_time)
        note = explained_date(odd_date(moment, standing, by, at_time), given["note"])
        draft = departed(number, key, given["what"], given["why"], given["agreed_by"], moment)
        also = [noted(f"Departure from: {what}, {say(moment)}. {note}", number)] if note else []
        recorded = f"Recorded in case {standing.reference}: Departure from: {what}"
        keep(opened, standing, draft, recorded, moment, at=at_time, as_json=as_json, also=also)


def _rule(known: ProcedureSet) -> list[str]:
    """What the procedures say about departing from them."""
    from cpcli.procedures.cites import say_cites

    rule = known.departure
    return [f"{rule.tell} ({rule.level}, {say_cites(known.id, rule.cite)})"] if rule else []


def extend(
    case: CaseArgument,
    duty: DutyArgument,
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help='The new date: 15/01/2027, "Fri 17:00".')
    ] = None,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Record a later date for a duty, on whose written authority, and why; where the procedure has a rule for
    one.

    As JSON it takes to, authority and why.

    \b
    Example:
      cpcli case extend 2026-0001 assessment --to 15/01/2027
      cpcli case extend 1 assessment --to 15/01/2027 --json-in - < extension.json
    """
    from cpcli.casework.entry import extended
    from cpcli.cli.asking import Field, said
    from cpcli.cli.case_record import keep
    from cpcli.cli.find_in_case import known_duty, refuse_missing, when
    from cpcli.cli.now import now
    from cpcli.output.words import say

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        by = rules_of(standing, opened)
        found = known_duty(duty, standing, by, at_time)
        refuse_missing(found.walk, standing, by)
        laid = next(each for each in by.pathway(_pathway(found)).duties if each.id == found.duty)
        _may_be_extended(found, laid)
        fields = (
            Field(
                "to", "Until when? (for example 15/01/2027)", missing="Say until when with --to 15/01/2027."
            ),
            Field("authority", "On whose written authority?"),
            Field("why", "Why?"),
        )
        about = [f"{found.do}, due {say(found.due)}. Who may agree a later date: {laid.extends}"]
        given = said(json_in, fields, {"to": to}, about=about)
        until = when(given["to"], at_time, ahead=True)
        _must_be_later(found, until)
        draft = extended(found.walk, found.key, until, authority=given["authority"], why=given["why"])
        recorded = f"Recorded in case {standing.reference}: a later date for: {found.do}"
        keep(opened, standing, draft, recorded, until, at=at_time, as_json=as_json, with_old=True)


def _pathway(duty: DutyState) -> str:
    return f"{duty.source}/{duty.pathway}"


def _may_be_extended(found: DutyState, laid: Duty) -> None:
    from cpcli.cli.errors import UsageFault
    from cpcli.output.words import citation

    if not laid.extends:
        raise UsageFault(
            f"The procedure has no rule for a later date for {found.key} "
            f"({citation(found.source, found.cite)}). Where it cannot be kept, record why: "
            f"cpcli case depart {found.case} {found.key}."
        )
    if found.state not in ("open", "waiting"):
        raise UsageFault(f"{found.key} is {found.state} ({found.why}), so there is nothing to extend.")
    if not found.due:
        raise UsageFault(
            f"{found.key} has no due date yet ({found.why or found.limit}), so none can be later."
        )


def _must_be_later(found: DutyState, until: str) -> None:
    from cpcli.casework.dating import end_of
    from cpcli.cli.errors import UsageFault
    from cpcli.output.words import say

    if end_of(until) <= end_of(found.due):
        raise UsageFault(
            f"{say(until)} is no later than {say(found.due)}, when {found.key} is due. Nothing was recorded."
        )
