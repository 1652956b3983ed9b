"""A case on one page, as a manager reads and signs it."""

from __future__ import annotations

from cpcli.output.blocks import Block, Heading, Item, Items, Para, Title
from cpcli.output.outcome import (
    cited,
    decisions,
    head,
    is_missing,
    leads_to,
    moment,
    must_not,
    next_steps,
    sentence,
    waiting,
)
from cpcli.output.timeline import correction, duty_words, timeline
from cpcli.output.words import Json, Sets, citation, say

_OVER = ("met", "met late", "lapsed", "departed from")
_LINE = "_" * 40


def page(record: Json, sets: Sets, team: str = "") -> list[Block]:
    """The whole record: who, what was decided and why, what happened, what is next, and where to sign.

    `team` is the name of the team that keeps it.
    """
    if record["case"]["erased"]:
        return erased_page(record)
    return [
        *head(record),
        *([Para(team, indent=0)] if team else []),
        *_standing(record),
        *_walks(record),
        *_people(record),
        *decisions(record),
        *timeline(record, sets),
        *next_steps(record, sets),
        *waiting(record, sets),
        *must_not(record),
        *_over(record, sets),
        *_not_applicable(record, sets),
        *_departures(record),
        *_extensions(record),
        *_amendments(record),
        *_notes(record),
        *_answers(record),
        *leads_to(record),
        *_signature(),
    ]


def erased_page(record: Json) -> list[Block]:
    """What is left of a case that was erased."""
    case, erased = record["case"], record["case"]["erased"]
    early = [f"All the same, since: {erased['although']}"] if erased["although"] else []
    said = [
        f"Why: {erased['why']}",
        *early,
        f"Agreed by {erased['agreed_by']}. Erased by {erased['by']}, entry {erased['entry']}.",
        f"It was opened {moment(case['opened'])} by {case['opened_by']}. When and by whom its "
        f"{erased['entries']} entries were made is left: cpcli case history {case['reference']}",
    ]
    title = Title(f"Case {case['reference']}", f"erased {moment(erased['at'])}")
    return [title, *(Para(line, indent=0) for line in said)]


def _standing(record: Json) -> list[Block]:
    """Whether the case is open, since when, why it was closed, and who has it."""
    case = record["case"]
    said = [f"{case['status'].capitalize()}. Opened {moment(case['opened'])} by {case['opened_by']}."]
    if case["closed"]:
        said.append(f"Closed {moment(case['closed'])} by {case['closed_by']}: {case['closed_why']}")
    if case["assigned"]:
        said.append(f"With {case['assigned']}.")
    said.append(f"As at {say(case['as_at'])}, after entry {case['entry']}.")
    return [Para(line, "quiet", 0) for line in said]


def _walks(record: Json) -> list[Block]:
    case = record["case"]
    items = []
    for walk in record["walks"]:
        begun = f"begun {say(walk['begun'])} by {walk['begun_by']} as {walk['role'].replace('-', ' ')}"
        left = walk["left_at_least"], walk["left_at_most"]
        missing = is_missing(walk["number"], record)
        if walk["finished"]:
            state = f"finished {moment(walk['finished'])}"
        elif missing:
            state = "not finished"
        elif walk["next_step"]:
            more = str(left[0]) if left[0] == left[1] else f"{left[0]} to {left[1]}"
            state = f"not finished: {more} questions left"
        else:
            state = "answered, not finished"
        items.append(
            Item(
                f"Walk {walk['number']}",
                walk["title"],
                (
                    f"{walk['source']}, edition {walk['edition']} · {begun} · {state}",
                    *walk["varied"],
                    *_note(walk),
                ),
                command="" if walk["finished"] or missing else f"cpcli resume {case['reference']}",
            )
        )
    return [Items(tuple(items))] if items else []


def _note(walk: Json) -> list[str]:
    """Where its document is unclear."""
    return [walk["note"]] if walk["note"] else []


def _people(record: Json) -> list[Block]:
    if not record["people"]:
        return []
    said = (
        Item(
            (each["part"] or "person").capitalize(),
            each["name"],
            tuple(
                part
                for part in (each["relationship"], f"born {say(each['born'])}" if each["born"] else "")
                if part
            ),
        )
        for each in record["people"]
    )
    return [Heading("People"), Items(tuple(dict.fromkeys(said)))]  # Each walk of the case names the child.


