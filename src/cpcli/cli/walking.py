"""What `start` and `resume` have in common: who asks, and what is said at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cpcli.cli.context import derive, rules, rules_of, who
from cpcli.cli.errors import UsageFault
from cpcli.cli.explain import INTERRUPTED, USAGE
from cpcli.cli.now import now
from cpcli.output.tell import put, tell

if TYPE_CHECKING:
    from cpcli.casework.case import Case
    from cpcli.casework.layout import Rules
    from cpcli.prompts.asker import Asker
    from cpcli.prompts.onward import Ended
    from cpcli.prompts.sitting import Desk, Sitting
    from cpcli.store.store import Store


def asker(plain: bool, as_json: bool) -> Asker:
    """Whoever asks: prompts that are drawn, or, where they cannot be or are not wanted, line by line."""
    from cpcli.prompts.asker import can_be_drawn

    out = sys.stderr if as_json and not sys.stdout.isatty() else sys.stdout
    term = os.environ.get("TERM", "" if os.name == "nt" else "dumb")
    if can_be_drawn(
        plain=plain,
        stdin_is_terminal=sys.stdin.isatty(),
        stdout_is_terminal=sys.stdout.isatty(),
        term=term,
    ):
        from cpcli.prompts.guided import Guided

        return Guided(out)
    from cpcli.prompts.plain import Plain

    if isinstance(sys.stdin, TextIOWrapper):
        # Bytes that are no text are refused, not carried along into the record.
        encoding = None if sys.stdin.isatty() else "utf-8-sig"
        sys.stdin.reconfigure(encoding=encoding, errors="strict")
    return Plain(sys.stdin, out)


def desk(opened: Store, case: Case | None = None) -> Desk:
    """Where, by which rules, by whom and when; for a walk in this case, or in a new one."""
    from cpcli.prompts.sitting import Desk

    return Desk(opened, rules_of(case, opened) if case else rules(), who(), now, derive(opened))


def ask(sitting: Sitting, by: Asker, as_json: bool) -> None:
    """The whole walk with somebody to ask, and what it has come to. Raises typer.Exit where it was left."""
    from cpcli.prompts.onward import walk
    from cpcli.prompts.plain import InputError

    try:
        at_its_end = partial(show, sitting.desk.rules)
        ended = walk(sitting, by, (lambda case, number: None) if as_json else at_its_end)
    except InputError as problem:
        raise UsageFault(f"{problem} What was answered before is kept.") from None
    if as_json and ended.sitting.case:
        write(ended.sitting.desk.rules, ended.sitting.case)
    code = _farewell(ended, ran_dry=by.input_ended and not sys.stdin.isatty())
    if code:
        raise typer.Exit(code)


def _farewell(ended: Ended, *, ran_dry: bool) -> int:
    """Say what is kept and how to go on, and give the exit code."""
    sitting = ended.sitting
    if not ended.finished:
        why = "The input ended, so the walk was left before its end." if ran_dry else "Left."
        if sitting.case and not sitting.pending:
            kept = sum(not _is_told(sitting, step) for step in sitting.case.walks[sitting.walk].answers)
            number = f"{kept} answer is" if kept == 1 else f"{kept} answers are"
            said = f"{number} kept. To go on: cpcli resume {sitting.case.reference}"
        else:
            said = "Nothing was answered, so nothing is kept."
        tell(f"{why} {said}")
    if ended.interrupted:
        return INTERRUPTED
    return USAGE if ran_dry and not ended.finished else 0


def _is_told(sitting: Sitting, step: str) -> bool:
    places = sitting.state().places
    return any(place.step.id == step and place.step.kind == "tell" for place in places)


def fill_in(sitting: Sitting, given: Mapping[str, Any], name: str, as_json: bool) -> None:
    """The whole walk from answers that are there already, and what it has come to."""
    from cpcli.prompts.fill_in import fill_in as fill

    filled = fill(sitting, given)
    for fault in filled.faults:
        tell(" ".join(fault.split()))
    if filled.faults or sitting.case is None:
        count = len(filled.faults)
        wrong = "One answer needs mending" if count == 1 else f"{count} answers need mending"
        raise UsageFault(f"{wrong} in {name}; nothing was recorded.")
    for step in filled.unused:
        tell(
            (f"{step}: it does not apply, the other answers being what they are; not recorded."),
        )
    if as_json:
        write(sitting.desk.rules, sitting.case)
    else:
        show(sitting.desk.rules, sitting.case, sitting.walk)


def answers(name: str) -> dict[str, Any]:
    """The answers in the file of this name; in standard input for "-"."""
    from cpcli.prompts.answers_file import MAX_BYTES, AnswersFileError, read_answers

    if name == "-":
        data, said = sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"
    else:
        with Path(name).expanduser().open("rb") as file:
            data, said = file.read(MAX_BYTES + 1), name
    try:
        return read_answers(data, said)
    except AnswersFileError as problem:
        raise UsageFault(str(problem)) from None


def show(by: Rules, case: Case, walk: int) -> None:
    """What the walk has come to, on standard output."""
    from cpcli.casework.record import record
    from cpcli.output.outcome import show_outcome

    if sys.stdout.isatty():
        put("")
    show_outcome(record(case, by, now()), by.procedure_set, walk)


def write(by: Rules, case: Case) -> None:
    """The whole record of the case, as one JSON object on standard output."""
    from cpcli.casework.record import record
    from cpcli.output.data import write_object

    write_object(record(case, by, now()))
