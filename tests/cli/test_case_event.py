"""`cpcli case event` and `case done`, and what can be odd: twice, ahead of its time, ended too early."""

import json

import pytest

from asked import at_a_terminal, needs_a_terminal, refused


def record(case, *more, at="today 16:00", event="letter-sent", **given):
    return case("case", "event", "1", event, "--at", at, *more, **given)


def times(case, event="letter-sent"):
    return [each["at"] for each in case.json("case", "show", "1")["events"] if each["event"] == event]


# --- twice


def test_an_event_recorded_again_for_the_same_day_is_refused_until_it_is_said_to_be_a_further_time(case):
    record(case)
    refused(
        record(case, at="today 16:20"),
        "Thu 24 Dec 2026 16:00, entry 10",
        "--again",
        "case amend 2026-0001 10",
    )
    assert record(case, "--again", at="today 16:20").returncode == 0
    assert times(case) == ["2026-12-24T16:00", "2026-12-24T16:20"]


def test_an_event_that_an_answer_dates_can_happen_a_further_time_that_day(case):
    refused(record(case, event="call-made", at="today 16:00"), "15:30, entry 8")
    record(case, "--again", event="call-made", at="today 16:00")
    assert times(case, "call-made") == ["2026-12-24T15:30", "2026-12-24T16:00"]
    keys = [each["key"] for each in case.json("case", "show", "1")["duties"]]
    assert "send-letter#2" in keys


def test_the_same_time_twice_is_the_same_event(case):
    record(case)
    refused(record(case, "--again"), "already", "Nothing was changed")


def test_another_day_is_another_event(case):
    record(case)
    assert record(case, at="yesterday").returncode == 0
    assert len(times(case)) == 2


@needs_a_terminal
@pytest.mark.parametrize(("answer", "code", "count"), [("y", 0, 2), ("n", 1, 1), ("", 1, 1)])
def test_at_a_terminal_it_is_asked_whether_it_happened_a_further_time(case, answer, code, count):
    record(case)
    words = ["case", "event", "1", "letter-sent", "--at", "today 16:20"]
    ended = at_a_terminal(case, words, ("Did it happen a further time? [y/N]", answer))
    assert (ended.code, len(times(case))) == (code, count)


# --- ahead of its time


def test_an_event_ahead_of_its_time_is_refused_where_that_makes_no_sense(case):
    refused(record(case, at="tomorrow"), "Fri 25 Dec 2026 has not come yet", "--planned")
    assert record(case, "--planned", at="tomorrow").returncode == 0


def test_it_is_allowed_with_a_reason(case):
    given = json.dumps({"at": "tomorrow", "note": "The courier has it already"})
    assert case("case", "event", "1", "letter-sent", "--json-in", "-", given=given).returncode == 0
    (found,) = [each for each in case.json("case", "show", "1")["events"] if each["event"] == "letter-sent"]
    assert (found["at"], found["note"]) == ("2026-12-25", "The courier has it already")


@needs_a_terminal
@pytest.mark.parametrize(("reason", "code"), [("The courier has it", 0), ("", 1)])
def test_at_a_terminal_the_reason_is_asked_for(case, reason, code):
    words = ["case", "event", "1", "letter-sent", "--at", "tomorrow"]
    ended = at_a_terminal(case, words, ("Why is it recorded already?", reason))
    assert (ended.code, len(times(case))) == (code, 1 - code)


def test_what_is_planned_ends_nothing_until_it_has_happened(case):
    record(case, "--planned", at="tomorrow")
    states = {each["key"]: each["state"] for each in case.json("case", "show", "1")["duties"]}
    assert (states["send-letter"], states["chase-answer"]) == ("open", "waiting")


# --- before the case began, and after it ended


ODD = [
    ("24/12/2025", "more than 9 months before the case was begun, on Thu 24 Dec 2026"),
    ("30/04/2014", "more than 9 months before"),
]


@pytest.mark.parametrize("command", ["event 1 letter-sent", "done 1 send-letter"])
@pytest.mark.parametrize(("at", "said"), ODD)
def test_what_lies_long_before_the_case_is_refused_until_a_note_says_why(case, command, at, said):
    words = ("case", *command.split())
    refused(case(*words, "--at", at), said, "a note has to say why")
    refused(case(*words, "--json-in", "-", given=json.dumps({"at": at})), said)
    given = json.dumps({"at": at, "note": "As the old file has it"})
    assert case(*words, "--json-in", "-", given=given).returncode == 0


def test_what_lies_before_the_childs_birth_is_refused(walk, case):
    walk(child={"name": "Aurelia Quill", "born": "2026-12-01"})
    words = ("case", "event", "2", "letter-sent", "--at")
    refused(case(*words, "30/11/2026"), "before the child was born, on Tue 1 Dec 2026")
    assert case(*words, "1/12/2026").returncode == 0


