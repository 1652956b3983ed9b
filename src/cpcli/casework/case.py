"""A case as its journal tells it: a fold over the entries, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cpcli.casework.entry import Entry
from cpcli.casework.told import (
    Amendment,
    Closing,
    DepartureRecord,
    Done,
    Erasure,
    Extension,
    Mark,
    Note,
    Recorded,
    Walk,
)
from cpcli.walk.answers import Answer


@dataclass(slots=True)
class Case:
    """Everything recorded about one concern."""

    reference: str
    opened: datetime
    opened_by: str
    last_seq: int = 0
    changed: datetime | None = None
    walks: dict[int, Walk] = field(default_factory=dict)
    events: list[Recorded] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    departures: list[DepartureRecord] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    assigned: dict[tuple[int, str], str] = field(default_factory=dict)
    """Who has what, by walk and duty; (0, "") is the case itself."""
    closings: list[Closing] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    erased: Erasure | None = None
    """Where all that was recorded is gone."""

    @property
    def closed(self) -> datetime | None:
        """When it was closed, if it is."""
        last = self.closings[-1] if self.closings else None
        return last.at if last and last.kind == "closed" else None

    @property
    def status(self) -> str:
        """open, closed or erased."""
        if self.erased:
            return "erased"
        return "closed" if self.closed else "open"


def fold(entries: Iterable[Entry]) -> Case:
    """The case that these entries, in the journal's order, come to. They are all of one case."""
    case: Case | None = None
    for entry in entries:
        if case is None:
            case = Case(entry.case, entry.at, entry.who)
        apply(case, entry)
    if case is None:
        raise ValueError("no entries, so no case")
    return case


def apply(case: Case, entry: Entry) -> None:
    """Take one more entry into the case."""
    body: dict[str, Any] = entry.body
    case.last_seq, case.changed = entry.seq, entry.at
    if entry.erased:
        return
    match entry.kind:
        case "case-opened":
            pass
        case "walk-begun":
            case.walks[entry.walk] = Walk(
                entry.walk,
                body["pathway"],
                body["edition"],
                body["role"],
                body["on"],
                begun_by=entry.who,
                begun_seq=entry.seq,
            )
        case "answered":
            walk = case.walks[entry.walk]
            before = walk.answers.get(body["step"])
            same = before is not None and before.value == body["value"]
            walk.answers[body["step"]] = Answer(
                body["step"],
                body["value"],
                seq=entry.seq,
                changed=before.changed if same and before else entry.seq,
                at=entry.at,
                who=entry.who,
                question=body["question"],
                carried_from=body.get("carried from", 0),
                first=before.first if before else entry.seq,
                cite=tuple(body.get("cite", ())),
            )
            walk.finished = None
        case "walk-finished":
            case.walks[entry.walk].finished = entry.at
            case.walks[entry.walk].finished_seq = entry.seq
        case "event-recorded":
            case.events.append(
                Recorded(
                    body["event"],
                    body["at"],
                    body.get("note", ""),
                    entry.seq,
                    entry.who,
                    entry.at,
                    again=body.get("again", False),
                )
            )
        case "duty-done":
            case.done.append(
                Done(
                    entry.walk, body["duty"], body["at"], body.get("note", ""), entry.seq, entry.who, entry.at
                )
            )
        case "departed":
            case.departures.append(
                DepartureRecord(
                    entry.walk,
                    body["duty"],
                    body["what"],
                    body["why"],
                    body["agreed by"],
                    body["at"],
                    entry.seq,
                    entry.who,
                )
            )
        case "assigned":
            case.assigned[entry.walk, body["duty"]] = body["to"]
        case "extended":
            case.extensions.append(
                Extension(
                    entry.walk,
                    body["duty"],
                    body["to"],
                    body["authority"],
                    body["why"],
                    entry.seq,
                    entry.who,
                    entry.at,
                )
            )
        case "amended":
            _amend(case, entry)
        case "closed" | "reopened":
            case.closings.append(Closing(entry.kind, body["why"], entry.at, entry.seq, entry.who))
        case "marked":
            case.marks.append(Mark(body["text"], entry.seq, entry.who, entry.at))
        case "unmarked":
            for mark in case.marks:
                if mark.seq == body["entry"]:
                    mark.off = entry.seq
        case "erased":
            case.erased = Erasure(
                body["why"],
                body["agreed by"],
                body["although"],
                body["entries"],
                entry.seq,
                entry.who,
                entry.at,
            )
        case "noted":
            case.notes.append(Note(body["text"], entry.walk, entry.at, entry.seq, entry.who))
        case _:
            raise ValueError(f"journal entry {entry.seq} is of an unknown kind, {entry.kind!r}")


def _amend(case: Case, entry: Entry) -> None:
    """Put right when something happened; what did not happen at all has no time, and counts for nothing."""
    dated: list[Recorded | Done] = [*case.events, *case.done]
    for one in dated:
        if one.seq == entry.body["entry"]:
            to = entry.body["to"] or ""
            one.amendments.append(Amendment(one.at, to, entry.body["reason"], entry.seq, entry.who, entry.at))
            # What was told of it is as of now: a date that had still to come when first told need not since.
            one.at, one.told = to, entry.at
            return
    raise ValueError(f"journal entry {entry.seq} amends entry {entry.body['entry']}, which is no event")
