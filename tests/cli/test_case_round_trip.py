"""A case that is written and brought into another store is there letter for letter, with all that follows."""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cpcli.casework.case import fold
from cpcli.casework.case_form import case_object
from cpcli.casework.case_reading import Reader
from cpcli.casework.entry import (
    KINDS,
    Draft,
    amended,
    answered,
    assigned,
    closed,
    departed,
    duty_done,
    event_recorded,
    extended,
    marked,
    noted,
    reopened,
    unmarked,
    walk_begun,
    walk_finished,
)
from cpcli.casework.history import history
from cpcli.casework.layout import Rules
from cpcli.casework.record import record as case_record
from cpcli.cli.bringing_in import BROUGHT, HERE, Desk
from cpcli.cli.case_csv import Given
from cpcli.cli.derive import derived
from cpcli.clock.calendar import Calendar
from cpcli.clock.when import LONDON, iso
from cpcli.procedures import catalogue
from cpcli.store.store import open_store

SETS = [Path(__file__).parent / "sets"]
RULES = Rules(
    cache(lambda name: catalogue.pathway(SETS, name)),
    cache(lambda name: catalogue.procedure_set(SETS, name)),
    cache(Calendar),
)
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
NOW = datetime(2027, 6, 1, 9, 0, tzinfo=LONDON)

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
DAYS = st.dates(BEGIN.date() - timedelta(300), BEGIN.date()).map(str)
TIMES = st.integers(-400_000, 0).map(
    lambda minutes: iso((BEGIN + timedelta(minutes=minutes)).astimezone(LONDON))
)
AHEAD = st.dates(BEGIN.date(), BEGIN.date() + timedelta(900)).map(str)
EVENTS = ("call-made", "letter-sent", "answer-received", "meeting", "send-letter")
DUTIES = ("tell-manager", "send-letter", "send-letter#2", "chase-answer", "read-file", "prepare-meeting")
PEOPLE = st.fixed_dictionaries({"name": TEXT}, optional={"born": DAYS, "relationship": TEXT})
VALUES = {
    "child": PEOPLE,
    "kind": st.sampled_from(["new", "old"]),
    "past": TEXT,
    "refer": st.sampled_from(["yes", "no"]),
    "refer-reason": TEXT,
    "called": st.just("not yet") | TIMES | DAYS,
}


@st.composite
def answers(draw):
    step = draw(st.sampled_from(sorted(VALUES)))
    more = draw(st.fixed_dictionaries({}, optional={"reason": TEXT}))
    return answered(1, step, draw(VALUES[step]), question=draw(TEXT), cite=("1", "2"), **more)


CHANGES = st.one_of(
    answers(),
    answers(),
    st.builds(event_recorded, st.sampled_from(EVENTS), DAYS | TIMES | AHEAD, TEXT | st.just("")),
    st.builds(lambda event, at: event_recorded(event, at, again=True), st.sampled_from(EVENTS), TIMES),
    st.builds(duty_done, st.just(1), st.sampled_from(DUTIES), DAYS | TIMES, TEXT | st.just("")),
    st.builds(
        departed, st.just(1), st.sampled_from(DUTIES) | st.just(""), TEXT, TEXT, TEXT | st.just(""), DAYS
    ),
    st.builds(noted, TEXT, st.integers(0, 1)),
    st.builds(assigned, TEXT | st.just("")),
    st.builds(assigned, TEXT, st.just(1), st.sampled_from(DUTIES)),
    st.builds(
        lambda duty, to, by: extended(1, duty, to, authority=by, why=by), st.sampled_from(DUTIES), AHEAD, TEXT
    ),
    st.builds(lambda to, why: Draft("amended", {"to": to, "reason": why}), DAYS | TIMES | st.none(), TEXT),
    st.builds(closed, TEXT | st.just("")),
    st.builds(reopened, TEXT),
    st.builds(marked, TEXT),
    st.builds(lambda why: Draft("unmarked", {"reason": why}), TEXT),
    st.just(walk_finished(1)),
)
CASES = st.lists(
    st.lists(st.tuples(CHANGES, st.integers(0, 40_000), st.sampled_from(["ada", "Bo Ó"])), max_size=12),
    min_size=1,
    max_size=3,
)


