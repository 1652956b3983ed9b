"""What a walk has come to: what was decided, what to do next and by when, what waits, what must not be done."""

from __future__ import annotations

from itertools import groupby

from cpcli.output.blocks import Block, Heading, Item, Items, Para, Title
from cpcli.output.people import show
from cpcli.output.words import Json, Sets, binding, citation, event_words, is_overdue, say, who

_AT_ONCE = {
    "immediately": "At once",
    "as soon as possible": "As soon as possible",
    "at the earliest opportunity": "As early as you can",
}


def show_outcome(record: Json, sets: Sets, walk: int = 0) -> None:
    """Write on standard output what a case has come to; of one walk only, where its number is given."""
    show(outcome(record, sets, walk))


def outcome(record: Json, sets: Sets, walk: int = 0) -> list[Block]:
    """The screen at the end of a walk."""
    mine = {
        key: [one for one in record[key] if not walk or one["walk"] == walk]
        for key in ("walks", "marking", "decisions", "duties", "must_not", "leads_to")
        if key != "walks"
    }
    whole = {**record, **mine}
    return [
        *head(whole, walk),
        *decisions(whole),
        *next_steps(whole, sets),
        *waiting(whole, sets),
        *must_not(whole),
        *leads_to(whole),
        Heading("The whole record, at any time", ""),
        Items((Item("", "", command=f"cpcli case show {record['case']['reference']}"),)),
    ]


def head(record: Json, walk: int = 0) -> list[Block]:
    """Which case it is, and who may not see it."""
    titles = [each["title"] for each in record["walks"] if not walk or each["number"] == walk]
    found: list[Block] = [Title(f"Case {record['case']['reference']}", "; ".join(dict.fromkeys(titles)))]
    return [*found, *(Para(each["text"], "alarm", 0) for each in record["marking"])]


def decisions(record: Json) -> list[Block]:
    """Each decision, its reason, who took it and when."""
    if not record["decisions"]:
        return []
    items = tuple(
        Item(
            "",
            f"{each['question']} {each['decision']}",
            (
                *([f"Reason: {each['reason']}"] if each["reason"] else ["No reason was given."]),
                f"{each['by']}, {moment(each['at'])} · {', '.join(each['cite'])}",
            ),
            text_tone="strong",
        )
        for each in record["decisions"]
    )
    return [Heading("What was decided"), Items(items)]


def next_steps(record: Json, sets: Sets) -> list[Block]:
    """What is open, worst first."""
    still = [each for each in record["duties"] if each["state"] == "open"]
    if not still:
        return [Heading("What to do next"), Para("Nothing is open.")]
    as_at = record["case"]["as_at"]
    return [Heading("What to do next, in the order it is due"), Items(tuple(_step(each, sets, as_at) for each in still))]


def _step(duty: Json, sets: Sets, as_at: str) -> Item:
    late = is_overdue(duty["due"], as_at)
    lead = _AT_ONCE.get(duty["urgency"] or "") or (say(duty["due"]) if duty["due"] else "No date set")
    how = [
        "OVERDUE" if late else "",
        duty["counted"] or (duty["limit"] if not duty["urgency"] else "") or "",
        "rests on bank holidays not yet proclaimed" if duty["projected"] else "",
        citation(duty["source"], duty["cite"]),
    ]
    return Item(
        lead,
        f"{binding(who(duty['by'], duty['source'], sets), duty['level'])} {duty['do']}",
        (" · ".join(part for part in how if part), *([duty["note"]] if duty["note"] else [])),
        tone="alarm" if late or duty["urgency"] else "strong" if duty["due"] else "quiet",
        text_tone="strong" if duty["level"] == "must" else "",
    )


def waiting(record: Json, sets: Sets) -> list[Block]:
    """What waits for an event: the event in words, what follows it, and how to record it."""
    waits = [each for each in record["duties"] if each["state"] == "waiting"]
    if not waits:
        return []
    found: list[Block] = [Heading("What waits for something that has not happened")]
    ahead = [each for each in waits if each["started"]]
    for (source, event), group in groupby(
        sorted((each for each in waits if not each["started"]), key=lambda each: (each["source"], each["event"] or "")),
        key=lambda each: (each["source"], each["event"] or ""),
    ):
        found.append(Para(f"Once this has happened: {event_words(event, source, sets, record['duties'])}", "strong"))
        found.append(Items(tuple(_waits(each, sets, each["limit"]) for each in group)))
        command = f"cpcli case event {record['case']['reference']} {event} --at WHEN"
        found.append(Items((Item("  ", "Record it:", command=command),)))
    for each in ahead:
        found.append(Para(each["why"], "strong"))
        found.append(Items((_waits(each, sets, say(each["due"]) if each["due"] else each["limit"]),)))
    return found


def _waits(duty: Json, sets: Sets, when: str | None) -> Item:
    text = f"{binding(who(duty['by'], duty['source'], sets), duty['level'])} {duty['do']}"
    said = " · ".join(part for part in (when or "", citation(duty["source"], duty["cite"])) if part)
    return Item("-", text, (said, *([duty["note"]] if duty["note"] else [])), tone="quiet")


def must_not(record: Json) -> list[Block]:
    """What must not be done."""
    if not record["must_not"]:
        return []
    items = tuple(Item("NOT", each["text"], (", ".join(each["cite"]),), tone="alarm") for each in record["must_not"])
    return [Heading("What must not be done"), Items(items)]


def leads_to(record: Json) -> list[Block]:
    """Where the case goes from here, with the command that goes there."""
    if not record["leads_to"]:
        return []
    reference = record["case"]["reference"]
    items = tuple(
        Item(
            "",
            f"{each['title']}. {each['because']}",
            (citation(each["source"], each["cite"]),) if each["cite"] else (),
            command=f"cpcli start {each['source']}/{each['pathway']} --case {reference}",
        )
        for each in record["leads_to"]
    )
    return [Heading("Where this leads"), Items(items)]


def moment(at: str) -> str:
    """A recorded moment (UTC, ISO) in local words."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return say(datetime.fromisoformat(at).astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%dT%H:%M"))
