"""Answers that come in a file: reading one, and the empty one to fill in (docs/answers.md)."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from cpcli.procedures.cites import say_cites
from cpcli.procedures.model import Pathway, ProcedureSet, Role, Step

MAX_BYTES = 1_000_000
_NOTHING = ("", "~", "null", "Null", "NULL")
_YES_NO = {"true": "yes", "on": "yes", "false": "no", "off": "no"}


class AnswersFileError(ValueError):
    """A file that cannot be read as answers. The message is one line: which file, what is wrong, the mend."""


def read_answers(data: bytes, name: str) -> dict[str, Any]:
    """The answers by step id, and `role` where it is given; None for each that is left empty.

    JSON or YAML. Texts stay as they are written: a date is not turned into anything, and neither is a number.
    `name` is the file's, for what is wrong. Raises AnswersFileError.
    """
    if len(data) > MAX_BYTES:
        raise AnswersFileError(f"{name} is larger than 1 MB, so it is no answers file. Check the name.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswersFileError(f"{name} is not UTF-8 text. Save it again with the encoding UTF-8.") from None
    found = _json(text, name) if text.lstrip()[:1] == "{" else None
    if found is None:
        found = _yaml(text, name)
    if not isinstance(found, dict):
        raise AnswersFileError(
            f"{name} has no answers: write `step: answer`, one step a line. See `--template`."
        )
    return {key: _given(value) for key, value in found.items()}


def _json(text: str, name: str) -> Any:
    """The value; None where it is not JSON, and may yet be YAML."""
    twice: list[str] = []

    def one_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice.extend(key for n, key in enumerate(keys) if key in keys[:n])
        return dict(pairs)

    try:
        found = json.loads(text, object_pairs_hook=one_each)
    except RecursionError:
        raise AnswersFileError(f"{name} is nested too deep. Check its brackets.") from None
    except ValueError:
        return None
    if twice:
        raise AnswersFileError(f"{name}: `{twice[0]}` stands there twice. Keep one of them.")
    return found


def _yaml(text: str, name: str) -> Any:
    from cpcli.procedures.read import read_text

    tree, problems = read_text(text, name)
    if problems:
        raise AnswersFileError(str(problems[0]))
    return _plain(tree)


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node


def _given(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip() in _NOTHING else value


def for_steps(given: Mapping[str, Any], pathway: Pathway) -> dict[str, Any]:
    """The answers as the steps read them: parts left empty taken out, and yes or no however it is written."""
    steps = {step.id: step for step in pathway.steps}
    return {key: _for_step(steps[key], value) if key in steps else value for key, value in given.items()}


def _for_step(step: Step, value: Any) -> Any:
    if isinstance(value, str) and step.answer == "yes or no":
        return _YES_NO.get(value.strip().lower(), value)
    if isinstance(value, dict):
        return {key: part for key, part in value.items() if _given(part) is not None}
    return value


def template(pathway: Pathway, procedures: ProcedureSet, roles: tuple[Role, ...]) -> str:
    """An empty answers file for the pathway, in YAML: every step that asks, with what can be said to it."""
    return "\n".join(_template(pathway, procedures, roles)) + "\n"


def _template(pathway: Pathway, procedures: ProcedureSet, roles: tuple[Role, ...]) -> Iterator[str]:
    yield from _comment(f"Answers for: {pathway.title}")
    yield from _comment(f"{procedures.title}, edition {procedures.edition}")
    yield from _comment("Write each answer after its colon. Leave empty what does not apply.")
    yield from _comment(f"Then: cpcli start {pathway.source}/{pathway.id} --answers FILE")
    if pathway.note:
        yield from _comment(f"Note: {pathway.note}")
    yield ""
    yield from _comment("Who walks it. One of:")
    for role in roles:
        yield from _comment(f"{role.id}: {role.name}", "  ")
    yield "role:"
    part = ""
    for step in pathway.steps:
        if step.kind == "tell":
            continue
        if step.part and step.part != part:
            part = step.part
            yield ""
            yield from _comment(f"== {part} ==")
        yield ""
        yield from _comment(f"{step.text} ({say_cites('', step.cite)})")
        if step.when:
            from cpcli.procedures.words import when_words

            yield from _comment(f"Asked only when: {when_words(step.when)}")
        yield from _how(step)
        yield f"{_key(step.id)}:"


def _how(step: Step) -> Iterator[str]:
    """What can be said to the step."""
    if step.kind == "checklist":
        keys = [item.key for item in step.items]
        yield from _comment(
            f"A checklist: {{ticked: [{keys[0]}], why not: {{{keys[-1]}: the reason}}}}. Its items:"
        )
        for item in step.items:
            yield from _comment(f"{item.key}: {item.label}", "  ")
    elif step.options:
        kind = (
            "One of:"
            if step.answer == "one of"
            else f"Several of, as a list: [{step.options[0].key}]. [] for none:"
        )
        yield from _comment(kind)
        for option in step.options:
            yield from _comment(f"{option.key}: {option.label}", "  ")
    else:
        yield from _comment(_FORMS[step.answer] + (" Or: not yet" if step.may_be_not_yet else ""))
    if step.may_skip:
        yield from _comment("Or, to leave it out: {skipped: the reason}")


_PERSON = "{name: First Last, born: 2014-05-01, relationship: sister}"
_FORMS = {
    "yes or no": "yes or no",
    "short text": "Text",
    "long text": "Text. For several lines write | after the colon, and indent the lines below it.",
    "number": "A number",
    "date": "A date: 2026-12-24 or 24/12/2026",
    "date and time": "A date and time: 2026-12-24T16:40 or 24/12/2026 16:40.",
    "person": f"A person: {_PERSON}; born and relationship may be left out.",
    "people": f"A list of people: [{_PERSON}]; born and relationship may be left out.",
}


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for line in text.splitlines():
        for part in textwrap.wrap(line, 98 - len(indent), subsequent_indent="  ") or [""]:
            yield f"# {indent}{part}"


def _key(step: str) -> str:
    return f'"{step}"' if step.lower() in ("yes", "no", "on", "off", "true", "false", "null") else step
