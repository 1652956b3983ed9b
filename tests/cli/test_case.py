"""`cpcli case`: looking at a case, and recording what has happened in it."""

import json
import sys

import pytest

DEPARTURE = {
    "what": "The letter is taken there by hand",
    "why": "The post does not run",
    "agreed_by": "B Manager",
    "at": "today 12:00",
}


def duty(desk, key, case="1"):
    (found,) = [each for each in desk.json("case", "show", case)["duties"] if each["key"] == key]
    return found


def refused(done, *said):
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    for words in said:
        assert words in done.stderr


# --- list


def test_the_list_has_each_case_with_what_presses_most_in_it(case):
    (line,) = [line for line in case("case", "list").stdout.splitlines() if "2026-0001" in line]
    for words in (
        "A concern about a child",
        "open, opened Thu 24 Dec 2026 16:40",
        "immediately: Tell the manager",
    ):
        assert words in line
    case("case", "done", "1", "tell-manager", "--at", "now")
    assert "Tue 29 Dec 2026: Send the letter" in case("case", "list").stdout
    assert "OVERDUE Tue 29 Dec 2026" in case("case", "list", now="2026-12-30T09:00").stdout


def test_the_list_never_says_a_name(case):
    assert "Quill" not in case("case", "list").stdout + case("case", "list", "--json").stdout


def test_the_list_as_data(case):
    (found,) = case.json("case", "list")["cases"]
    assert (found["reference"], found["pathways"]) == ("2026-0001", ["A concern about a child"])
    assert (found["open_duties"], found["overdue_duties"], found["unfinished"]) == (3, 0, [])
    assert found["next"]["key"] == "tell-manager"


def test_a_case_with_a_walk_that_was_left_says_how_to_go_on(desk):
    desk("start", "desk/concern", "--plain", given="Zebedee Quill\n\n\n")
    assert "cpcli resume 2026-0001" in desk("case", "list").stdout


# --- show


@pytest.mark.parametrize("short", ["2026-0001", "2026-1", "0001", "1"])
def test_a_case_is_found_by_as_much_of_its_reference_as_is_unique(case, short):
    assert case("case", "show", short).stdout.startswith("Case 2026-0001 · A concern about a child")


def test_an_unknown_case_is_answered_with_those_near_it(case):
    refused(case("case", "show", "9"), "2026-0001")


def test_the_page_has_the_whole_record(case):
    page = case("case", "show", "1").stdout
    for words in (
        "What was decided",
        "Reason: Two signs of neglect.",
        "At once          You MUST: Tell the manager",
        "Tue 29 Dec 2026  You should: Send the letter",
        "Boxing\n                   Day substitute",
        "Waits for: You sent the letter",
        "cpcli case event 2026-0001 letter-sent --at now",
        "!  Do not tell the neighbours.",
        "Zebedee Quill",
        "What kind of concern is it?\n    Something new",
        "Thu 24 Dec 2026 15:30  You rang the duty desk",
        "cpcli start desk/report --case 2026-0001",
    ):
        assert words in page, words


def test_who_may_not_see_it_stands_at_the_head(case, walk):
    walk("desk/report", "--case", "1", facts="All of it.")
    assert (
        case("case", "show", "1").stdout.splitlines()[1]
        == "For the court alone. Do not share it with the parties. (desk 6)"
    )


def test_an_answer_that_no_longer_applies_is_kept_and_marked_so(desk):
    typed = "Zebedee Quill\n\n\nold\nSomething past\n"
    desk("start", "desk/concern", "--plain", given=typed)
    found = desk.json("case", "show", "1")
    assert {each["step"]: each["applies"] for each in found["answers"]}["past"] is True
    from pathlib import Path

    _answer_again(Path(desk.store), "kind", "new")
    page = desk("case", "show", "1").stdout
    assert "NO LONGER APPLIES" in page
    assert "Something past" in page


