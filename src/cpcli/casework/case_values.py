"""Whether a value that comes from elsewhere is of the sort that it has to be."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cpcli.clock.errors import ClockError
from cpcli.clock.when import from_iso, iso
from cpcli.procedures.model import Step
from cpcli.walk.answers import LONGEST_TEXT, is_skip


def fault_of(value: Any, sort: str) -> str:
    """Why this is no value of that sort; "" where it is one."""
    match sort:
        case "value":
            return _value_fault(value)
        case "number":
            return (
                ""
                if isinstance(value, int) and not isinstance(value, bool) and value >= 0
                else "is not a number."
            )
        case "yes or no":
            return "" if isinstance(value, bool) else "is neither true nor false."
        case "texts":
            whole = isinstance(value, list) and all(isinstance(each, str) for each in value)
            return _value_fault(value) if whole else "is not a list of texts."
        case "when or null" if value is None:
            return ""
    if not isinstance(value, str):
        return "is not a text."
    if not value.strip() and sort != "text or nothing":
        return "is empty."
    return text_fault(value)


def text_fault(text: str) -> str:
    """Why this is no text to keep; "" where it is one."""
    if len(text) > LONGEST_TEXT:
        return f"has {len(text):,} characters; at most {LONGEST_TEXT:,} are kept."
    try:
        text.encode()
    except UnicodeEncodeError:
        return "holds characters that are no characters."
    return ""


def _value_fault(value: Any) -> str:
    if isinstance(value, str):
        return text_fault(value)
    if isinstance(value, list):
        return next((fault for each in value if (fault := _value_fault(each))), "")
    if isinstance(value, dict):
        return next((fault for each in (*value, *value.values()) if (fault := _value_fault(each))), "")
    return ""


def has_shape(step: Step, value: Any) -> bool:
    """Whether the value is built as an answer to such a step is, whatever it says."""
    if is_skip(value):
        return set(value) == {"skipped"} and isinstance(value["skipped"], str)
    if step.kind == "checklist":
        return (
            isinstance(value, dict)
            and set(value) == {"ticked", "why not"}
            and isinstance(value["ticked"], list)
            and all(isinstance(each, str) for each in value["ticked"])
            and isinstance(value["why not"], dict)
            and all(isinstance(each, str) for each in value["why not"].values())
        )
    match step.answer:
        case "several of":
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        case "person":
            return _is_person(value)
        case "people":
            return isinstance(value, list) and all(_is_person(each) for each in value)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "date" | "date and time":
            return isinstance(value, str) and (value == "not yet" or _is_when(value))
        case _:
            return isinstance(value, str)


def _is_person(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and "name" in value
        and set(value) <= {"name", "born", "relationship"}
        and all(isinstance(each, str) for each in value.values())
        and ("born" not in value or (len(value["born"]) == 10 and _is_when(value["born"])))
    )


def _is_when(text: str) -> bool:
    try:
        return iso(from_iso(text)) == text
    except ClockError:
        return False


def day_of(when: date | datetime) -> date:
    """The day of it."""
    return when.date() if isinstance(when, datetime) else when
