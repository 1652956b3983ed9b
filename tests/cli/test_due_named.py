"""`cpcli due NAME`: a duty, or a whole pathway, from the dates of its events."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

SETS = Path(__file__).parent / "sets"


@pytest.fixture
def two_sets(desk, tmp_path):
    """`cpcli` with the desk procedures twice: as desk, and as night, with two working days for the letter."""
    for name in ("desk", "night"):
        shutil.copytree(SETS / "desk", tmp_path / "sets" / name)
        file = tmp_path / "sets" / name / "set.yaml"
        file.write_text(file.read_text().replace("set: desk", f"set: {name}"))
    concern = tmp_path / "sets" / "night" / "concern.yaml"
    concern.write_text(concern.read_text().replace("within 1 working day", "within 2 working days"))
    desk.environment["CPCLI_PROCEDURES"] = str(tmp_path / "sets")
    return desk


def lines(done):
    assert (done.returncode, done.stderr) == (0, "")
    return [line.strip() for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("desk/send-letter", ("--from", "24/12/2026 15:30")),
        ("send-letter", ("--from", "24/12/2026 15:30")),  # one set alone has it
        ("desk/concern/send-letter", ("--from", "24/12/2026 15:30")),
        ("send-letter", ("--event", "call-made=24/12/2026 15:30")),
    ],
)
def test_a_duty_by_name_is_due_from_its_event(desk, name, options):
    found = desk.json("due", name, *options)
    assert (found["due"], found["from"]) == ("2026-12-29", "2026-12-24T15:30")
    assert found["duty"]["source"] == "desk"
    assert found["duty"]["duty"] == "send-letter"
    assert found["working"][-1] == {"date": "2026-12-29", "counted": True, "n": 1, "reason": "working day 1"}


def test_a_person_sees_the_duty_its_event_the_due_date_and_whose_word_it_is(desk):
    assert lines(desk("due", "send-letter", "--from", "24/12/2026 15:30")) == [
        "Duty   You should: Send the letter",
        "desk 5 · concern/send-letter",
        "Limit  within 1 working day (England), from: You rang the duty desk",
        "From   Thu 24 Dec 2026 15:30",
        "Due    Tue 29 Dec 2026",
        "1 working day: Fri 25 is Christmas Day, Mon 28 is the Boxing Day",
        "substitute",
    ]


def test_explain_lists_every_day_the_rule_and_the_citation(desk):
    found = lines(desk("due", "send-letter", "--from", "24/12/2026", "--explain"))
    assert "Rule    Working days are Monday to Friday, less the bank holidays of England." in found
    assert "Source  Desk procedures, edition 2, paragraph 5" in found
    assert [line for line in found if line.startswith(("-  ", "1  "))] == [
        "-  Thu 24 Dec 2026  the day itself: day 0",
        "-  Fri 25 Dec 2026  Christmas Day",
        "-  Sat 26 Dec 2026  Saturday, Boxing Day",
        "-  Sun 27 Dec 2026  Sunday",
        "-  Mon 28 Dec 2026  Boxing Day substitute",
        "1  Tue 29 Dec 2026  working day 1",
    ]


def test_a_condition_is_shown_in_words(desk):
    found = desk("due", "prepare-meeting", "--event", "meeting=14/01/2027").stdout
    assert 'If     "Do you refer it?": Yes' in found
    assert "Due    Tue 12 Jan 2027" in found


def test_programs_have_a_condition_by_the_ids_of_its_questions_too(desk):
    found = desk.json("due", "prepare-meeting", "--event", "meeting=14/01/2027")["duty"]
    assert (found["when"], found["condition"]) == ("refer is yes", '"Do you refer it?": Yes')


def test_a_duty_without_a_date_is_shown_too(desk):
    assert "Due    At once" in desk("due", "desk/concern/tell-manager").stdout
    assert desk.json("due", "desk/concern/tell-manager")["due"] is None


def test_whether_it_was_met_in_time(desk):
    done = desk("due", "send-letter", "--from", "24/12/2026", "--met", "31/12/2026")
    assert done.returncode == 1
    assert "Met    Thu 31 Dec 2026: NOT in time, 2 working days late" in done.stdout
    done = desk("due", "send-letter", "--from", "24/12/2026", "--met", "29/12/2026", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["by"] == "on the day itself"


def test_another_nation_and_another_first_day_can_be_asked_for(desk):
    asked = ("due", "chase-answer", "--from", "30/12/2026")
    assert desk.json(*asked)["due"] == "2027-01-05"
    assert desk.json(*asked, "--nation", "Scotland")["due"] == "2027-01-06"
    assert desk.json(*asked, "--first-day", "1")["due"] == "2027-01-04"


def test_a_name_that_two_sets_share_is_an_error_that_names_both(two_sets):
    done = two_sets("due", "send-letter", "--from", "today")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        "send-letter is in several places. Say which: desk/concern/send-letter, night/concern/send-letter."
        in done.stderr
    )
    assert two_sets.json("due", "night/send-letter", "--from", "24/12/2026")["due"] == "2026-12-30"


def test_of_two_sets_the_one_in_the_settings_is_meant(two_sets):
    assert two_sets("config", "set", "set", "night").returncode == 0
    assert two_sets.json("due", "send-letter", "--from", "24/12/2026")["due"] == "2026-12-30"
    assert two_sets.json("due", "concern")["pathway"] == "night/concern"


def test_duties_of_one_name_that_say_different_things_are_an_error_that_names_both(desk):
    done = desk("due", "desk/tell-manager")
    assert done.returncode == 2
    assert "Say which: desk/concern/tell-manager, desk/report/tell-manager." in done.stderr


def test_a_pathway_is_a_schedule_of_all_that_follows_and_all_that_waits(desk):
    found = lines(desk("due", "concern", "--event", "call-made=24/12/2026 15:30"))
    text = "\n".join(found)
    follows, waits = text.split("What waits for something that has not happened")
    assert "Tue 29 Dec 2026  You should: Send the letter" in follows
    assert (
        'At once          You MUST: Tell the manager\nIf "Do you refer it?": Yes\ndesk 5 · tell-manager'
        in follows
    )
    assert "Waits for: You sent the letter\n-  You should: Ask the duty desk for its answer" in waits
    assert "within 3 working days · desk 5" in waits
    assert "Once it is known: --event letter-sent=WHEN" in waits


def test_more_events_bring_the_schedule_on(desk):
    events = ("--event", "call-made=21/12/2026", "--event", "letter-sent=22/12/2026")
    found = {one["duty"]: one for one in desk.json("due", "concern", *events)["duties"]}
    assert (found["send-letter"]["state"], found["send-letter"]["due"]) == ("met", "2026-12-22")
    assert (found["chase-answer"]["state"], found["chase-answer"]["due"]) == ("open", "2026-12-29")
    assert found["prepare-meeting"]["state"] == "waiting"
    found = desk.json("due", "concern", *events, "--event", "answer-received=23/12/2026")["duties"]
    assert next(one for one in found if one["duty"] == "chase-answer")["state"] == "lapsed"


def test_a_schedule_in_json_says_by_what_it_was_counted(desk):
    found = desk.json("due", "concern", "--event", "call-made=24/12/2026 15:30")
    del found["duties"], found["onward"]
    assert found == {
        "pathway": "desk/concern",
        "title": "A concern about a child",
        "edition": "2",
        "nation": "England",
        "events": {"call-made": "2026-12-24T15:30"},
    }


def test_a_schedule_in_other_forms(desk):
    asked = ("due", "concern", "--event", "call-made=24/12/2026 15:30", "--format")
    rows = [json.loads(line) for line in desk(*asked, "ndjson").stdout.splitlines()]
    table = list(csv.DictReader(io.StringIO(desk(*asked, "csv").stdout)))
    assert [row["duty"] for row in rows] == [row["duty"] for row in table]
    assert {row["due"] for row in table} == {"2026-12-29", ""}
    calendar = desk(*asked, "ics").stdout
    assert calendar.count("BEGIN:VTODO") == len(rows)
    assert calendar.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20261229" in calendar
    assert calendar == desk(*asked, "ics").stdout  # nothing of it is left to chance
    met = desk(*asked[:4], "--event", "letter-sent=24/12/2026 16:00", "--format", "ics").stdout
    assert (calendar.count("STATUS:COMPLETED"), met.count("STATUS:COMPLETED")) == (0, 1)


def test_explain_of_a_pathway_lists_every_day_of_what_follows(desk):
    asked = ("due", "concern", "--event", "call-made=24/12/2026", "--explain")
    assert "How it was counted: Send the letter" in desk(*asked).stdout
    rows = desk.json(*asked)["duties"]
    assert next(row for row in rows if row["duty"] == "send-letter")["working"][-1]["date"] == "2026-12-29"


def test_names_are_looked_up_only_where_the_words_are_no_limit(desk):
    assert desk.json("due", "immediately")["limit"] == "immediately"
    assert "duty" not in desk.json("due", "monthly", "--from", "today")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("send-leter", "--from", "today"), "Did you mean send-letter"),
        (("night/send-letter", "--from", "today"), "There is no procedure set 'night'"),
        (("desk/", "--from", "today"), "is no name of a duty or a pathway"),
        (("../desk/send-letter",), "is not a limit"),
        (("send-letter",), "counted from call-made (You rang the duty desk): add --event call-made=WHEN or"),
        (("send-letter", "--from", "today", "--event", "call-made=today"), "give the same date"),
        (("send-letter", "--event", "meeting=today"), "nothing in the duty send-letter hangs on it"),
        (("desk/concern/tell-manager", "--from", "today"), "counted from no event of its own"),
        (("desk/concern/tell-manager", "--met", "today"), "has no date to be in time for"),
        (("concern", "--from", "today"), "--from is for one duty, and desk/concern is a whole pathway"),
        (("concern", "--met", "today"), "--met is for one duty"),
        (("concern", "--event", "called=today"), "hangs on it. Did you mean `call-made`?"),
        (("between", "today", "tomorrow", "--format", "ics"), "no due date"),
    ],
)
def test_bad_input_is_one_line_on_standard_error_and_exit_code_2(desk, arguments, said):
    done = desk("due", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_due_date_of_a_limit_is_a_calendar_too(desk):
    found = desk("due", "within 48 hours", "--from", "24/12/2026 16:00", "--format", "ics").stdout
    assert "DUE:20261226T160000Z" in found
    assert found.startswith("BEGIN:VCALENDAR")
    assert found.rstrip().endswith("END:VCALENDAR")


ROWS = """\
{"id": 1, "duty": "desk/send-letter", "from": "24/12/2026 15:30"}
{"id": 2, "limit": "send-letter", "events": {"call-made": "24/12/2026"}}
{"id": 3, "duty": "send-letter", "from": "24/12/2026", "nation": "Scotland"}
{"id": 4, "duty": "desk/concern/tell-manager"}
{"id": 5, "duty": "chase-answer"}
{"id": 6, "duty": "no-such-duty", "from": "today"}
{"id": 7, "duty": "concern", "from": "today"}
{"id": 8, "limit": "the later of 5 days from a and 1 day from b", "events": "a=21/12/2026; b=24/12/2026"}
{"id": 9, "limit": "within 5 days", "from": "today", "events": 3}
{"id": 10, "limit": "same day", "duty": "kept as it is", "from": "24/12/2026"}
{"id": 11, "duty": "chase-answer", "events": {"letter-sent": null}}
"""


def test_a_row_of_a_batch_may_name_a_duty_and_give_its_events(desk):
    done = desk("due", "--batch", "-", given=ROWS)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert {row["id"]: row["due"] for row in rows if "due" in row} == {
        1: "2026-12-29",
        2: "2026-12-29",
        3: "2026-12-29",
        4: None,
        8: "2026-12-26",
        10: "2026-12-24",
    }
    errors = {row["id"]: row["error"] for row in rows if "error" in row}
    for number, said in (
        (5, "line 5: chase-answer is counted from letter-sent"),
        (6, "line 6: No duty and no pathway is called no-such-duty"),
        (7, "line 7: concern is a whole pathway"),
        (9, "line 9: 'events' is 3"),
        (11, "line 11: 'events' has no date for letter-sent"),
    ):
        assert said in errors.pop(number)
    assert errors == {}
    assert done.stderr == "11 rows: 6 worked out, 5 bad, the first on line 5.\n"


def test_a_duty_that_is_counted_in_hours_goes_by_the_time_of_each_row(desk):
    hours = ["2026-12-21T09:00", "2026-12-21T10:00", "2026-12-21T09:00"]
    rows = [
        {"duty": name, "from": at} for at in hours for name in ("set-2025/confirm-in-writing", "send-letter")
    ]
    done = desk("due", "--batch", "-", given="\n".join(map(json.dumps, rows)))
    assert [json.loads(line)["due"] for line in done.stdout.splitlines()] == [
        *("2026-12-23T09:00", "2026-12-22"),
        *("2026-12-23T10:00", "2026-12-22"),
        *("2026-12-23T09:00", "2026-12-22"),
    ]


def test_a_duty_can_be_named_once_for_all_rows(desk):
    given = "id;from;events\n1;24/12/2026;\n2;;call-made=21/12/2026\n"
    done = desk("due", "send-letter", "--batch", "-", "--format", "csv", given=given)
    assert [row["due"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["2026-12-29", "2026-12-22"]


def test_a_batch_as_a_calendar_names_its_bad_rows_on_standard_error(desk):
    done = desk("due", "--batch", "-", "--format", "ics", given=ROWS)
    assert done.stdout.count("BEGIN:VTODO") == 6
    assert "line 5: chase-answer is counted from letter-sent" in done.stderr
    uids = [line for line in done.stdout.splitlines() if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == 6 + 5


def test_an_empty_batch_is_an_empty_calendar(desk):
    found = desk("due", "--batch", "-", "--format", "ics").stdout
    assert found.startswith("BEGIN:VCALENDAR")
    assert found.rstrip().endswith("END:VCALENDAR")
