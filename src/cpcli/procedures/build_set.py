"""A set's own file and its events, from their trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from cpcli.procedures.form import Form, Page
from cpcli.procedures.model import LEVELS, NATIONS, Departure, Event, Lack, ProcedureSet, Role
from cpcli.procedures.read import Mapping, Node
from cpcli.procedures.words import did_you_mean

SET_KEYS = (
    *("set", "title", "edition", "extends", "nation", "day of the event", "walker", "begin with"),
    *("source text", "roles", "departure", "notes", "has no", "elsewhere"),
)
EVENT_KEYS = ("name", "also", "from outside")


def build_set(tree: Node, events: Node, page: Page, events_page: Page) -> ProcedureSet:
    """The set in the trees of set.yaml and events.yaml. What is wrong is noted on their pages."""
    form = Form(tree, page, "set.yaml", SET_KEYS)
    folder = PurePath(page.file).parent.name
    name = form.text("set", required=True)
    if name and name != folder:
        form.wrong("set", f"The set is called {name!r}, its folder {folder!r}.", "Give both the same name.")
    if name and not re.fullmatch(r"[a-z][A-Za-z0-9._-]*", name):
        mend = "Begin it with a small letter; letters, digits, points and hyphens can follow."
        form.wrong("set", f"{name!r} cannot be the id of a set.", mend)
    forms = [
        _role(key, value, page, line) for key, value, line in form.pairs("roles", "each role", required=True)
    ]
    walkers = tuple(role.id for role, _ in forms if role.can_walk)
    roles = tuple(_taking_in(role, own, walkers) for role, own in forms)
    walker = form.text("walker") or "practitioner"
    known = [role.id for role in roles]
    if roles and walker not in known:
        form.wrong("walker", f"The walker {walker!r} is not among the roles.", did_you_mean(walker, known))
    return ProcedureSet(
        id=name or folder,
        title=form.text("title", required=True),
        edition=form.text("edition", required=True),
        nation=form.choice("nation", NATIONS, required=True),
        first_day=int(form.choice("day of the event", ("0", "1"), default="0")),
        walker=walker,
        begin_with=form.name("begin with", required=True),
        roles=roles,
        events=_events(events, events_page),
        departure=_departure(form),
        notes=form.texts("notes"),
        extends=form.text("extends"),
        lacks=(*_lacks(form, "has no"), *_lacks(form, "elsewhere")),
    )


def source_text(tree: Node) -> str:
    """The name of the source text that set.yaml gives; "" where it gives none."""
    name = tree.get("source text") if isinstance(tree, Mapping) else None
    return name if isinstance(name, str) else ""


def _role(key: str, value: Node, page: Page, line: int) -> tuple[Role, Form | None]:
    if isinstance(value, str):
        if not value.strip():
            page.wrong(line, f"The role {key!r} has no name.", "Write its name.")
        return Role(key, value.strip()), None
    form = Form(value, page, "a role", ("name", "can walk", "takes in"), line)
    return Role(key, form.text("name", required=True), form.flag("can walk")), form


def _taking_in(role: Role, form: Form | None, walkers: tuple[str, ...]) -> Role:
    """The role with those that it takes in, which can be known only when every role is."""
    said = form.texts("takes in") if form else ()
    others = tuple(each for each in walkers if each != role.id)
    if form and said != ("everybody",):
        for one in said:
            if one not in others:
                mend = "Name another role that has `can walk: yes`."
                form.wrong("takes in", f"{one!r} cannot be taken in here.", did_you_mean(one, others) or mend)
    return replace(role, takes_in=others if said == ("everybody",) else said)


def _events(tree: Node, page: Page) -> tuple[Event, ...]:
    """Events stand in their file as lines of `id: sentence`."""
    if not isinstance(tree, Mapping):
        page.wrong(
            1,
            "events.yaml should be lines of `id: sentence`.",
            "Write `referral-made: You made the referral`.",
        )
        return ()
    whole = Mapping(1)
    whole["events"] = tree
    whole.lines["events"] = tree.line
    events = []
    pairs = Form(whole, page, "events.yaml", ("events",)).pairs("events", "each event") if tree else ()
    for key, value, line in pairs:
        if isinstance(value, str):
            if not value.strip():
                page.wrong(line, f"The event {key!r} has no sentence.", "Write it in the past tense.")
            events.append(Event(key, value.strip()))
        else:
            form = Form(value, page, "an event", EVENT_KEYS, line)
            name, outside = form.text("name", required=True), form.flag("from outside")
            events.append(Event(key, name, outside, form.short_names()))
    return tuple(events)


def _lacks(form: Form, key: str) -> Iterator[Lack]:
    """What the set has nothing on, and why: a topic or several at a time."""
    for node, line in form.members(key, "topics"):
        inner = Form(node, form.page, f"a line of `{key}`", ("topic", "why"), line)
        why = inner.text("why", required=True)
        for topic in inner.texts("topic", required=True):
            yield Lack(topic, why, elsewhere=key == "elsewhere")


def _departure(form: Form) -> Departure | None:
    if "departure" not in form:
        return None
    line = form.node.line_of("departure")
    inner = Form(form.node["departure"], form.page, "`departure`", ("tell", "level", "cite"), line)
    tell = "\n".join(inner.texts("tell", required=True))
    return Departure(tell, inner.choice("level", LEVELS, required=True), inner.cite())
