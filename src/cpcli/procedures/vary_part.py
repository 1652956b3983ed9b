"""One part of a procedure as a set varies it: whose keys count, whose paragraphs are cited, what is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from cpcli.procedures.cites import LOCAL, Paragraphs, expand, say_cites
from cpcli.procedures.read import Mapping, Node, Sequence

_LINES = ("options", "items")
"""Keys under which only the lines that differ are written."""
_SAID = ("ask", "tell", "checklist", "happened", "do")
"""Keys of what a part says to people."""


class Whose(NamedTuple):
    """Who varies whose procedures, and in which file."""

    own: str
    base: str
    file: str
    paragraphs: Paragraphs
    """What the base may cite, each marked with whose it is."""
    events: Node = ""
    """The tree of its events, by which they are named."""


def over(own: Mapping, base: Mapping, leaving: Collection[str]) -> Mapping:
    """The base's keys, and the set's own in place of them, but for those to leave. Each knows its file."""
    whole = Mapping(own.line)
    for key in base:
        whole.put(key, base[key], base.line_of(key), base.file_of(key))
    for key, value in own.items():
        if key not in leaving:
            whole.put(key, _line_by_line(key, value, base.get(key)), own.line_of(key))
    return whole


def _line_by_line(key: str, own: Node, base: Node | None) -> Node:
    if key in _LINES and isinstance(own, Mapping) and isinstance(base, Mapping):
        return lines_over(own, base)
    return own


def lines_over(own: Mapping, base: Mapping) -> Mapping:
    """Lines of `name: text`: the base's, then the set's own; one of the same name in the base's place."""
    whole = Mapping(own.line)
    for key in base:
        whole.put(key, base[key], base.line_of(key), base.file_of(key))
    for key, value in own.items():
        whole.put(key, value, own.line_of(key))
    return whole


def changed(node: Mapping, there: Mapping, who: Whose, what: str) -> Mapping:
    """The base's part, varied: both paragraphs are cited, and its note says what the base has."""
    reason = ("because",) if what != "way on" else ()
    whole = over(node, there, leaving=("varies", "id", "cite", "note", *reason))
    whole.put("cite", both_cited(node.get("cite"), there.get("cite"), who), node.line_of("cite"))
    notes = (text_of(node.get("note")), *_what_differs(node, there, who, reason), text_of(there.get("note")))
    note = " ".join(each for each in notes if each)
    if note and what != "way on":
        whole.put("note", note, node.line_of("note"))
    if "limit" in node and "differs" not in node:
        whole.pop("differs", None)
    return whole


def _what_differs(node: Mapping, there: Mapping, who: Whose, reason: Collection[str]) -> Iterator[str]:
    """What the base has in place of what differs, as far as a reader has to know it, and the reason."""
    base = cited(there, who)
    for key in _SAID:
        if key in node and key in there:
            yield _sentence(f"{base} says: {words_of(there[key])}")
    for key in ("by", "level"):
        if key in node and key in there:
            yield _sentence(f"{base} has {words_of(there[key])} here")
    if "limit" in node or "of" in node:
        start = _from(there, who) if "of" in node else ""
        yield _sentence(f"{base} has {words_of(there.get('limit')) or 'no limit'}{start}")
    others = there.get("differs") if "limit" in node and "differs" not in node else None
    for other in others if isinstance(others, Sequence) else ():
        if isinstance(other, Mapping):
            start = _from(other, who) if "of" in other else ""
            yield _sentence(f"{cited(other, who)} has {words_of(other.get('says'))}{start}")
    if reason:
        yield _sentence(text_of(node.get("because")))


def _from(part: Mapping, who: Whose) -> str:
    """What it is counted from, in words."""
    event = words_of(part.get("of"))
    first, event = ("the first time: ", event[6:]) if event.startswith("first ") else ("", event)
    named = who.events.get(event, "") if isinstance(who.events, Mapping) else ""
    name = words_of(named.get("name") if isinstance(named, Mapping) else named)
    return f", from: {first}{name or event.replace('-', ' ')}" if event else ""


def remark(what: str, node: Mapping, there: Mapping, who: Whose) -> str:
    """That a part of the base's is left out or replaced, on whose word, and why."""
    said = next((words_of(there[key]) for key in (*_SAID, "because") if key in there), "")
    own = ", ".join(texts_of(node.get("cite")))
    because = _sentence(text_of(node.get("because")))
    return f"{what}: {_sentence(said)} ({cited(there, who)}) {because} ({who.own}{LOCAL} {own})"


def both_cited(own: Node | None, base: Node | None, who: Whose) -> Node:
    """The set's own paragraphs, then the base's."""
    both = Sequence(1)
    both.extend([*texts_of(own), *_expanded(base, who)])
    both.lines = [1] * len(both)
    return both


def cited(there: Mapping, who: Whose) -> str:
    """The base's paragraphs as people read them: "set-2025 A 2.4.11"."""
    return say_cites("", _expanded(there.get("cite"), who))


def _expanded(cite: Node | None, who: Whose) -> list[str]:
    return [each for text in texts_of(cite) for each in expand(text, who.paragraphs).paragraphs]


def texts_of(node: Node | None) -> list[str]:
    """One text or a list of texts."""
    return [node] if isinstance(node, str) else [each for each in node or () if isinstance(each, str)]


def text_of(node: Node | None) -> str:
    """The text; "" for anything else."""
    return node.strip() if isinstance(node, str) else ""


def words_of(node: Node | None) -> str:
    """One text, or a list of them one after the other."""
    return " ".join(" ".join(texts_of(node)).split())


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."
