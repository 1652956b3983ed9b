"""Answers: what they are, and whether a value can be one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cpcli.clock.when import HELP, WhenError, from_iso, iso, parse_when, say_date, say_when
from cpcli.procedures.model import Step

LONGEST_TEXT = 100_000
"""Characters in one answer: a chapter, so that a pasted file is refused before it fills the store."""


class AnswerError(ValueError):
    """A value that cannot answer the step. The message is one line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The latest answer to one step of a walk."""

    step: str
    value: Any
    """A JSON value; which, depends on the step's kind of answer (docs/answers.md)."""
    seq: int
    """The journal entry that gave it."""
    changed: int
    """The journal entry since when the value has been what it is."""
    at: datetime
    who: str
    question: str
    """The question as it was shown."""
    carried_from: int = 0
    """The walk whose answer it was first; 0 where it was asked here."""
    first: int = 0
    """The journal entry that answered the step for the first time in this walk."""
    cite: tuple[str, ...] = ()
    """The paragraphs that were cited with the question."""


def is_skip(value: Any) -> bool:
    """Whether the step was left out, with a reason."""
    return isinstance(value, dict) and "skipped" in value


def is_enough(step: Step, value: Any) -> bool:
    """Whether a checklist has as many ticks as it needs (all of its items, where it does not say)."""
    keys = step.needs.keys if step.needs else tuple(item.key for item in step.items)
    count = step.needs.count if step.needs else len(keys)
    return len(set(value.get("ticked", ())).intersection(keys)) >= count


def births(value: Any) -> tuple[str, ...]:
    """The dates of birth in an answer that names a person or people."""
    people = value if isinstance(value, list) else [value]
    return tuple(p["born"] for p in people if isinstance(p, dict) and p.get("born"))


def read_answer(step: Step, raw: Any, now: datetime) -> Any:
    """The value to record for what somebody gave, at a prompt (text) or in an answers file (JSON, YAML).

    Raises AnswerError, in one line, where it cannot be an answer to this step.
    """
    if is_skip(raw):
        if not step.may_skip:
            raise AnswerError("this step may not be skipped")
        if set(raw) != {"skipped"}:
            raise AnswerError('a skipped step is {"skipped": "the reason"} and nothing else')
        return {"skipped": _text(raw["skipped"], "the reason for skipping")}
    if step.kind == "tell":
        return "read"
    if step.kind == "checklist":
        return _checklist(step, raw)
    if step.kind == "happened":
        if step.may_be_not_yet and isinstance(raw, str) and raw.strip().lower() == "not yet":
            return "not yet"
        return _when(raw, step.answer, now, ahead=step.planned)
    match step.answer:
        case "yes or no":
            return _yes_or_no(raw)
        case "one of":
            return _option(step, raw)
        case "several of":
            return _options(step, raw)
        case "number":
            return _number(raw)
        case "date" | "date and time":
            return _when(raw, step.answer, now, ahead=True)
        case "person":
            return _person(raw, now)
        case "people":
            if not isinstance(raw, list) or not raw:
                raise AnswerError("give a list of people, one or more, each with a name")
            return [_person(one, now) for one in raw]
        case _:
            return _text(raw, "an answer")


def say_answer(step: Step, value: Any) -> str:
    """The value in words, as a person would read it back."""
    if is_skip(value):
        return f"Skipped: {value['skipped']}"
    if step.kind == "tell":
        return "Read"
    if step.kind == "checklist":
        return _say_checklist(step, value)
    labels = {option.key: option.label for option in step.options}
    match step.answer:
        case "yes or no":
            return "Yes" if value == "yes" else "No"
        case "one of":
            return str(labels.get(value, value))
        case "several of":
            return "; ".join(labels.get(one, one) for one in value) or "None of these"
        case "person":
            return _say_person(value)
        case "people":
            return "; ".join(_say_person(one) for one in value)
        case "date" | "date and time":
            return "Not yet" if value == "not yet" else _say(from_iso(value))
        case _:
            return str(value)


def _say(at: date) -> str:
    return say_when(at) if isinstance(at, datetime) else say_date(at)


