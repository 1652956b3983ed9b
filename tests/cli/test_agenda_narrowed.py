"""`cpcli agenda` narrowed to what somebody asks for, and written for other programs; `cpcli export`."""

import csv
import io
import json

import icalendar
import pytest

JANUARY = "2027-01-04T09:00"


@pytest.fixture
def two(desk, walk):
    """Two concerns, of which 2026-0001 is Ann Lee's, and a report for the court."""
    walk(called="2026-12-22T15:30")
    walk(called="2026-12-31T15:30", now="2026-12-31T16:00")
    walk("desk/report", child={"name": "Zebedee Quill"}, facts="All of it.")
    assert desk("case", "assign", "1", "--to", "Ann Lee").returncode == 0
    return desk


def keys(found):
    parts = ("overdue", "now", "today", "soon", "later", "undated", "waiting")
    return [f"{duty['case'][-1]} {duty['key']}" for part in parts for duty in found[part]]


ALL = [
    *("1 send-letter", "1 tell-manager", "2 tell-manager", "2 send-letter"),
    *("3 tell-manager", "1 read-file", "2 read-file"),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([], ALL),
        (["--person", "Ann Lee"], [key for key in ALL if key[0] == "1"]),
        (["--person", " ann  LEE "], [key for key in ALL if key[0] == "1"]),
        (["--person", "nobody"], [key for key in ALL if key[0] != "1"]),
        (["--person", "nobody", "--person", "Ann Lee"], ALL),
        (["--level", "must"], ["1 tell-manager", "2 tell-manager"]),
        (
            ["--level", "must", "--level", "may"],
            ["1 tell-manager", "2 tell-manager", "1 read-file", "2 read-file"],
        ),
        (["--pathway", "report"], ["3 tell-manager"]),
        (["--pathway", "desk/report"], ["3 tell-manager"]),
        (["--set", "desk"], ALL),
        (["--set", "cafcass-2017"], []),
        (
            ["--set", "desk", "--pathway", "concern", "--level", "should", "--person", "nobody"],
            ["2 send-letter"],
        ),
        (["--from", "4/1/2027"], ["2 send-letter"]),
        (["--until", "3/1/2027"], ["1 send-letter"]),
        (["--until", "today"], ["1 send-letter", "2 send-letter"]),
        (["--from", "5/1/2027", "--until", "6/1/2027"], []),
    ],
)
def test_it_shows_what_is_asked_for_and_nothing_else(two, asked, found):
    shown = two.json("agenda", *asked, now=JANUARY)
    assert keys(shown) == found
    counts = shown["counts"]
    assert counts["overdue"] == ("1 send-letter" in found)
    assert counts["today"] == ("2 send-letter" in found)


def test_the_screen_says_what_was_asked_for(two):
    shown = two("agenda", "--person", "ann lee", "--level", "should", "--until", "today", now=JANUARY).stdout
    assert "Only what ann lee has; level should; due until Mon 4 Jan 2027." in shown
    assert "Only" not in two("agenda", now=JANUARY).stdout


def test_check_looks_at_what_was_asked_for(two):
    assert two("agenda", "--check", "--person", "Ann Lee", now=JANUARY).returncode == 1
    assert two("agenda", "--check", "--person", "nobody", now=JANUARY).returncode == 0


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--person", "An Lee"], "nobody of that name has a duty"),
        (["--set", "dsk"], "no procedure set 'dsk'. Did you mean desk?"),
        (["--pathway", "concrn"], "no pathway 'concrn'. Did you mean desk/concern"),
        (
            ["--level", "shall"],
            "--level shall: there is no such level. Write must, should, may or statement.",
        ),
        (["--from", "32/1/2027"], "January 2027 has 31 days"),
        (["--from", "5/1/2027", "--until", "4/1/2027"], "--until 4/1/2027 comes before --from 5/1/2027"),
        (["--csv", "--ics"], "leave all but one out"),
    ],
)
def test_a_slip_of_the_keyboard_is_not_taken_for_a_clear_desk(two, asked, says):
    done = two("agenda", *asked, now=JANUARY)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_walks_that_were_left_are_no_duties_and_go(desk):
    desk("start", "desk/concern", "--plain", given="Zebedee Quill\n\n\n")
    assert desk.json("agenda")["unfinished"]
    assert desk.json("agenda", "--level", "must")["unfinished"] == []


