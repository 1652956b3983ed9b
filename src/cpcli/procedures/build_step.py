"""One step of a pathway, from its mapping."""

from __future__ import annotations

import re
from collections.abc import Container

from cpcli.procedures.form import Form, Page
from cpcli.procedures.model import ANSWER_KINDS, STEP_KINDS, Item, Needs, Option, Step
from cpcli.procedures.read import Mapping, Node, Sequence
from cpcli.procedures.when import STATES, read_when
from cpcli.procedures.words import did_you_mean, made_up

COMMON = ("id", "part", "when", "why", "note", "cite")
KEYS = {
    "ask": ("ask", *COMMON, "answer", "options", "may skip", "decision", "reason for", "person"),
    "tell": ("tell", *COMMON, "urgent", "prohibits", "marks record"),
    "checklist": ("checklist", *COMMON, "items", "needs", "if short", "may skip"),
    "happened": ("happened", *COMMON, "event", "answer", "may be not yet", "planned", "may skip"),
}
NAMES = {
    "ask": "a step that asks",
    "tell": "a step that tells",
    "checklist": "a checklist",
    "happened": "a step that dates an event",
}
CHOOSING = ("one of", "several of")
PEOPLE = ("person", "people")
_SOME_OF = re.compile(r"(\d+) of \[([^\]]*)\]")


def build_step(node: Node, page: Page, line: int, taken: Container[str], part: str) -> tuple[Step, Form]:
    """The step, and the form that it was read from. `taken` are the ids of the steps before it."""
    kinds = [kind for kind in STEP_KINDS if isinstance(node, Mapping) and kind in node]
    if len(kinds) != 1:
        where = node if isinstance(node, Mapping) else Mapping(line)
        said = " and ".join(f"`{kind}`" for kind in kinds) or "none of them"
        mend = "Begin it with one of ask, tell, checklist, happened or use."
        page.wrong(line, f"A step is one of ask, tell, checklist and happened; this has {said}.", mend)
        return Step("tell", "", "", (), line=line), Form(where, page, "a step", tuple(where))
    kind = kinds[0]
    form = Form(node, page, NAMES[kind], KEYS[kind], line)
    text = "\n".join(form.texts(kind)) if kind == "tell" else form.text(kind)
    event = form.name("event", required=kind == "happened")
    name = form.name("id") or event
    if not name and kind == "tell":
        name = made_up(text, taken)
    elif not name and "id" not in form and kind != "happened":
        form.wrong("id", f"{form.what[0].upper()}{form.what[1:]} has no id.", "Add `id:` and a short name.")
    options = _options(form)
    items = _items(form)
    step = Step(
        kind,
        name,
        text,
        form.cite(),
        when=read_when(form),
        why=form.text("why"),
        note=form.text("note"),
        part=form.text("part") or part,
        answer=_answer(form, kind),
        options=options,
        items=items,
        needs=_needs(form, [item.key for item in items]),
        if_short=form.text("if short"),
        may_skip=form.flag("may skip"),
        urgent=form.flag("urgent"),
        prohibits=form.flag("prohibits"),
        marks=form.flag("marks record"),
        decision=form.flag("decision"),
        reason_for=form.text("reason for"),
        event=event,
        may_be_not_yet=form.flag("may be not yet"),
        planned=form.flag("planned"),
        person_part=form.text("person"),
        line=form.line,
    )
    _fits(form, step)
    return step, form


def _answer(form: Form, kind: str) -> str:
    if kind == "ask":
        return form.choice("answer", ANSWER_KINDS, required=True)
    if kind == "happened":
        return form.choice("answer", ("date", "date and time"), default="date and time")
    return ""


def _options(form: Form) -> tuple[Option, ...]:
    options = []
    for key, label, line in form.pairs("options", "each option"):
        if key in STATES:
            form.page.wrong(
                line,
                f"An option cannot be called {key!r}: a `when` means something else by it.",
                "Rename it.",
            )
        if isinstance(label, str) and label.strip():
            options.append(Option(key, label.strip()))
        else:
            form.page.wrong(line, f"The option {key!r} has no text.", "Write what a person would say.")
    return tuple(options)


def _items(form: Form) -> tuple[Item, ...]:
    items = []
    for key, value, line in form.pairs("items", "each item", required="checklist" in form):
        if isinstance(value, Mapping):
            inner = Form(value, form.page, "an item", ("item", "cite"), line)
            text, cite = inner.text("item", required=True), inner.cite(required=False)
        else:
            text, cite = (value.strip() if isinstance(value, str) else ""), ()
            if not text:
                form.page.wrong(line, f"The item {key!r} has no text.", "Write the fact that can be ticked.")
        items.append(Item(key, text, cite))
    return tuple(items)


def _needs(form: Form, keys: list[str]) -> Needs | None:
    value = form.node.get("needs")
    if value is None:
        return None
    if value == "all":
        return Needs(len(keys), tuple(keys))
    some = _SOME_OF.fullmatch(value.strip()) if isinstance(value, str) else None
    if some:
        named = tuple(name.strip() for name in some[2].split(",") if name.strip())
        count = int(some[1])
    elif isinstance(value, Sequence):
        named = form.texts("needs")
        count = len(named)
    else:
        form.wrong("needs", "`needs` is not understood.", "Write all, [a, b] or 2 of [a, b, c].")
        return None
    for name in named:
        if name not in keys:
            form.wrong("needs", f"The checklist has no item {name!r}.", did_you_mean(name, keys))
    if not 1 <= count <= len(set(named)):
        message = f"`needs` asks for {count} of {len(set(named))} items."
        form.wrong("needs", message, f"Ask for 1 to {len(set(named))}, or name more items.")
    return Needs(count, named)


def _fits(form: Form, step: Step) -> None:
    """Keys that go with some kinds of answer only."""
    if step.answer in CHOOSING:
        if len(step.options) < 2:
            form.wrong(
                "options",
                f"A choice needs two options at least; this has {len(step.options)}.",
                "Add `options:`.",
            )
        labels = [option.label for option in step.options]
        if len(set(labels)) < len(labels):
            form.wrong(
                "options", "Two options say the same.", "Word them so that people can tell them apart."
            )
    elif "options" in form:
        form.wrong(
            "options", f"Options do not go with the answer {step.answer!r}.", "Write `answer: one of`."
        )
    if step.answer in PEOPLE:
        if not step.person_part and "person" not in form:
            form.wrong(
                "person",
                "It asks for a person, and not for their part in the case.",
                "Add `person: child`, say.",
            )
    elif "person" in form:
        form.wrong(
            "person", f"`person` does not go with the answer {step.answer!r}.", "Write `answer: person`."
        )
    if step.if_short and "needs" not in form:
        form.wrong("if short", "`if short` has no `needs` to fall short of.", "Add `needs:`, or take it out.")
