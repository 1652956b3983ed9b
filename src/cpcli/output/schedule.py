"""The schedule of a pathway, or of one duty of it, for a person; and each duty of it for programs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cpcli.casework.duty_json import duty_json
from cpcli.casework.schedule import FOLLOWS, OVER, WAITS, Planned
from cpcli.clock.met import Met
from cpcli.clock.when import say_when
from cpcli.output.blocks import Block, Gap, Heading, Item, Items, Para, Title
from cpcli.output.outcome import limit_words
from cpcli.output.weeks import day_table
from cpcli.output.words import AT_ONCE, Sets, binding, citation, event_words, role_name, say
from cpcli.procedures.cites import say_cites
from cpcli.procedures.words import when_words

if TYPE_CHECKING:
    from cpcli.output.ics import Entry
    from cpcli.procedures.model import Pathway

PROJECTED = "projected: it rests on bank holidays that are not published yet"
COLUMNS = (
    *("due", "level", "do", "by", "when", "condition", "limit", "event", "from", "counted", "urgency"),
    *("projected", "state", "why", "source", "cite", "pathway", "duty", "note"),
)


def as_row(one: Planned) -> dict[str, Any]:
    """The duty with its due date, for programs; null for what it does not have."""
    condition = {"when": when_words(one.duty.when) or None, "condition": one.condition or None}
    state = {**duty_json(one.state), **condition, "from": one.state.started or None}
    return {key: state[key] for key in COLUMNS}


def pathway_blocks(
    pathway: Pathway,
    planned: Sequence[Planned],
    later: Sequence[Planned],
    sets: Sets,
    *,
    explain: bool = False,
) -> list[Block]:
    """All that follows, what waits, and what is over, each with who, by when and on whose word.

    `later` is what comes in the pathways that this one leads to.
    """
    source = sets(pathway.source)
    found: list[Block] = [
        Title(pathway.title, f"{source.title}, edition {source.edition}"),
        Para(
            "No case: worked out from the events that were given. What depends on answers says so.",
            "quiet",
            0,
        ),
    ]
    for part, heading in ((FOLLOWS, "What follows"), (OVER, "What is done, or no longer needed")):
        items = tuple(_item(one, sets) for one in planned if one.part == part)
        if part == OVER:
            items += tuple(_item(one, sets, pathway) for one in later if one.part == part)
        if items:
            found += [Heading(heading), Items(items, apart=True)]
        if part == FOLLOWS:
            found += _onward([one for one in later if one.part == part], sets, pathway)
            found += _waiting(planned, sets)
    if explain:
        for one in (*planned, *later):
            if one.due is not None and one.part == FOLLOWS:
                found += [Heading(f"How it was counted: {one.duty.do}"), *day_table(one.due.working)]
    return found


def _onward(later: Sequence[Planned], sets: Sets, pathway: Pathway) -> Iterator[Block]:
    if later:
        yield Heading("What these dates lead to in the procedures that come next")
        yield Items(tuple(_item(one, sets, pathway) for one in later), apart=True)


def _waiting(planned: Iterable[Planned], sets: Sets) -> Iterator[Block]:
    groups: dict[tuple[str, str], list[Planned]] = {}
    for one in planned:
        if one.part == WAITS:
            groups.setdefault((one.state.source, one.duty.of), []).append(one)
    if groups:
        yield Heading("What waits for something that has not happened")
    for (source, event), duties in groups.items():
        items = [
            Item("-", _sentence(one, sets), (*_if(one), _dotted(one.state.limit, _cited(one))), tone="quiet")
            for one in duties
        ]
        items[-1] = items[-1]._replace(command=f"--event {event}=WHEN", command_for="Once it is known")
        yield Para(f"Waits for: {event_words(event, source, sets)}", "strong")
        yield Items(tuple(items))


def _item(one: Planned, sets: Sets, before: Pathway | None = None) -> Item:
    """The duty. For one in another pathway: which, and "You" is whoever walks the pathway `before` it."""
    state = one.state
    lead = AT_ONCE.get(state.urgency) or (say(state.due) if state.due else "No date")
    how = _dotted(
        f"at the latest {say(state.due)}" if state.urgency and state.due else "",
        state.counted or limit_words(duty_json(state), sets),
        PROJECTED if state.projected else "",
        state.why,
        _cited(one),
        f"{state.pathway}/{state.duty}" if before else state.duty,
    )
    note = (state.note,) if state.note else ()
    tone = "alarm" if state.urgency else "strong" if state.due else "quiet"
    you = None if before is None else one.duty.by == (before.walker or sets(before.source).walker)
    return Item(lead, _sentence(one, sets, you=you), (*_if(one), how, *note), tone=tone)


def duty_blocks(
    one: Planned, sets: Sets, done: date | datetime | None, verdict: Met | None, *, explain: bool
) -> list[Block]:
    """One duty: what it is, when it is due, how that was counted, and on whose word."""
    state, due = one.state, one.due
    source = sets(state.source)
    items = [Item("Duty", _sentence(one, sets), (_dotted(_cited(one), f"{state.pathway}/{state.duty}"),))]
    if one.condition:
        items.append(Item("If", one.condition))
    if state.limit:
        whose = f" ({due.nation})" if due is not None else ""
        of = f", from: {event_words(state.event, state.source, sets)}" if state.event else ""
        items.append(Item("Limit", f"{state.limit}{whose}{of}"))
    if due is not None and due.start is not None:
        items.append(Item("From", say_when(due.start)))
    how = due.counted if due is not None else state.why
    said = say(state.due) if state.due else AT_ONCE.get(state.urgency, "no date")
    more = tuple(part for part in (how, PROJECTED if state.projected else "") if part)
    items.append(Item("Due", said, more, text_tone="strong"))
    if done is not None and verdict is not None:
        words = f"{'in time' if verdict.in_time else 'NOT in time'}, {verdict.words}"
        items.append(Item("Met", f"{say_when(done)}: {words}"))
    if state.note:
        items.append(Item("Note", state.note))
    found: list[Block] = [Items(tuple(items))]
    if explain:
        says = f"{source.title}, edition {source.edition}, {_paragraphs(one.duty.cite)}"
        rule = (Item("Rule", due.rule),) if due is not None else ()
        found += [Gap(), Items((*rule, Item("Source", says)))]
        found += [Gap(), *day_table(due.working)] if due is not None else []
    return found


def entry(one: Planned) -> Entry:
    """The duty as a task in a calendar; one whose condition is not known to be met is not firm."""
    from cpcli.clock.when import from_iso
    from cpcli.output.ics import AT_ONCE as FIRST
    from cpcli.output.ics import BECOMES, OPEN, PRIORITIES
    from cpcli.output.ics import Entry as Made

    state = one.state
    return Made(
        uid=uid(state.source, state.pathway, state.key, state.started),
        summary=state.do,
        due=from_iso(state.due) if state.due else None,
        description="\n".join(part for part in (*_if(one), state.counted, state.note, _cited(one)) if part),
        priority=FIRST if state.urgency else PRIORITIES.get(state.level, 0),
        categories=(state.source, state.pathway, state.level),
        state=BECOMES.get(state.state, OPEN),
        firm=not (state.projected or one.condition or state.state == "waiting"),
    )


def uid(*parts: str) -> str:
    """The same name in a calendar for the same thing, each time that it is written."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _sentence(one: Planned, sets: Sets, *, you: bool | None = None) -> str:
    person = (
        "You" if (one.state.you if you is None else you) else role_name(one.duty.by, one.state.source, sets)
    )
    return f"{binding(person, one.duty.level)} {one.duty.do}"


def _if(one: Planned) -> tuple[str, ...]:
    return (f"If {one.condition}",) if one.condition else ()


def _cited(one: Planned) -> str:
    return citation(one.state.source, one.duty.cite)


def _paragraphs(cite: Sequence[str]) -> str:
    return f"paragraph{'' if len(cite) == 1 else 's'} {say_cites('', cite)}"


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
