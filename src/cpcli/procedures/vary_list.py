"""The steps, duties and ways on of a pathway, with those of a file that varies it laid over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node, Sequence
from cpcli.procedures.use import on_condition
from cpcli.procedures.vary_part import Whose, changed, remark, text_of, words_of
from cpcli.procedures.words import did_you_mean, made_up

PLACES = ("after", "before", "instead of")
VERBS = ("varies", "leaves out", *PLACES)


@dataclass(frozen=True, slots=True)
class Laying:
    """One list that is laid over another, and what is found on the way."""

    who: Whose
    what: str
    """What its entries are: step, duty or way on."""
    where: str
    """What is varied, as people call it."""
    problems: list[Problem]
    remarks: list[str] = field(default_factory=list)
    """What of the base's is left out or replaced, for whoever walks."""

    def wrong(self, line: int, message: str, mend: str) -> None:
        """Note a problem in the file that varies."""
        self.problems.append(Problem(self.who.file, line, message, mend))


def lay_steps(own: Sequence, base: Sequence, groups: Node, laying: Laying) -> Sequence:
    """The base's steps, with each of the set's own where it says that it stands.

    One that does not say so follows the one above it.
    """
    whole: list[Node] = list(_written_out(base, groups))
    names = [name_of(each) for each in whole]
    last: Mapping | None = None
    behind: dict[str, Mapping] = {}
    for node, verb, line in _entries(own, laying):
        if not verb:
            if last is None:
                mend = "Begin it with `after:`, `before:` or `instead of:` and the id of a step."
                laying.wrong(line, "It does not say where it stands.", mend)
            else:
                whole.insert(_at(whole, last) + 1, node)
                behind = {name: node if each is last else each for name, each in behind.items()}
                last = node
            continue
        there = _found(node, verb, whole, names, laying)
        if there is None:
            continue
        anchor = name_of(there)
        match verb:
            case "varies":
                last = whole[_at(whole, there)] = _varied(node, there, laying)
            case "instead of":
                last = whole[_at(whole, there)] = _in_place(node, there, laying)
            case "leaves out":
                last = None
                _left_out(node, there, laying)
                at = _at(whole, there)
                del whole[at]
                _keep_heading(there, whole[at] if at < len(whole) else None)
            case "before":
                last = without(node, verb)
                whole.insert(_at(whole, there), last)
            case _:
                last = without(node, verb)
                whole.insert(_at(whole, behind.get(anchor, there)) + 1, last)
                behind[anchor] = last
    return _listed(whole, own)


def lay_named(own: Sequence, base: Sequence, laying: Laying) -> Sequence:
    """The base's duties or ways on, with those that are varied, and the set's own after them."""
    whole: list[Node] = list(base)
    names = [name_of(each) for each in whole]
    for node, verb, _ in _entries(own, laying):
        if not verb:
            whole.append(node)
        elif verb in PLACES:
            mend = "Take it out: what is added stands after the others."
            laying.wrong(node.line_of(verb), f"`{verb}` is for steps.", mend)
        elif there := _found(node, verb, whole, names, laying):
            if verb == "varies":
                whole[_at(whole, there)] = _varied(node, there, laying)
            else:
                _left_out(node, there, laying)
                del whole[_at(whole, there)]
    return _listed(whole, own)


def name_of(node: Node) -> str:
    """What an entry is called by: its id, its event's, or the pathway that it leads to."""
    if not isinstance(node, Mapping):
        return ""
    return text_of(node.get("id")) or text_of(node.get("event")) or text_of(node.get("pathway"))


def without(node: Mapping, *keys: str) -> Mapping:
    """The mapping without these keys."""
    found = Mapping(node.line, node.file)
    for key, value in node.items():
        if key not in keys:
            found.put(key, value, node.line_of(key), node.file_of(key))
    return found


def _entries(own: Sequence, laying: Laying) -> Iterable[tuple[Mapping, str, int]]:
    """Each entry with what it does, one of VERBS or "" for one that only adds, and its line."""
    for node, line in zip(own, own.lines, strict=True):
        found = [verb for verb in VERBS if isinstance(node, Mapping) and verb in node]
        if not isinstance(node, Mapping) or len(found) > 1:
            said = " and ".join(f"`{verb}`" for verb in found) or "no `key: value`"
            laying.wrong(line, f"This {laying.what} has {said}.", f"Begin it with one of {', '.join(VERBS)}.")
        else:
            yield node, found[0] if found else "", line


