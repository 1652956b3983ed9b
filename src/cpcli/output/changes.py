"""What an entry changed: the duties that are not what they were."""

from __future__ import annotations

from collections.abc import Sequence

from cpcli.output.blocks import Block, Heading, Item, Items, Para
from cpcli.output.outcome import sentence
from cpcli.output.words import AT_ONCE, Json, Sets, citation, is_overdue, say


def changed(before: Json, after: Json) -> list[Json]:
    """The duties of the case that are new, or that have another state, due date, beginning or person than
    before, worst first.
    """
    was = {_name(each): _facts(each) for each in before["duties"]}
    return [each for each in after["duties"] if was.get(_name(each)) != _facts(each)]


def gone(before: Json, after: Json) -> list[Json]:
    """The duties that the case had before and has no longer."""
    still = {_name(each) for each in after["duties"]}
    return [each for each in before["duties"] if _name(each) not in still]


def were(before: Json, duties: list[Json]) -> list[Json]:
    """What these duties were before; those that are new are left out."""
    names = {_name(each) for each in duties}
    return [each for each in before["duties"] if _name(each) in names]


def changes(
    duties: list[Json],
    as_at: str,
    sets: Sets,
    was: list[Json] | None = None,
    walks: Sequence[Json] = (),
) -> list[Block]:
    """The screen that says so, with what they were, where that is given: duties gone are in it alone. `walks`
    are those of the case.
    """
    now = {_name(each) for each in duties}
    old = {_name(each): each for each in was or ()}
    lost = [each for name, each in old.items() if name not in now]
    if not duties and not lost:
        return [Para("No duty is changed by it.")]
    items = [_item(each, as_at, sentence(each, sets, walks), old.get(_name(each))) for each in duties]
    items += [_lost(each, as_at, sentence(each, sets, walks)) for each in lost]
    return [Heading("What this changes"), Items(tuple(items))]


def in_words(duty: Json, as_at: str) -> str:
    """The state and the due date in a few words: "open, due Tue 29 Dec 2026"."""
    if duty["state"] == "open" and is_overdue(duty["due"], as_at):
        return f"OVERDUE, due {say(duty['due'])}"
    due = f", due {say(duty['due'])}" if duty["due"] and duty["state"] in ("open", "waiting") else ""
    return f"{duty['state']}{due}"


def _name(duty: Json) -> tuple[int, str]:
    return duty["walk"], duty["key"]


def _facts(duty: Json) -> tuple[str | None, ...]:
    return duty["state"], duty["due"], duty["started"], duty["assigned"], _late(duty)


def _late(duty: Json) -> str | None:
    """By how much, of what was met: a correction can make that another."""
    return duty["why"] if duty["state"] in ("met", "met late") else None


def _item(duty: Json, as_at: str, said: str, was: Json | None) -> Item:
    state, tone = duty["state"], "good"
    if state == "open":
        late = is_overdue(duty["due"], as_at)
        state = say(duty["due"]) if duty["due"] else AT_ONCE.get(duty["urgency"] or "", "Now open")
        tone = "alarm" if late or duty["urgency"] else "strong"
    elif state == "waiting":
        tone = "quiet"
    elif state == "met late":
        tone = "warn"
    how = [
        _was(was, duty, as_at) if was else "",
        "OVERDUE" if duty["state"] == "open" and is_overdue(duty["due"], as_at) else "",
        (duty["counted"] or "") if duty["state"] == "open" else duty["why"] or "",
        citation(duty["source"], duty["cite"]),
    ]
    return Item(state, said, (" · ".join(part for part in how if part),), tone=tone)


def _was(was: Json, duty: Json, as_at: str) -> str:
    """What it was; with what it counted from, where that is another now."""
    moved = was["started"] and was["started"] != duty["started"]
    return f"was {in_words(was, as_at)}" + (f", from {say(was['started'])}" if moved else "")


def _lost(duty: Json, as_at: str, said: str) -> Item:
    how = f"was {in_words(duty, as_at)} · {citation(duty['source'], duty['cite'])}"
    return Item("no longer so", said, (how,), tone="warn")
