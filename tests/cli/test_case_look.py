"""`cpcli case show`, `duty` and `history`: looking at a case."""

import pytest

from asked import needs_a_terminal, refused
from terminal import Terminal


def words(done):
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


# --- show


def test_the_page_goes_from_who_through_what_was_decided_to_a_line_to_sign_on(case):
    case("case", "assign", "1", "--to", "Jo Marsh")
    page = case("case", "show", "1").stdout
    parts = [
        "Case 2026-0001",
        "With Jo Marsh.",
        "People",
        "What was decided",
        "What happened, what was due and what was late",
        "What to do next",
        "What waits",
        "What must not be done",
        "Questions and answers",
        "Read and agreed",
        "Name       ____",
        "Role       ____",
        "Signature  ____",
        "Date       ____",
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_the_timeline_says_what_happened_what_is_due_and_what_was_late(case):
    case("case", "done", "1", "send-letter", "--at", "30/12/2026", now="2026-12-31T09:00")
    page = words(case("case", "show", "1", now="2026-12-31T09:00"))
    for part in (
        "Thu 24 Dec 2026 15:30 You rang the duty desk",
        "Tue 29 Dec 2026 Was due: You should: Send the letter",
        "Wed 30 Dec 2026 Done LATE: Send the letter done Wed 30 Dec 2026, 1 working day late; due Tue 29",
        "entry 10",
        "Thu 31 Dec 2026 09:00 - now -",
    ):
        assert part in page, part


def test_what_does_not_apply_is_shown_where_it_is_asked_for(desk, walk):
    walk(refer="no", called=None)
    assert "What does not apply" not in desk("case", "show", "1").stdout
    page = words(desk("case", "show", "1", "--all"))
    assert (
        'You MUST: Tell the manager only where "Do you refer it?": Yes; '
        '"Do you refer it?" was answered "No" · since Thu 24 Dec 2026 16:40 · desk 5'
    ) in page


def test_as_data_too(desk, walk):
    walk(refer="no", called=None)
    states = [each["state"] for each in desk.json("case", "show", "1", "--all")["duties"]]
    assert "not applicable" in states
    assert "not applicable" not in [each["state"] for each in desk.json("case", "show", "1")["duties"]]


def test_what_waits_for_an_answer_is_shown_where_it_is_asked_for(desk):
    desk("start", "desk/concern", "--plain", given="Zebedee Quill\n\n\n")
    page = words(desk("case", "show", "1", "--all"))
    assert 'waits for the answer to "Do you refer it?"; it applies only where "Do you refer it?": Yes' in page


def test_the_timeline_is_drawn_in_plain_text_in_a_pipe(case):
    done = case("case", "show", "1", "--timeline", now="2026-12-30T09:00")
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.stdout
    (letter,) = [line for line in lines if line.startswith("You should: Send the letter")]
    assert "]!" in letter
    assert "OVERDUE: was due Tue 29 Dec 2026" in done.stdout


@needs_a_terminal
@pytest.mark.parametrize("columns", [40, 70, 120])
def test_the_timeline_is_as_wide_as_the_terminal(case, columns):
    environment = {**case.environment, "COLUMNS": ""}
    terminal = Terminal(["case", "show", "1", "--timeline"], environment, columns=columns)
    assert terminal.end() == 0
    lines = terminal.screen.splitlines()
    assert max(map(len, lines)) == columns
    assert "You rang the duty desk" in terminal.screen


# --- duty


def test_a_duty_is_shown_with_the_whole_working(case):
    page = case("case", "duty", "1", "send-letter").stdout
    whole = " ".join(page.split())
    for part in (
        "You should: Send the letter",
        "State open, due Tue 29 Dec 2026 since Thu 24 Dec 2026 15:30",
        "Limit within 1 working day counted from: You rang the duty desk (Thu 24 Dec 2026 15:30)",
        "Ends when You sent the letter",
        "Later date The Team Manager, in writing",
        "- Fri 25 Dec 2026 Christmas Day",
        "- Mon 28 Dec 2026 Boxing Day substitute",
        "1 Tue 29 Dec 2026 working day 1",
        "Says so desk 5",
    ):
        assert part in whole, part


def test_a_duty_that_does_not_apply_says_which_answer_decides_it(desk, walk):
    walk(refer="no", called=None)
    page = words(desk("case", "duty", "1", "tell-manager"))
    assert "State not applicable" in page
    assert "What decides that it does not apply Do you refer it? No ada · Thu 24 Dec 2026 16:40" in page


def test_a_duty_as_data(case):
    found = case.json("case", "duty", "1", "send-letter")
    assert (found["duty"]["key"], found["counted_to"]) == ("send-letter", "2026-12-29")
    assert [day["n"] for day in found["working"] if day["counted"]] == [1]


def test_an_unknown_duty_is_answered_with_the_nearest(case):
    refused(case("case", "duty", "1", "send-leter"), "Did you mean `send-letter`?")


def test_the_departure_and_the_later_date_stand_with_the_duty(case):
    case("case", "extend", "1", "send-letter", "--json-in", "-",
         given='{"to": "15/01/2027", "authority": "B Manager", "why": "No post"}')  # fmt: skip
    case("case", "depart", "1", "send-letter", "--json-in", "-",
         given='{"what": "By hand", "why": "No post", "at": "now"}')  # fmt: skip
    page = words(case("case", "duty", "1", "send-letter"))
    assert "Due Fri 15 Jan 2027 was due Tue 29 Dec 2026" in page
    assert "Later dates that were agreed Fri 15 Jan 2027 on the authority of B Manager" in page
    assert "Departures from it Thu 24 Dec 2026 16:40 By hand Why: No post" in page


# --- history


def test_the_history_says_who_did_what_when_with_old_and_new(case):
    case("case", "assign", "1", "--to", "Jo Marsh", CPCLI_USER="grace")
    case("case", "assign", "1", "--to", "Sam Field", CPCLI_USER="grace")
    lines = words(case("case", "history", "1"))
    assert "1 The case was opened Thu 24 Dec 2026 16:40, ada" in lines
    assert "Do you refer it? Yes" in lines
    assert "11 Who has this: the case Jo Marsh -> Sam Field Thu 24 Dec 2026 16:40, grace" in lines


def test_the_history_as_data(case):
    found = case.json("case", "history", "1")
    assert found["case"] == "2026-0001"
    first, *_, last = found["history"]
    assert (first["entry"], first["kind"], first["who"]) == (1, "case-opened", "ada")
    assert first["at"] == "2026-12-24T16:40:00+00:00"
    assert (last["kind"], last["old"]) == ("walk-finished", None)
