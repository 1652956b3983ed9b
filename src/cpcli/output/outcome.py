"""What a walk has come to: what was decided, what to do next, what waits, what must not be done."""

from __future__ import annotations

from collections.abc import Sequence

from cpcli.casework.stand_in import MEND
from cpcli.output.blocks import Block, Gap, Heading, Item, Items, Para, Title
from cpcli.output.people import show
from cpcli.output.words import AT_ONCE, Json, Sets, binding, citation, event_words, is_overdue, say, who


def show_outcome(record: Json, sets: Sets, walk: int = 0) -> None:
    """Write what a case has come to: all its duties, and what was said in the walk that is named."""
    show(outcome(record, sets, walk))


def outcome(record: Json, sets: Sets, walk: int = 0) -> list[Block]:
    """The screen at the end of a walk."""
    mine = {
        key: [one for one in record[key] if not walk or one["walk"] in (walk, None)]
        for key in ("marking", "decisions", "must_not", "leads_to")
    }
    whole = {**record, **mine}
    return [
        *head(whole, walk),
        *decisions(whole),
        *next_steps(whole, sets),
        *waiting(whole, sets),
        *must_not(whole),
        *leads_to(whole),
        Gap(),
        Items(
            (
                Item(
                    "",
                    "It is all kept.",
                    command=f"cpcli case show {record['case']['reference']}",
                    command_for="See it again",
                ),
            )
        ),
    ]


def head(record: Json, walk: int = 0) -> list[Block]:
    """Which case it is, and who may not see it."""
    titles = [each["title"] for each in record["walks"] if not walk or each["number"] == walk]
    found: list[Block] = [Title(f"Case {record['case']['reference']}", "; ".join(dict.fromkeys(titles)))]
    return [*found, *marking(record["marking"]), *not_at_hand(record["not_at_hand"])]


def marking(marks: Sequence[Json]) -> list[Block]:
    """Who may not see what follows, each once, with the paragraph that says so."""
    said = {each["text"]: citation(each["source"], each["cite"]) if each["source"] else "" for each in marks}
    return [Para(f"{text} ({cite})" if cite else text, "alarm", 0) for text, cite in said.items()]


def not_at_hand(walks: Sequence[Json]) -> list[Block]:
    """Which procedures of the case are missing, what that means, and what to do: a line, or nothing."""
    whys = dict.fromkeys(each["why"] for each in walks)
    return [Para(" ".join((*whys, MEND)), "warn", 0)] if whys else []


def is_missing(walk: int, record: Json) -> bool:
    """Whether the walk's pathway is not at hand."""
    return walk in [each["walk"] for each in record["not_at_hand"]]


def decisions(record: Json) -> list[Block]:
    """Each decision, its reason, who took it and when."""
    if not record["decisions"]:
        return []
    items = tuple(
        Item(
            "",
            each["question"],
            (
                f"Reason: {each['reason']}" if each["reason"] else "No reason was given.",
                f"{each['by']}, {moment(each['at'])} · {cited(each, record)}",
            ),
            answer=each["decision"],
        )
        for each in record["decisions"]
    )
    return [Heading("What was decided"), Items(items)]


def next_steps(record: Json, sets: Sets) -> list[Block]:
    """What is open, worst first."""
    still = [each for each in record["duties"] if each["state"] == "open"]
    if not still:
        return [Heading("What to do next"), Para("Nothing is open.")]
    items = [_step(each, sets, record) for each in still]
    if not all(is_missing(each["walk"], record) for each in still):  # which cannot be recorded as done
        command = f"cpcli case done {record['case']['reference']} DUTY --at now"
        items.append(Item("", "", command=command, command_for="When one is done"))
    return [Heading("What to do next, in the order it is due"), Items(tuple(items), apart=True)]


