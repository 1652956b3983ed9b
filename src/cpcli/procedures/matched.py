"""What a set has on each topic: its pathways and duties, as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpcli.procedures.cache import remember
from cpcli.procedures.catalogue import pathways, surroundings
from cpcli.procedures.duty_rows import row_of
from cpcli.procedures.layers import chain, files_of
from cpcli.procedures.said import condition

if TYPE_CHECKING:
    from cpcli.procedures.model import Duty, Pathway, ProcedureSet

Json = dict[str, Any]


def matched(folder: Path, cache: Path | None = None) -> Json:
    """The set in this folder, as far as it can be compared. Raises BrokenData.

    Keys: `set` (id, title, edition, nation, extends, walker), `pathways` (each with its topics), `duties`
    (each as duty_rows has it, with its topics, the names of roles and events, `you`, `condition` in words,
    `extends`, and `pathways`, all that have it), `lacks` (topic, why, elsewhere).
    """

    def make() -> Json:
        made = surroundings(folder, cache).set
        walks = pathways(folder, cache)
        return {
            "set": {
                key: getattr(made, key) for key in ("id", "title", "edition", "nation", "extends", "walker")
            },
            "pathways": [_pathway(each) for each in walks if each.topics],
            "duties": _duties(made, walks),
            "lacks": [list(each) for each in made.lacks],
        }

    found: Json = remember(cache, f"matched-{folder.name}", files_of(chain(folder)), make)
    return found


def _pathway(pathway: Pathway) -> Json:
    return {
        "pathway": pathway.id,
        "topics": list(pathway.topics),
        "title": pathway.title,
        "about": pathway.about,
        "also": list(pathway.also) or None,
        "open_to": list(pathway.open_to),
        "varied": list(pathway.varied),
    }


def _duties(made: ProcedureSet, walks: list[Pathway]) -> list[Json]:
    """Each duty that is about a topic; one that says the same in several pathways is one."""
    found: dict[str, Json] = {}
    for pathway in walks:
        for duty in pathway.duties:
            if duty.topics:
                row = _duty(made, pathway, duty)
                same = repr(
                    {key: value for key, value in row.items() if key not in ("pathway", "when", "also")}
                )
                found.setdefault(same, {**row, "pathways": []})["pathways"].append(pathway.id)
    return list(found.values())


def _duty(made: ProcedureSet, pathway: Pathway, duty: Duty) -> Json:
    row = row_of(pathway, duty)
    events = {each.id: each.name for each in made.events}
    done = {each.id: f"Done: {each.do}" for each in pathway.duties}

    def name(event: str | None) -> str | None:
        return events.get(event, done.get(event, event)) if event else None

    return {
        "topics": list(duty.topics),
        **row,
        "differs": [{**each, "event_name": name(each["event"])} for each in row["differs"] or ()] or None,
        "by_name": next((role.name for role in made.roles if role.id == duty.by), duty.by),
        "you": duty.by == (pathway.walker or made.walker),
        "event_name": name(row["event"]),
        "unless_names": [name(event) for event in duty.unless] or None,
        "condition": condition(duty.when, pathway.steps, made.events, made.roles) or None,
        "extends": duty.extends or None,
    }
