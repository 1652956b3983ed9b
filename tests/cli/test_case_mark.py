"""Marks: who may not see a case, put there by a procedure or by hand, heads whatever is written of it."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from asked import at_a_terminal, needs_a_terminal, refused

EXAMPLE = Path(__file__).parents[2] / "examples" / "christmas-eve-referral.yaml"
BY_HAND = "Not to be shown to the parents"
BY_REPORT = "For the court alone. Do not share it with the parties."


@pytest.fixture
def marked(case):
    """The case with a mark by hand, which entry 9 put there."""
    done = case("case", "mark", "1", BY_HAND)
    assert (done.returncode, done.stdout) == (0, "Recorded: case 2026-0001 is marked\n")
    return case


def names(child, *more):
    """A case about a child of that name, as `case import` takes it."""
    entries = [
        {"kind": "walk-begun", "pathway": "desk/concern", "role": "worker"},
        {"kind": "answered", "walk": 1, "step": "child", "value": {"name": child}},
        {"kind": "event-recorded", "event": "letter-sent", "at": "2026-12-24T16:00"},
        *more,
    ]
    return json.dumps({"entries": entries})


def marks(cpcli):
    return [each["text"] for each in cpcli.json("case", "show", "1")["marking"]]


def entry(cpcli):
    return cpcli.json("case", "show", "1")["marking"][0]["entry"]


@pytest.mark.parametrize(
    "words",
    [
        ["case", "show", "1"],
        ["case", "show", "1", "--timeline"],
        ["case", "history", "1"],
        ["case", "duty", "1", "send-letter"],
    ],
)
def test_every_page_of_the_case_says_so_at_its_head(marked, words):
    assert BY_HAND in marked(*words).stdout.splitlines()[1]


def test_so_does_the_record_that_is_read_through_again(marked):
    said = marked("resume", "1", given="").stdout.splitlines()
    heading = said.index("The whole record, to read through before you finish")
    assert said[heading + 1] == BY_HAND


@pytest.mark.parametrize(
    "words", [["case", "show", "1"], ["case", "history", "1"], ["case", "duty", "1", "send-letter"]]
)
def test_so_does_json(marked, words):
    assert marked.json(*words)["marking"] == [
        {
            **{"walk": None, "source": None, "pathway": None, "step": None, "cite": []},
            **{"text": BY_HAND, "entry": entry(marked)},
        }
    ]


def test_so_does_the_exported_case_and_it_can_be_brought_in_again(marked, tmp_path):
    line = marked("case", "export", "1").stdout
    given = json.loads(line)
    assert list(given) == ["case", "marking", "entries"]
    assert given["marking"] == [BY_HAND]
    marked.environment["CPCLI_STORE"] = str(tmp_path / "other.db")
    assert marked("case", "import", "-", given=line).returncode == 0
    assert marked("case", "export", "1").stdout == line
    assert marked("store", "check").returncode == 0


def test_so_do_the_agenda_and_its_exports(marked):
    agenda = marked.json("agenda")
    assert agenda["marking"] == {"2026-0001": [BY_HAND]}
    assert next(iter(agenda)) == "marking"
    lines = marked("export", "--format", "ndjson").stdout.splitlines()
    assert all(json.loads(line)["marking"] == [BY_HAND] for line in lines)
    rows = list(csv.DictReader(marked("agenda", "--csv").stdout.splitlines()))
    assert {row["marking"] for row in rows} == {BY_HAND}


def test_so_do_the_lists_of_cases_for_programs(marked):
    assert marked.json("case", "list")["marking"] == {"2026-0001": [BY_HAND]}
    assert marked.json("store", "due-for-review", "--to-come")["marking"] == {"2026-0001": [BY_HAND]}
    rows = list(csv.DictReader(marked("store", "due-for-review", "--csv").stdout.splitlines()))
    assert {row["marking"] for row in rows} == {BY_HAND}


def test_so_does_the_json_of_a_change(marked):
    given = marked.json("case", "assign", "1", "--to", "Jo Marsh")
    assert [each["text"] for each in given["marking"]] == [BY_HAND]


@pytest.mark.parametrize("of", [[], ["--case", "1"]])
def test_so_does_the_journal_that_proves_itself(marked, tmp_path, of):
    file = tmp_path / "journal.ndjson"
    marked("store", "export", *of, file)
    with file.open(encoding="utf-8") as lines:
        assert json.loads(next(lines))["marking"] == {"2026-0001": [BY_HAND]}
    assert marked("store", "verify", file).returncode == 0


def test_the_journal_of_one_case_has_no_mark_of_another(marked, walk, tmp_path):
    walk()
    marked("store", "export", "--case", "2", tmp_path / "journal.ndjson")
    assert json.loads((tmp_path / "journal.ndjson").read_text().splitlines()[0])["marking"] == {}


def test_so_does_the_calendar_and_its_entries_are_confidential(marked):
    calendar = marked("export", "--format", "ics").stdout.replace("\n ", "")
    entries = calendar.count("BEGIN:VTODO") + calendar.count("BEGIN:VEVENT")
    assert entries == calendar.count("CLASS:CONFIDENTIAL") == calendar.count(f"DESCRIPTION:{BY_HAND}")


def test_a_case_without_a_mark_says_nothing(case):
    assert case.json("agenda")["marking"] == {}
    assert "CLASS" not in case("export", "--format", "ics").stdout
    assert list(json.loads(case("case", "export", "1").stdout)) == ["case", "entries"]


def test_what_a_procedure_marks_is_cited(case, walk):
    walk("desk/report", "--case", "1", facts="All of it.")
    (found,) = case.json("case", "show", "1")["marking"]
    assert (found["text"], found["source"], found["cite"]) == (BY_REPORT, "desk", ["6"])
    assert f"{BY_REPORT} (desk 6)" in case("case", "show", "1", COLUMNS="120").stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(("tell", "marked"), [("no", [("do-not-tell-parents", ["3.5"])]), ("yes", [])])
def test_an_answer_marks_the_record_as_long_as_it_stands(cpcli, tell, marked):
    given = EXAMPLE.read_text(encoding="utf-8").replace("tell-parents: no", f"tell-parents: {tell}")
    cpcli("start", "cafcass-2017/referral", "--answers", "-", given=given, now="2026-12-24T17:15")
    found = cpcli.json("case", "show", "1")["marking"]
    assert [(each["step"], each["cite"]) for each in found] == marked


def test_a_mark_is_taken_off_with_a_reason(marked):
    said = marked("case", "mark", "1", "--off", entry(marked), given="They have been told.").stdout
    assert said.startswith("Recorded: the mark of entry")
    assert marks(marked) == []
    assert marked.json("agenda")["marking"] == {}
    last = marked.json("case", "history", "1")["history"][-1]
    assert (last["old"], last["new"], last["why"]) == (BY_HAND, "taken off", "They have been told.")


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [
        (["--off", "1"], "x", "Entry 1 put no mark there that stands"),
        (["--off", "9", "and a text"], "x", "leave the text out"),
        ([], "", "text is empty"),
    ],
)
def test_what_makes_no_sense_is_refused(marked, words, given, says):
    refused(marked("case", "mark", "1", *words, given=given), says)


def test_a_mark_with_a_name_of_the_case_is_refused_since_calendars_have_none(case):
    refused(case("case", "mark", "1", "Not for Quill, the father"), "has a name in it that the case has too")
    assert marks(case) == []


@pytest.mark.parametrize("text", ["Not for the QUILL family", "Not for Mr Quill"])
def test_so_is_one_with_the_name_in_other_capitals(desk, text):
    assert desk("case", "import", "-", given=names("zebedee quill")).returncode == 0
    refused(desk("case", "mark", "1", text), "has a name in it that the case has too")


def test_a_person_who_is_recorded_as_the_mother_keeps_no_mark_from_naming_her_so(desk):
    assert desk("case", "import", "-", given=names("Mother of Zebedee")).returncode == 0
    assert desk("case", "mark", "1", "Not to be shown to the mother").returncode == 0


def test_a_calendar_has_no_mark_with_a_name_that_was_brought_in_with_it(desk):
    named = names("Zebedee Quill", {"kind": "marked", "text": "Not for Zebedee Quill"})
    assert desk("case", "import", "-", given=named).returncode == 0
    for words in (["export", "--format", "ics"], ["agenda", "--ics"]):
        calendar = desk(*words).stdout.replace("\n ", "")
        assert "Quill" not in calendar
        assert calendar.count("BEGIN:V") - 1 == calendar.count("DESCRIPTION:Not everybody may see this case.")
    assert desk.json("agenda")["marking"] == {"2026-0001": ["Not for Zebedee Quill"]}


def test_without_a_reason_it_stays(marked):
    refused(marked("case", "mark", "1", "--off", entry(marked)), "reason is empty")
    assert marks(marked) == [BY_HAND]


@needs_a_terminal
def test_at_a_terminal_it_is_asked(case):
    ended = at_a_terminal(case, ["case", "mark", "1"], ("Who may not see the record?", BY_HAND))
    assert ended.code == 0
    assert marks(case) == [BY_HAND]


def test_a_store_of_an_earlier_version_is_marked_when_it_is_next_opened(case, walk):
    walk("desk/report", "--case", "1", facts="All of it.")
    with sqlite3.connect(case.store) as store:
        store.execute("DELETE FROM marks")
        store.execute("INSERT INTO to_finish VALUES ('work everything out anew')")
    store.close()
    done = case("agenda", "--json")
    assert done.stderr == "Everything in it is worked out anew, once.\n"
    assert json.loads(done.stdout)["marking"] == {"2026-0001": [BY_REPORT]}
    assert case("store", "check").stdout.startswith("Sound")
    assert case("agenda").stderr == ""
