"""Who did what in a case, and when: its journal in words, with what stood before each entry and since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from cpcli.casework.case import Case, apply, fold
from cpcli.casework.duties import duties_of
from cpcli.casework.entry import Entry
from cpcli.casework.events import event_name
from cpcli.casework.layout import Rules
from cpcli.casework.recorded import what_of
from cpcli.casework.told import Done, Recorded
from cpcli.clock.when import from_iso, say_when
from cpcli.walk.answers import say_answer


class Happening(NamedTuple):
    """One entry in words."""

    entry: int
    at: datetime
    """When it was recorded, in UTC."""
    who: str
    walk: int
    """0 where it belongs to no walk."""
    kind: str
    what: str
    """The question, the event or the duty that it is about."""
    old: str = ""
    """What stood before it; "" where nothing did."""
    new: str = ""
    why: str = ""
    """The reason, or the note, that was given with it."""
    brought_in: str = ""
    """When and by whom it was brought in from elsewhere, in words; "" where it was recorded here."""
    erased: bool = False
    """What it said is gone."""


def history(entries: Sequence[Entry], rules: Rules) -> tuple[Happening, ...]:
    """Every entry of one case, in order."""
    if not entries:
        return ()
    case = fold(entries[:1])
    found = [_happening(entries[0], case, rules)]
    for entry in entries[1:]:
        found.append(_happening(entry, case, rules))
        apply(case, entry)
    return tuple(found)


def _happening(entry: Entry, case: Case, rules: Rules) -> Happening:
    """The entry as seen from the case as it stood before it."""
    body: dict[str, Any] = entry.body
    brought = f"{say_when(entry.brought_in[0])} by {entry.brought_in[1]}" if entry.brought_in else ""
    happened = Happening(entry.seq, entry.at, entry.who, entry.walk, entry.kind, "", brought_in=brought)
    if entry.erased:
        return happened._replace(
            what=f"{entry.kind.replace('-', ' ').capitalize()}. What was recorded here is erased", erased=True
        )
    match entry.kind:
        case "case-opened":
            return happened._replace(what="The case was opened")
        case "walk-begun":
            title = rules.pathway(body["pathway"]).title
            return happened._replace(
                what=f"Walk {entry.walk} was begun: {title}", new=f"as {body['role'].replace('-', ' ')}"
            )
        case "walk-finished":
            return happened._replace(what=f"Walk {entry.walk} was finished")
        case "answered":
            return _answered(entry, case, rules, happened)
        case "event-recorded":
            name = event_name(body["event"], case, rules)
            return happened._replace(what=name, new=_say(body["at"]), why=body.get("note", ""))
        case "duty-done":
            what = f"Done: {_duty(entry, case, rules)}"
            return happened._replace(what=what, new=_say(body["at"]), why=body.get("note", ""))
        case "departed":
            what = f"Departure from: {_duty(entry, case, rules)}"
            agreed = f", agreed by {body['agreed by']}" if body["agreed by"] else ""
            return happened._replace(what=what, new=f"{body['what']}{agreed}", why=body["why"])
        case "assigned":
            what = f"Who has this: {_duty(entry, case, rules) if body['duty'] else 'the case'}"
            before = case.assigned.get((entry.walk, body["duty"]), "")
            return happened._replace(what=what, old=before, new=body["to"] or "nobody")
        case "extended":
            what = f"A later date: {_duty(entry, case, rules)}"
            to = f"{_say(body['to'])}, on the authority of {body['authority']}"
            return happened._replace(what=what, old=_due(entry, case, rules), new=to, why=body["why"])
        case "amended":
            dated: list[Recorded | Done] = [*case.events, *case.done]
            one = next((each for each in dated if each.seq == body["entry"]), None)
            what = f"Correction of entry {body['entry']}" + (f": {what_of(one, case, rules)}" if one else "")
            new = _say(body["to"]) if body["to"] else "it did not happen"
            return happened._replace(what=what, old=_say(one.at) if one else "", new=new, why=body["reason"])
        case "closed":
            return happened._replace(what="The case was closed", why=body["why"])
        case "reopened":
            return happened._replace(what="The case was opened again", why=body["why"])
        case "marked":
            return happened._replace(what="Who may not see the record", new=body["text"])
        case "unmarked":
            old = next((mark.text for mark in case.marks if mark.seq == body["entry"]), "")
            return happened._replace(
                what="Who may not see the record", old=old, new="taken off", why=body["reason"]
            )
        case "erased":
            agreed = f"Agreed by {body['agreed by']}"
            what = f"What {body['entries']} entries said was erased"
            although = f". {body['although']}" if body["although"] else ""
            return happened._replace(what=what, new=agreed, why=f"{body['why']}{although}")
        case "noted":
            return happened._replace(what="A note", new=body["text"])
        case _:
            return happened._replace(what=entry.kind)


def _answered(entry: Entry, case: Case, rules: Rules, happened: Happening) -> Happening:
    body, walk = entry.body, case.walks[entry.walk]
    steps = rules.pathway(walk.pathway).steps
    step = next((each for each in steps if each.id == body["step"]), None)
    before = walk.answers.get(body["step"])

    def said(value: Any) -> str:
        return say_answer(step, value) if step else str(value)

    new = said(body["value"])
    old = said(before.value) if before else ""
    carried = f"carried over from walk {body['carried from']}" if body.get("carried from") else ""
    return happened._replace(what=body["question"], old=old, new=new, why=body.get("reason", "") or carried)


def _duty(entry: Entry, case: Case, rules: Rules) -> str:
    pathway = rules.pathway(case.walks[entry.walk].pathway) if entry.walk in case.walks else None
    if pathway is None or not entry.body["duty"]:
        return pathway.title if pathway else "the case"
    duty_id = entry.body["duty"].split("#")[0]
    return next((duty.do for duty in pathway.duties if duty.id == duty_id), duty_id)


def _due(entry: Entry, case: Case, rules: Rules) -> str:
    """When the duty was due until then; "" where its pathway is not at hand."""
    if case.walks[entry.walk].pathway in rules.missing:
        return ""
    key = (entry.walk, entry.body["duty"])
    duties = duties_of(case, rules, entry.at)
    return next((_say(duty.due) for duty in duties if (duty.walk, duty.key) == key and duty.due), "")


def _say(at: str) -> str:
    return say_when(from_iso(at)) if at else ""