def _answer_again(store, step, value):
    """Another answer to the same step, as going back gives it."""
    from datetime import UTC, datetime

    from cpcli.casework.derived import Derived
    from cpcli.casework.entry import answered
    from cpcli.store.store import open_store

    at = datetime(2026, 12, 24, 16, 45, tzinfo=UTC)
    draft = answered(1, step, value, question=f"{step}?", cite=("2",))
    with open_store(store) as opened:
        opened.append("2026-0001", [draft], who="ada", at=at, derive=lambda case: Derived())


# --- event


def test_an_event_is_shown_back_with_what_it_changes(case):
    said = case("case", "event", "1", "letter-sent", "--at", "today 16:00").stdout
    assert "You sent the letter" in said
    assert "Thu 24 Dec 2026 16:00" in said
    assert "met              You should: Send the letter" in said
    assert "Thu 31 Dec 2026  You should: Ask the duty desk for its answer" in said


def test_an_event_can_make_a_duty_needless(case):
    case("case", "event", "1", "letter-sent", "--at", "today 16:00")
    changed = case.json("case", "event", "1", "answer-received", "--at", "now")["changed"]
    assert [(each["key"], each["state"]) for each in changed] == [("chase-answer", "lapsed")]


def test_an_event_is_named_by_its_id_or_answered_with_the_nearest(case):
    refused(case("case", "event", "1", "letter", "--at", "now"), "Did you mean `letter-sent`?")


def test_an_event_that_others_are_counted_back_from_may_lie_ahead(case):
    changed = case.json("case", "event", "1", "meeting", "--at", "15/01/2027")["changed"]
    assert [(each["key"], each["due"]) for each in changed] == [("prepare-meeting", "2027-01-13")]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("31/02/2026", "February 2026 has 28 days"),
        ("12/25/2026", "25/12/2026"),
        ("soonish", "is not a date"),
        ("", "--at"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_what_to_write(case, at, said):
    refused(case("case", "event", "1", "letter-sent", "--at", at), said)


def test_a_date_is_read_day_first_and_said_back(case):
    assert "Thu 10 Dec 2026" in case("case", "event", "1", "letter-sent", "--at", "10/12/2026").stdout


def test_when_it_was_has_to_be_said(case):
    refused(case("case", "event", "1", "letter-sent"), "--at")


def test_the_same_event_is_not_recorded_twice(case):
    case("case", "event", "1", "letter-sent", "--at", "today 16:00")
    entry = case.json("case", "show", "1")["case"]["entry"]
    refused(
        case("case", "event", "1", "letter-sent", "--at", "today 16:00"), "already", "Nothing was changed"
    )
    assert case.json("case", "show", "1")["case"]["entry"] == entry


# --- done


def test_a_duty_that_was_done_is_met(case):
    assert (
        "met  You MUST: Tell the manager" in case("case", "done", "1", "tell-manager", "--at", "now").stdout
    )
    assert duty(case, "tell-manager")["state"] == "met"


def test_a_duty_that_was_done_after_its_date_is_met_late(case):
    said = case("case", "done", "1", "send-letter", "--at", "30/12/2026", now="2026-12-31T09:00").stdout
    assert "met late" in said
    assert "due Tue 29 Dec 2026" in said


def test_doing_one_duty_starts_what_is_counted_from_it(case):
    changed = case.json("case", "done", "1", "send-letter", "--at", "now")["changed"]
    assert {each["key"]: each["state"] for each in changed} == {"send-letter": "met", "chase-answer": "open"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("send-leter", "Did you mean `send-letter`?"),
        ("send", "Did you mean `send-letter`?"),
        ("2:send-letter", ""),
    ],
)
def test_a_duty_that_the_case_has_not_is_answered_with_the_nearest(case, name, said):
    refused(case("case", "done", "1", name, "--at", "now"), f"no duty `{name}`", said)


def test_a_duty_that_two_walks_lay_on_is_done_once(case, walk):
    walk("desk/report", "--case", "1", facts="All of it.")
    assert case("case", "done", "1", "tell-manager", "--at", "now").returncode == 0
    states = [
        each["state"] for each in case.json("case", "show", "1")["duties"] if each["duty"] == "tell-manager"
    ]
    assert states == ["met"]


