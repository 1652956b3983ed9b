"""A case with every kind of entry, in which every text that somebody could have typed is another's."""

import json
from pathlib import Path

import practice
from cpcli.casework.case_form import FORM

NAMES = (
    "kind",
    "recorded_at",
    "walk",
    "pathway",
    "role",
    "step",
    "event",
    "duty",
    "at",
    "on",
    "edition",
    "entry",
)
"""Keys whose values are names of the procedures', dates and numbers."""
KEPT = (
    "yes",
    "no",
    "new",
    "old",
    "read",
    "not yet",
    "known",
    "doctor",
    "company",
    "names",
    "address",
    "school",
)
"""Answers that are choices."""


def cases(text):
    """Two cases as `case import` takes them, by the sets desk and practice: `text` is in every free text."""
    desk = json.loads((Path(__file__).parent / "case.json").read_text(encoding="utf-8"))[0]
    assert {entry["kind"] for entry in desk["entries"]} == set(FORM)
    walked = [
        {"kind": "answered", "step": step, "value": value, "question": step}
        for step, value in practice.ANSWERS.items()
    ]
    begun = {"kind": "walk-begun", "pathway": "practice/concern", "role": "worker"}
    other = {"case": "2026-0002", "entries": [begun, *walked]}
    return [{**case, "entries": [_entry(each, text) for each in case["entries"]]} for case in (desk, other)]


def _entry(entry, text):
    changed = {key: value if key in NAMES else _texts(value, text) for key, value in entry.items()}
    if entry["kind"] == "assigned":
        changed["to"] = text
    if entry["kind"] in ("extended", "amended"):
        changed["to"] = entry["to"]
    return changed


def _texts(value, text):
    """The value with `text` after each of its texts that is no date and no choice."""
    if isinstance(value, dict):
        return {key: _texts(each, text) for key, each in value.items()}
    if isinstance(value, list):
        return [_texts(each, text) for each in value]
    if not isinstance(value, str) or value in KEPT or value[:2] in ("20", "24"):
        return value
    return f"{value} {text}"


def ndjson(text):
    """The cases as a file."""
    return "".join(json.dumps(case) + "\n" for case in cases(text)).encode()
