"""Every duty of a set as plain values, for tables and programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpcli.procedures.cache import remember
from cpcli.procedures.catalogue import pathways
from cpcli.procedures.layers import chain, files_of
from cpcli.procedures.words import short, when_words

if TYPE_CHECKING:
    from cpcli.clock.limit import Limit
    from cpcli.procedures.model import Duty, Pathway, Reading

Row = dict[str, Any]


def duty_rows(folder: Path, cache: Path | None = None) -> list[Row]:
    """A row for each duty of the set in this folder, by pathway, as JSON values.

    Keys: id, source, pathway, do, by, level, relation, amount, amount_max, unit, event, when, unless, cite,
    note, limit, urgency, differs, met_by, topics, also. What a duty does not have is None. Raises
    BrokenData.
    """

    def make() -> list[Row]:
        return [row_of(each, duty) for each in pathways(folder, cache) for duty in each.duties]

    rows: list[Row] = remember(cache, f"duties-{folder.name}", files_of(chain(folder)), make)
    return rows


def row_of(pathway: Pathway, duty: Duty) -> Row:
    """One duty as plain values."""
    limit = duty.limit
    return {
        "id": duty.id,
        "source": pathway.source,
        "pathway": pathway.id,
        "do": duty.do,
        "by": duty.by,
        "level": duty.level,
        "relation": limit.relation if limit else None,
        "amount": limit.amount if limit else None,
        "amount_max": limit.amount_max if limit else None,
        "unit": limit.unit if limit else None,
        "event": _event(limit, duty.of),
        "when": when_words(duty.when) or None,
        "unless": _one_or_many(duty.unless),
        "cite": _one_or_many(duty.cite),
        "note": duty.note or None,
        "limit": limit.text if limit else None,
        "urgency": limit.urgency if limit else None,
        "differs": [_reading(each) for each in duty.differs] or None,
        "met_by": duty.met_by,
        "topics": list(duty.topics) or None,
        "also": list(duty.also) or None,
    }


def duties_called(name: str, rows: list[Row]) -> list[Row]:
    """The duties of this id; where there are none, those that are called so for short."""
    said = short(name)
    return [row for row in rows if row["id"] == said] or [
        row for row in rows if said and said in map(short, row["also"] or ())
    ]


def of_its_own(folder: Path, cache: Path | None = None) -> list[Row]:
    """The duties of the set, without those that a set has from the one that it extends, unchanged."""
    rows, folders = duty_rows(folder, cache), chain(folder)
    if len(folders) == 1:
        return rows
    there = {_said(row) for row in duty_rows(folders[1], cache)}
    return [row for row in rows if _said(row) not in there]


def _said(row: Row) -> str:
    """What the duty says, whoever's paragraphs say so."""
    other = [{**each, "cite": None} for each in row["differs"] or ()]
    return repr({**row, "source": None, "cite": None, "differs": other})


def _event(limit: Limit | None, of: str) -> str | None:
    """What the duty counts from: the limit's own event where its words name one."""
    return of or (limit.event if limit else None) or None


def _reading(reading: Reading) -> Row:
    return {
        "says": reading.says.text,
        "event": reading.of or None,
        "cite": _one_or_many(reading.cite),
        "note": reading.note or None,
    }


def _one_or_many(values: tuple[str, ...]) -> str | list[str] | None:
    if not values:
        return None
    return values[0] if len(values) == 1 else list(values)
