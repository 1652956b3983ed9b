"""What several procedure sets lay down about one topic, side by side, and when each would be due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from cpcli.casework.layout import Rules
from cpcli.casework.schedule import Planned, needs, schedule
from cpcli.clock.when import iso
from cpcli.procedures.topics import Topic, Topics

Json = dict[str, Any]
HAS, HAS_NO, ELSEWHERE, NOT_SAID = "has", "has no", "elsewhere", "not said"


class Dates(NamedTuple):
    """What due dates are worked out from."""

    start: date | datetime | None
    """What every duty is counted from whose own event is not given."""
    events: Mapping[str, date | datetime]
    rules: Callable[[str], Rules]
    """From a set's id to what its dates are worked out by."""
    now: datetime


def side_by_side(topic: Topic, sets: Sequence[Json], known: Topics, dates: Dates | None = None) -> Json:
    """The topic in each of the sets, in their order: `sets` as procedures.matched has them.

    Of a procedure, each of its duties. Keys: see `compare --json` in docs/reference.md.
    """
    duties = known.duties(topic.id) or (topic,)
    agreed = {known.events.get(name, name): at for name, at in dates.events.items()} if dates else {}
    return {
        "topic": topic.id,
        "name": topic.name,
        "procedure": topic.procedure or topic.id,
        "from": iso(dates.start) if dates and dates.start is not None else None,
        "events": {name: iso(at) for name, at in agreed.items()},
        "sets": [
            {"source": each["set"]["id"], **{key: each["set"][key] for key in ("title", "edition", "nation")}}
            | {"extends": each["set"]["extends"] or None}
            for each in sets
        ],
        "pathways": [
            {"source": each["set"]["id"], **walk}
            for each in sets
            for walk in each["pathways"]
            if (topic.procedure or topic.id) in walk["topics"]
        ],
        "duties": [_duty(each, sets, known, dates, agreed) for each in duties],
    }


def _duty(
    topic: Topic,
    sets: Sequence[Json],
    known: Topics,
    dates: Dates | None,
    agreed: Mapping[str, date | datetime],
) -> Json:
    found = [_in_set(topic, each, known, dates, agreed) for each in sets]
    bases = {each["set"]["id"]: each["set"]["extends"] for each in sets}
    by_source = {each["source"]: each for each in found}
    for each in found:
        base = by_source.get(bases[each["source"]])
        each["same_as"] = base["source"] if base and _same(each, base) else None
    return {
        "topic": topic.id,
        "name": topic.name,
        "differs": _differs([each for each in found if not each["same_as"]]),
        "sets": found,
    }


def _in_set(
    topic: Topic,
    each: Json,
    known: Topics,
    dates: Dates | None,
    agreed: Mapping[str, date | datetime],
) -> Json:
    rows = [row for row in each["duties"] if topic.id in row["topics"]]
    lack = next(
        (
            (why, elsewhere)
            for name in (topic.id, topic.procedure)
            for about, why, elsewhere in each["lacks"]
            if about == name
        ),
        None,
    )
    state = HAS if rows else NOT_SAID if lack is None else ELSEWHERE if lack[1] else HAS_NO
    return {
        "source": each["set"]["id"],
        "state": state,
        "why": lack[0] if lack and not rows else None,
        "same_as": None,
        "duties": [{**row, **_due(row, known, dates, agreed)} for row in rows],
    }


def _due(row: Json, known: Topics, dates: Dates | None, agreed: Mapping[str, date | datetime]) -> Json:
    """When the duty is due; null for what it has not. Nothing where no dates were given."""
    if dates is None:
        return {}
    planned, missing = _planned(row, known, dates, agreed)
    due = planned.due if planned else None
    return {
        "due": iso(due.due) if due and due.due is not None else None,
        "counted_from": iso(due.start) if due and due.start is not None else None,
        "counted": due.counted if due and due.due is not None else None,
        "nation": due.nation if due else None,
        "projected": bool(due and due.projected),
        "waits_for": missing,
        "problem": planned.problem or None if planned else None,
    }


def _planned(
    row: Json, known: Topics, dates: Dates, agreed: Mapping[str, date | datetime]
) -> tuple[Planned | None, list[str]]:
    """The duty as `due` works it out, or the events whose dates it lacks."""
    rules = dates.rules(row["source"])
    name = f"{row['source']}/{row['pathways'][0]}"
    duty = next(each for each in rules.pathway(name).duties if each.id == row["id"])
    wanted = needs(duty, {})
    given = {
        event: agreed[known.events.get(event, event)]
        for event in wanted
        if known.events.get(event, event) in agreed
    }
    missing = [event for event in wanted if event not in given]
    if dates.start is not None and len(wanted) == 1 and missing:
        given, missing = {missing[0]: dates.start}, []
    if missing or not given:
        return None, missing
    return next(iter(schedule(name, given, rules, dates.now, duty.id)), None), []


def _same(local: Json, base: Json) -> bool:
    """Whether a set that extends another has it just as the other does."""
    return bool(base["duties"]) == bool(local["duties"]) and _plain(local) == _plain(base)


def _plain(each: Json) -> list[Json]:
    apart = ("source", "cite", "differs", "pathways", "pathway", "also")
    return [{key: value for key, value in row.items() if key not in apart} for row in each["duties"]]


def _differs(found: Iterable[Json]) -> list[str]:
    """In what the sets that have it differ: limit, level; and whether some have it and others not."""
    known = [each for each in found if each["state"] in (HAS, HAS_NO)]
    have = [each["duties"] for each in known if each["duties"]]
    said = []
    for key in ("limit", "level"):
        if len({tuple(sorted({str(row[key] or "") for row in rows})) for rows in have}) > 1:
            said.append(key)
    return [*said, *(["has"] if have and len(have) < len(known) else [])]


def events_asked(compared_by: Iterable[Json], topic: Topic, known: Topics) -> set[str]:
    """Every event, by its agreed name and by the sets' own, that a duty of the topic counts from."""
    duties = {each.id for each in (known.duties(topic.id) or (topic,))}
    found: set[str] = set()
    for each in compared_by:
        for row in each["duties"]:
            if duties & set(row["topics"]):
                named = {row["event"], *(other["event"] for other in row["differs"] or ())} - {None}
                found |= named | {known.events.get(name, name) for name in named}
    return found
