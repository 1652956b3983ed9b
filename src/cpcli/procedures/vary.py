"""The files of a set that extends another, laid over the other's: trees in, a tree out.

What is left as it is keeps its file and its lines. docs/writing-a-procedure.md says how it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node, Sequence
from cpcli.procedures.vary_list import Laying, lay_named, lay_steps
from cpcli.procedures.vary_part import Whose, both_cited, lines_over, over
from cpcli.procedures.words import did_you_mean

_NEVER_TAKEN = ("title", "edition", "source text")
"""Of set.yaml: what a set has to say for itself."""


class Remark(NamedTuple):
    """What is left out or replaced, for whoever walks."""

    text: str
    group: str = ""
    """The group of shared.yaml that it is of; "" where it is of the pathway itself."""


class Varied(NamedTuple):
    """A tree as varied, what is wrong with what varies it, and what to tell of it."""

    node: Node
    problems: list[Problem]
    remarks: tuple[Remark, ...] = ()


def vary_set(own: Node, base: Node) -> Node:
    """set.yaml: the base's, but for the keys that stand in the set's own; roles and notes are added."""
    if not (isinstance(own, Mapping) and isinstance(base, Mapping)):
        return own
    whole = over(own, base, leaving=())
    for key in _NEVER_TAKEN:
        if key not in own:
            whole.pop(key, None)
    roles, theirs = own.get("roles"), base.get("roles")
    if isinstance(roles, Mapping) and isinstance(theirs, Mapping):
        whole.put("roles", lines_over(roles, theirs), own.line_of("roles"))
    for key in ("notes", "has no", "elsewhere"):
        given, theirs = own.get(key), base.get(key)
        if isinstance(given, Sequence) and isinstance(theirs, Sequence):
            together = Sequence(given.line)
            together.extend([*given, *theirs])
            together.lines = [*given.lines, *(given.line for _ in theirs)]
            whole.put(key, together, own.line_of(key))
    return whole


def vary_events(own: Node, base: Node) -> Node:
    """events.yaml: the base's events, and the set's own; one of the same id is worded anew."""
    if not (isinstance(own, Mapping) and isinstance(base, Mapping)):
        return own
    return lines_over(own, base)


def vary_groups(own: Node, base: Node, who: Whose) -> Varied:
    """shared.yaml: the base's groups, and the set's own; one of the same name varies the base's."""
    if not (isinstance(own, Mapping) and isinstance(base, Mapping)):
        return Varied(own, [])
    whole = lines_over(own, base)
    problems: list[Problem] = []
    remarks: list[Remark] = []
    for name, steps in own.items():
        theirs = base.get(name)
        if isinstance(theirs, Sequence) and isinstance(steps, Sequence):
            laying = Laying(who, "step", f"the group {name!r} of {who.base}", problems)
            whole.put(name, lay_steps(steps, theirs, Mapping(1), laying), own.line_of(name))
            remarks += [Remark(text, name) for text in laying.remarks]
    return Varied(whole, problems, tuple(remarks))


def vary_pathway(own: Mapping, base: Node | None, groups: Node, there: Iterable[str], who: Whose) -> Varied:
    """A pathway's file in a set that extends another: a pathway of its own, or the base's, varied.

    `base` is the base's pathway of that name, if there is one; `groups` are the base's groups, and `there`
    the names of its pathways.
    """
    if "varies" not in own:
        problems = [_there_already(own, who)] if base is not None else []
        return Varied(own, problems)
    name = own["varies"]
    if not isinstance(base, Mapping) or name != base.get("pathway"):
        return Varied(Mapping(1), [_nothing_to_vary(own, list(there), who)])
    whole = over(own, base, leaving=("varies", "steps", "duties", "leads to", "cites"))
    whole.put("pathway", str(name), own.line_of("varies"))
    if "cites" in own:
        whole.put("cites", both_cited(own["cites"], base.get("cites"), who), own.line_of("cites"))
    problems, remarks = [], list[Remark]()
    for key, what in (("steps", "step"), ("duties", "duty"), ("leads to", "way on")):
        given, theirs = own.get(key), base.get(key, Sequence(1))
        if given is None:
            continue
        if isinstance(given, Sequence) and isinstance(theirs, Sequence):
            laying = Laying(who, what, f"{who.base}/{name}", problems)
            given = (
                lay_steps(given, theirs, groups, laying)
                if key == "steps"
                else lay_named(given, theirs, laying)
            )
            remarks += [Remark(text) for text in laying.remarks]
        whole.put(key, given, own.line_of(key))
    return Varied(whole, problems, tuple(remarks))


def _there_already(own: Mapping, who: Whose) -> Problem:
    name = own.get("pathway")
    mend = f"Write `varies: {name}` and only what differs, or call yours something else."
    return Problem(who.file, own.line_of("pathway"), f"{who.base} has a pathway {name!r} already.", mend)


def _nothing_to_vary(own: Mapping, there: list[str], who: Whose) -> Problem:
    name = str(own["varies"])
    if name in there:
        message, mend = f"It varies {name!r}, and its file is called something else.", f"Call it {name}.yaml."
    else:
        message, mend = f"{who.base} has no pathway {name!r}.", did_you_mean(name, there)
    return Problem(who.file, own.line_of("varies"), message, mend)
