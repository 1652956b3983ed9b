"""`cpcli case erase`: taking out all that was recorded in a case, beyond recovery."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpcli.cli.case_args import CaseArgument, JsonInOption, JsonOption, StoreOption, YesOption
from cpcli.cli.context import derive, rules_of, store, who
from cpcli.output.tell import put, tell

if TYPE_CHECKING:
    from datetime import datetime

    from cpcli.casework.case import Case
    from cpcli.casework.layout import Rules

ALL_THE_SAME = (
    "Say why it is erased all the same: at a terminal, or in `although` with --json-in -. Nothing was erased."
)
WHY = "Why is it erased? Write no name: this stays"
UNREAD = (
    "{file} was kept before an update, and cannot be read: it has another key, is in use or is damaged. It "
    "may hold the case, and stays."
)
OUT_OF_REACH = (
    "What left the store is out of reach: backups, exports, printed pages, mails. cpcli has no list of them.",
    "An SSD, a USB stick or a snapshot may keep old bytes for a time: encrypt the whole disk as well.",
)


def erase(
    case: CaseArgument,
    *,
    agreed_by: Annotated[
        str | None, typer.Option("--agreed-by", metavar="NAME", help="Who agreed that it is erased.")
    ] = None,
    yes: YesOption = False,
    json_in: JsonInOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Erase all that was recorded in a case, beyond recovery: names, answers, notes, dates, duties.

    What is left is that there was a case, when and by whom its entries were made, and that they were erased:
    when, by whom, why, and who agreed. The journal's chain stays whole, and `cpcli store check` proves it.
    A copy of the store that was kept before an update, and holds the case, is wiped with it.
    Why is asked for, or read from standard input; it stays, so write no name in it. Where the case is open,
    or its record is to be kept for longer, it is asked too why it is erased all the same. As JSON they are
    why, agreed_by and although.

    \b
    Example:
      cpcli case erase 2026-0001
      cpcli case erase 2026-0001 --agreed-by "B. Manager" --yes < why.txt
    """
    from cpcli.cli.asking import Field, said
    from cpcli.cli.errors import StoreFault, UsageFault
    from cpcli.cli.now import now
    from cpcli.store.erasing import copies_beside, erase, finish
    from cpcli.store.kept import holding, wipe_all

    at = now()
    with store(at_store) as opened:
        standing = opened.case(opened.find(case), even_erased=True)
        kept = holding(opened.path, opened.key, standing.reference)
        if standing.erased:
            cleaned = finish(opened)
        else:
            early = _too_early(standing, rules_of(standing, opened), at)
            number = sum(1 for _ in opened.entries(standing.reference))
            about = [
                f"Case {standing.reference}, {standing.status}: what its {number} entries say is erased."
            ]
            fields = [Field("why", WHY, long=True), Field("agreed_by", "Who agreed that it is erased?")]
            about += [
                f"{file} holds it too, kept before an update: it is wiped with it." for file in kept.sure
            ]
            about += [UNREAD.format(file=file) for file in kept.unread]
            if early:
                about.append(early)
                fields.append(Field("although", "Why is it erased all the same? Write no name", needed=False))
            given = said(json_in, fields, {"agreed_by": agreed_by}, about=about)
            although = given["although"] if early else ""
            if early and not although:
                raise UsageFault(f"{early} {ALL_THE_SAME}")
            _refuse_names([given["why"], although], standing)
            _refuse_unless_typed(standing.reference, yes=yes)
            standing, cleaned = erase(
                opened,
                standing.reference,
                why=given["why"],
                agreed_by=given["agreed_by"],
                although=although,
                who=who(),
                at=at,
                derive=derive(opened),
                seen=standing.last_seq,
            )
        wiped = [str(file) for file in wipe_all(kept.sure)]
        unread = [str(file) for file in kept.unread]
        beside = [str(file) for file in copies_beside(opened.path, opened.key) if str(file) not in unread]
    if not cleaned:
        raise StoreFault(
            f"Case {standing.reference} is erased, but old pages of the store's files may hold it still: "
            "another program has it open, or the disk is full. Mend that, and give the command again."
        )
    _say(standing, wiped, unread, beside, as_json=as_json)


def _too_early(standing: Case, by: Rules, at: datetime) -> str:
    """Why it should not be erased yet, in a sentence or two; "" where nothing says so."""
    from cpcli.casework.duties import duties_of
    from cpcli.casework.keeping import REACHED, keeping
    from cpcli.casework.layout import lay_out
    from cpcli.output.words import citation, say

    found = [] if standing.closed else ["The case is open."]
    events = {one.event for one in lay_out(standing, by, at)[1]}
    kept = keeping(standing.reference, duties_of(standing, by, at), by, lambda: events)
    if by.missing:
        found.append("How long it is to be kept cannot be worked out.")
        found += by.missing.values()
    if kept.until and kept.state(at.date().isoformat()) != REACHED:
        duty = kept.rules[0].duty
        found.append(f"It is to be kept until {say(kept.until)} ({citation(duty.source, duty.cite)}).")
    found += kept.missing
    return " ".join(found)


def _refuse_names(texts: list[str], standing: Case) -> None:
    """What stays may not name anybody whom the case names."""
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.find_in_case import says_a_name

    if any(says_a_name(text, standing) for text in texts):
        raise UsageFault(
            "The reason has a name in it that the case has too, and the reason stays. Write it without. "
            "Nothing was erased."
        )


def _refuse_unless_typed(reference: str, *, yes: bool) -> None:
    """Go on only where somebody types the case's whole reference, or has said --yes."""
    from cpcli.cli.asking import can_ask
    from cpcli.cli.errors import CheckFailed, UsageFault

    if yes:
        return
    if not can_ask():
        raise UsageFault("There is nobody to ask whether it is meant: --yes erases it. Nothing was erased.")
    tell("It cannot be undone. Type the case's whole reference to erase it: ", end="")
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    if line.strip() != reference:
        raise CheckFailed("That is not its reference. Nothing was erased.")


def _say(standing: Case, wiped: list[str], unread: list[str], beside: list[str], *, as_json: bool) -> None:
    """What is left of it, what went with it, and what was not reached."""
    from cpcli.casework.recorded import case_json

    if as_json:
        from cpcli.output.data import write_object

        found: dict[str, Any] = {
            "case": case_json(standing),
            "wiped": wiped,
            "unread": unread,
            "beside": beside,
            "out_of_reach": [*OUT_OF_REACH],
        }
        write_object(found)
        return
    entries = standing.erased.entries if standing.erased else 0
    put(f"Erased: case {standing.reference}, {entries} entries. Its files have been written anew.")
    for file in wiped:
        put(f"Wiped with it, a copy kept before an update: {file}")
    for file in unread:
        put(f"{UNREAD.format(file=file)} If you do not need it: {_delete(file)}")
    for file in beside:
        put(f"Not touched, and may hold it still: {file}")
    for line in OUT_OF_REACH:
        put(line)


def _delete(file: str) -> str:
    """How it is deleted on the command line, with what a program that had it open has left beside it."""
    beside = (f"{file}{end}" for end in ("-wal", "-shm", "-journal"))
    files = [file, *(each for each in beside if os.path.exists(each))]  # noqa: PTH110
    if os.name == "nt":
        return " ".join(["del", *(f'"{each}"' for each in files)])
    return f"rm {shlex.join(files)}"
