"""`cpcli start` and `cpcli resume`: walking through a procedure."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpcli.cli.completing import complete_pathway
from cpcli.cli.context import (
    JsonOption,
    StoreOption,
    find_pathway,
    installed_sets,
    rules,
    settings,
    stands,
    store,
    store_path,
)
from cpcli.cli.errors import UsageFault
from cpcli.output.safe import safe
from cpcli.output.tell import tell

if TYPE_CHECKING:
    from cpcli.procedures.model import Pathway, ProcedureSet
    from cpcli.prompts.asker import Asker
    from cpcli.store.store import Store

AnswersOption = Annotated[
    str | None,
    typer.Option(
        "--answers",
        metavar="FILE",
        help="Answers in JSON or YAML, in place of questions; - is standard input.",
    ),
]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="Ask line by line, without drawing on the screen.")
]


def start(  # noqa: PLR0917
    pathway: Annotated[
        str | None,
        typer.Argument(
            metavar="[PATHWAY]",
            help="`cpcli pathways` lists them.",
            autocompletion=complete_pathway,
        ),
    ] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", metavar="ROLE", help="Your role, in place of CPCLI_ROLE and of being asked."),
    ] = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="Walk it as a further part of this case.")
    ] = None,
    set_id: Annotated[
        str | None, typer.Option("--set", metavar="SET", help="The procedure set to go by.")
    ] = None,
    answers: AnswersOption = None,
    template: Annotated[
        bool,
        typer.Option("--template", help="Print an empty answers file for the pathway, and do nothing else."),
    ] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    at_store: StoreOption = None,
) -> None:
    """Walk through a procedure, question by question, and say what to do next and by when.

    Every answer is kept as soon as it is given: leave at any question, and `cpcli resume` goes on there.
    Without PATHWAY it begins where the procedures say to begin.

    \b
    Example:
      cpcli start
      cpcli start cafcass-2017/referral --role registered-practitioner
      cpcli start cafcass-2017/referral --template > answers.yaml
      cpcli start cafcass-2017/referral --answers answers.yaml --json
    """
    from cpcli.cli import walking

    asks = answers is None and not template
    by = walking.asker(plain, as_json) if asks else None
    chosen = _pathway(pathway, set_id, by)
    if template:
        from cpcli.output.data import write_text

        write_text([safe(_template(chosen))])
        return
    given = walking.answers(answers) if answers is not None else {}
    procedures = rules().procedure_set(chosen.source)
    mine = _role(procedures, role, given.pop("role", None), by)
    _may(chosen, mine, procedures)
    from cpcli.prompts.sitting import begin

    with store(at_store, create=True) as opened:
        further = opened.case(opened.find(case)) if case is not None else None
        sitting = begin(walking.desk(opened, further), chosen, mine, further, given)
        if by is None:
            walking.fill_in(sitting, given, "standard input" if answers == "-" else str(answers), as_json)
        else:
            walking.ask(sitting, by, as_json)


def resume(
    case: Annotated[
        str | None,
        typer.Argument(metavar="[CASE]", help="Its reference, or as much as is unique: 2026-0001, 1."),
    ] = None,
    answers: AnswersOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    at_store: StoreOption = None,
) -> None:
    """Go on with a walk that was left, at the first question that has no answer.

    Without CASE it is the walk that is unfinished, if there is one alone. A finished walk goes on where
    something that has happened since raises a question. Where there is none, the last is shown again, and
    its answers can be corrected.

    \b
    Example:
      cpcli resume
      cpcli resume 2026-0001
      cpcli resume 1 --answers rest.yaml
    """
    from cpcli.cli import walking
    from cpcli.cli.case_record import is_closed
    from cpcli.cli.find_in_case import refuse_missing
    from cpcli.prompts.sitting import at_hand, opened_again, unfinished
    from cpcli.prompts.sitting import resume as sit_down

    by = walking.asker(plain, as_json) if answers is None else None
    given = walking.answers(answers) if answers is not None else {}
    if case is None and not stands(store_path(at_store)):
        _nothing_unfinished(by, as_json, f"There is no store at {store_path(at_store)} yet.")
    with store(at_store) as opened:
        found = opened.case(opened.find(case) if case is not None else _unfinished(opened, by, as_json))
        reference = found.reference
        if found.closed:
            tell(is_closed(reference))
        desk = walking.desk(opened, found)
        to_answer = unfinished(desk, found) or opened_again(desk, found)
        walk = to_answer or next(iter(at_hand(desk, found)), None)
        if walk is None and found.walks:
            refuse_missing(max(found.walks), found, desk.rules)
        if walk is None:
            raise UsageFault(f"Case {reference} has no walk. Begin one: cpcli start --case {reference}")
        sitting = sit_down(desk, found, walk)
        if by is not None:
            walking.ask(sitting, by, as_json)
            return
        if to_answer is None:
            raise UsageFault(
                f"Every walk of case {reference} is finished. To correct it: cpcli resume {reference}"
            )
        role = given.pop("role", None)
        if role not in (None, walk.role):
            raise UsageFault(f"The walk was begun by somebody whose role is {walk.role}, not {role}.")
        walking.fill_in(sitting, given, "standard input" if answers == "-" else str(answers), as_json)


def _pathway(name: str | None, set_id: str | None, by: Asker | None) -> Pathway:
    """The pathway asked for; the one that the set begins with where none is named."""
    if name is not None:
        whole = name if set_id is None or "/" in name else f"{set_id}/{name}"
        return rules().pathway(_one(whole, by))
    procedures = rules().procedure_set(set_id) if set_id is not None else _set(by)
    if not procedures.begin_with:
        raise UsageFault(
            f"{procedures.title} does not say where to begin: see `cpcli pathways --set {procedures.id}`."
        )
    return rules().pathway(f"{procedures.id}/{procedures.begin_with}")


def _one(name: str, by: Asker | None) -> str:
    """The pathway's whole name; of several sets that have one of this name, the one that the person says."""
    from cpcli.procedures.catalogue import Ambiguous
    from cpcli.prompts.opening import ask_pathway

    try:
        return find_pathway(name)
    except Ambiguous as several:
        if by is None or not sys.stdin.isatty():
            raise
        said = ask_pathway(
            [
                (each, rules().pathway(each), rules().procedure_set(each.split("/")[0]))
                for each in several.choices
            ],
            by,
        )
        if said is None:
            raise _left(by) from None
        return said


