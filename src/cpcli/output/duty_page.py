"""One duty of a case in full, on a screen that could be read out."""

from __future__ import annotations

from cpcli.clock.counting import Counted
from cpcli.clock.when import from_iso
from cpcli.output.blocks import Block, Heading, Item, Items, Para, Title
from cpcli.output.changes import in_words
from cpcli.output.outcome import is_missing, marking, moment, not_at_hand, sentence
from cpcli.output.weeks import day_table
from cpcli.output.words import AT_ONCE, Json, Sets, citation, say


def duty_page(found: Json, as_at: str, sets: Sets) -> list[Block]:
    """What it says, what has become of it and why, and how its due date was counted."""
    duty = found["duty"]
    return [
        Title(sentence(duty, sets), f"case {duty['case']}, {duty['key']}"),
        *marking(found["marking"]),
        *not_at_hand(found["not_at_hand"]),
        Items(tuple(_facts(found, as_at))),
        *_decided(found),
        *_working(found),
        *_readings(found),
        *_later(found),
        *_departures(found),
    ]


def _facts(found: Json, as_at: str) -> list[Item]:
    duty = found["duty"]
    since = f"since {say(duty['since'])}" if duty["since"] else ""
    how = tuple(part for part in (duty["why"] or "", since) if part)
    facts = [Item("State", in_words(duty, as_at), how, text_tone="strong")]
    if duty["limit"]:
        urgent = AT_ONCE.get(duty["urgency"] or "", "")
        counts = found["event"]["name"] if found["event"] else ""
        happened = say(duty["started"]) if duty["started"] else "has not happened"
        about = (f"counted from: {counts} ({happened})",) if counts else ()
        facts.append(Item("Limit", duty["limit"] or urgent, about))
    if duty["due"]:
        was = (f"was due {say(duty['was_due'])}",) if duty["was_due"] else ()
        projected = ("rests on bank holidays not yet proclaimed",) if duty["projected"] else ()
        facts.append(Item("Due", say(duty["due"]), (*was, duty["counted"] or "", *projected)))
    if found["met_by"] and found["met_by"]["event"] != duty["duty"]:
        facts.append(Item("Ends when", found["met_by"]["name"]))
    if found["unless"]:
        facts.append(Item("Needless if", "; ".join(each["name"] for each in found["unless"])))
    if found["condition"]:
        facts.append(Item("Only where", found["condition"]))
    if duty["assigned"]:
        facts.append(Item("With", duty["assigned"]))
    if duty["note"]:
        facts.append(Item("Reading", duty["note"]))
    missing = is_missing(duty["walk"], found)
    later = found["extends"] or ("not known" if missing else "the procedure has no rule for one")
    facts += [Item("Later date", later), Item("Says so", citation(duty["source"], duty["cite"]))]
    return facts


def _decided(found: Json) -> list[Block]:
    if not found["decided_by"]:
        return []
    applies = found["duty"]["state"] == "not applicable"
    items = tuple(
        Item(
            "",
            each["question"],
            (" · ".join(part for part in (each["by"], say(each["since"]) if each["since"] else "") if part),),
            answer=each["says"] or "Not answered yet",
        )
        for each in found["decided_by"]
    )
    return [Heading("What decides that it does not apply" if applies else "What it waits for"), Items(items)]


def _working(found: Json) -> list[Block]:
    if not found["working"]:
        return []
    days = [
        Counted(from_iso(each["at"]), each["counted"], each["n"], each["reason"]) for each in found["working"]
    ]
    return [Heading("How it was counted"), Para(found["rule"]), *day_table(days)]


def _readings(found: Json) -> list[Block]:
    if not found["readings"]:
        return []
    items = tuple(
        Item(
            say(each["due"]) if each["due"] else "no date yet",
            each["says"],
            tuple(
                part
                for part in (
                    f"counted from: {each['of']['name']}" if each["of"] else "",
                    each["note"] if place else "",
                    each["counted"],
                    each["problem"],
                    citation(found["duty"]["source"], each["cite"]),
                )
                if part
            ),
            tone="strong" if each["due"] and each["due"] == found["counted_to"] else "",
        )
        for place, each in enumerate(found["readings"])
    )
    return [Heading("What the document says in several places: the stricter is the due date"), Items(items)]


def _later(found: Json) -> list[Block]:
    items = tuple(
        Item(
            say(each["to"]),
            f"on the authority of {each['authority']}",
            (f"Why: {each['why']}", f"{each['by']}, {moment(each['at'])}, entry {each['entry']}"),
        )
        for each in found["extensions"]
    )
    return [Heading("Later dates that were agreed"), Items(items)] if items else []


def _departures(found: Json) -> list[Block]:
    items = tuple(
        Item(
            say(each["at"]),
            each["what"],
            (
                f"Why: {each['why']}",
                f"Agreed by: {each['agreed_by']}"
                if each["agreed_by"]
                else "Nobody is recorded as having agreed.",
                f"recorded by {each['by']}, entry {each['entry']}",
            ),
        )
        for each in found["departures"]
    )
    return [Heading("Departures from it"), Items(items)] if items else []