def record(store, changes):
    """A case with these changes, one after the other."""
    at, first = BEGIN, walk_begun(1, "desk/concern", "2", "worker", BEGIN.date().isoformat())

    def derive(case):
        return derived(case, RULES)

    case = store.append(None, [first], who="ada", at=at, derive=derive)
    for draft, minutes, who in changes:
        at += timedelta(minutes=minutes)
        if draft.kind == "amended":
            told = [*case.events, *case.done]
            if not told:
                continue
            entry = told[minutes % len(told)].seq
            change = amended(entry, draft.body["to"], reason=draft.body["reason"])
        elif draft.kind == "unmarked":
            if not case.marks:
                continue
            change = unmarked(case.marks[minutes % len(case.marks)].seq, draft.body["reason"])
        else:
            change = draft
        case = store.append(case.reference, [change], who=who, at=at, derive=derive)
    return case.reference


def written(store):
    lines = [
        json.dumps(case_object(list(store.entries(each))), ensure_ascii=False)
        for each, _ in store.references()
    ]
    return "\n".join(lines)


def bring_in(store, text):
    desk = Desk(store, Reader(RULES, lambda name: name, "carol", NOW), dry_run=False, renumber=False)
    return [desk.take(Given(line, json.loads(case))) for line, case in enumerate(text.split("\n"), 1)]


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_it_comes_out_as_it_went_in(cases):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "one.db") as one,
        open_store(Path(folder) / "other.db") as other,
    ):
        for changes in cases:
            record(one, changes)
        text = written(one)
        outcomes = bring_in(other, text)
        assert [(each.state, each.faults) for each in outcomes] == [(BROUGHT, ())] * len(cases)
        assert written(other) == text
        assert list(other.duties()) == list(one.duties())
        assert [case[:-1] for case in other.cases()] == [case[:-1] for case in one.cases()]
        assert other.check(lambda case: derived(case, RULES)) == []
        assert [each.state for each in bring_in(other, text)] == [HERE] * len(cases)
        assert {entry.brought_in[1] for entry in other.entries()} == {"carol"}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | DAYS
    | st.sampled_from(KINDS),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


def spoilt(draw, value):
    """The same JSON with one thing in it, at any depth, put in another's place, or taken out."""
    if not isinstance(value, dict | list) or not value or draw(st.integers(0, 4)) == 0:
        return draw(JSON)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key, copy = draw(st.sampled_from(keys)), value.copy()
    if draw(st.integers(0, 4)) == 0:
        del copy[key]
    else:
        copy[key] = spoilt(draw, copy[key])
    return copy


@settings(max_examples=150, deadline=None)
@given(CASES, st.booleans(), st.data())
def test_whatever_is_wrong_with_it_it_is_refused_or_can_be_worked_with(cases, keep_unknown, data):
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "one.db") as one,
        open_store(Path(folder) / "other.db") as other,
    ):
        reference = record(one, cases[0])
        given_case = spoilt(data.draw, case_object(list(one.entries(reference))))
        reader = Reader(RULES, find, "carol", NOW, keep_unknown)
        outcome = Desk(other, reader, dry_run=False, renumber=False).take(Given(1, given_case))
        if outcome.state != BROUGHT:
            assert outcome.faults
            assert list(other.entries()) == []
            return
        entries = list(other.entries(outcome.case))
        assert case_record(fold(entries), RULES, NOW)["case"]["reference"] == outcome.case
        assert len(history(entries, RULES)) == len(entries)
        assert other.check(lambda case: derived(case, RULES)) == []


def find(name):
    return catalogue.find_pathway(name, SETS)
