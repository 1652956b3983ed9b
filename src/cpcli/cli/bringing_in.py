"""Taking cases in from elsewhere, one after the other, whole or not at all."""

from __future__ import annotations

from typing import NamedTuple

from cpcli.casework.case import Case, fold
from cpcli.casework.case_form import case_object, stamp
from cpcli.casework.case_reading import CaseGiven, Reader, read_case
from cpcli.casework.derived import Derived
from cpcli.casework.duty_state import DutyState
from cpcli.casework.events import ended_too_early
from cpcli.cli.case_csv import Given
from cpcli.cli.derive import derived
from cpcli.clock.when import from_iso, say_when
from cpcli.procedures.catalogue import CatalogueError
from cpcli.store.faults import CaseTaken
from cpcli.store.store import Store

BROUGHT, HERE, OUT = "brought in", "here already", "left out"
CANNOT_BE = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
    CatalogueError,
)
"""What working a case out can raise where something in it is not what it should be."""


class Outcome(NamedTuple):
    """What became of one case of the file."""

    line: int
    given: str
    """Its reference in the file."""
    case: str
    """Its reference here; "" where it is left out, or would have a new one."""
    state: str
    """BROUGHT, HERE or OUT."""
    faults: tuple[tuple[int, str], ...] = ()
    """Each with its line."""
    idle: bool = False
    """Nothing is to be done in it, nor waits for anything: something has to be answered first."""
    cautions: tuple[tuple[int, str], ...] = ()
    """What to look at again in a case that is brought in, each with its line."""


class Desk:
    """Where cases are taken in, one after the other."""

    def __init__(self, store: Store | None, reader: Reader, *, dry_run: bool, renumber: bool) -> None:
        self.store, self.reader, self.dry_run, self.renumber = store, reader, dry_run, renumber
        known = store.references() if store else []
        self.here = {reference for reference, _ in known}
        self.gone = frozenset(store.erased()) if store else frozenset()
        self.elsewhere = {other: reference for reference, other in known if other}
        """From a reference elsewhere to ours."""
        self.lines: dict[str, int] = {}
        """From a reference in the file to its line."""

    def take(self, given: Given) -> Outcome:
        """Bring it in, unless something is wrong with it or it is here already."""
        name = str(given.case.get("case", "")) if isinstance(given.case, dict) else ""
        found, faults = (None, []) if given.faults and not given.lines else read_case(given.case, self.reader)
        said = list(given.faults)
        for fault in faults:
            line = given.lines[fault.entry - 1] if given.lines and fault.entry else given.line
            place = f"entry {fault.entry}: " if fault.entry and not given.lines else ""
            said.append((line, f"{place}{fault.says}"))
        if name and name in self.lines:
            said.append((given.line, f"it stands on line {self.lines[name]} already."))
        if said or found is None:
            return Outcome(
                given.line, name, "", OUT, tuple(sorted(dict.fromkeys(said), key=lambda each: each[0]))
            )
        if name:
            self.lines[name] = given.line
        return self._in(found, given, name)

    def _in(self, found: CaseGiven, given: Given, name: str) -> Outcome:
        line = given.line
        known_as = self.elsewhere.get(found.known_as) if not found.reference else None
        if known_as:
            return Outcome(line, name, known_as, HERE)
        reference = found.reference
        if reference in self.gone:
            says = "that case was erased in this store, and is not brought in again. Take it out of the file."
            return Outcome(line, name, "", OUT, ((line, says),))
        if reference and reference in self.here:
            if self._is_same(found):
                return Outcome(line, name, reference, HERE)
            if not self.renumber:
                says = (
                    f"there is another case {reference} in this store. Take it out of the file, or give it a "
                    "new reference with --renumber."
                )
                return Outcome(line, name, "", OUT, ((line, says),))
            reference = ""
        try:
            reference, idle, early = self._record(found, reference)
        except CaseTaken as taken:  # by somebody else, since this began
            return Outcome(line, name, "", OUT, ((line, str(taken)),))
        except CANNOT_BE as fault:
            says = f"what follows from it cannot be worked out ({_words(fault)})."
            return Outcome(line, name, "", OUT, ((line, says),))
        self.here.add(reference)
        if found.known_as:
            self.elsewhere[found.known_as] = reference
        # A case that was exported has been told of before.
        cautions = tuple((given.lines[place], says) for place, says in early) if given.lines else ()
        return Outcome(line, name, reference, BROUGHT, idle=idle, cautions=cautions)

    def _record(self, found: CaseGiven, reference: str) -> tuple[str, bool, list[tuple[int, str]]]:
        """Its reference here (of a dry run "" where it would have a new one), whether it is idle, and what
        ended before it began, by the entry's place in it.
        """
        idle = False
        early: list[tuple[int, str]] = []

        def derive(case: Case) -> Derived:
            nonlocal idle, early
            what = derived(case, self.reader.rules)
            idle = case.status == "open" and not what.duties
            first = case.last_seq - len(found.entries) + 1
            early = [
                (event.seq - first, _too_early(event.event, duty))
                for event, duty in ended_too_early(case, what.duties, self.reader.rules)
            ]
            return what

        if self.dry_run or self.store is None:
            derive(fold(found.entries))
            return reference, idle, early
        case = self.store.bring_in(
            found.drafts,
            reference=reference,
            opened=found.entries[0].at,
            who=self.reader.who,
            at=self.reader.now,
            derive=derive,
        )
        return case.reference, idle, early

    def _is_same(self, found: CaseGiven) -> bool:
        """Whether it is the case that is here, but for when and by whom it was recorded where the file does
        not say it: what was brought in a minute ago says so then.
        """
        if self.store is None:
            return False
        there = case_object(list(self.store.entries(found.reference)))
        here, now = case_object(found.entries), stamp(self.reader.now)
        for mine, its in zip(here["entries"], there["entries"], strict=False):
            if mine["recorded_at"] == now:
                mine["recorded_at"] = its["recorded_at"]
                if mine["recorded_by"] == self.reader.who:
                    mine["recorded_by"] = its["recorded_by"]
        return here == there


def _too_early(event: str, duty: DutyState) -> str:
    return f'{event} does not end "{duty.do}": that began only on {say_when(from_iso(duty.started))}.'


def _words(fault: Exception) -> str:
    said = str(fault).rstrip(".")
    return said if isinstance(fault, ValueError | CatalogueError) else f"{type(fault).__name__}: {said}"
