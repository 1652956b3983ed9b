"""What can be an answer to each kind of step, and what is said where a value cannot."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cpcli.procedures.model import Item, Option, Step
from cpcli.walk.answers import AnswerError, read_answer, say_answer

NOW = datetime(2026, 12, 24, 16, 40, tzinfo=ZoneInfo("Europe/London"))
OPTIONS = (Option("new", "It is new"), Option("old", "It is old"))
ITEMS = (Item("names", "Names"), Item("born", "Dates of birth"))


def step(answer, **more):
    kind = more.pop("kind", "ask")
    return Step(kind, "it", "It?", ("1",), answer=answer, **more)


YES_NO = step("yes or no")
ONE = step("one of", options=OPTIONS)
SEVERAL = step("several of", options=OPTIONS)
WHEN = step("date and time", kind="happened", event="rang", may_be_not_yet=True)
LIST = step("", kind="checklist", items=ITEMS)


@pytest.mark.parametrize(
    ("asked", "raw", "value"),
    [
        (YES_NO, "Yes", "yes"),
        (YES_NO, "n", "no"),
        (YES_NO, True, "yes"),
        (ONE, "old", "old"),
        (SEVERAL, ["old", "new", "old"], ["new", "old"]),
        (SEVERAL, [], []),
        (step("short text"), "  Ada Brown ", "Ada Brown"),
        (step("number"), "3", 3),
        (step("number"), "2.5", 2.5),
        (step("date"), "03/04/2026", "2026-04-03"),
        (WHEN, "yesterday 16:30", "2026-12-23T16:30"),
        (WHEN, "Not yet", "not yet"),
        (WHEN, "2026-12-24", "2026-12-24"),
        (step("person"), "Ada Brown", {"name": "Ada Brown"}),
        (step("person"), {"name": "Ada", "born": "1 May 2014"}, {"name": "Ada", "born": "2014-05-01"}),
        (step("people"), [{"name": "Ada"}, "Ben"], [{"name": "Ada"}, {"name": "Ben"}]),
        (
            LIST,
            {"ticked": ["born"], "why not": {"names": "She ran off"}},
            {"ticked": ["born"], "why not": {"names": "She ran off"}},
        ),
        (LIST, ["born", "names"], {"ticked": ["names", "born"], "why not": {}}),
        (step("short text", may_skip=True), {"skipped": "He hung up"}, {"skipped": "He hung up"}),
    ],
)
def test_a_value_is_read_as_the_step_asks(asked, raw, value):
    assert read_answer(asked, raw, NOW) == value


@pytest.mark.parametrize(
    ("asked", "raw", "says"),
    [
        (YES_NO, "perhaps", "write yes or no"),
        (ONE, "middling", "'middling' is not one of the choices: new, old"),
        (SEVERAL, "new", "give a list of choices"),
        (SEVERAL, ["gone"], "'gone' is not one of the choices"),
        (step("short text"), "   ", "may not be empty"),
        (step("long text"), "x" * 100_001, "at most 100,000"),
        (step("number"), "three", "'three' is not a number"),
        (step("number"), "nan", "is not a number"),
        (step("date"), "31/02/2026", "31/02/2026"),
        (step("date"), "12/25/2026", "12/25/2026"),
        (WHEN, "tomorrow 09:00", "has not come yet"),
        (step("person"), {"born": "1 May 2014"}, "the name may not be empty"),
        (step("person"), {"name": "Ada", "age": 3}, "not 'age'"),
        (step("people"), [], "one or more"),
        (LIST, {"ticked": ["shoes"]}, "'shoes' is not on the list: names, born"),
        (LIST, {"ticked": ["names"], "why not": {"names": "x"}}, "keep one"),
        (step("short text"), {"skipped": "No time"}, "may not be skipped"),
        (step("short text", may_skip=True), {"skipped": ""}, "the reason for skipping may not be empty"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_one_line(asked, raw, says):
    with pytest.raises(AnswerError) as refused:
        read_answer(asked, raw, NOW)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_planned_event_may_lie_ahead():
    planned = step("date", kind="happened", event="conference", planned=True)
    assert read_answer(planned, "5 January 2027", NOW) == "2027-01-05"


@pytest.mark.parametrize(
    ("asked", "value", "words"),
    [
        (YES_NO, "yes", "Yes"),
        (ONE, "old", "It is old"),
        (SEVERAL, ["new", "old"], "It is new; It is old"),
        (SEVERAL, [], "None of these"),
        (WHEN, "2026-12-23T16:30", "Wed 23 Dec 2026 16:30"),
        (WHEN, "not yet", "Not yet"),
        (step("person"), {"name": "Ada", "born": "2014-05-01"}, "Ada (born Thu 1 May 2014)"),
        (
            LIST,
            {"ticked": ["born"], "why not": {"names": "She ran off"}},
            "1 of 2 ticked; not: Names (She ran off)",
        ),
        (step("short text"), {"skipped": "He hung up"}, "Skipped: He hung up"),
    ],
)
def test_an_answer_is_read_back_in_words(asked, value, words):
    assert say_answer(asked, value) == words
