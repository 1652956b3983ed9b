"""JSON Schemas of the files of a procedure set, for editors that complete and check while somebody types.

They are made from the lists of keys that the reader goes by: a key that is described nowhere is a fault. What
only the linter can know, such as whether a step is there, stays the linter's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from cpcli.procedures import build, build_set, build_step, topics, use
from cpcli.procedures import schema_words as words
from cpcli.procedures.form import SLUG
from cpcli.procedures.model import ANSWER_KINDS, KEEPS, LEVELS, NATIONS

Json = dict[str, Any]

_TEXT: Json = {"type": ["string", "number"]}
_TEXTS: Json = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_SLUG: Json = {"type": "string", "pattern": f"^{SLUG.pattern}$"}
_FLAG: Json = {"enum": ["yes", "no"]}


def _ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of, "minItems": 1}


def _lines(of: Json) -> Json:
    """Lines of `short-name: value`."""
    return {"type": "object", "patternProperties": {f"^{SLUG.pattern}$": of}, "additionalProperties": False}


def _either(*kinds: Json) -> Json:
    return {"anyOf": list(kinds)}


_VALUES: Mapping[str, Json] = {
    "level": {"enum": list(LEVELS)},
    "nation": {"enum": list(NATIONS)},
    "answer": {"enum": list(ANSWER_KINDS)},
    "kind": {"enum": ["checklist"]},
    "keeps record": {"enum": list(KEEPS)},
    "day of the event": {"enum": ["0", "1", 0, 1]},
    **dict.fromkeys(
        ("urgent", "prohibits", "marks record", "decision", "may skip", "may be not yet", "planned"), _FLAG
    ),
    **dict.fromkeys(("can walk", "from outside"), _FLAG),
    **dict.fromkeys(("id", "pathway", "event", "begin with", "reason for"), _SLUG),
    **dict.fromkeys(
        ("cite", "cites", "marking cite", "topic", "carrying", "unless", "open to", "for", "takes in"), _TEXTS
    ),
    **dict.fromkeys(("tell", "notes"), _TEXTS),
    "when": _ref("when"),
    "needs": _TEXTS,
    "options": _lines(_TEXT),
    "items": _lines(_either(_TEXT, _ref("item"))),
    "roles": _lines(_either(_TEXT, _ref("role"))),
    "departure": _ref("departure"),
    "otherwise": _list(_ref("otherwise")),
    "differs": _list(_ref("reading")),
    "has no": _list(_ref("lack")),
    "elsewhere": _list(_ref("lack")),
    "steps": _list(_ref("step")),
    "duties": _list(_ref("duty")),
    "leads to": _list(_ref("way on")),
    "also": _TEXTS,
}
"""What stands under a key, where it is anything but one text."""


def _form(keys: Collection[str], said: Mapping[str, str], required: Iterable[str] = (), **more: Json) -> Json:
    """A mapping with these keys, each with what it is for."""
    properties = {
        key: {**(more.get(key) or _VALUES.get(key, _TEXT)), "description": said[key]} for key in keys
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _by_key(rules: Mapping[str, str], otherwise: str = "") -> Json:
    """The first of the definitions whose key is there: so a mistake is told of the form that was meant."""
    found: Json = _ref(otherwise) if otherwise else {"anyOf": [{"required": [key]} for key in rules]}
    for key, name in reversed(list(rules.items())):
        found = {"if": {"required": [key]}, "then": _ref(name), "else": found}
    return {"type": "object", **found}


_PLACED = ("after", "before", "instead of", "because")
_REQUIRED = {"ask": ("id", "answer"), "checklist": ("id", "items"), "happened": ("event",)}


def _steps() -> Json:
    """The kinds of steps, and those of a file that varies another set's."""
    said = {**words.STEP, **words.VARY}
    dates = {"answer": {"enum": ["date", "date and time"]}}
    found: Json = {
        kind: _form(
            (*keys, *_PLACED),
            said,
            (kind, "cite", *_REQUIRED.get(kind, ())),
            **(dates if kind == "happened" else {}),
        )
        for kind, keys in build_step.KEYS.items()
    }
    every = dict.fromkeys(key for keys in build_step.KEYS.values() for key in keys if key != "id")
    return {
        **found,
        "use": _form((*use.USE_KEYS, *_PLACED), said, ["use"]),
        "varied step": _form(("varies", *every, "because"), said, ["varies", "cite"]),
        "step": _by_key(
            {"varies": "varied step", "leaves out": "left out", "use": "use"}
            | {kind: kind for kind in build_step.KEYS}
        ),
    }


