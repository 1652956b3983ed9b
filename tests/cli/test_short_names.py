"""What people call pathways, duties and events for short: understood wherever a name is."""

import json
import shutil
from pathlib import Path

import pytest

SETS = Path(__file__).parent / "sets"


@pytest.mark.parametrize(
    "name", ["the letter", "the-letter", "The Letter", "desk/the letter", "desk/cp1/the-letter"]
)
def test_a_duty_is_known_by_its_short_name(desk, name):
    found = desk.json("due", name, "--from", "24/12/2026")
    assert (found["duty"]["duty"], found["due"]) == ("send-letter", "2026-12-29")


@pytest.mark.parametrize("name", ["CP1", "cp1", "desk/CP1", "child concern", "Child-Concern"])
def test_a_pathway_is_known_by_its_short_name(desk, name):
    assert desk.json("due", name)["pathway"] == "desk/concern"


def test_the_words_of_a_short_name_need_no_quotation_marks(desk):
    assert desk.json("due", "child", "concern")["pathway"] == "desk/concern"


def test_an_event_is_known_by_its_short_name(desk):
    found = desk.json("due", "concern", "--event", "rang=24/12/2026 15:30")
    assert found["events"] == {"call-made": "2026-12-24T15:30"}
    row = json.dumps({"duty": "the letter", "events": {"Rang": "24/12/2026"}})
    done = desk("due", "--batch", "-", given=row)
    assert json.loads(done.stdout)["due"] == "2026-12-29"


def test_an_event_that_is_given_by_both_its_names_is_refused(desk):
    done = desk("due", "concern", "--event", "rang=today", "--event", "call-made=today")
    assert (done.returncode, done.stdout) == (2, "")
    assert "The date of call-made is given twice" in done.stderr


def test_a_short_name_that_two_sets_share_is_refused_with_the_whole_names(desk, tmp_path):
    shutil.copytree(SETS / "desk", tmp_path / "sets" / "night")
    file = tmp_path / "sets" / "night" / "set.yaml"
    file.write_text(file.read_text().replace("set: desk", "set: night"))
    shutil.copytree(SETS / "desk", tmp_path / "sets" / "desk")
    desk.environment["CPCLI_PROCEDURES"] = str(tmp_path / "sets")
    for command in (("due", "cp1"), ("start", "cp1", "--answers", "-")):
        done = desk(*command, given="{}")
        assert (done.returncode, done.stdout) == (2, "")
        assert "desk/concern, night/concern" in done.stderr


def test_a_walk_is_begun_by_its_short_name(desk):
    assert "concern" in desk("start", "cp1", "--template").stdout


def test_commands_of_a_case_know_short_names(case):
    done = case("case", "event", "1", "Rang", "--at", "today 16:00", "--again")
    assert done.returncode == 0, done.stderr
    assert "Send the letter" in case("case", "duty", "1", "the letter#2").stdout
    done = case("case", "done", "1", "1:the-letter", "--at", "now")
    assert done.returncode == 0, done.stderr


def test_the_agenda_is_narrowed_by_a_short_name(case):
    assert case.json("agenda", "--pathway", "cp1") == case.json("agenda", "--pathway", "concern")


def test_a_spreadsheet_may_have_short_names(desk):
    rows = "case,pathway,event,at\nWX/1,CP1,rang,21/12/2026 15:30\n"
    done = desk("case", "import", "-", given=rows)
    assert done.returncode == 0, done.stderr
    exported = json.loads(desk("case", "export", "--all").stdout)
    assert [each["event"] for each in exported["entries"] if "event" in each] == ["call-made"]
    assert exported["entries"][1]["pathway"] == "desk/concern"


def test_short_names_are_listed(desk):
    found = [json.loads(line) for line in desk("pathways", "--set", "desk", "--json").stdout.splitlines()]
    assert found[0]["also"] == ["CP1", "child concern"]
    assert "CP1, child concern" in desk("pathways", "cp1").stdout
    rows = [
        json.loads(line)
        for line in desk("duties", "the letter", "--set", "desk", "--json").stdout.splitlines()
    ]
    assert [(row["id"], row["also"]) for row in rows] == [("send-letter", ["the letter"])]