def test_a_duty_can_be_named_with_its_walk(case):
    assert case("case", "done", "1", "1:tell-manager", "--at", "now").returncode == 0


def test_a_duty_is_not_done_in_the_future(case):
    refused(case("case", "done", "1", "tell-manager", "--at", "tomorrow"), "has not come yet")


def test_a_duty_that_was_done_before_it_began_is_recorded_with_a_warning(case):
    said = case.json("case", "done", "1", "send-letter", "--at", "23/12/2026")
    assert "done before it began, on Thu 24 Dec 2026 15:30" in said["cautions"][0]


def test_who_has_a_case_has_to_be_said(case):
    done = case("case", "assign", "1", given="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Say who has it with --to NAME")


def test_a_duty_is_not_done_twice(case):
    case("case", "done", "1", "tell-manager", "--at", "now")
    refused(case("case", "done", "1", "tell-manager", "--at", "now"), "met already", "Nothing was changed")


def test_the_note_to_a_duty_comes_from_standard_input(case):
    done = case("case", "done", "1", "tell-manager", "--at", "now", "--note", given="Spoke to B.\n")
    assert done.returncode == 0
    import sqlite3

    with sqlite3.connect(case.store) as connection:
        (note,) = connection.execute("SELECT note FROM events WHERE event = 'tell-manager'").fetchone()
    assert note == "Spoke to B."


# --- note


def test_a_note_is_read_from_standard_input_whole(case):
    text = "First line, with 😀 and \x1b[31m.\n\nThird line.\n"
    assert case("case", "note", "1", given=text).returncode == 0
    (note,) = case.json("case", "show", "1")["notes"]
    assert (note["text"], note["by"]) == (text.strip(), "ada")
    page = case("case", "show", "1").stdout
    assert "\\x1b[31m" in page
    assert "\x1b" not in page


def test_an_empty_note_is_refused(case):
    refused(case("case", "note", "1", given=" \n"), "empty", "Nothing was recorded")


def test_a_note_is_not_taken_from_the_command_line(case):
    refused(case("case", "note", "1", "She said so"), "See `cpcli case note --help`")


@pytest.mark.parametrize("given", [b"\xff\xfe\x00", "She rang.".encode("utf-16-le")])
def test_a_note_that_is_no_text_is_refused(case, given):
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "cpcli", "case", "note", "1"],
        env=case.environment,
        input=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == b"What was given on standard input is not text in UTF-8.\n"


def note_at_a_terminal(case):
    """`cpcli case note 1` at a terminal, which has asked for the note."""
    import pexpect

    command = ["-m", "cpcli", "case", "note", "1"]
    child = pexpect.spawn(sys.executable, command, env=case.environment, encoding="utf-8", timeout=60)
    child.expect("a line with a single full stop ends it")
    return child


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect has no terminal there")
def test_at_a_terminal_a_note_is_asked_for(case):
    child = note_at_a_terminal(case)
    child.send("She rang back.\r\rAll is well.\r.\r")
    child.wait()
    assert child.exitstatus == 0
    assert case.json("case", "show", "1")["notes"][0]["text"] == "She rang back.\n\nAll is well."


@pytest.mark.skipif(sys.platform != "linux", reason="how long a line may be is the system's")
def test_a_line_that_the_terminal_has_cut_off_is_not_taken(case):
    """A pasted paragraph of 700 words lost its end without a word."""
    child = note_at_a_terminal(case)
    for word in ["long "] * 900:
        child.send(word)
    child.send("\r")
    child.expect("its end is lost")
    child.send("She rang back.\r.\r")
    child.wait()
    assert child.exitstatus == 0
    assert case.json("case", "show", "1")["notes"][0]["text"] == "She rang back."


# --- depart


