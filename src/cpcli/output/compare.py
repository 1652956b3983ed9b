"""Procedure sets side by side, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cpcli.casework.compare import ELSEWHERE, HAS, HAS_NO, NOT_SAID
from cpcli.output.blocks import Block, Cell, Gap, Heading, Item, Items, Para, Table, Title
from cpcli.output.words import citation, say
from cpcli.procedures.cites import say_cites
from cpcli.procedures.topics import Topics

Json = dict[str, Any]

_ABSENT = {
    HAS_NO: "No such duty",
    ELSEWHERE: "Not in this set, perhaps elsewhere",
    NOT_SAID: "Nothing is said of it. Look in the document",
}
_SHORT = re.compile(r" who |[(,]")
_START = {"before": "ahead of", "at_least_before": "ahead of", "by_week_of_pregnancy": "by"}
_DIFFERS = {"limit": "limits differ", "level": "levels differ"}


def everything(known: Topics, sets_of: Mapping[str, Sequence[str]]) -> list[Block]:
    """What there is to compare; `sets_of` says which sets have a procedure."""
    rows: list[tuple[Cell, ...]] = []
    for each in known.procedures():
        count = len(sets_of.get(each.id, ()))
        rows.append((Cell(each.id, "command"), Cell(each.name), Cell(str(count) if count else "")))
    return [
        Title("What can be compared"),
        Table(("Topic", "What it is", "Sets"), tuple(rows)),
        Gap(),
        Para("To compare: cpcli compare TOPIC", indent=0),
    ]


def blocks(found: Json, *, brief: bool) -> list[Block]:
    """The topic in each set; of a procedure only what a table would have."""
    sets = ", ".join(f"{each['source']} ({each['nation']})" for each in found["sets"])
    screen: list[Block] = [Title(found["name"]), Para(sets, "quiet", 0)]
    here = {each["source"] for each in found["sets"]}
    local = [each for each in found["sets"] if each["extends"] in here] if brief else []
    for each in local:
        said = f"{each['source']} extends {each['extends']}: it stands here only where it differs."
        screen.append(Para(said, "quiet", 0))
    if found["from"] or found["events"]:
        screen += list(_counted_from(found))
    if brief and found["pathways"]:
        walks = found["pathways"]
        items = tuple(
            Item(
                _once(walks, place, "source"),
                each["title"],
                (f"cpcli start {each['source']}/{each['pathway']}",),
            )
            for place, each in enumerate(walks)
        )
        screen += [Heading("The walks"), Items(items)]
    for duty in found["duties"]:
        said = ", ".join(_DIFFERS[each] for each in duty["differs"] if each in _DIFFERS)
        if duty["name"] != found["name"]:
            screen.append(Heading(f"{duty['name']} ({said})" if said else duty["name"]))
        elif said:
            screen.append(Para(f"{said[0].upper()}{said[1:]}.", "quiet", 0))
        screen += _duty(duty, brief=brief, dated=bool(found["from"] or found["events"]))
    if brief:
        one = found["duties"][0]["topic"]
        screen += [Gap(), Para(f"All that each says, with its conditions: cpcli compare {one}", "quiet", 0)]
    return screen


def _counted_from(found: Json) -> Iterator[Block]:
    if found["from"]:
        said = f"Counted from {say(found['from'])}, which is taken for the start in each set"
        yield Para(f"{said}, with the bank holidays of its nation.", "quiet", 0)
    for event, at in found["events"].items():
        yield Para(f"{event}: {say(at)}", "quiet", 0)


def _duty(duty: Json, *, brief: bool, dated: bool) -> Iterator[Block]:
    items: list[Item] = []
    for each in duty["sets"]:
        if each["same_as"] or each["state"] != HAS:
            continue
        several = len(each["duties"]) > 1
        for place, row in enumerate(each["duties"]):
            lead = each["source"] if not place else ""
            items.append(_item(row, lead, brief=brief, several=several, dated=dated))
    if items:
        yield Items(tuple(items), apart=not brief)
    yield from _absent(duty["sets"], brief=brief)
    for each in duty["sets"]:
        if each["same_as"] and not brief:
            yield Para(f"{each['source']}: as in {each['same_as']}.", "quiet")


def _item(row: Json, lead: str, *, brief: bool, several: bool, dated: bool) -> Item:
    limit = row["limit"] or "no limit given"
    text, details = limit, list[str]()
    if dated and (row["due"] or row["waits_for"] or row["problem"]):
        text = say(row["due"]) if row["due"] else _no_date(row)
        details.append(_counting(limit, row))
    if not brief or several:
        details.append(row["do"])
    who = _SHORT.split(row["by_name"])[0] if brief else row["by_name"]
    start = f"{_START.get(row['relation'], 'from')}: {row['event_name']}" if row["event"] else ""
    cited = citation(row["source"], _cites(row["cite"]))
    details.append(_dotted(f"{who}, {_level(row['level'])}", start if row["limit"] else "", cited))
    details += [_reading(each) for each in row["differs"] or ()]
    if not brief:
        details += _more(row)
    first, *rest = details
    return Item(lead, text, tuple(rest), tone="command", text_tone="strong", answer=first, answer_tone="")


def _more(row: Json) -> Iterator[str]:
    """What is said of a duty only where it stands alone."""
    if row["condition"]:
        yield f"If {row['condition']}"
    if row["unless_names"]:
        yield f"Not needed after: {'; '.join(row['unless_names'])}"
    if row["extends"]:
        yield f"A later date: {row['extends']}"
    if row["note"]:
        yield f"Note: {row['note']}"


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _no_date(row: Json) -> str:
    if row["waits_for"]:
        return f"Add --event {row['waits_for'][0]}=WHEN"
    return f"No date: {row['problem']}"


def _counting(limit: str, row: Json) -> str:
    """The limit, the days that were left out in counting it, and whose bank holidays they are."""
    if row["due"] is None:
        return limit
    much, _, left_out = row["counted"].partition(":")
    said = f"{limit}:{left_out}" if left_out and limit.endswith(much) else f"{limit} · {row['counted']}"
    if row["counted"] in limit:
        said = limit
    return f"{said} ({row['nation']}{', projected' if row['projected'] else ''})"


def _reading(reading: Json) -> str:
    label = "ahead of" if reading["says"].endswith("before") else "from"
    start = f", {label}: {reading['event_name']}" if reading["event"] else ""
    note = f" ({reading['note']})" if reading["note"] else ""
    return f"Also read: {reading['says']}{start} · {say_cites('', _cites(reading['cite']))}{note}"


def _level(level: str) -> str:
    return "no must or should" if level == "statement" else level


def _cites(cite: Any) -> list[str]:
    return cite if isinstance(cite, list) else [cite] if cite else []


def _absent(sets: Sequence[Json], *, brief: bool) -> Iterator[Block]:
    """The sets that have no such duty, each apart from those in which it may be elsewhere."""
    without = [each for each in sets if each["state"] != HAS and not each["same_as"]]
    if not brief:
        items = (Item(each["source"], _ABSENT[each["state"]] + ".", (each["why"] or "",)) for each in without)
        shown = tuple(item._replace(details=tuple(filter(None, item.details))) for item in items)
        if shown:
            yield Items(shown)
        return
    for state, said in _ABSENT.items():
        named = [each["source"] for each in without if each["state"] == state]
        if named:
            yield Para(f"{said}: {', '.join(named)}.", "quiet")


def _once(rows: Sequence[Json], place: int, key: str) -> str:
    """The value, where it is not the one of the row above."""
    value = str(rows[place][key])
    return "" if place and rows[place - 1][key] == value else value


def topics_json(known: Topics, sets_of: Mapping[str, Sequence[str]]) -> Json:
    """What there is to compare, for programs."""
    return {
        "topics": [
            {
                "topic": each.id,
                "name": each.name,
                "also": list(each.also),
                "sets": list(sets_of.get(each.id, ())),
                "duties": [
                    {
                        "topic": duty.id,
                        "name": duty.name,
                        "also": list(duty.also),
                        "sets": list(sets_of.get(duty.id, ())),
                    }
                    for duty in known.duties(each.id)
                ],
            }
            for each in known.procedures()
        ]
    }
