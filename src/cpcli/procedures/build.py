"""From the tree of a pathway's file to the pathway, with everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from cpcli.clock.limit import Limit
from cpcli.procedures import model
from cpcli.procedures.build_step import build_step
from cpcli.procedures.cites import Paragraphs
from cpcli.procedures.form import Form, Page
from cpcli.procedures.model import Duty, LeadsTo, Otherwise, Pathway, ProcedureSet, Reading, Step
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node
from cpcli.procedures.use import USE_KEYS, clashes, on_condition
from cpcli.procedures.when import read_when
from cpcli.procedures.words import did_you_mean

if TYPE_CHECKING:
    from cpcli.procedures.vary import Remark

PATHWAY_KEYS = (
    *(
        "pathway",
        "title",
        "about",
        "also",
        "topic",
        "cites",
        "open to",
        "otherwise",
        "kind",
        "marking",
        "marking cite",
        "walker",
    ),
    *("note", "steps", "duties", "leads to"),
)
DUTY_KEYS = (
    *("id", "also", "topic", "do", "by", "level", "limit", "of", "met by", "unless", "when", "differs"),
    *("extends", "keeps record", "cite", "note"),
)
LEADS_KEYS = ("pathway", "when", "because", "carrying", "cite")


class Surroundings(NamedTuple):
    """The set that a pathway belongs to, as far as its building needs it."""

    set: ProcedureSet
    paragraphs: Paragraphs = Paragraphs()
    groups: Mapping = Mapping(1)
    """The groups of steps of shared.yaml, by name."""
    shared: str = "shared.yaml"
    below: Mapped[str, Paragraphs] = MappingProxyType({})
    """What each set that this one extends may cite, by its folder."""
    remarks: tuple[Remark, ...] = ()
    """What the set's shared.yaml leaves out or replaces of the groups of the one that it extends."""


class Place(NamedTuple):
    """Where something stands in the files, for whoever finds something wrong with it."""

    file: str
    node: Mapping

    def wrong(self, key: str, message: str, mend: str) -> Problem:
        """A problem at the line of the key; at the first line where there is none."""
        return Problem(self.file_of(key), self.node.line_of(key), message, mend)

    def file_of(self, key: str) -> str:
        """The file that the key stands in."""
        return self.node.file_of(key) or self.file


class Built(NamedTuple):
    """A pathway, what is wrong with it, and where its parts stand, each in the pathway's order."""

    pathway: Pathway
    problems: list[Problem]
    at: Place
    steps_at: tuple[Place, ...]
    duties_at: tuple[Place, ...]
    leads_at: tuple[Place, ...]
    groups: tuple[str, ...]
    """The groups of shared.yaml that it uses."""


def build(tree: Node, file: str, around: Surroundings) -> Built:
    """The pathway in the tree of `file`. What cannot be understood is left out of it and noted."""
    page = Page("", around.paragraphs, below=around.below).of(file)
    form = Form(tree, page, "a pathway", PATHWAY_KEYS)
    name = form.name("pathway", required=True)
    stem = PurePath(file).stem
    if name and name != stem:
        form.wrong(
            "pathway", f"The pathway is called {name!r}, its file {stem!r}.", "Give both the same name."
        )
    shared = Page(around.shared, around.paragraphs, page.problems, around.below)
    entries = list(_steps(form, shared, around))
    _tell_twice([(step.id, place) for step, place, _ in entries], "step", page.problems)
    duties = [_duty(node, page, around, line) for node, line in form.members("duties", "duties")]
    _tell_twice([(duty.id, place) for duty, place in duties], "duty", page.problems)
    leads = [_leads_to(node, page, line) for node, line in form.members("leads to", "ways on")]
    pathway = Pathway(
        id=name or stem,
        source=around.set.id,
        title=form.text("title", required=True),
        about=form.text("about", required=True),
        cites=form.cite("cites"),
        open_to=_roles(form, "open to", around),
        otherwise=_otherwise(form, around),
        steps=tuple(step for step, _, _ in entries),
        duties=tuple(duty for duty, _ in duties),
        leads_to=tuple(lead for lead, _ in leads),
        note=form.text("note"),
        standalone_checklist=form.choice("kind", ("checklist",)) == "checklist",
        walker=next(iter(_roles(form, "walker", around)), ""),
        topics=form.texts("topic"),
        also=form.short_names(),
        marking=form.text("marking"),
        marking_cite=form.cite("marking cite", required="marking" in form),
    )
    return Built(
        pathway,
        page.problems,
        Place(file, form.node),
        tuple(place for _, place, _ in entries),
        tuple(place for _, place in duties),
        tuple(place for _, place in leads),
        tuple(dict.fromkeys(group for _, _, group in entries if group)),
    )