def test_json_says_how_many_working_days_are_left(two):
    shown = two.json("agenda", now=JANUARY)
    assert [duty["working_days_left"] for duty in (*shown["overdue"], *shown["today"])] == [-5, 0]
    assert {duty["working_days_left"] for duty in shown["undated"]} == {None}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_has_a_row_for_each_duty(two):
    found = rows(two("agenda", "--csv", now=JANUARY).stdout)
    assert [f"{row['case'][-1]} {row['key']}" for row in found] == ALL
    first = {key: found[0][key] for key in ("part", "due", "working_days_left", "level", "assigned", "cite")}
    assert first == {
        "part": "overdue",
        "due": "2026-12-23",
        "working_days_left": "-5",
        "level": "should",
        "assigned": "Ann Lee",
        "cite": "5",
    }


def test_a_name_that_begins_as_a_formula_is_text_in_csv(two):
    two("case", "assign", "2", "--to", '=HYPERLINK("x")')
    found = rows(two("agenda", "--csv", "--level", "must", now=JANUARY).stdout)
    assert [row["assigned"] for row in found] == ["Ann Lee", '\'=HYPERLINK("x")']


def test_csv_and_calendars_have_all_of_it_unless_a_limit_is_given(desk, walk):
    for _ in range(3):
        walk()
    assert len(rows(desk("agenda", "--csv", "--limit", "1").stdout)) == 2
    assert len(rows(desk("agenda", "--csv").stdout)) == 9


def test_a_calendar_has_every_duty_and_no_name(two):
    done = two("agenda", "--ics", now=JANUARY)
    calendar = icalendar.Calendar.from_ical(done.stdout)
    assert len(calendar.walk("VTODO")) == len(ALL)
    assert len(calendar.walk("VEVENT")) == 2
    for name in ("Ann", "Lee", "Quill", "ada"):
        assert name not in done.stdout


@pytest.mark.parametrize("form", ["json", "ndjson", "csv", "ics"])
def test_export_writes_what_is_due_in_each_form(two, form):
    done = two("export", "--format", form, "--case", "1", now=JANUARY)
    assert (done.returncode, done.stderr) == (0, "")
    found = {
        "json": lambda text: keys(json.loads(text)),
        "ndjson": lambda text: [f"1 {json.loads(line)['key']}" for line in text.splitlines()],
        "csv": lambda text: [f"1 {row['key']}" for row in rows(text)],
        "ics": lambda text: [
            f"1 {str(task['uid']).split('.')[2]}" for task in icalendar.Calendar.from_ical(text).walk("VTODO")
        ],
    }[form](done.stdout)
    assert found == ["1 send-letter", "1 tell-manager", "1 read-file"]


def test_export_can_be_narrowed_as_the_agenda_can(two):
    done = two("export", "--format", "ndjson", "--level", "must", "--person", "Ann Lee", now=JANUARY)
    assert [json.loads(line)["part"] for line in done.stdout.splitlines()] == ["now"]


def test_export_marks_csv_for_excel_where_that_is_asked_for(two):
    assert two("export", "--format", "csv", "--bom").stdout.startswith("\ufeffpart,")
    assert two("export", "--format", "csv").stdout.startswith("part,")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--format", "xls"], "There is no format 'xls': write ics, csv, json or ndjson."),
        (["--format", "ics", "--bom"], "--bom is for CSV"),
        (["--format", "ics", "--case", "99"], "There is no case '99'"),
        ([], "--format"),
    ],
)
def test_export_says_what_is_wrong(two, asked, says):
    done = two("export", *asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_export_without_a_store_is_empty_and_makes_none(desk):
    assert rows(desk("export", "--format", "csv").stdout) == []
    assert not desk.store.exists()
