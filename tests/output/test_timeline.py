"""What happened, what was due and what was late: as a list, and drawn to the width that there is."""

from datetime import datetime, timedelta

import pytest

from cpcli.output.drawing import Line, drawing, rows
from cpcli.output.people import plain
from cpcli.output.timeline import moments, timeline
from small_record import SET, duty
from small_record import record as bare

NOW = datetime(2026, 12, 24, 16, 40)
OPENED = "2026-12-24T15:00:00+00:00"


def record(*duties, **more):
    found = bare(*duties)
    told = ("events", "departures", "extensions", "amendments", "closings", "decisions")
    case = {**found["case"], "opened": OPENED, "opened_by": "ada", "closed": None}
    return {**found, **{key: [] for key in told}, "case": case, **more}


def event(name="Somebody rang", at="2026-12-24T15:30", **more):
    return {
        "event": "rang",
        "name": name,
        "at": at,
        "walk": None,
        "from": None,
        "note": None,
        "entry": 4,
    } | more


def said(*duties, **more):
    found = moments(record(*duties, **more), lambda _: SET)
    return [(each.at, each.text) for each in found if each.text != "The case was opened"]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (duty(due="2026-12-29"), [("2026-12-29", "Due: You should: Ring them")]),
        (duty(due="2026-12-23"), [("2026-12-23", "OVERDUE: You should: Ring them")]),
        (duty(state="met", since="2026-12-24"), [("2026-12-24", "Done: Ring them")]),
        (
            duty(state="met late", since="2026-12-24", due="2026-12-23", why="1 day late"),
            [("2026-12-23", "Was due: You should: Ring them"), ("2026-12-24", "Done LATE: Ring them")],
        ),
        (duty(state="lapsed", since="2026-12-24", why="x"), [("2026-12-24", "No longer needed: Ring them")]),
        (duty(), []),
        (duty(state="waiting"), []),
        (duty(state="not applicable", since="2026-12-24"), []),
    ],
)
def test_a_duty_is_on_it_as_what_it_has_come_to(one, expected):
    assert said(one) == expected


def test_a_date_is_due_by_its_end_and_an_event_without_a_time_comes_first():
    found = said(duty(due="2026-12-24"), events=[event(), event("Some time that day", "2026-12-24")])
    assert [text for _, text in found] == [
        "Some time that day", "Somebody rang", "Due: You should: Ring them",
    ]  # fmt: skip


def test_now_stands_between_what_was_and_what_is_to_come():
    page = plain(timeline(record(duty(due="2026-12-29"), events=[event()]), lambda _: SET), None)
    lines = [line for line in page.splitlines() if "2026" in line]
    assert [line.split("2026", 1)[1].strip() for line in lines] == [
        "15:00  The case was opened",
        "15:30  Somebody rang",
        "16:40  - now -",
        "Due: You should: Ring them",
    ]


def test_now_is_the_end_where_nothing_is_to_come():
    page = plain(timeline(record(events=[event()]), lambda _: SET), None)
    assert page.splitlines()[-1].endswith("- now -")


def test_what_is_planned_says_so_and_a_date_of_birth_is_left_out():
    born = event("Born", "2014-05-01", event="date-of-birth")
    assert said(events=[event(at="2027-01-15"), born]) == [("2027-01-15", "Planned: Somebody rang")]


def test_an_entry_that_can_be_corrected_has_its_number():
    (found,) = moments(record(events=[event(note="By hand")]), lambda _: SET)[1:]
    assert found.about == "entry 4 · note: By hand"
    (found,) = moments(record(events=[event(walk=1, **{"from": "called"})]), lambda _: SET)[1:]
    assert found.about == ""


def test_what_was_done_is_said_once_with_its_entry():
    ring = duty("ring", "met", since="2026-12-24T15:30", why="done")
    (found,) = moments(record(ring, events=[event(walk=1, **{"from": "ring"})]), lambda _: SET)[1:]
    assert (found.text, found.about) == ("Done: Ring them", "entry 4")


# --- drawn


@pytest.mark.parametrize("width", [24, 40, 59, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(width):
    whole = record(
        duty(due="2026-12-29", started="2026-12-24"),
        duty("two", "met late", since="2026-12-24", due="2026-12-23", why="1 day late" * 9),
        duty("three", due="2026-12-20", started="2026-12-18"),
        events=[event("A very long name of something that has happened " * 3), event(at="2029-01-01")],
    )
    for line in plain(drawing(whole, lambda _: SET), width).splitlines():
        assert len(line) <= width


def bars(*lines, width=81):
    """What is drawn of each line, without its words: 49 columns, with now in the middle of eight days."""
    opened = NOW - timedelta(days=4)
    found = rows(list(lines), NOW, opened, width)[2:]
    return [row[1].text for row in found if row[0].text.strip()]


def at(days):
    return NOW + timedelta(days=days)


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        (Line("a", "", at(-4), point=True), "o" + " " * 23 + "|"),
        (Line("a", "", at(-4), at(4)), "[" + "-" * 47 + "]"),
        (Line("a", "", at(-4), at(-2)), "[" + "-" * 11 + "]" + "!" * 12),
        (Line("a", "", at(-4), at(4), at(-2)), "[" + "-" * 11 + "x" + "-" * 35 + "]"),
        (Line("a", "", at(-4), at(-2), at(-1)), "[" + "-" * 11 + "]" + "!" * 5 + "x" + " " * 5 + "|"),
        (Line("a", "", at(-4)), "[" + "-" * 24),
    ],
)
def test_a_line_is_drawn_from_its_beginning_to_its_end(line, drawn):
    assert bars(line, Line("z", "", at(4), point=True))[0] == drawn


def test_everything_that_is_drawn_is_said_in_words_too():
    whole = record(
        duty(due="2026-12-23", started="2026-12-22"),
        duty("two", "met", since="2026-12-24T15:30", why="done Thu 24 Dec 2026 15:30"),
        duty("three", "waiting"),
        events=[event()],
    )
    page = plain(drawing(whole, lambda _: SET), 80)
    for words in (
        "OVERDUE: was due Wed 23 Dec 2026",
        "done Thu 24 Dec 2026 15:30",
        "Thu 24 Dec 2026 15:30",
        "1 duty waits for something that has not happened",
    ):
        assert words in page


def test_what_lies_years_off_stands_at_the_edge_and_does_not_squeeze_the_rest():
    found = rows([Line("far", "", at(4000), point=True)], NOW, NOW, 100)
    assert "2027" in found[0][0].text
    assert "2037" not in found[0][0].text
    assert found[2][1].text.endswith("o")