def _set(by: Asker | None) -> ProcedureSet:
    """The set that the settings name, the only one at hand, or the one that the person says."""
    from cpcli.prompts.opening import ask_set

    if settings().set:
        return rules().procedure_set(settings().set)
    installed = installed_sets()
    if not installed:
        raise UsageFault("There is no procedure set at hand. CPCLI_PROCEDURES names the folder of one.")
    if len(installed) == 1:
        return installed[0]
    if by is None or not sys.stdin.isatty():
        names = ", ".join(one.id for one in installed)
        raise UsageFault(f"Say which procedures, with --set, or which pathway. The sets at hand: {names}.")
    said = ask_set(installed, by)
    if said is None:
        raise _left(by)
    return rules().procedure_set(said)


def _left(by: Asker) -> Exception:
    """Somebody left before the first question; where the input ended, it is said what to type."""
    if by.input_ended and not sys.stdin.isatty():
        return UsageFault(
            "The input ended before the first question, so nothing is kept. Type at a terminal, or give "
            "--answers FILE with --role (cpcli start PATHWAY --template writes the file)."
        )
    return typer.Exit()


def _role(procedures: ProcedureSet, said: str | None, in_file: Any, by: Asker | None) -> str:
    """Whose role it is: the option's, the file's, CPCLI_ROLE's, the settings', or what the person says."""
    from cpcli.procedures.words import did_you_mean
    from cpcli.prompts.opening import ask_role, roles_of

    known = [one.id for one in roles_of(procedures)]
    if said is not None and in_file not in (None, said):
        raise UsageFault(f"--role says {said}, and the answers file says {in_file}. Take one of them out.")
    for role in (said, in_file):
        if role is not None and role not in known:
            raise UsageFault(f"{procedures.title} has no role {role!r}. {did_you_mean(str(role), known)}")
        if role is not None:
            return str(role)
    usual = os.environ.get("CPCLI_ROLE", "").strip() or settings().role
    if usual in known:
        return usual
    if by is not None:
        asked = ask_role(procedures, by)
        if asked is None:
            raise _left(by)
        return asked
    if len(known) == 1:
        return known[0]
    whose = "CPCLI_ROLE says" if os.environ.get("CPCLI_ROLE", "").strip() else "The settings say"
    also = f" {whose} {usual!r}, which is none of them." if usual else ""
    raise UsageFault(f"role: missing. Give --role, or role in the answers file: {', '.join(known)}.{also}")


def _may(pathway: Pathway, role: str, procedures: ProcedureSet) -> None:
    from cpcli.prompts.opening import instead

    barred = instead(pathway, role, procedures)
    if barred is not None:
        raise UsageFault(barred)


def _template(pathway: Pathway) -> str:
    from cpcli.prompts.answers_file import template
    from cpcli.prompts.opening import roles_of

    procedures = rules().procedure_set(pathway.source)
    may = [role for role in roles_of(procedures) if not pathway.open_to or role.id in pathway.open_to]
    return template(pathway, procedures, tuple(may))


def _unfinished(opened: Store, by: Asker | None, as_json: bool) -> str:
    """The case of the only unfinished walk, or of the one that the person says."""
    from cpcli.casework.stand_in import title_of
    from cpcli.clock.when import from_iso, say_date
    from cpcli.prompts.asker import Choice, Command, Prompt
    from cpcli.store.unfinished import unfinished

    found = {one.case: one for one in reversed(unfinished(opened, 100))}
    choices = [
        Choice(
            one.case,
            f"{one.case}: {title_of(one.pathway, rules())}, begun {say_date(from_iso(one.begun))}",
        )
        for one in reversed(found.values())
    ]
    if not choices:
        _nothing_unfinished(by, as_json, "No walk is unfinished.")
    if len(choices) == 1:
        return choices[0].key
    if by is None or not sys.stdin.isatty():
        tell("\n".join(choice.label for choice in choices))
        raise UsageFault(
            "Several walks are unfinished. Say which, for example: cpcli resume " + choices[0].key
        )
    said = by.pick(Prompt("Which walk do you go on with?"), choices)
    if isinstance(said, Command):
        raise typer.Exit
    return said


def _nothing_unfinished(by: Asker | None, as_json: bool, why: str) -> None:
    said = f"{why} To begin a walk: cpcli start"
    if by is None or as_json:  # a script has answers that would be lost, or waits for the record
        raise UsageFault(said)
    tell(said)
    raise typer.Exit
