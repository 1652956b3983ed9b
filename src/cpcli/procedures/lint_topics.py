"""Proving what is said of the topics that sets are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cpcli.procedures.build import Place
from cpcli.procedures.lint_set import Whole
from cpcli.procedures.model import Pathway
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping
from cpcli.procedures.read import Sequence as Listed
from cpcli.procedures.topics import Topic, Topics
from cpcli.procedures.vary_part import texts_of
from cpcli.procedures.words import did_you_mean


def lint_topics(whole: Whole, known: Topics) -> Iterator[Problem]:
    """What is wrong with what the set says it is about, and with what it says that it lacks."""
    procedures = {each.id for each in known.every if not each.procedure}
    duties = {each.id for each in known.every if each.procedure}
    for built in whole.built:
        yield from _known(built.pathway.topics, built.at, procedures, duties, "a procedure")
        for duty, place in zip(built.pathway.duties, built.duties_at, strict=True):
            yield from _known(duty.topics, place, duties, procedures, "a duty")
    has = set(topics_of(built.pathway for built in whole.built))
    for key in ("has no", "elsewhere"):
        for topic, place in _lacking(whole, key):
            if topic not in procedures | duties:
                mend = did_you_mean(topic, sorted(procedures | duties))
                yield place.wrong("topic", f"There is no topic {topic!r} in topics.yaml.", mend)
            elif topic in has and topic in duties and not place.node.file:
                mend = "Take it out here, or take `topic` out there."
                yield place.wrong("topic", f"A duty of the set is about {topic!r}.", mend)


def topics_of(pathways: Iterable[Pathway]) -> Iterator[str]:
    """Every topic that the pathways and their duties are about."""
    for pathway in pathways:
        yield from pathway.topics
        for duty in pathway.duties:
            yield from duty.topics


def _known(
    named: Iterable[str], place: Place, right: set[str], wrong: set[str], what: str
) -> Iterator[Problem]:
    for name in named:
        if name in wrong:
            mend = f"Possible here: the topics of topics.yaml that are {what} each."
            yield place.wrong("topic", f"The topic {name!r} is not {what}.", mend)
        elif name not in right:
            mend = did_you_mean(name, sorted(right))
            yield place.wrong("topic", f"There is no topic {name!r} in topics.yaml.", mend)


def _lacking(whole: Whole, key: str) -> Iterator[tuple[str, Place]]:
    lines = whole.at.node.get(key)
    for node in lines if isinstance(lines, Listed) else ():
        if isinstance(node, Mapping):
            for topic in texts_of(node.get("topic")):
                yield topic, Place(whole.at.file, node)


def lint_all(sets: Sequence[Whole], known: Topics, root: Path) -> Iterator[Problem]:
    """What is wrong between the sets of a folder that has topics of its own: each topic has to be used, and
    each set has to say of each topic what it has, or that it has nothing.
    """
    own = [each for each in known.every if Path(each.file).parent == root]
    has = {whole.set.id: set(topics_of(built.pathway for built in whole.built)) for whole in sets}
    used = set().union(*has.values())
    for topic in own:
        if topic.id not in used:
            mend = "Write `topic:` and its name where a set has it, or take it out."
            yield Problem(topic.file, topic.line, f"No pathway and no duty is about {topic.id!r}.", mend)
    for whole in sets:
        if whole.at.node.file_of("set") or Path(whole.at.file).parent.parent != root:
            continue
        lacks = {each.topic for each in whole.set.lacks}
        for topic in own:
            if (
                topic.procedure
                and not {topic.id, topic.procedure} & lacks
                and topic.id not in has[whole.set.id]
            ):
                yield _untold(topic, whole)


def _untold(topic: Topic, whole: Whole) -> Problem:
    mend = (
        "Write `topic:` in the duty that is about it, or say under `has no` or `elsewhere` why there is none."
    )
    return whole.at.wrong("set", f"It says nothing of the topic {topic.id!r} ({topic.name}).", mend)