def test_what_comes_after_the_case_was_closed_is_refused_until_a_note_says_why(case):
    case("case", "close", "1", "--yes", given="They moved.")
    later = "2026-12-29T09:00"
    assert record(case, at="24/12/2026 16:30", now=later).returncode == 0
    refused(
        record(case, "--again", event="answer-received", at="28/12/2026", now=later),
        "after the case was closed, on Thu 24 Dec 2026 16:40 (cpcli case reopen 2026-0001 opens it again)",
    )
    done = record(case, "--note", event="answer-received", at="28/12/2026", now=later, given="For the file")
    assert done.returncode == 0


@needs_a_terminal
@pytest.mark.parametrize(("reason", "code"), [("The old file has it", 0), ("", 1)])
def test_at_a_terminal_it_is_asked_whether_so_old_a_date_is_right(case, reason, code):
    words = ["case", "event", "1", "letter-sent", "--at", "24/12/2016"]
    ended = at_a_terminal(case, words, ("Is it right, and why?", reason))
    assert (ended.code, len(times(case))) == (code, 1 - code)


def test_the_date_of_a_departure_that_is_long_ago_has_to_be_explained(case):
    given = {"what": "Rang instead", "why": "No post", "agreed_by": "", "at": "24/12/2016"}
    words = ("case", "depart", "1", "send-letter", "--json-in", "-")
    refused(case(*words, given=json.dumps(given)), "more than 9 months before")
    assert case(*words, given=json.dumps({**given, "note": "As minuted then"})).returncode == 0
    (note,) = case.json("case", "show", "1")["notes"]
    assert note["text"] == "Departure from: Send the letter, Sat 24 Dec 2016. As minuted then"


def test_a_correction_to_a_date_long_ago_is_cautioned(case):
    record(case)
    given = json.dumps({"at": "24/12/2016", "reason": "A slip"})
    done = case("case", "amend", "1", "10", "--json-in", "-", "--yes", "--json", given=given)
    assert "more than 9 months before" in json.loads(done.stdout)["cautions"][0]


# --- an end before its beginning


def test_an_end_before_the_beginning_is_said(case):
    said = record(case, at="23/12/2026").stdout
    assert 'It does not end "Send the letter": that began only on Thu 24 Dec 2026 15:30.' in " ".join(
        said.split()
    )
    (caution,) = json.loads(record(case, "--json", at="21/12/2026").stdout)["cautions"]
    assert "case history 2026-0001" in caution


def test_what_was_done_before_it_began_is_said(case):
    said = case("case", "done", "1", "send-letter", "--at", "23/12/2026").stdout
    assert "before it began on Thu 24 Dec 2026 15:30" in " ".join(said.split())


def test_what_was_done_before_what_it_waits_for_is_said(case):
    said = case("case", "done", "1", "chase-answer", "--at", "now").stdout
    assert "What it counts from has not happened" in said


# --- in whatever way it is given


def test_an_event_as_json(case):
    given = json.dumps({"at": "today 16:00", "note": "By hand"})
    done = case("case", "event", "1", "letter-sent", "--json-in", "-", "--json", given=given)
    assert json.loads(done.stdout)["cautions"] == []
    assert times(case) == ["2026-12-24T16:00"]


def test_a_duty_done_as_json(case):
    given = json.dumps({"at": "today 16:00", "note": "By hand"})
    assert case("case", "done", "1", "send-letter", "--json-in", "-", given=given).returncode == 0


def test_a_note_as_json(case):
    assert case("case", "note", "1", "--json-in", "-", given='{"text": "All is well."}').returncode == 0
    assert [each["text"] for each in case.json("case", "show", "1")["notes"]] == ["All is well."]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('{"when": "now"}', "no `when`"),
        ("{}", "`at` is missing"),
        ('{"at": "now", "planned": "yes"}', "`planned` is true or false"),
        ('{"at": 3}', "`at` is missing, or is not a text"),
        ('{"at": "soonish"}', "is not a date"),
    ],
)
def test_json_of_the_wrong_shape_is_refused(case, given, said):
    refused(case("case", "event", "1", "letter-sent", "--json-in", "-", given=given), said)


def test_what_is_given_as_an_option_is_not_given_again_as_json(case):
    given = '{"at": "now"}'
    refused(record(case, "--json-in", "-", given=given), "`at` is given twice")


@needs_a_terminal
def test_at_a_terminal_the_time_is_asked_for(case):
    words = ["case", "event", "1", "letter-sent"]
    assert at_a_terminal(case, words, ("When was it?", "today 16:00")).code == 0
    assert times(case) == ["2026-12-24T16:00"]


def test_a_duty_that_does_not_apply_is_not_done(case, walk):
    walk(refer="no", called=None)
    refused(
        case("case", "done", "2", "tell-manager", "--at", "now"),
        "does not apply to case 2026-0002",
        'only where "Do you refer it?": Yes',
    )
