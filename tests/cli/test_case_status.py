"""`cpcli case assign`, `close` and `reopen`: who has a case, and whether it is open."""

import json

import pytest

from asked import at_a_terminal, needs_a_terminal, refused


def whose(case, number="1"):
    found = case.json("case", "show", number)
    return found["case"]["assigned"], {each["key"]: each["assigned"] for each in found["duties"]}


# --- assign


@pytest.mark.parametrize(
    ("options", "given"),
    [
        (["--to", "Jo Marsh"], ""),
        (["--to", "-"], "Jo Marsh\n"),
        (["--json-in", "-"], '{"to": "Jo Marsh"}'),
    ],
)
def test_a_case_is_somebodys_however_that_is_said(case, options, given):
    done = case("case", "assign", "1", *options, given=given)
    assert done.stdout == "Recorded: case 2026-0001 is with Jo Marsh\n"
    everybody, each = whose(case)
    assert everybody == "Jo Marsh"
    assert set(each.values()) == {"Jo Marsh"}


def test_one_duty_can_be_somebody_elses(case):
    case("case", "assign", "1", "--to", "Jo Marsh")
    said = case("case", "assign", "1", "send-letter", "--to", "Sam Field").stdout
    assert '"Send the letter" is with Sam Field' in said
    _, each = whose(case)
    assert (each["send-letter"], each["tell-manager"]) == ("Sam Field", "Jo Marsh")


def test_it_can_be_nobodys_again(case):
    case("case", "assign", "1", "--to", "Jo Marsh")
    assert (
        "is with nobody, and no longer with Jo Marsh" in case("case", "assign", "1", "--to", "nobody").stdout
    )
    assert whose(case)[0] is None


def test_as_data_it_says_which_duties_are_anothers_now(case):
    found = case.json("case", "assign", "1", "send-letter", "--to", "Sam Field")
    assert [(each["key"], each["assigned"]) for each in found["changed"]] == [("send-letter", "Sam Field")]


def test_what_is_somebodys_already_is_not_recorded_again(case):
    case("case", "assign", "1", "--to", "Jo Marsh")
    refused(
        case("case", "assign", "1", "--to", "Jo Marsh"), "is with Jo Marsh already", "Nothing was changed"
    )


def test_somebody_has_to_be_named(case):
    refused(case("case", "assign", "1"), "Say who has it with --to NAME")


@needs_a_terminal
def test_at_a_terminal_it_is_asked_who_has_it(case):
    ended = at_a_terminal(case, ["case", "assign", "1"], ("Who has it?", "Jo Marsh"))
    assert "Case 2026-0001: nobody has been named for it." in ended.said
    assert whose(case)[0] == "Jo Marsh"


# --- close


def close(case, *more, why="The family has moved", number="1"):
    return case("case", "close", number, *more, given=why)


def test_what_is_still_open_is_listed_first_and_what_must_be_done_before_the_rest(case):
    said = " ".join(close(case, "--yes").stdout.split())
    places = [
        said.index(words) for words in ("MUST You MUST: Tell", "should You should: Send", "may Team Manager")
    ]
    assert places == sorted(places)
    assert said.index("Still open in case 2026-0001") < places[0] < said.index("case 2026-0001 is closed")


def test_nothing_is_due_in_a_closed_case(case):
    close(case, "--yes")
    found = case.json("case", "show", "1")
    assert {each["state"] for each in found["duties"]} == {"lapsed"}
    assert (found["case"]["status"], found["case"]["closed_by"]) == ("closed", "ada")
    assert found["case"]["closed_why"] == "The family has moved"
    assert case.json("agenda")["counts"]["today"] == 0
    page = " ".join(case("case", "show", "1").stdout.split())
    assert "Closed Thu 24 Dec 2026 16:40 by ada: The family has moved" in page


def test_a_case_with_something_open_is_not_closed_until_somebody_agrees(case):
    refused(close(case), "3 duties are still open, 1 of them a must", "--yes")
    assert case.json("case", "show", "1")["case"]["status"] == "open"


def test_a_walk_that_was_left_is_said_too(desk):
    desk("start", "desk/concern", "--plain", given="Zebedee Quill\n\n\n")
    refused(close(desk), "Walk 1 is not finished")
    assert "cpcli resume 2026-0001" in close(desk, "--yes").stdout


def test_a_case_with_nothing_open_is_closed_without_being_asked(desk, walk):
    walk(refer="no", called=None)
    assert close(desk).stdout == "Recorded: case 2026-0001 is closed\n"


def test_why_is_needed(case):
    refused(close(case, "--yes", "--json", why=""), "why is empty")
    assert case.json("case", "show", "1")["case"]["status"] == "open"


def test_a_closed_case_is_not_closed_again(case):
    close(case, "--yes")
    refused(close(case, "--yes"), "closed already")


def test_what_happens_in_a_closed_case_is_recorded_with_a_word_of_caution(case):
    close(case, "--yes")
    said = " ".join(case("case", "event", "1", "letter-sent", "--at", "now").stdout.split())
    assert "The case is closed, so nothing is due in it: cpcli case reopen 2026-0001 opens it again." in said


def test_whoever_goes_on_with_a_walk_of_a_closed_case_is_told_first(case):
    close(case, "--yes")
    said = case("resume", "1", given="").stderr
    assert said.startswith("The case is closed, so nothing is due in it: cpcli case reopen 2026-0001 opens")


@needs_a_terminal
@pytest.mark.parametrize(("answer", "code", "status"), [("y", 0, "closed"), ("", 1, "open")])
def test_at_a_terminal_it_is_shown_and_asked(case, answer, code, status):
    ended = at_a_terminal(
        case,
        ["case", "close", "1"],
        ("Why is the case closed?", "They moved"),
        ("Close the case all the same? [y/N]", answer),
    )
    assert ended.code == code
    assert "MUST You MUST: Tell the manager" in ended.said
    assert case.json("case", "show", "1")["case"]["status"] == status


# --- reopen


def test_a_case_that_is_opened_again_has_everything_that_was_due_in_it(case):
    before = case.json("case", "show", "1")["duties"]
    close(case, "--yes")
    said = case("case", "reopen", "1", given="They came back").stdout
    assert "Tue 29 Dec 2026  You should: Send the letter" in said
    found = case.json("case", "show", "1")
    assert found["duties"] == before
    assert [(each["kind"], each["why"]) for each in found["closings"]] == [
        ("closed", "The family has moved"),
        ("reopened", "They came back"),
    ]
    assert found["case"]["closed_why"] is None


def test_an_open_case_is_not_opened_again(case):
    refused(case("case", "reopen", "1", given="x"), "is open")


def test_as_json(case):
    given = json.dumps({"why": "They moved"})
    assert case("case", "close", "1", "--json-in", "-", "--yes", given=given).returncode == 0
    assert case("case", "reopen", "1", "--json-in", "-", given=given).returncode == 0
