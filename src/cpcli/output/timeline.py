"""What happened in a case, what was due and what was late, in the order of time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cpcli.output.blocks import Block, Heading, Item, Items
from cpcli.output.outcome import sentence
from cpcli.output.words import Json, Sets, is_overdue, say
from cpcli.procedures.model import BIRTH


class Moment(NamedTuple):
    """One thing on the timeline."""

    at: str
    """Local date or date and time, ISO."""
    text: str
    about: str = ""
    tone: str = ""
    ends_the_day: bool = False
    """A date by which something is due, which comes after whatever happened on it."""


def timeline(record: Json, sets: Sets) -> list[Block]:
    """The part of the page that shows it."""
    now = Moment(str(record["case"]["as_at"]), "- now -", tone="quiet")
    # Sorting keeps what is equal in its order: what happens just now comes before it.
    items = [
        Item(say(each.at), each.text, (each.about,) if each.about else (), tone=each.tone)
        for each in sorted([*moments(record, sets), now], key=_order)
    ]
    return [Heading("What happened, what was due and what was late"), Items(tuple(items))]


def moments(record: Json, sets: Sets) -> list[Moment]:
    """Everything that has a time, in its order."""
    return sorted(
        [
            Moment(local(record["case"]["opened"]), "The case was opened", record["case"]["opened_by"]),
            *(_decision(each) for each in record["decisions"]),
            *(_event(each, record) for each in record["events"] if not _of_duty(each, record)),
            *(found for each in record["duties"] for found in _duty(each, record, sets)),
            *(_departure(each, record) for each in record["departures"]),
            *(_extension(each, record) for each in record["extensions"]),
            *(_amendment(each) for each in record["amendments"]),
            *(_closing(each) for each in record["closings"]),
        ],
        key=_order,
    )


def local(at: str) -> str:
    """A recorded moment (UTC, ISO) as the local date and time, ISO."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%dT%H:%M")


def duty_words(walk: int, key: str | None, record: Json) -> str:
    """What a duty says to do, or the pathway's title where none is named."""
    found = (each["do"] for each in record["duties"] if (each["walk"], each["key"]) == (walk, key))
    if key:
        return str(next(found, key))
    return str(next((each["title"] for each in record["walks"] if each["number"] == walk), "the procedure"))


def _order(each: Moment) -> tuple[str, str]:
    return each.at[:10], each.at[11:] or ("~" if each.ends_the_day else "")


def _decision(each: Json) -> Moment:
    return Moment(local(each["at"]), f"Decided: {each['question']} {each['decision']}", each["by"])


def _of_duty(event: Json, record: Json) -> bool:
    """Whether a duty that was done says the same."""
    return event["event"] == BIRTH or any(_is_done_by(duty, event) for duty in record["duties"])


def _is_done_by(duty: Json, event: Json) -> bool:
    return (duty["walk"], duty["duty"], duty["since"]) == (event["walk"], event["from"], event["at"])


def _event(each: Json, record: Json) -> Moment:
    by_hand = each["walk"] is None or any(each["from"] == duty["duty"] for duty in record["duties"])
    about = [f"entry {each['entry']}" if by_hand else "", f"note: {each['note']}" if each["note"] else ""]
    ahead = each["at"] > record["case"]["as_at"]
    name = f"Planned: {each['name']}" if ahead else each["name"]
    return Moment(each["at"], name, " · ".join(part for part in about if part), "quiet" if ahead else "")


def _duty(each: Json, record: Json, sets: Sets) -> list[Moment]:
    said, due, since = sentence(each, sets, record["walks"]), each["due"], each["since"]
    match each["state"]:
        case "open" | "waiting" if due:
            late = each["state"] == "open" and is_overdue(due, record["case"]["as_at"])
            tone = "alarm" if late else "strong"
            about = each["why"] or "" if each["state"] == "waiting" else ""
            return [Moment(due, f"{'OVERDUE' if late else 'Due'}: {said}", about, tone, True)]
        case "met":
            in_time = f"due {say(due)}" if due else ""
            return [Moment(since, f"Done: {each['do']}", _joined(in_time, _entry(each, record)), "good")]
        case "met late":
            was_due = [Moment(due, f"Was due: {said}", "", "warn", True)] if due else []
            about = _joined(each["why"], _entry(each, record))
            return [*was_due, Moment(since, f"Done LATE: {each['do']}", about, "warn")]
        case "lapsed" if not record["case"]["closed"]:
            return [Moment(since, f"No longer needed: {each['do']}", "", "quiet")]
    return []


def _entry(duty: Json, record: Json) -> str:
    """The entry that says it was done, where it was recorded as such."""
    found = (each["entry"] for each in record["events"] if _is_done_by(duty, each))
    return next((f"entry {entry}" for entry in found), "")


def _departure(each: Json, record: Json) -> Moment:
    said = f"Departed from: {duty_words(each['walk'], each['duty'], record)}"
    return Moment(each["at"], said, f"agreed by {each['agreed_by']}" if each["agreed_by"] else "", "warn")


def _extension(each: Json, record: Json) -> Moment:
    said = f"A later date, {say(each['to'])}, was agreed: {duty_words(each['walk'], each['duty'], record)}"
    return Moment(local(each["at"]), said, f"on the authority of {each['authority']}", "warn")


def _amendment(each: Json) -> Moment:
    return Moment(local(each["at"]), f"Corrected: {each['what']}", correction(each), "warn")


def correction(each: Json) -> str:
    """From what to what: "from Thu 24 Dec 2026 15:30 to Wed 23 Dec 2026 09:00"."""
    was = say(each["was"]) if each["was"] else "not having happened"
    return f"from {was} to {say(each['to']) if each['to'] else 'not having happened at all'}"


def _closing(each: Json) -> Moment:
    words = "closed" if each["kind"] == "closed" else "opened again"
    return Moment(local(each["at"]), f"The case was {words}: {each['why']}", each["by"])


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