def _step(duty: Json, sets: Sets, record: Json) -> Item:
    late = is_overdue(duty["due"], record["case"]["as_at"])
    lead = AT_ONCE.get(duty["urgency"] or "") or (say(duty["due"]) if duty["due"] else "No date set")
    how = [
        "OVERDUE" if late else "",
        f"at the latest {say(duty['due'])}" if duty["urgency"] and duty["due"] else "",
        duty["counted"] or limit_words(duty, sets, record["duties"]),
        "rests on bank holidays not yet proclaimed" if duty["projected"] else "",
        f"with {duty['assigned']}" if duty["assigned"] else "",
        citation(duty["source"], duty["cite"]),
        _name(duty, record),
    ]
    return Item(
        lead,
        sentence(duty, sets, record["walks"]),
        (" · ".join(part for part in how if part), *([duty["note"]] if duty["note"] else [])),
        tone="alarm" if late or duty["urgency"] else "strong" if duty["due"] else "quiet",
        text_tone="strong" if duty["level"] == "must" else "",
    )


def _name(duty: Json, record: Json) -> str:
    """What to call the duty on the command line: its key, after the walk's number where two have it."""
    same = [each for each in record["duties"] if each["key"] == duty["key"]]
    return f"{duty['walk']}:{duty['key']}" if len(same) > 1 else str(duty["key"])


def sentence(duty: Json, sets: Sets, walks: Sequence[Json] = ()) -> str:
    """Who, how strongly, what: "You should: Ring the local authority". `walks` are those of its case."""
    return f"{binding(who(duty, sets, walks), duty['level'])} {duty['do']}"


def limit_words(duty: Json, sets: Sets, duties: Sequence[Json] = ()) -> str:
    """The limit as the pathway words it, where it has come to no date; "" where the urgency says it."""
    if not duty["limit"] or duty["urgency"]:
        return ""
    if duty["event"] and str(duty["limit"]).endswith("before"):
        return f"{duty['limit']} this: {event_words(duty['event'], duty['source'], sets, duties)}"
    return str(duty["limit"])


def waiting(record: Json, sets: Sets) -> list[Block]:
    """What waits for an event: the event in words, what follows it, and how to record it."""
    waits = [each for each in record["duties"] if each["state"] == "waiting"]
    groups: dict[tuple[str, str], list[Json]] = {}
    for each in waits:
        key = (each["source"], "" if each["started"] else each["event"] or "")
        groups.setdefault(key, []).append(each)
    found: list[Block] = [Heading("What waits for something that has not happened")] if waits else []
    for (source, event), duties in groups.items():
        items = [_waits(each, sets, record) for each in duties]
        if event:
            found.append(Para(f"Waits for: {event_words(event, source, sets, record['duties'])}", "strong"))
            ahead = all(str(each["limit"] or "").endswith("before") for each in duties)
            command = f"cpcli case event {record['case']['reference']} {event} --at "
            items[-1] = items[-1]._replace(
                command=command + ("WHEN --planned" if ahead else "now"),
                command_for="Once it is fixed" if ahead else "When it has happened",
            )
        found.append(Items(tuple(items)))
    return found


def _waits(duty: Json, sets: Sets, record: Json) -> Item:
    when = (
        f"{say(duty['due'])}: {duty['why']}"
        if duty["due"]
        else duty["why"]
        if duty["started"] or not duty["event"]
        else duty["limit"]
    )
    said = " · ".join(part for part in (when or "", citation(duty["source"], duty["cite"])) if part)
    text = sentence(duty, sets, record["walks"])
    return Item("-", text, (said, *([duty["note"]] if duty["note"] else [])), tone="quiet")


def must_not(record: Json) -> list[Block]:
    """What must not be done."""
    if not record["must_not"]:
        return []
    items = tuple(
        Item("!", each["text"], (cited(each, record),), tone="alarm") for each in record["must_not"]
    )
    return [Heading("What must not be done", "alarm"), Items(items)]


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


def cited(each: Json, record: Json) -> str:
    """The citation of what a walk of the case says: the walk's set, and the paragraphs."""
    sources = {walk["number"]: walk["source"] for walk in record["walks"]}
    return citation(sources[each["walk"]], each["cite"])


def moment(at: str) -> str:
    """A recorded moment (UTC, ISO) in local words."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return say(datetime.fromisoformat(at).astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%dT%H:%M"))
