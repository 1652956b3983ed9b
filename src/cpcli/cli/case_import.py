"""`cpcli case import`: cases from another store, another system or a spreadsheet."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from cpcli.cli.context import JsonOption, StoreOption
from cpcli.cli.lines import no_json, numbered
from cpcli.output.tell import put, tell

if TYPE_CHECKING:
    from cpcli.casework.case_reading import Reader
    from cpcli.cli.bringing_in import Outcome
    from cpcli.cli.case_csv import Given


SOME = 10
"""More cases than these are not named in one line."""
WHY_IDLE = (
    "what follows in their procedures depends on answers. Give them in columns named as the steps, or with "
    "`cpcli resume`."
)


def case_import(  # noqa: PLR0917 - one parameter for each option
    file: Annotated[str, typer.Argument(metavar="FILE", help="NDJSON or CSV; - is standard input.")],
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say what would be brought in and what is wrong; record nothing."),
    ] = False,
    renumber: Annotated[
        bool, typer.Option("--renumber", help="Give a case whose reference is taken here a new one.")
    ] = False,
    keep_unknown: Annotated[
        bool,
        typer.Option(
            "--keep-unknown", help="Take events, duties and answers that no procedure knows (any more)."
        ),
    ] = False,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Bring in cases: what `case export` wrote, or a spreadsheet with a row for each event.

    Each case is brought in whole or not at all. Of one with a fault, every bad row is named by its line, and
    the others are brought in. A case that is here already as the file has it is left as it is, so that a file
    can be brought in again. docs/import.md describes the file.

    \b
    Example:
      cpcli case import cases.csv --dry-run
      cpcli case import cases.ndjson
      ssh duty cpcli case export --all | cpcli case import -
    """
    from functools import cache

    from cpcli.casework.case_reading import Reader
    from cpcli.cli.bringing_in import OUT, Desk
    from cpcli.cli.context import find_pathway, rules, stands, store, store_path, who
    from cpcli.cli.now import now

    at = now()
    reader = Reader(rules(), cache(find_pathway), who(), at, keep_unknown)
    with ExitStack() as stack:
        stream = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
        opened = None
        if not dry_run or stands(store_path(at_store)):
            opened = stack.enter_context(store(at_store, create=not dry_run, read_only=dry_run))
        desk = Desk(opened, reader, dry_run=dry_run, renumber=renumber)
        outcomes = [desk.take(given) for given in _shown(*cases_in(stream, reader))]
    _say(outcomes, dry_run=dry_run, as_json=as_json)
    if not outcomes or any(one.state == OUT for one in outcomes):
        raise typer.Exit(2)


def cases_in(stream: BinaryIO, reader: Reader) -> tuple[Iterator[Given], int | None]:
    """The cases of NDJSON or CSV, which the first byte that is not blank says; and what they weigh together,
    where that is known.
    """
    from cpcli.cli.errors import UsageFault

    lines = numbered(stream)
    for place in lines:
        first = place[1].removeprefix(b"\xef\xbb\xbf")
        if first.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise UsageFault("The file is saved as UTF-16: save it as CSV UTF-8 and try again.")
        if first.strip():
            break
    else:
        raise UsageFault("There is nothing in the file, so nothing is brought in.")
    if first.lstrip().startswith(b"["):
        raise UsageFault("The file is a JSON array: write one case a line (jq -c '.[]' does so).")
    rest = chain([(place[0], first)], lines)
    if first.lstrip().startswith(b"{"):
        return _json_cases(rest), os.fstat(stream.fileno()).st_size or None
    from cpcli.cli.case_csv import csv_cases

    found = csv_cases(rest, reader.now, reader.steps)
    if found.left_out:
        tell(f"Nothing is taken from the columns: {', '.join(found.left_out)}.")
    return iter(found.cases), len(found.cases)


def _json_cases(lines: Iterable[tuple[int, bytes]]) -> Iterator[Given]:
    from json import JSONDecodeError, loads

    from cpcli.cli.case_csv import Given

    for number, line in lines:
        if not line.strip():
            continue
        case, fault = None, ""
        try:
            case = loads(line.decode(), parse_constant=no_json)
        except JSONDecodeError as error:
            fault = f"this is not JSON ({error.msg}, column {error.colno})."
        except (ValueError, RecursionError):
            fault = "this is not JSON in UTF-8."
        yield Given(number, case, faults=((number, fault),) if fault else (), weight=len(line))


def _shown(cases: Iterator[Given], whole: int | None) -> Iterator[Given]:
    """The cases as they come, with a bar on a terminal that shows how far along they are."""
    if not sys.stderr.isatty():
        yield from cases
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Bringing in cases"), BarColumn(), TextColumn("{task.fields[number]:,}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=whole, number=0)
        for number, given in enumerate(cases, 1):
            yield given
            progress.update(task, advance=given.weight, number=number)


def _say(outcomes: list[Outcome], *, dry_run: bool, as_json: bool) -> None:
    """What became of them: faults and a line for all on standard error, new references on standard output."""
    from cpcli.cli.bringing_in import BROUGHT, HERE, OUT

    for one in outcomes:
        for line, says in (*one.faults, *one.cautions):
            case = f"case {one.given}: " if _is_reference(one.given) else ""
            tell(f"line {line:,}: {case}{says}".replace("\n", " "))
    if as_json:
        from cpcli.output.data import write_object

        write_object({"dry_run": dry_run, "cases": [_as_object(one) for one in outcomes]})
    else:
        for one in outcomes:
            if one.case and one.case != one.given:
                put(f"{one.given or f'line {one.line:,}'} is case {one.case}")
        idle = [one.case or f"line {one.line:,}" for one in outcomes if one.idle]
        if idle:
            more = f" and {len(idle) - SOME:,} more" if len(idle) > SOME else ""
            tell(
                (f"Nothing is to be done yet in {', '.join(idle[:SOME])}{more}: {WHY_IDLE}"),
            )
    counts = {state: sum(one.state == state for one in outcomes) for state in (BROUGHT, HERE, OUT)}
    parts = [f"{count:,} {state}" for state, count in counts.items() if count]
    dry = " Nothing was recorded: this was a dry run." if dry_run else ""
    number = len(outcomes)
    tell(f"{number:,} case{'' if number == 1 else 's'}: {', '.join(parts)}.{dry}")


def _is_reference(given: str) -> bool:
    """Whether it is a number of some kind: a case may be called by a name elsewhere, which no error has.

    Smith-2014 has a number and is a name: more than three letters together are.
    """
    return re.fullmatch(r"(?=\D*\d)(?!.*[^\W\d_]{4})[\w./-]+", given) is not None


def _as_object(one: Outcome) -> dict[str, Any]:
    return {
        "line": one.line,
        "given": one.given or None,
        "case": one.case or None,
        "state": one.state,
        "idle": one.idle,
        "faults": [{"line": line, "says": says} for line, says in one.faults],
        "cautions": [{"line": line, "says": says} for line, says in one.cautions],
    }
