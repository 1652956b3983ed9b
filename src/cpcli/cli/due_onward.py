"""What events start in the procedures that a pathway leads to: `cpcli due PATHWAY` looks ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from cpcli.casework.layout import is_ahead
from cpcli.casework.schedule import Planned, in_order, schedule
from cpcli.casework.standing import looks_back

if TYPE_CHECKING:
    from cpcli.casework.layout import Rules
    from cpcli.procedures.model import Pathway

Row = dict[str, Any]


class Onward(NamedTuple):
    """The duties of the pathways that one leads to, by itself or through others; nearest first."""

    source: str
    rows: list[Row]

    def events(self) -> set[str]:
        """Every event that makes a difference to one of them."""
        return {event for row in self.rows for event in (*_starts(row), row["met_by"], *_unless(row))}

    def planned(self, events: Mapping[str, date | datetime], by: Rules, at: datetime) -> tuple[Planned, ...]:
        """Those that get a date from these events, each once; due first, first."""
        found: dict[str, Planned] = {}
        for row in self.rows:
            if row["id"] not in found and events.keys() & set(_starts(row)):
                for one in schedule(f"{self.source}/{row['pathway']}", events, by, at, row["id"]):
                    if one.state.due and not _past(one, at):
                        found[row["id"]] = one
        return in_order(found.values())


def onward(pathway: Pathway, begin_with: str) -> Onward:
    """What the pathway leads to, less the duties that it has itself. Where people begin leads nowhere."""
    from cpcli.cli.folders import cache_folder, data_folders
    from cpcli.procedures.catalogue import set_folder, set_folders
    from cpcli.procedures.duty_rows import duty_rows
    from cpcli.procedures.listing import index

    folder, kept = set_folder(set_folders(data_folders()), pathway.source), cache_folder()
    ways = {each.id: each.leads_to for each in index(folder, kept).pathways if each.id != begin_with}
    reached = [pathway.id]
    for name in reached:
        reached += [way for way in dict.fromkeys(ways.get(name, ())) if way in ways and way not in reached]
    rows: dict[str, list[Row]] = {name: [] for name in reached}
    own = {duty.id for duty in pathway.duties}
    for row in duty_rows(folder, kept):
        if row["id"] not in own and row["pathway"] in rows:
            rows[row["pathway"]].append(row)
    return Onward(pathway.source, [row for name in reached for row in rows[name]])


def _starts(row: Row) -> Iterator[str]:
    named = (row["event"], *(each["event"] for each in row["differs"] or ()))
    return (event for event in named if event)


def _unless(row: Row) -> list[str]:
    unless = row["unless"] or []
    return [unless] if isinstance(unless, str) else unless


def _past(one: Planned, at: datetime) -> bool:
    """Whether it was to be done before something that has happened by now."""
    return looks_back(one.duty) and not is_ahead(one.state.started, at)