def _answers(record: Json) -> list[Block]:
    found: list[Block] = []
    for walk in record["walks"]:
        # What was told is told again in its place, unless its pathway is not at hand.
        told = is_missing(walk["number"], record)
        mine = [
            each
            for each in record["answers"]
            if each["walk"] == walk["number"] and (told or each["value"] != "read")
        ]
        if mine:
            found.append(Heading(f"Questions and answers: {walk['title']}"))
            found.append(Items(tuple(_answer(each, record) for each in mine)))
    return found


def _answer(each: Json, record: Json) -> Item:
    marks = []
    if not each["applies"]:
        marks.append("NO LONGER APPLIES: another answer has changed since, or the procedure")
    elif each["reopened"]:
        marks.append("TO BE ANSWERED AGAIN: an answer that it rests on has changed")
    if each["carried_from"]:
        marks.append(f"carried over from walk {each['carried_from']}")
    by = f"{cited(each, record)} · {each['by']}, {moment(each['at'])}"
    return Item(
        "", each["question"], (*marks, by), answer=each["says"], text_tone="" if each["applies"] else "quiet"
    )


def _over(record: Json, sets: Sets) -> list[Block]:
    over = [each for each in record["duties"] if each["state"] in _OVER]
    if not over:
        return []
    items = tuple(
        Item(
            each["state"],
            sentence(each, sets, record["walks"]),
            (" · ".join(part for part in (each["why"], citation(each["source"], each["cite"])) if part),),
            tone="warn" if each["state"] == "met late" else "good" if each["state"] == "met" else "quiet",
        )
        for each in over
    )
    return [Heading("What was done, and what is no longer needed"), Items(items)]


def _not_applicable(record: Json, sets: Sets) -> list[Block]:
    """Only where it was asked for: what the procedures lay down for other cases, and why not for this."""
    idle = [each for each in record["duties"] if each["state"] == "not applicable"]
    if not idle:
        return []
    items = tuple(
        Item(
            "-",
            sentence(each, sets, record["walks"]),
            (f"{each['why']} · since {say(each['since'])} · {citation(each['source'], each['cite'])}",),
            tone="quiet",
            text_tone="quiet",
        )
        for each in idle
    )
    return [Heading("What does not apply, and why"), Items(items)]


def _departures(record: Json) -> list[Block]:
    if not record["departures"]:
        return []
    items = tuple(
        Item(
            say(each["at"]),
            each["what"],
            (
                f"Why: {each['why']}",
                f"Agreed by: {each['agreed_by']}"
                if each["agreed_by"]
                else "Nobody is recorded as having agreed.",
                f"From {each['duty'] or 'the whole pathway'}, walk {each['walk']} · "
                f"recorded by {each['by']}, entry {each['entry']}",
            ),
        )
        for each in record["departures"]
    )
    return [Heading("Departures from the procedure"), Items(items)]


def _extensions(record: Json) -> list[Block]:
    if not record["extensions"]:
        return []
    items = tuple(
        Item(
            say(each["to"]),
            duty_words(each["walk"], each["duty"], record),
            (
                f"Why: {each['why']}",
                f"On the authority of: {each['authority']}",
                f"{each['duty']}, walk {each['walk']} · "
                f"recorded {moment(each['at'])} by {each['by']}, entry {each['entry']}",
            ),
        )
        for each in record["extensions"]
    )
    return [Heading("Later dates that were agreed"), Items(items)]


def _amendments(record: Json) -> list[Block]:
    if not record["amendments"]:
        return []
    items = tuple(
        Item(
            f"Entry {each['of']}",
            f"{each['what']}: {correction(each)}",
            (
                f"Why: {each['reason']}",
                f"corrected {moment(each['at'])} by {each['by']}, entry {each['entry']}",
            ),
        )
        for each in record["amendments"]
    )
    return [Heading("Corrections"), Items(items)]


def _notes(record: Json) -> list[Block]:
    if not record["notes"]:
        return []
    items = tuple(Item(moment(each["at"]), each["text"], (each["by"],)) for each in record["notes"])
    return [Heading("Notes"), Items(items)]


def _signature() -> list[Block]:
    return [
        Heading("Read and agreed"),
        Items(tuple(Item(name, _LINE) for name in ("Name", "Role", "Signature", "Date")), apart=True),
    ]
