"""Sets side by side: what each has, what differs, and when each would be due by its own nation's days."""

from datetime import date, datetime

import pytest

from cpcli.casework.compare import Dates, events_asked, side_by_side
from cpcli.casework.layout import Rules
from cpcli.clock.calendar import Calendar
from cpcli.clock.limit import parse_limit
from cpcli.clock.when import LONDON
from cpcli.procedures.model import Duty, Pathway, ProcedureSet, Reading
from cpcli.procedures.topics import Topic, Topics

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=LONDON)
KNOWN = Topics(
    (
        Topic("meeting", "A meeting"),
        Topic("hold", "Hold the meeting", procedure="meeting"),
        Topic("minutes", "Send the minutes", procedure="meeting"),
    ),
    {"met": "meeting-held"},
)


def row(source, name, limit, *, topic="hold", event="asked", level="must", differs=None, do="Hold it"):
    return {
        "topics": [topic],
        "id": name,
        "source": source,
        "pathway": "walk",
        "pathways": ["walk"],
        "do": do,
        "by": "worker",
        "level": level,
        "limit": limit,
        "event": event,
        "when": None,
        "differs": differs,
        "cite": "1",
    }


def a_set(source, *rows, nation="England", extends="", lacks=()):
    made = {"id": source, "title": source.upper(), "edition": "1", "nation": nation, "extends": extends}
    walk = {
        "pathway": "walk",
        "topics": ["meeting"],
        "title": "Walk",
        "about": "",
        "open_to": [],
        "varied": [],
    }
    return {"set": made, "pathways": [walk], "duties": list(rows), "lacks": list(lacks)}


def rules(nation, rows):
    duties = tuple(
        Duty(
            each["id"],
            each["do"],
            "worker",
            each["level"],
            ("1",),
            limit=parse_limit(each["limit"]) if each["limit"] else None,
            of=each["event"] or "",
            met_by=each["id"],
            differs=tuple(
                Reading(parse_limit(one["says"]), one["event"], ("2",)) for one in each["differs"] or ()
            ),
        )
        for each in rows
    )
    pathway = Pathway("walk", "s", "Walk", "", ("1",), duties=duties)
    return Rules(lambda _: pathway, lambda name: ProcedureSet(name, name, "1", nation), Calendar)


def dated(sets, start=None, **events):
    by = {each["set"]["id"]: rules(each["set"]["nation"], each["duties"]) for each in sets}
    return Dates(start, {name.replace("_", "-"): at for name, at in events.items()}, by.__getitem__, NOW)


def only(found, source, topic="hold"):
    duty = next(each for each in found["duties"] if each["topic"] == topic)
    return next(each for each in duty["sets"] if each["source"] == source)


def test_a_procedure_is_compared_duty_by_duty_and_a_duty_alone():
    sets = [a_set("one", row("one", "a", "within 2 days")), a_set("two")]
    assert [each["topic"] for each in side_by_side(KNOWN.every[0], sets, KNOWN)["duties"]] == [
        "hold",
        "minutes",
    ]
    assert [each["topic"] for each in side_by_side(KNOWN.every[1], sets, KNOWN)["duties"]] == ["hold"]


def test_a_set_without_a_duty_says_which_kind_of_without_it_is():
    sets = [
        a_set("has", row("has", "a", "within 2 days")),
        a_set("none", lacks=[["hold", "It does not.", False]]),
        a_set("part", lacks=[["meeting", "In Part B.", True]]),
        a_set("silent"),
    ]
    found = side_by_side(KNOWN.every[1], sets, KNOWN)
    assert [(each["state"], each["why"]) for each in found["duties"][0]["sets"]] == [
        ("has", None),
        ("has no", "It does not."),
        ("elsewhere", "In Part B."),
        ("not said", None),
    ]


def test_what_is_said_of_the_duty_goes_before_what_is_said_of_the_procedure():
    sets = [a_set("one", lacks=[["meeting", "In Part B.", True], ["hold", "It does not.", False]])]
    assert only(side_by_side(KNOWN.every[1], sets, KNOWN), "one")["why"] == "It does not."


@pytest.mark.parametrize(
    ("one", "two", "differs"),
    [
        ({"limit": "within 2 days"}, {"limit": "within 2 days"}, []),
        ({"limit": "within 2 days"}, {"limit": "within 3 days"}, ["limit"]),
        ({"limit": "within 2 days"}, {"limit": None}, ["limit"]),
        ({"limit": "within 2 days"}, {"limit": "within 2 days", "level": "should"}, ["level"]),
    ],
)
def test_what_differs_is_named(one, two, differs):
    sets = [a_set("one", row("one", "a", **one)), a_set("two", row("two", "b", **two))]
    assert side_by_side(KNOWN.every[1], sets, KNOWN)["duties"][0]["differs"] == differs


