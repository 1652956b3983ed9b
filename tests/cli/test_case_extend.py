"""`cpcli case extend`: a later date, where the procedure has a rule for one."""

import json

import pytest

from asked import at_a_terminal, needs_a_terminal, refused

LATER = {"to": "15/01/2027", "authority": "B Manager, by email", "why": "No post over Christmas"}


def extend(case, duty="send-letter", *more, **given):
    return case("case", "extend", "1", duty, "--json-in", "-", *more, given=json.dumps({**LATER, **given}))


def duty(case, key="send-letter"):
    (found,) = [each for each in case.json("case", "show", "1")["duties"] if each["key"] == key]
    return found


def test_a_later_date_is_the_due_date_and_says_what_it_was(case):
    said = " ".join(extend(case).stdout.split())
    assert "Fri 15 Jan 2027 You should: Send the letter was open, due Tue 29 Dec 2026" in said
    found = duty(case)
    assert (found["due"], found["was_due"]) == ("2027-01-15", "2026-12-29")
    assert found["counted"] == "extended from Tue 29 Dec 2026, agreed by B Manager, by email"


def test_the_page_says_on_whose_authority_and_why(case):
    extend(case)
    page = " ".join(case("case", "show", "1").stdout.split())
    assert "Later dates that were agreed Fri 15 Jan 2027 Send the letter Why: No post over Christmas" in page
    assert "On the authority of: B Manager, by email" in page


def test_where_the_procedure_has_no_rule_for_one_it_says_so_with_the_paragraph(case):
    done = case("case", "extend", "1", "tell-manager", "--to", "15/01/2027")
    refused(
        done,
        "no rule for a later date for tell-manager",
        "desk",
        "5",
        "cpcli case depart 2026-0001 tell-manager",
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"to": "29/12/2026"}, "is no later than Tue 29 Dec 2026"),
        ({"to": "24/12/2026"}, "is no later than Tue 29 Dec 2026"),
        ({"to": "32/01/2027"}, "January"),
        ({"authority": " "}, "authority is empty"),
        ({"why": ""}, "why is empty"),
    ],
)
def test_a_later_date_with_something_missing_or_wrong_is_refused(case, given, said):
    refused(extend(case, **given), said)
    assert duty(case)["was_due"] is None


def test_what_is_done_is_not_extended(case):
    case("case", "done", "1", "send-letter", "--at", "now")
    refused(extend(case), "send-letter is met")


def test_what_has_no_due_date_yet_is_not_extended(case, walk):
    walk(called="not yet")
    done = case("case", "extend", "2", "send-letter", "--json-in", "-", given=json.dumps(LATER))
    refused(done, "has no due date yet", "waits for: You rang the duty desk")


def test_the_date_can_be_an_option(case):
    given = json.dumps({key: LATER[key] for key in ("authority", "why")})
    done = case("case", "extend", "1", "send-letter", "--to", "15/01/2027", "--json-in", "-", given=given)
    assert done.returncode == 0, done.stderr
    assert duty(case)["due"] == "2027-01-15"


def test_without_a_terminal_there_is_nobody_to_ask(case):
    refused(case("case", "extend", "1", "send-letter", "--to", "15/01/2027"), "authority and why as JSON")


@needs_a_terminal
def test_at_a_terminal_it_is_asked_under_the_rule_of_the_procedure(case):
    ended = at_a_terminal(
        case,
        ["case", "extend", "1", "send-letter"],
        ("Until when?", "15/01/2027"),
        ("On whose written authority?", "B Manager"),
        ("Why?", "No post"),
    )
    assert ended.code == 0
    assert "due Tue 29 Dec 2026. Who may agree a later date: The Team Manager, in writing" in ended.said
    assert duty(case)["due"] == "2027-01-15"