def _steps(form: Form, shared: Page, around: Surroundings) -> Iterator[tuple[Step, Place, str]]:
    """Every step with its place and the group that it came from, the groups written out."""
    taken: set[str] = set()
    for node, line in form.members("steps", "steps", required=True):
        if not (isinstance(node, Mapping) and "use" in node):
            yield _step(node, form.page, line, taken, "")
            continue
        use = Form(node, form.page, "the use of a group", USE_KEYS)
        group = use.text("use")
        members = Form(around.groups, shared, "shared.yaml", tuple(around.groups))
        if group and group not in around.groups:
            use.wrong("use", f"There is no shared group {group!r}.", did_you_mean(group, around.groups))
        part = use.text("part")
        for inner, inner_line in members.members(group, "steps"):
            member = inner
            if isinstance(inner, Mapping) and "when" in node:
                clashes(inner, use)
                member = on_condition(inner, node, form.page.file)
            step, place, _ = _step(member, shared, inner_line, taken, part)
            yield step, place, group
            part = ""


def _step(node: Node, page: Page, line: int, taken: set[str], part: str) -> tuple[Step, Place, str]:
    step, form = build_step(node, page, line, taken, part)
    taken.add(step.id)
    return step, Place(page.file, form.node), ""


def _tell_twice(named: list[tuple[str, Place]], what: str, problems: list[Problem]) -> None:
    first: dict[str, Place] = {}
    for name, place in named:
        if name and name in first:
            other = first[name]
            where = f"line {other.node.line_of('id')}"
            if other.file_of("id") != place.file_of("id"):
                where += f" of {other.file_of('id')}"
            problems.append(
                place.wrong("id", f"The {what} {name!r} is there already, in {where}.", "Rename one.")
            )
        first.setdefault(name, place)


def _roles(form: Form, key: str, around: Surroundings) -> tuple[str, ...]:
    """The roles under the key, those that the set does not know left out."""
    known = [role.id for role in around.set.roles]
    named = form.texts(key)
    for role in named:
        if role not in known:
            form.wrong(key, f"The set has no role {role!r}.", did_you_mean(role, known))
    return tuple(role for role in named if role in known)


def _otherwise(form: Form, around: Surroundings) -> tuple[Otherwise, ...]:
    lines = []
    for node, line in form.members("otherwise", "what to tell"):
        inner = Form(node, form.page, "a line of `otherwise`", ("tell", "for", "cite"), line)
        text = "\n".join(inner.texts("tell", required=True))
        lines.append(Otherwise(text, inner.cite(), _roles(inner, "for", around)))
    return tuple(lines)


def _duty(node: Node, page: Page, around: Surroundings, line: int) -> tuple[Duty, Place]:
    form = Form(node, page, "a duty", DUTY_KEYS, line)
    name = form.name("id", required=True)
    event, first_only = _event(form, "of")
    by = _roles(form, "by", around) if form.text("by", required=True) else ()
    duty = Duty(
        id=name,
        do=form.text("do", required=True),
        by=by[0] if by else "",
        level=form.choice("level", model.LEVELS, required=True),
        cite=form.cite(),
        limit=_limit(form, "limit"),
        of=event,
        first_only=first_only,
        met_by=form.text("met by") or name,
        unless=form.texts("unless"),
        when=read_when(form),
        differs=tuple(_reading(n, page, event, at) for n, at in form.members("differs", "other readings")),
        note=form.text("note"),
        extends=form.text("extends"),
        keeps=form.choice("keeps record", model.KEEPS),
        topics=form.texts("topic"),
        also=form.short_names(),
        line=form.line,
    )
    return duty, Place(page.file, form.node)


def _event(form: Form, key: str) -> tuple[str, bool]:
    """An event's id, and whether only the first time that it happens counts."""
    text = form.text(key)
    return text.removeprefix("first ").strip(), text.startswith("first ")


def _limit(form: Form, key: str, *, required: bool = False) -> Limit | None:
    text = form.text(key, required=required)
    if not text:
        return None
    from cpcli.clock.limit import parse_limit

    try:
        return parse_limit(text)
    except ValueError as error:
        said = re.sub(r"\s+", " ", str(error)).strip()
        form.wrong(key, f"{text!r} is not a limit.", said)
        return None


def _reading(node: Node, page: Page, event: str, line: int) -> Reading:
    form = Form(node, page, "a line of `differs`", ("says", "of", "cite", "note"), line)
    says = _limit(form, "says", required=True) or Limit(form.text("says") if "says" in form else "")
    return Reading(says, _event(form, "of")[0] or event, form.cite(), form.text("note"))


def _leads_to(node: Node, page: Page, line: int) -> tuple[LeadsTo, Place]:
    form = Form(node, page, "a way on", LEADS_KEYS, line)
    lead = LeadsTo(
        pathway=form.name("pathway", required=True),
        because=form.text("because", required=True),
        when=read_when(form),
        carrying=form.texts("carrying"),
        cite=form.cite(required=False),
        line=form.line,
    )
    return lead, Place(page.file, form.node)