def _text(raw: Any, what: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise AnswerError(f"{what} is a text")
    text = str(raw).strip()
    if not text:
        raise AnswerError(f"{what} may not be empty")
    if len(text) > LONGEST_TEXT:
        raise AnswerError(f"{what} has {len(text):,} characters; at most {LONGEST_TEXT:,} are kept")
    return text


def _yes_or_no(raw: Any) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    said = str(raw).strip().lower()
    if said in ("yes", "y"):
        return "yes"
    if said in ("no", "n"):
        return "no"
    raise AnswerError(f"{raw!r} is not an answer: write yes or no")


def _option(step: Step, raw: Any) -> str:
    keys = [option.key for option in step.options]
    key = _yes_or_no(raw) if isinstance(raw, bool) else str(raw).strip()
    if key not in keys:
        raise AnswerError(f"{key!r} is not one of the choices: {', '.join(keys)}")
    return key


def _options(step: Step, raw: Any) -> list[str]:
    if not isinstance(raw, list):
        raise AnswerError("give a list of choices: [] for none")
    chosen = {_option(step, one) for one in raw}
    return [option.key for option in step.options if option.key in chosen]


def _number(raw: Any) -> int | float:
    try:
        value = float(str(raw).strip()) if not isinstance(raw, bool) else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise AnswerError(f"{raw!r} is not a number")
    return int(value) if value.is_integer() else value


def _when(raw: Any, kind: str, now: datetime, *, ahead: bool) -> str:
    try:
        at = raw if isinstance(raw, date) else parse_when(str(raw), now)
        if isinstance(at, datetime) and at.tzinfo is None:
            at = parse_when(at.isoformat(), now)
    except WhenError as problem:
        if not any(letter.isdigit() for letter in str(raw)):  # it may be a name, and is not repeated
            raise AnswerError(f"this is not a date. {HELP}") from None
        raise AnswerError(str(problem)) from None
    if isinstance(at, datetime) and kind == "date":
        at = at.date()
    if not ahead:
        late = at > now if isinstance(at, datetime) else at > now.date()
        if late:
            raise AnswerError(f"{_say(at)} has not come yet: give the time at which it happened")
    return iso(at)


def _person(raw: Any, now: datetime) -> dict[str, str]:
    if isinstance(raw, str):
        raw = {"name": raw}
    if not isinstance(raw, dict):
        raise AnswerError("a person has a name, and may have a date of birth (born) and a relationship")
    unknown = [str(key) for key in raw if key not in ("name", "born", "relationship")]
    if unknown:
        raise AnswerError(f"a person has name, born and relationship, not {unknown[0]!r}")
    person = {"name": _text(raw.get("name", ""), "the name")}
    if raw.get("born"):
        person["born"] = _when(raw["born"], "date", now, ahead=False)
    if raw.get("relationship"):
        person["relationship"] = _text(raw["relationship"], "the relationship")
    return person


def _say_person(person: dict[str, str]) -> str:
    more = [person["relationship"]] if person.get("relationship") else []
    if person.get("born"):
        more.append(f"born {_say(from_iso(person['born']))}")
    return person["name"] + (f" ({', '.join(more)})" if more else "")


def _checklist(step: Step, raw: Any) -> dict[str, Any]:
    keys = [item.key for item in step.items]
    if isinstance(raw, list):
        raw = {"ticked": raw}
    if not isinstance(raw, dict) or not set(raw) <= {"ticked", "why not"}:
        raise AnswerError('a checklist is {"ticked": [...], "why not": {item: reason}}')
    ticked, why_not = raw.get("ticked") or [], raw.get("why not") or {}
    if not isinstance(ticked, list) or not isinstance(why_not, dict):
        raise AnswerError('"ticked" is a list, and "why not" gives a reason for each item left out')
    for key in [*ticked, *why_not]:
        if key not in keys:
            raise AnswerError(f"{key!r} is not on the list: {', '.join(keys)}")
    both = [key for key in keys if key in ticked and key in why_not]
    if both:
        raise AnswerError(f"{both[0]!r} is ticked, and has a reason why not: keep one")
    reasons = {key: _text(why_not[key], f"the reason for {key!r}") for key in keys if why_not.get(key)}
    return {"ticked": [key for key in keys if key in ticked], "why not": reasons}


def _say_checklist(step: Step, value: dict[str, Any]) -> str:
    ticked = sum(item.key in value["ticked"] for item in step.items)
    missing = [
        item.label + (f" ({value['why not'][item.key]})" if item.key in value["why not"] else "")
        for item in step.items
        if item.key not in value["ticked"]
    ]
    words = f"{ticked} of {len(step.items)} ticked"
    return words + (f"; not: {'; '.join(missing)}" if missing else "")
