"""A case that was walked by a pathway which is not at hand any more: its set was removed or renamed, say.

What was recorded stands. A stand-in for the pathway has the questions that were answered; its people, events,
marks and duties are what they were when it was last at hand, and nothing new follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cpcli.casework.case import Case
from cpcli.casework.derived import Derived
from cpcli.casework.duties import sort_of
from cpcli.casework.duty_state import DutyState
from cpcli.casework.layout import Rules
from cpcli.casework.standing import CLOSED, closed_with, unended
from cpcli.casework.told import Walk
from cpcli.clock.limit import parse_limit
from cpcli.procedures.catalogue import BrokenData, NoSuchPathway, NoSuchSet
from cpcli.procedures.cites import read_cites
from cpcli.procedures.model import BIRTH, Duty, Event, Item, Pathway, ProcedureSet, Step
from cpcli.walk.answers import Answer

NOT_AT_HAND = (NoSuchSet, NoSuchPathway, BrokenData)
"""What asking for a procedure set or a pathway raises that is gone, or cannot be relied on."""
MEND = (
    "What was recorded stands, and what followed from it is as it was last worked out. Put its set back "
    "(cpcli config set procedures FOLDER), then: cpcli store rebuild"
)


def why_missing(pathway: str, rules: Rules) -> str:
    """Why the pathway ("cafcass-2017/referral") is not at hand, in a sentence; "" where it is."""
    try:
        rules.procedure_set(source_of(pathway))
        rules.pathway(pathway)
    except NOT_AT_HAND as error:
        return f"{pathway} is not at hand: {error}"
    return ""


def title_of(pathway: str, rules: Rules) -> str:
    """The title of the pathway ("cafcass-2017/referral"); its name where it is not at hand."""
    return pathway if why_missing(pathway, rules) else rules.pathway(pathway).title


def with_stand_ins(case: Case, rules: Rules, last: Callable[[], Derived]) -> Rules:
    """The rules for this case, with a stand-in for each pathway of it that is not at hand. `last` gives what
    the case came to when it last was; it is asked only then.
    """
    names = dict.fromkeys(walk.pathway for walk in case.walks.values())
    missing = {name: why for name in names if (why := why_missing(name, rules))}
    if not missing:
        return rules
    known = last()
    titles = _titles(missing, [rules.pathway(name) for name in names if name not in missing], known)
    pathways = {name: _pathway(name, title, case, known) for name, title in titles.items()}

    def procedure_set(name: str) -> ProcedureSet:
        try:
            return rules.procedure_set(name)
        except NOT_AT_HAND:
            return _set(name, known)

    return rules._replace(
        pathway=lambda name: pathways.get(name) or rules.pathway(name),
        procedure_set=procedure_set,
        missing=missing,
        last=tuple(
            _as_it_stands(duty, case, procedure_set(duty.source))
            for duty in known.duties
            if case.walks[duty.walk].pathway in missing
        ),
    )


def source_of(pathway: str) -> str:
    """The procedure set of a pathway that is named "cafcass-2017/referral"."""
    return pathway.partition("/")[0]


def _set(name: str, known: Derived) -> ProcedureSet:
    """A set that knows the events which happened in the case, or which its duties count from."""
    events = [row.event for row in known.events] + [duty.event for duty in known.duties if duty.event]
    named = (Event(each, _in_words(each)) for each in dict.fromkeys(events))
    return ProcedureSet(name, name, edition="", nation="", events=tuple(named))


def _in_words(event: str) -> str:
    return event.replace("-", " ").capitalize()


def _pathway(name: str, title: str, case: Case, known: Derived) -> Pathway:
    source, _, pathway = name.partition("/")
    walks = {walk.number: walk for walk in case.walks.values() if walk.pathway == name}
    whole = next((mark for mark in known.marks if mark.walk in walks and not mark.step), None)
    met_by = {done.duty.split("#")[0]: _event(done.seq, known) for done in case.done if done.walk in walks}
    duties = {
        each.duty: Duty(
            *(each.duty, each.do, each.by, each.level, each.cite), met_by=met_by.get(each.duty) or each.duty
        )
        for each in known.duties
        if each.walk in walks
    }
    return Pathway(
        pathway,
        source,
        title,
        about="",
        cites=(),
        steps=tuple(_steps(walks, source, known)),
        duties=tuple(duties.values()),
        marking=whole.text if whole else "",
        marking_cite=read_cites(source, whole.cite) if whole else (),
    )


def _event(seq: int, known: Derived) -> str:
    return next((row.event for row in known.events if row.seq == seq), "")


def _titles(missing: Iterable[str], at_hand: Iterable[Pathway], known: Derived) -> dict[str, str]:
    """What each was called, where the title of the case tells which part of it that is; else its name."""
    names, others = list(missing), [pathway.title for pathway in at_hand]
    titles = [title for title in known.title.split("; ") if title not in others]
    return dict(zip(names, titles if len(titles) == len(names) else names, strict=True))


def _steps(walks: Mapping[int, Walk], source: str, known: Derived) -> Iterator[Step]:
    """Those that were answered, in the order of it, and those that marked the record."""
    answers = {each.step: each for walk in walks.values() for each in walk.answers.values()}
    events = {row.step: row.event for row in known.events if row.walk in walks and row.event != BIRTH}
    parts = {row.step: row.part for row in known.people if row.walk in walks}
    marks = {row.step: row for row in known.marks if row.walk in walks and row.step}
    for answer in sorted(answers.values(), key=lambda each: each.first):
        step = step_of(answer, events.get(answer.step, ""))
        marked = marks.pop(answer.step, None) is not None
        yield replace(step, person_part=parts.get(answer.step, ""), marks=marked)
    for row in marks.values():
        yield Step("tell", row.step, row.text, read_cites(source, row.cite), marks=True)


def step_of(answer: Answer, event: str = "") -> Step:
    """The step as far as its answer shows what it was, and the event that it dated."""
    value: Any = answer.value
    step = Step("ask", answer.step, answer.question, answer.cite, answer="short text")
    one = value[0] if isinstance(value, list) and value else value
    if event:
        return replace(step, kind="happened", event=event, answer="date")
    if value == "read":
        return replace(step, kind="tell")
    if isinstance(one, dict) and "name" in one:
        return replace(step, answer="people" if isinstance(value, list) else "person")
    if isinstance(one, dict) and "ticked" in one:
        items = (Item(key, key.replace("-", " ")) for key in (*one["ticked"], *one.get("why not", ())))
        return replace(step, kind="checklist", items=tuple(items))
    if isinstance(value, list):
        return replace(step, answer="several of")
    return replace(step, answer="yes or no") if value in ("yes", "no") else step


def _as_it_stands(duty: DutyState, case: Case, known: ProcedureSet) -> DutyState:
    """The duty as it was last worked out, with whoever has it now, and lapsed if the case is closed."""
    others = (each.number for each in case.walks.values() if source_of(each.pathway) == duty.source)
    walks = (duty.walk, *others)  # a duty that several of them lay on is one duty
    named = next(filter(None, (case.assigned.get((walk, duty.key)) for walk in walks)), "")
    duty = duty._replace(assigned=named or case.assigned.get((0, ""), ""))
    if case.closed and duty.state in ("open", "waiting"):
        stands = closed_with(case.closed)
    elif duty.why == CLOSED and not case.closed:
        limit = parse_limit(duty.limit) if duty.limit else None
        at = case.changed or case.opened
        of = next((each.name for each in known.events if each.id == duty.event), _in_words(duty.event))
        stands = unended(of, duty.started, limit, case.walks[duty.walk].on, at)
    else:
        return duty
    sort = sort_of(stands.state, duty.urgency, duty.due, duty.level)
    return duty._replace(state=stands.state, why=stands.why, since=stands.since, sort=sort)
