"""`cpcli case amend`: putting right when something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli.case_args import AtOption, CaseArgument, JsonInOption, JsonOption, StoreOption, YesOption
from cpcli.cli.context import rules_of, store

if TYPE_CHECKING:
    from datetime import datetime

    from cpcli.casework.case import Case
    from cpcli.casework.layout import Rules
    from cpcli.casework.told import Done, Recorded


def amend(
    case: CaseArgument,
    entry: Annotated[
        int, typer.Argument(metavar="ENTRY", help="The number of the entry, as `case history` shows it.")
    ],
    *,
    at: AtOption = None,
    never: Annotated[bool, typer.Option("--never", help="It did not happen at all.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what it would change, and record nothing.")
    ] = False,
    yes: YesOption = False,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Correct when something happened, or that it did not, and why. What hangs on it is worked out anew, and
    shown before you agree.

    ENTRY recorded an event or a duty done; it stays in the journal as it is. An answer is corrected in its
    walk: `cpcli resume CASE` goes back to it. As JSON it takes at, or never, and reason.

    \b
    Example:
      cpcli case amend 2026-0001 24 --at "yesterday 16:00"
      cpcli case amend 2026-0001 24 --never
      cpcli case amend 1 24 --json-in - --yes < correction.json
    """
    from cpcli.casework.entry import amended
    from cpcli.casework.recorded import what_of
    from cpcli.casework.told import Done
    from cpcli.cli.asking import Field, agreed, can_ask, said
    from cpcli.cli.case_record import keep, refuse_changed, would_be
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.find_in_case import known_entry, refuse_missing
    from cpcli.cli.now import now
    from cpcli.output.timeline import correction
    from cpcli.output.words import say

    at_time = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case))
        one = known_entry(entry, standing)
        if as_json and not (yes or dry_run):
            raise UsageFault(
                "With --json nothing is asked: --dry-run shows what it changes, --yes records it."
            )
        if at is not None and never:
            raise UsageFault("Either it happened at another time (--at), or it did not (--never).")
        by = rules_of(standing, opened)
        if isinstance(one, Done):
            refuse_missing(one.walk, standing, by)
        what = what_of(one, standing, by)
        stands = say(one.at) if one.at else "did not happen"
        needed = not never and json_in is None
        missing = "Say when it did happen with --at, or that it did not with --never."
        fields = (
            Field("at", "When did it happen? (never, if it did not)", needed, not never, missing=missing),
            Field("reason", "Why is it corrected?", needed=not dry_run, asked=not dry_run),
        )
        about = [f"Entry {entry}: {what}, {stands}. Recorded by {one.who}."]
        given = said(json_in, fields, {"at": at}, flags=("never",), about=about)
        to = _corrected(one, given["at"], standing, by, at_time, never=never or "never" in given.flags)
        draft = amended(entry, to or None, reason=given["reason"])
        change = would_be(opened, standing, draft, at_time)
        cautions = _cautions(one, to, change.case, by, at_time)
        title = f"Correction of entry {entry}: {what}: {correction({'was': one.at, 'to': to})}"
        if not (dry_run or yes or can_ask()):
            raise UsageFault("There is nobody to ask: --dry-run shows what it changes, --yes records it.")
        if dry_run or not yes:
            change.show(title, cautions, as_json=as_json, with_old=True)
        if dry_run:
            return
        agreed("Record this correction?", yes=yes)
        refuse_changed(opened, standing)
        recorded = f"Recorded in case {standing.reference}: {title[0].lower()}{title[1:]}"
        keep(
            opened,
            standing,
            draft,
            recorded,
            at=at_time,
            as_json=as_json,
            cautions=cautions if yes else [],
            show=yes,
            with_old=True,
        )


def _corrected(one: Recorded | Done, text: str, case: Case, by: Rules, now: datetime, *, never: bool) -> str:
    """The right time, ISO; "" where it did not happen."""
    from cpcli.casework.events import may_lie_ahead
    from cpcli.casework.layout import is_ahead
    from cpcli.casework.told import Recorded
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.find_in_case import when
    from cpcli.output.words import say

    if never and text:
        raise UsageFault("Either it happened at another time (at), or it did not (never).")
    if never or text.lower() == "never":
        to = ""
    elif not text:
        raise UsageFault("Say when it did happen (at), or that it did not (never).")
    else:
        planned = isinstance(one, Recorded) and (
            may_lie_ahead(one.event, case, by) or (one.at != "" and is_ahead(one.at, one.told))
        )
        to = when(text, now, ahead=planned)
    if to == one.at:
        stands = say(to) if to else "that it did not happen"
        raise UsageFault(f"Entry {one.seq} says {stands} already. Nothing was changed.")
    return to


def _cautions(one: Recorded | Done, to: str, after: Case, by: Rules, now: datetime) -> list[str]:
    from cpcli.casework.events import too_early
    from cpcli.casework.odd_dates import odd_date
    from cpcli.casework.told import Recorded

    event = one.event if isinstance(one, Recorded) else ""
    odd = odd_date(to, after, by, now, event) if to else ""
    return [*([odd] if odd else []), *(too_early(event, to, after, by, now) if event and to else [])]
