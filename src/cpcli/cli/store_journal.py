"""`cpcli store export` and `verify`: the journal in a file, which can be proved where there is no store."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli.context import JsonOption, StoreOption, complete_case, store
from cpcli.cli.errors import UsageFault
from cpcli.cli.store import SealOption, entries, kept_seals, read_seals, sealed
from cpcli.cli.store_backup import ReplaceOption
from cpcli.output.tell import put

if TYPE_CHECKING:
    from cpcli.store.journal_file import Verified
    from cpcli.store.store import Store


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make; - is standard output.")],
    case: Annotated[
        str | None,
        typer.Option(
            "--case",
            metavar="CASE",
            help="This case alone; of others, what is recorded is left out.",
            autocompletion=complete_case,
        ),
    ] = None,
    replace: ReplaceOption = False,
    at_store: StoreOption = None,
) -> None:
    """Write the journal with its chain of hashes, all of it or one case, for `store verify` elsewhere.

    A file of one case also has when, by whom, in which case and of what kind every entry since then was, so
    that it can be seen that none is missing; what others say is left out. It is not encrypted.

    \b
    Example:
      cpcli store export journal.ndjson
      cpcli store export --case 2026-0001 case.ndjson
    """
    with store(at_store, read_only=True) as opened:
        reference = opened.find(case) if case else ""
        if str(file) == "-":
            from cpcli.cli.open_to_others import say_if_open
            from cpcli.output.data import write_lines
            from cpcli.store.journal_file import lines

            say_if_open()
            write_lines(lines(opened, reference))
            return
        number, last = _written(opened, reference, file.expanduser().absolute(), replace)
    what = f"case {reference}, in the journal's chain" if reference else "the journal"
    put(f"Wrote {what} up to entry {number:,}. Whoever has the file can read it.\n{sealed(number, last)}")


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file; - is standard input.")],
    seal: SealOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prove a file that `store export` wrote: every entry as it was recorded, and none missing between.

    It needs no store. A file could have been made anew from beginning to end: only a seal that was kept
    elsewhere shows that it was not. The exit code is 1 if anything is wrong, and 2 if it is no such file.

    \b
    Example:
      cpcli store verify case.ndjson
      cpcli store verify --seal 12:5f0c9b7e... journal.ndjson
    """
    from cpcli.store.journal_file import NoJournalFile, verify

    seals = read_seals(seal)
    given = str(file) != "-"
    try:
        with file.expanduser().open("rb") if given else nullcontext(sys.stdin.buffer) as source:
            found = verify(source, seals)
    except NoJournalFile as problem:
        raise UsageFault(f"{file if given else 'What was given'} {problem}.") from None
    if as_json:
        from cpcli.output.data import write_object

        write_object(
            {
                "sound": not found.wrong,
                "problem": found.wrong or None,
                "case": found.case or None,
                "entries": found.entries,
                "erased": found.erased,
                "last": found.last,
                "hash": found.hash,
            }
        )
    elif found.wrong:
        put(found.wrong)
    else:
        _say(found, seals)
    if found.wrong:
        raise typer.Exit(1)


def _say(found: Verified, seals: Mapping[int, str]) -> None:
    of = f" of case {found.case}" if found.case else ""
    erased = (
        f" What {entries(found.erased)} said has been erased, as a later one says." if found.erased else ""
    )
    put(f"Sound: {entries(found.entries)}{of}, whole and unchanged{kept_seals(seals)}.{erased}")
    put(sealed(found.last, found.hash))


def _written(opened: Store, reference: str, to: Path, replace: bool) -> tuple[int, str]:
    """Write the file whole or not at all, its owner's only; the number and hash of its last entry."""
    from cpcli.procedures.private import sync
    from cpcli.store.backup import refuse_own
    from cpcli.store.faults import making
    from cpcli.store.journal_file import lines
    from cpcli.store.making import draft, put_in_place

    if to.is_dir():
        raise UsageFault(f"{to} is a folder. Name a file in it.")
    if not to.parent.is_dir():
        raise UsageFault(f"There is no folder {to.parent} for it. Make it, or name another place.")
    refuse_own(to, opened.path)
    taken = UsageFault(f"There is something at {to} already. Name another file, or add --replace.")
    if to.exists() and not replace:
        raise taken
    with making(to), draft(to) as part:
        head: dict[str, object] = {}
        with part.open("w", encoding="utf-8", newline="\n") as out:
            for line in lines(opened, reference):
                head = head or line
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())
        if replace:
            part.replace(to)
            sync(to.parent)
        elif not put_in_place(part, to):
            raise taken
    return int(str(head["last"])), str(head["hash"])