def test_a_departure_from_a_duty_is_recorded_from_json(case):
    done = case("case", "depart", "1", "send-letter", "--json-in", "-", given=json.dumps(DEPARTURE))
    assert "departed from  You should: Send the letter" in done.stdout
    assert duty(case, "send-letter")["why"] == "agreed by B Manager"
    (found,) = case.json("case", "show", "1")["departures"]
    assert found == {
        "walk": 1,
        "duty": "send-letter",
        **DEPARTURE,
        "at": "2026-12-24T12:00",
        "by": "ada",
        "entry": 10,
    }
    page = case("case", "show", "1").stdout
    for words in (
        "Why: The post does not run",
        "Agreed by: B Manager",
        "From send-letter, walk 1 · recorded by ada, entry 10",
    ):
        assert words in page


def test_a_departure_can_be_from_the_whole_pathway(case):
    given = {key: value for key, value in DEPARTURE.items() if key != "agreed_by"}
    assert case("case", "depart", "1", "--json-in", "-", given=json.dumps(given)).returncode == 0
    (found,) = case.json("case", "show", "1")["departures"]
    assert (found["duty"], found["agreed_by"]) == (None, "")
    assert "Nobody is recorded as having agreed." in case("case", "show", "1").stdout


def test_of_several_walks_the_one_that_is_departed_from_is_said(case, walk):
    walk("desk/report", "--case", "1", facts="All of it.")
    given = json.dumps(DEPARTURE)
    refused(case("case", "depart", "1", "--json-in", "-", given=given), "--walk")
    assert case("case", "depart", "1", "--walk", "2", "--json-in", "-", given=given).returncode == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "not JSON"),
        ("[]", "one JSON object"),
        (json.dumps({**DEPARTURE, "whom": "x"}), "no `whom`"),
        (json.dumps({"why": "x", "at": "now"}), "`what`"),
        (json.dumps({**DEPARTURE, "why": 3}), "`why`"),
        (json.dumps({**DEPARTURE, "why": " "}), "why is empty"),
        (json.dumps({**DEPARTURE, "at": "tomorrow"}), "has not come yet"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_departure_with_something_missing_or_wrong_is_refused(case, given, said):
    refused(case("case", "depart", "1", "send-letter", "--json-in", "-", given=given), said)
    assert case.json("case", "show", "1")["departures"] == []


def test_without_a_terminal_there_is_nobody_to_ask(case):
    refused(case("case", "depart", "1", "send-letter"), "--json-in -")


@pytest.mark.skipif(sys.platform == "win32", reason="pexpect has no terminal there")
def test_at_a_terminal_a_departure_is_asked_for_under_the_rule_of_the_procedures(case):
    import pexpect

    child = pexpect.spawn(
        sys.executable,
        ["-m", "cpcli", "case", "depart", "1", "send-letter"],
        env=case.environment,
        encoding="utf-8",
        timeout=20,
        dimensions=(24, 100),
    )
    child.expect("Discuss it with a manager and write it down. \\(should, desk 1\\)")
    for question, answer in (
        ("What is done instead", "By hand"),
        ("Why", "No post"),
        ("Who agreed", ""),
        ("When was it decided", "now"),
    ):
        child.expect(question)
        child.send(answer + "\r")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    (found,) = case.json("case", "show", "1")["departures"]
    assert (found["what"], found["why"], found["agreed_by"]) == ("By hand", "No post", "")


# --- all of them


def test_every_entry_is_in_the_name_of_who_made_it(case):
    case("case", "note", "1", given="Mine.", CPCLI_USER="grace")
    assert case.json("case", "show", "1")["notes"][0]["by"] == "grace"


def test_what_the_store_keeps_is_what_the_journal_comes_to_again(case):
    case("case", "event", "1", "letter-sent", "--at", "today 16:00")
    case("case", "event", "1", "meeting", "--at", "15/01/2027", "--planned")
    case("case", "done", "1", "tell-manager", "--at", "now", "--note", given="Spoke to B.")
    case("case", "note", "1", given="All is well.")
    script = (
        "from cpcli.cli import context\n"
        "with context.store() as s: print(s.check(context.derive(context.rules())))\n"
    )  # fmt: skip
    import subprocess

    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**case.environment, "CPCLI_NOW": "2030-01-01T00:00"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