def _found(node: Mapping, verb: str, whole: list[Node], names: list[str], laying: Laying) -> Mapping | None:
    """The part of the base's that the entry names, which has to be there, once."""
    name, line = text_of(node[verb]), node.line_of(verb)
    there = [each for each in whole if isinstance(each, Mapping) and name_of(each) == name]
    if name not in names:
        mend = did_you_mean(name, [each for each in names if each])
        laying.wrong(line, f"There is no {laying.what} {name!r} in {laying.where}.", mend)
    elif not there:
        laying.wrong(line, f"The {laying.what} {name!r} is taken away above.", "Keep one of the two.")
    elif names.count(name) > 1:
        mend = "Leave it as it is, or have the base name them apart."
        laying.wrong(line, f"There are several of the name {name!r} in {laying.where}.", mend)
    else:
        return there[0]
    return None


def _varied(node: Mapping, there: Mapping, laying: Laying) -> Mapping:
    if "id" in node:
        laying.wrong(node.line_of("id"), f"A {laying.what} that is varied keeps its id.", "Take `id` out.")
    _cites(node, laying)
    return changed(node, there, laying.who, laying.what)


def _in_place(node: Mapping, there: Mapping, laying: Laying) -> Mapping:
    _cites(node, laying)
    _has_reason(node, "instead of", laying)
    laying.remarks.append(remark("Replaced", node, there, laying.who))
    step = without(node, "instead of", "because")
    _keep_heading(there, step)
    return step


def _left_out(node: Mapping, there: Mapping, laying: Laying) -> None:
    _cites(node, laying)
    _has_reason(node, "leaves out", laying)
    for key in node:
        if key not in {"leaves out", "because", "cite"}:
            mend = "Only `because` and `cite` go with `leaves out`."
            laying.wrong(node.line_of(key), f"`{key}` can say nothing of what is left out.", mend)
    laying.remarks.append(remark("Left out", node, there, laying.who))


def _keep_heading(gone: Mapping, following: Node | None) -> None:
    """The heading that a step took with it goes to the one that stands there now."""
    if "part" in gone and isinstance(following, Mapping) and "part" not in following:
        following.put("part", gone["part"], gone.line_of("part"), gone.file_of("part"))


def _cites(node: Mapping, laying: Laying) -> None:
    if "cite" not in node:
        mend = "Add `cite:` and the paragraph of your own document that says so."
        laying.wrong(node.line, f"What varies a {laying.what} has no `cite`.", mend)


def _has_reason(node: Mapping, verb: str, laying: Laying) -> None:
    if not words_of(node.get("because")):
        mend = "Add `because:` and the reason, which people are told."
        laying.wrong(node.line_of(verb), f"`{verb}` has no `because`.", mend)


def _written_out(steps: Sequence, groups: Node) -> Iterable[Node]:
    """The steps with the groups that they use written out, each with its id."""
    taken: set[str] = set()
    for node in steps:
        use = node.get("use") if isinstance(node, Mapping) else None
        group = groups.get(use) if isinstance(groups, Mapping) and isinstance(use, str) else None
        members: list[Node] = group if isinstance(group, Sequence) else [node]
        for place, member in enumerate(members):
            step = _with_id(member, taken)
            if member is not node and isinstance(node, Mapping) and isinstance(step, Mapping):
                step = on_condition(step, node)
            if place == 0 and isinstance(node, Mapping) and member is not node:
                _keep_heading(node, step)
            taken.add(name_of(step))
            yield step


def _with_id(node: Node, taken: set[str]) -> Node:
    if not isinstance(node, Mapping):
        return node
    step = without(node)
    if "tell" in step and not name_of(step):
        step.put("id", made_up(words_of(step["tell"]), taken), step.line, step.file)
    return step


def _at(whole: list[Node], node: Mapping) -> int:
    return next(at for at, each in enumerate(whole) if each is node)


def _listed(whole: list[Node], own: Sequence) -> Sequence:
    """The entries as a list that stands where the set's own does."""
    found = Sequence(own.line)
    found.extend(whole)
    found.lines = [each.line if isinstance(each, Mapping) else own.line for each in whole]
    return found
