"""What procedure sets can be compared by: an agreed list of topics, in topics.yaml beside the sets.

A topic is a procedure (making a referral) or one duty in it (confirm the referral in writing). A pathway says
in its file which procedure it is, and a duty which duty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Mapped
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cpcli.procedures.form import Form, Page
from cpcli.procedures.layers import data_folder, read_tree
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node

TOPICS = "topics.yaml"
KEYS = ("topics", "events")
PROCEDURE_KEYS = ("name", "also", "duties")
DUTY_KEYS = ("name", "also")


class Topic(NamedTuple):
    """One thing that the sets can be compared by."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    """Other words that people use for it."""
    procedure: str = ""
    """For a duty, the id of the procedure that it is part of; "" for a procedure."""
    file: str = ""
    line: int = 1


class Topics(NamedTuple):
    """Everything that the sets can be compared by."""

    every: tuple[Topic, ...] = ()
    """Each procedure, followed by its duties."""
    events: Mapped[str, str] = MappingProxyType({})
    """From what a set calls an event to the agreed name of that event, where they differ."""

    def get(self, name: str) -> Topic | None:
        """The topic of this id."""
        return next((each for each in self.every if each.id == name), None)

    def procedures(self) -> tuple[Topic, ...]:
        """The procedures among them."""
        return tuple(each for each in self.every if not each.procedure)

    def duties(self, procedure: str) -> tuple[Topic, ...]:
        """The duties of a procedure."""
        return tuple(each for each in self.every if each.procedure == procedure)


def topics(roots: Iterable[Path], cache: Path | None = None) -> tuple[Topics, list[Problem]]:
    """The topics of every root that has some, the toolkit's first, and what is wrong with their files."""
    every: list[Topic] = []
    events: dict[str, str] = {}
    problems: list[Problem] = []
    places = {root.resolve(): root for root in (data_folder(), *roots)}  # as it was written last
    for root in places.values():
        path = root / TOPICS
        if path.is_file():
            tree = read_tree(path, cache)
            page = Page(str(path))
            every += _topics(tree.node, page)
            events |= _events(tree.node, page)
            problems += [*tree.problems, *(page.problems if tree.node else ())]
    seen: dict[str, Topic] = {}
    for topic in every:
        first = seen.setdefault(topic.id, topic)
        if first is not topic:
            message = f"The topic {topic.id!r} is there already, in line {first.line} of {first.file}."
            problems.append(Problem(topic.file, topic.line, message, "Rename one."))
    return Topics(tuple(seen.values()), events), problems


def _topics(node: Node, page: Page) -> Iterator[Topic]:
    whole = Form(node, page, "topics.yaml", KEYS)
    for name, value, line in whole.pairs("topics", "each procedure", required=True):
        form = Form(value, page, "a procedure to compare", PROCEDURE_KEYS, line)
        yield Topic(name, form.text("name", required=True), form.texts("also"), "", page.file, line)
        for duty, words, at in form.pairs("duties", "each duty", required=True):
            if isinstance(words, str):
                if not words.strip():
                    page.wrong(at, f"The topic {duty!r} has no name.", "Say what is to be done.")
                yield Topic(duty, words.strip(), (), name, page.file, at)
            else:
                inner = Form(words, page, "a duty to compare", DUTY_KEYS, at)
                yield Topic(duty, inner.text("name", required=True), inner.texts("also"), name, page.file, at)


def _events(node: Node, page: Page) -> dict[str, str]:
    """Each event as a set may call it, with the agreed name."""
    whole = node.get("events") if isinstance(node, Mapping) else None
    found: dict[str, str] = {}
    if isinstance(whole, Mapping):
        form = Form(whole, page, "`events`", tuple(whole))
        for agreed in whole:
            form.check_name(agreed, agreed)
            found |= dict.fromkeys(form.texts(agreed), agreed)
    return found


def called(name: str, known: Topics) -> tuple[Topic, ...]:
    """The topics that are called exactly so, however its letters are written: by id, name or another word."""
    said = _plain(name)
    return tuple(
        each for each in known.every if said in {_plain(text) for text in (each.id, each.name, *each.also)}
    )


def looked_for(words: str, known: Topics) -> tuple[Topic, ...]:
    """The topics that have all of these words, procedures first. A procedure stands for the duties in it."""
    parts = _plain(words).split()
    whole = [each for each in known.every if parts and all(part in _words(each) for part in parts)]
    found = {each.id for each in whole}
    alone = [each for each in whole if each.procedure not in found]
    return tuple(sorted(alone, key=lambda each: bool(each.procedure)))


def _words(topic: Topic) -> str:
    return _plain(" ".join((topic.id, topic.name, *topic.also)))


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("'", "").split())
