"""What an entry changed: the duties that are not what they were."""

from __future__ import annotations

from cpcli.output.blocks import Block, Heading, Item, Items, Para
from cpcli.output.outcome import sentence
from cpcli.output.words import Json, Sets, citation, is_overdue, say


def changed(before: Json, after: Json) -> list[Json]:
    """The duties of the case that are new, or whose state or due date is another than before, worst first."""
    was = {
        (each["walk"], each["key"]): (each["state"], each["due"], each["started"])
        for each in before["duties"]
    }
    return [
        each
        for each in after["duties"]
        if was.get((each["walk"], each["key"])) != (each["state"], each["due"], each["started"])
    ]


def changes(duties: list[Json], as_at: str, sets: Sets) -> list[Block]:
    """The screen that says so."""
    if not duties:
        return [Para("No duty is changed by it.")]
    return [Heading("What this changes"), Items(tuple(_item(each, as_at, sets) for each in duties))]


def _item(duty: Json, as_at: str, sets: Sets) -> Item:
    state, tone = duty["state"], "good"
    if state == "open":
        late = is_overdue(duty["due"], as_at)
        state = say(duty["due"]) if duty["due"] else (duty["urgency"] or "now open").capitalize()
        tone = "alarm" if late or duty["urgency"] else "strong"
    elif state == "waiting":
        tone = "quiet"
    elif state == "met late":
        tone = "warn"
    how = [
        "OVERDUE" if duty["state"] == "open" and is_overdue(duty["due"], as_at) else "",
        (duty["counted"] or "") if duty["state"] == "open" else duty["why"] or "",
        citation(duty["source"], duty["cite"]),
    ]
    return Item(state, sentence(duty, sets), (" · ".join(part for part in how if part),), tone=tone)
