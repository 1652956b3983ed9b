"""What every command needs: the rules, the store, who asks. No lower floor reads the environment.

Imports stand in the functions: a command pays only for what it uses.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cpcli.casework.case import Case
    from cpcli.casework.derived import Derive
    from cpcli.casework.entry import Draft
    from cpcli.casework.layout import Rules
    from cpcli.cli.settings import Settings
    from cpcli.clock.calendar import Calendar
    from cpcli.procedures.model import Pathway, ProcedureSet
    from cpcli.store.key import Key
    from cpcli.store.store import Store

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store", metavar="FILE", help="The store to use, instead of CPCLI_STORE or the usual place."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write one JSON object, and nothing else.")]


def who() -> str:
    """Who records: CPCLI_USER, or the name that the system knows the person by, on one line."""
    import getpass

    from cpcli.casework.case_values import text_fault
    from cpcli.cli.errors import UsageFault

    try:
        named = " ".join((os.environ.get("CPCLI_USER", "").strip() or getpass.getuser()).split())
    except (OSError, KeyError, ImportError):
        raise UsageFault("The system does not say who you are. Set CPCLI_USER to your name.") from None
    fault = text_fault(named)
    if fault:
        raise UsageFault(f"Your name, as CPCLI_USER or the system has it, {fault} Set CPCLI_USER anew.")
    return named


def store_path(path: Path | None = None) -> Path:
    """Where the store is: `path`, or CPCLI_STORE, or the usual place."""
    if path is not None:
        return path.expanduser()
    from cpcli.store.where import default_path

    return default_path(os.environ)


def stands(path: Path) -> bool:
    """Whether something stands there, or may: whoever opens it says why it cannot be looked at."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def store(path: Path | None = None, *, create: bool = False, read_only: bool = False) -> Store:
    """The store, opened; use it in a `with`. One that is made is encrypted where the settings say so.

    Raises StoreProblem.
    """
    from cpcli.store.store import open_store

    at = store_path(path)
    if create and (path is not None or "CPCLI_STORE" in os.environ) and not stands(at.parent):
        from cpcli.output.tell import tell

        tell(f"There was no folder {at.parent}: it is made, and a new store in it.")
    if create and settings().encrypted and not stands(at):
        from cpcli.cli.key_making import make_store

        make_store(at)
    opened = open_store(at, create=create, read_only=read_only, waiting=_say_waiting, find_key=find_key)
    if "_CPCLI_COMPLETE" not in os.environ:
        _bring_up_to_date(opened)
    return opened


def _say_waiting() -> None:
    from cpcli.output.tell import tell

    tell("Another program is writing to the store. Yours is recorded when it has done.")


def _bring_up_to_date(opened: Store) -> None:
    """Say which copy of an older store was kept, and fill the tables that it did not have."""
    from cpcli.output.tell import tell

    if opened.kept is not None:
        tell(f"The store was brought up to date. A copy of it as it was is kept: {opened.kept}")
    if opened.is_out_of_date():
        tell("Everything in it is worked out anew, once.")
        say_left(opened.rebuild(derive(opened)))


def say_left(left: Mapping[str, str]) -> None:
    """Which cases could not be worked out anew, and what to do."""
    from cpcli.output.tell import tell

    for reference, why in left.items():
        tell(f"Case {reference}: what follows from it was left as it was. {why}")
    if left:
        tell("When its procedures are at hand again: cpcli store rebuild")


def find_key(path: Path, salt: bytes) -> Key:
    """The key to the encrypted store at `path`. Raises StoreProblem."""
    from cpcli.cli import unlock

    return unlock.find_key(path, salt)


@cache
def settings() -> Settings:
    """The team's settings. Raises UsageFault with the file, the key, and what to write."""
    from cpcli.cli.folders import config_folder
    from cpcli.cli.settings import path, read

    return read(path(config_folder()))


@cache
def calendar(nation: str = "") -> Calendar:
    """The days of a nation, with the team's closures, terms and hours; every date is worked out by it.

    Without a nation it is the settings'; England's, where they name none.
    """
    from cpcli.clock.calendar import Calendar

    ours = settings()
    return Calendar(nation or ours.nation or "England", ours.closures, ours.terms, ours.closes)


@cache
def rules() -> Rules:
    """The procedure sets at hand, and the calendars."""
    from cpcli.casework.layout import Rules
    from cpcli.cli.folders import cache_folder, data_folders
    from cpcli.procedures import catalogue

    roots, kept = data_folders(), cache_folder()

    @cache
    def pathway(name: str) -> Pathway:
        return catalogue.pathway(roots, name, kept)

    @cache
    def procedure_set(name: str) -> ProcedureSet:
        found, first_day = catalogue.procedure_set(roots, name, kept), settings().first_day
        return found if first_day is None else replace(found, first_day=first_day)

    return Rules(pathway, procedure_set, calendar)


def find_pathway(name: str) -> str:
    """The whole name, set/pathway, of the pathway that `name` stands for. Raises CatalogueError.

    The set in the settings is meant, where it is named there.
    """
    from cpcli.cli.folders import cache_folder, data_folders
    from cpcli.procedures import catalogue

    return catalogue.find_pathway(name, data_folders(), cache_folder(), settings().set or "")


def installed_sets() -> list[ProcedureSet]:
    """Every procedure set at hand."""
    from cpcli.cli.folders import cache_folder, data_folders
    from cpcli.procedures import catalogue

    return catalogue.sets(data_folders(), cache_folder())


def rules_of(case: Case, opened: Store) -> Rules:
    """The rules for this case of the store, with a stand-in for each pathway of it that is not at hand."""
    from cpcli.casework.stand_in import with_stand_ins

    return with_stand_ins(case, rules(), lambda: opened.last_known(case.reference))


def derive(opened: Store) -> Derive:
    """What the store keeps beside the journal. It depends on the case alone: what was recorded, and when."""
    from cpcli.cli.derive import derived

    return lambda case: derived(case, rules_of(case, opened))


def save(
    into: Store, case: str | None, drafts: Sequence[Draft], *, at: datetime, seen: int | None = None
) -> Case:
    """Record these changes to the case (None opens a new one): the one way in which anything is recorded."""
    return into.append(case, drafts, who=who(), at=at, derive=derive(into), seen=seen)


def complete_case(incomplete: str) -> list[tuple[str, str]]:
    """References that begin so, for a shell that completes them. It never fails, and never says a name."""
    try:
        with store(read_only=True) as opened:
            cases = opened.cases()
    except Exception:
        return []
    return [(case.reference, case.title) for case in cases if case.reference.startswith(incomplete)]
