"""A team's open cases from a spreadsheet: one row an event, gathered into cases for `case import`.

A column that is named as a step of the pathway gives the answer to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from cpcli.cli.csv_in import CsvRow, read_csv
from cpcli.cli.errors import UsageFault
from cpcli.clock.errors import ClockError
from cpcli.clock.when import iso, parse_when, say_when
from cpcli.procedures.model import Step

NEEDED = ("case", "pathway", "event", "at")
COLUMNS = (*NEEDED, "role", "note", "assigned")


class Given(NamedTuple):
    """A case as the file has it."""

    line: int
    """Where it begins."""
    case: Any
    """The JSON object, or whatever stands there in its place."""
    lines: tuple[int, ...] = ()
    """The line of each entry; () where they are all on one."""
    faults: tuple[tuple[int, str], ...] = ()
    """What is wrong already: the line, and what it is."""
    weight: int = 1
    """How much of the file it is, for a bar that shows how far along it is."""


class CsvCases(NamedTuple):
    """The cases of a CSV file, and the columns of it that nothing is taken from."""

    cases: list[Given]
    left_out: list[str]


Steps = Callable[[str], Mapping[str, Step]]
"""From a pathway's name to its steps by id; none where there is no such pathway."""


def csv_cases(lines: Iterable[tuple[int, bytes]], now: datetime, steps: Steps) -> CsvCases:
    """The cases in the order of their first rows. Raises UsageFault where the header will not do."""
    header, rows = read_csv(lines, COLUMNS)
    steps = cache(steps)
    for name in NEEDED:
        if name not in header:
            raise UsageFault(f"The CSV has no column '{name}'. Its columns are: {', '.join(header)}.")
    by_case: dict[str, _Gathered] = {}
    for row in rows:
        name = " ".join((row.values.get("case") or "").split())
        fault = row.fault or ("" if name else "`case` is empty.")
        by_case.setdefault(name, _Gathered(name, row.line, now, steps)).add(row._replace(fault=fault))
    used = {name for gathered in by_case.values() for name in gathered.asked}
    left_out = [name for name in header if name not in COLUMNS and name not in used]
    return CsvCases([gathered.given() for gathered in by_case.values()], left_out)


class _Gathered:
    """One case, as its rows come."""

    def __init__(self, name: str, line: int, now: datetime, steps: Steps) -> None:
        self.name, self.line, self.now, self.steps = name, line, now, steps
        self.entries: list[tuple[int, dict[str, Any]]] = [(line, {"kind": "case-opened"})]
        self.faults: list[tuple[int, str]] = []
        self.walks: dict[str, dict[str, Any]] = {}
        self.days: list[str] = []
        self.told: dict[tuple[str, str], int] = {}
        self.answered: dict[tuple[int, str], str] = {}
        self.asked: set[str] = set()
        """The steps of its pathways."""
        self.assigned = ""

    def add(self, row: CsvRow) -> None:
        """Take one more row into the case."""
        faults = [row.fault] if row.fault else list(self._take(row))
        self.faults += [(row.line, fault) for fault in faults]

    def _take(self, row: CsvRow) -> Iterator[str]:
        said = {column: row.values.get(column) or "" for column in COLUMNS}
        pathway, role, event, note = said["pathway"], said["role"], said["event"], said["note"]
        if pathway and pathway not in self.walks:
            begun = {"kind": "walk-begun", "pathway": pathway, **({"role": role} if role else {})}
            self.walks[pathway] = begun
            self.entries.append((row.line, begun))
        elif role and role != self.walks.get(pathway, {}).get("role", role):
            yield f"`role` is {role}, and for this pathway of the case it was another before."
        walk = pathway or next(iter(self.walks), "")
        for step in self.steps(walk).values() if walk else ():
            self.asked.add(step.id)
            yield from self._answer(
                row.line, list(self.walks).index(walk) + 1, step, row.values.get(step.id) or ""
            )
        if said["assigned"] and said["assigned"] != self.assigned:
            self.assigned = said["assigned"]
            self.entries.append((row.line, {"kind": "assigned", "to": self.assigned}))
        if event:
            yield from self._event(row.line, event, said["at"], note)
        elif said["at"]:
            yield "`at` is given, and no `event` with it."
        elif note:
            self.entries.append((row.line, {"kind": "noted", "text": note}))

    def _answer(self, line: int, walk: int, step: Step, said: str) -> Iterator[str]:
        if not said or step.id in COLUMNS:
            return
        before = self.answered.setdefault((walk, step.id), said)
        if before != said:
            yield f"`{step.id}` is another than on a row of this case before."
        elif not any(e.get("step") == step.id and e.get("walk") == walk for _, e in self.entries):
            many = step.kind == "checklist" or step.answer in ("several of", "people")
            value = [part.strip() for part in said.split(";") if part.strip()] if many else said
            entry = {"kind": "answered", "walk": walk, "step": step.id, "value": value}
            self.entries.append((line, entry))

    def _event(self, line: int, event: str, at: str, note: str) -> Iterator[str]:
        if not at:
            yield "`at` is empty: say when the event happened."
            return
        try:
            when = parse_when(at, self.now)
        except ClockError as fault:
            yield f"`at`: {fault}"
            return
        ahead = when > self.now if isinstance(when, datetime) else when > self.now.date()
        if ahead and not note:
            yield f"`at`: {say_when(when)} has not come yet. Check it; of what is planned, say so in `note`."
        before = self.told.setdefault((event, iso(when)), line)
        if before != line:
            yield f"{event} of {say_when(when)} stands on line {before} already."
        if not ahead:
            self.days.append(iso(when)[:10])
        self.entries.append((line, {"kind": "event-recorded", "event": event, "at": iso(when), "note": note}))

    def given(self) -> Given:
        """The whole case. Its walks stand at the first step without an answer, for somebody to go on."""
        faults = tuple(self.faults)
        if not self.walks:
            none = ((self.line, "no row of this case names its `pathway`."),)
            return Given(self.line, {"case": self.name}, (), faults or none)
        for walk in self.walks.values():
            walk["on"] = min(self.days, default=iso(self.now)[:10])
        # A walk is begun before anything is said of it.
        order = {"case-opened": 0, "walk-begun": 1, "answered": 2}
        self.entries.sort(key=lambda entry: order.get(entry[1]["kind"], 3))
        lines, entries = zip(*self.entries, strict=True)
        return Given(self.line, {"case": self.name, "entries": list(entries)}, lines, faults)
