"""What is still open in a case that somebody is about to close."""

from __future__ import annotations

from cpcli.output.blocks import Block, Gap, Item, Items, Title
from cpcli.output.changes import in_words
from cpcli.output.outcome import sentence
from cpcli.output.words import Json, Sets, citation

_LEVELS = ("must", "should", "may", "statement")


def still_open(record: Json) -> list[Json]:
    """The open duties: what must be done before what should, and of each the worst first."""
    found = [each for each in record["duties"] if each["state"] == "open"]
    return sorted(found, key=lambda each: _LEVELS.index(each["level"]))


def left_in_words(record: Json) -> str:
    """How much there is, in a sentence; "" where there is nothing."""
    duties = still_open(record)
    musts = sum(each["level"] == "must" for each in duties)
    waits = sum(each["state"] == "waiting" for each in record["duties"])
    walks = [each["number"] for each in record["walks"] if not each["finished"]]
    parts = [
        _many(len(duties), "duty is", "duties are", "still open") if duties else "",
        f"{musts} of them a must" if musts else "",
        _many(waits, "waits", "wait", "for something to happen") if waits and duties else "",
        f"walk {', '.join(map(str, walks))} is not finished" if walks else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def left(record: Json, sets: Sets) -> list[Block]:
    """The list of it."""
    as_at = record["case"]["as_at"]
    items = [
        Item(
            "MUST" if each["level"] == "must" else each["level"],
            sentence(each, sets, record["walks"]),
            (f"{in_words(each, as_at)} · {citation(each['source'], each['cite'])} · {each['key']}",),
            tone="alarm" if each["level"] == "must" else "",
        )
        for each in still_open(record)
    ]
    items += [
        Item(
            "walk", f"{each['title']} is not finished", command=f"cpcli resume {record['case']['reference']}"
        )
        for each in record["walks"]
        if not each["finished"]
    ]
    return [Title(f"Still open in case {record['case']['reference']}"), Items(tuple(items)), Gap()]


def _many(count: int, one: str, more: str, rest: str) -> str:
    return f"{count} {one if count == 1 else more} {rest}"