def test_that_one_has_it_and_another_has_not_is_a_difference_and_not_knowing_is_none():
    have = a_set("one", row("one", "a", "within 2 days"))
    for lacks, differs in (
        ([["hold", "No.", False]], ["has"]),
        ([["hold", "In Part B.", True]], []),
        ([], []),
    ):
        found = side_by_side(KNOWN.every[1], [have, a_set("two", lacks=lacks)], KNOWN)
        assert found["duties"][0]["differs"] == differs


def test_a_local_set_that_has_it_as_its_base_does_is_the_same_whoever_is_cited():
    base = a_set("base", row("base", "a", "within 2 days"))
    same = {**row("local", "a", "within 2 days"), "cite": "base: 1"}
    shorter = row("local", "a", "within 1 day")
    for local, same_as in ((same, "base"), (shorter, None)):
        found = side_by_side(KNOWN.every[1], [base, a_set("local", local, extends="base")], KNOWN)
        assert only(found, "local")["same_as"] == same_as


def test_each_is_counted_from_the_same_date_by_its_own_nations_days():
    # Mon 30 Nov 2026 is a bank holiday in Scotland alone.
    sets = [
        a_set("south", row("south", "a", "within 3 working days")),
        a_set("north", row("north", "a", "within 3 working days"), nation="Scotland"),
    ]
    found = side_by_side(KNOWN.every[1], sets, KNOWN, dated(sets, date(2026, 11, 26)))
    assert found["from"] == "2026-11-26"
    for source, due, nation in (("south", "2026-12-01", "England"), ("north", "2026-12-02", "Scotland")):
        (duty,) = only(found, source)["duties"]
        assert (duty["due"], duty["nation"], duty["counted_from"]) == (due, nation, "2026-11-26")


def test_an_event_is_meant_however_a_set_calls_it():
    sets = [
        a_set("one", row("one", "a", "within 2 days", event="meeting-held")),
        a_set("two", row("two", "a", "within 2 days", event="met")),
        a_set("three", row("three", "a", "within 2 days", event="asked")),
    ]
    for name in ("meeting_held", "met"):
        found = side_by_side(KNOWN.every[1], sets, KNOWN, dated(sets, **{name: date(2026, 11, 26)}))
        dues = [only(found, source)["duties"][0] for source in ("one", "two", "three")]
        assert [each["due"] for each in dues] == ["2026-11-28", "2026-11-28", None]
        assert [each["waits_for"] for each in dues] == [[], [], ["asked"]]
        assert found["events"] == {"meeting-held": "2026-11-26"}


def test_an_event_that_is_given_goes_before_the_common_start():
    sets = [a_set("one", row("one", "a", "within 2 days", event="met"))]
    found = side_by_side(
        KNOWN.every[1], sets, KNOWN, dated(sets, date(2026, 11, 1), meeting_held=date(2026, 11, 26))
    )
    assert only(found, "one")["duties"][0]["due"] == "2026-11-28"


def test_of_several_readings_the_stricter_is_the_date():
    other = [{"says": "within 1 day", "event": "asked", "cite": "2", "note": None}]
    sets = [a_set("one", row("one", "a", "within 3 days", differs=other))]
    found = side_by_side(KNOWN.every[1], sets, KNOWN, dated(sets, date(2026, 11, 26)))
    assert only(found, "one")["duties"][0]["due"] == "2026-11-27"


def test_what_has_no_date_is_given_none():
    sets = [a_set("one", row("one", "a", "immediately", event=None), row("one", "b", None))]
    found = side_by_side(KNOWN.every[1], sets, KNOWN, dated(sets, date(2026, 11, 26)))
    for duty in only(found, "one")["duties"]:
        assert (duty["due"], duty["counted"], duty["nation"]) == (None, None, None)
    assert only(found, "one")["duties"][0]["waits_for"] == []


def test_without_dates_nothing_is_said_of_due_dates():
    found = side_by_side(KNOWN.every[1], [a_set("one", row("one", "a", "within 2 days"))], KNOWN)
    assert "due" not in only(found, "one")["duties"][0]


def test_the_events_that_can_be_given_are_those_that_something_counts_from():
    other = [{"says": "within 1 day", "event": "called", "cite": "2", "note": None}]
    sets = [
        a_set("one", row("one", "a", "within 2 days", event="met", differs=other)),
        a_set("two", row("two", "m", "within 2 days", event="typed", topic="minutes")),
    ]
    assert events_asked(sets, KNOWN.every[1], KNOWN) == {"met", "meeting-held", "called"}
    assert events_asked(sets, KNOWN.every[0], KNOWN) == {"met", "meeting-held", "called", "typed"}
