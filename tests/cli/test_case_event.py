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