def _named(name: str, keys: Collection[str], said: Mapping[str, str], required: Collection[str]) -> Json:
    """A duty or a way on, whole, and as a file that varies another set's has it."""
    own = [key for key in keys if key not in {"id", "because"}]
    return {
        f"whole {name}": _form(keys, said, required),
        f"varied {name}": _form(("varies", *own, "because"), {**said, **words.VARY}, ["varies", "cite"]),
        name: _by_key({"varies": f"varied {name}", "leaves out": "left out"}, f"whole {name}"),
    }


def _definitions() -> Json:
    test = _either(_TEXT, {"type": "array", "items": _TEXT, "minItems": 1})
    tests = {"type": "object", "additionalProperties": test, "minProperties": 1}
    return {
        "when": _either(tests, {"type": "array", "items": tests, "minItems": 1}),
        "item": _form(("item", "cite"), words.STEP, ["item"]),
        "left out": _form(
            ("leaves out", "because", "cite"),
            {**words.VARY, "cite": words.DUTY["cite"]},
            ("leaves out", "because", "cite"),
        ),
        "reading": _form(("says", "of", "cite", "note"), words.READING, ("says", "cite")),
        "otherwise": _form(("tell", "for", "cite"), words.OTHERWISE, ("tell", "cite")),
        **_steps(),
        **_named("duty", build.DUTY_KEYS, words.DUTY, ("id", "do", "by", "level", "cite")),
        **_named("way on", build.LEADS_KEYS, words.LEADS, ("pathway", "because")),
    }


def _pathway() -> Json:
    own = [key for key in build.PATHWAY_KEYS if key != "pathway"]
    whole = ("pathway", "title", "about", "cites", "steps")
    return {
        **_by_key({"varies": "varied pathway"}, "whole pathway"),
        "definitions": {
            **_definitions(),
            "whole pathway": _form(build.PATHWAY_KEYS, words.PATHWAY, whole),
            "varied pathway": _form(("varies", *own), {**words.PATHWAY, **words.VARY}, ["varies"]),
        },
    }


def _set() -> Json:
    whole = _form(build_set.SET_KEYS, words.SET, ("set", "title", "edition"))
    alone = {"required": ["nation", "begin with", "roles"]}
    return {
        **whole,
        "if": {"required": ["extends"]},
        "else": alone,
        "definitions": {
            "role": _form(("name", "can walk", "takes in"), words.ROLE, ["name"]),
            "departure": _form(("tell", "level", "cite"), words.OTHERWISE, ("tell", "level", "cite")),
            "lack": _form(("topic", "why"), words.LACK, ("topic", "why")),
        },
    }


def _events() -> Json:
    event = _form(build_set.EVENT_KEYS, words.EVENT, ["name"])
    return {**_lines(_either(_TEXT, _ref("event"))), "definitions": {"event": event}}


def _shared() -> Json:
    return {**_lines(_list(_ref("step"))), "definitions": _definitions()}


def _topics() -> Json:
    duty = _form(topics.DUTY_KEYS, words.TOPICS, ["name"])
    procedure = _form(
        topics.PROCEDURE_KEYS, words.TOPICS, ("name", "duties"), duties=_lines(_either(_TEXT, _ref("duty")))
    )
    whole = _form(
        topics.KEYS,
        words.TOPICS,
        ["topics"],
        topics=_lines(_ref("procedure")),
        events=_lines(_TEXTS),
    )
    return {**whole, "definitions": {"procedure": procedure, "duty": duty}}


SCHEMAS: Mapping[str, Callable[[], Json]] = {
    "set": _set,
    "events": _events,
    "shared": _shared,
    "pathway": _pathway,
    "topics": _topics,
}
"""By the kind of file: set.yaml, events.yaml, shared.yaml, topics.yaml, and a file that holds a pathway."""


def schema(kind: str) -> Json:
    """The JSON Schema (draft 7) of one kind of file."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": _TITLES[kind], **SCHEMAS[kind]()}


_TITLES = {
    "set": "set.yaml: what a procedure set is",
    "events": "events.yaml: the events that clocks count from, to, or end with",
    "shared": "shared.yaml: groups of steps that several pathways use",
    "pathway": "A pathway, or what a set varies of one",
    "topics": "topics.yaml: what procedure sets can be compared by",
}
