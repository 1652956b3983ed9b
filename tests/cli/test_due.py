"""`cpcli due`: one due date, many of them, and the days between two dates."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from cpcli.cli.root import run


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch):
    monkeypatch.setenv("CPCLI_NOW", "2026-11-23T08:45")


@pytest.fixture
def due(capsys):
    """Run `cpcli due`, and give the exit code, the output and the errors."""

    def call(*arguments):
        code = run(["due", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def answered(due, tmp_path):
    """Run `cpcli due --batch` over these bytes, and give the exit code, the rows and the tally."""

    def call(content, *arguments):
        path = tmp_path / "batch"
        path.write_bytes(content)
        code, out, err = due("--batch", str(path), *arguments)
        return code, [json.loads(line) for line in out.splitlines()], err

    return call


def test_a_person_sees_what_was_understood_when_it_is_due_and_how_it_was_counted(due):
    assert due("within 1 working day", "--from", "24 Dec 16:40") == (
        0,
        "Limit  within 1 working day (England)\n"
        "From   Thu 24 Dec 2026 16:40\n"
        "Due    Tue 29 Dec 2026\n"
        "       1 working day: Fri 25 is Christmas Day, Mon 28 is the Boxing Day substitute\n",
        "",
    )


def test_the_limit_needs_no_quotation_marks(due):
    assert due("within", "15", "working", "days", "--from", "Fri 17:00")[1].splitlines()[1:3] == [
        "From   Fri 20 Nov 2026 17:00",
        "Due    Fri 11 Dec 2026",
    ]


def test_explain_lists_every_day_and_the_rule(due):
    assert due("within 1 working day", "--from", "24/12/2026", "--explain")[1].splitlines()[4:] == [
        "",
        "Rule   Working days are Monday to Friday, less the bank holidays of England. "
        "The day itself is day 0, wherever it falls.",
        "  -  Thu 24 Dec 2026  the day itself: day 0",
        "  -  Fri 25 Dec 2026  Christmas Day",
        "  -  Sat 26 Dec 2026  Saturday, Boxing Day",
        "  -  Sun 27 Dec 2026  Sunday",
        "  -  Mon 28 Dec 2026  Boxing Day substitute",
        "  1  Tue 29 Dec 2026  working day 1",
    ]


def test_json_has_the_due_date_and_its_working(due):
    code, out, err = due("within 48 hours", "--from", "2026-11-20T17:00", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "due": "2026-11-22T17:00",
        "from": "2026-11-20T17:00",
        "limit": "within 48 hours",
        "nation": "England",
        "projected": False,
        "counted": "48 elapsed hours",
        "rule": "Hours are elapsed hours, through nights, weekends and clock changes.",
        "working": [
            {"at": "2026-11-20T17:00", "counted": False, "n": 0, "reason": "the clock starts"},
            {"at": "2026-11-22T17:00", "counted": True, "n": 48, "reason": "48 hours later"},
        ],
    }


def test_json_of_days_has_dates(due):
    working = json.loads(due("within 1 day", "--from", "2026-11-20T17:00", "--json")[1])["working"]
    assert working[1] == {"date": "2026-11-21", "counted": True, "n": 1, "reason": "day 1"}


@pytest.mark.parametrize(
    ("nation", "comes_to"), [("England", "2027-01-04"), ("scotland", "2027-01-05"), ("GB-NIR", "2027-01-04")]
)
def test_the_bank_holidays_are_those_of_the_nation(due, nation, comes_to):
    found = due("next working day", "--from", "31/12/2026", "--nation", nation, "--format", "ndjson")[1]
    assert json.loads(found)["due"] == comes_to


def test_csv_has_a_header_and_a_row(due):
    out = due("within 5 days", "--from", "today", "--format", "csv")[1]
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["due"], row["from"], row["projected"]) == ("2026-11-28", "2026-11-23", "false")


def test_a_projected_date_says_so(due):
    assert (
        "Projected: it rests on bank holidays that are not published yet."
        in due("within 15 working days", "--from", "1 Dec 2028")[1]
    )


def test_the_day_itself_can_count_as_day_1(due):
    out = due("within 3 working days", "--from", "today", "--first-day", "1")[1]
    assert "Due    Wed 25 Nov 2026\n       3 working days, the day itself being day 1" in out


@pytest.mark.parametrize(
    ("met", "code", "said"),
    [
        ("10 Dec 2026", 0, "Met    Thu 10 Dec 2026: in time, 1 working day early"),
        ("14 Dec 2026", 1, "Met    Mon 14 Dec 2026: NOT in time, 1 working day late"),
    ],
)
def test_met_says_whether_it_was_in_time_and_exits_with_1_if_not(due, met, code, said):
    found = due("within 15 working days", "--from", "20/11/2026", "--met", met)
    assert found[0] == code
    assert said in found[1]


@pytest.mark.parametrize(
    ("limit", "met", "told"),
    [
        ("within 15 working days", "19/11/2026", True),
        ("within 15 working days", "20/11/2026", False),
        ("at least 2 working days before", "2/11/2026", False),
        ("by age 18", "2/11/2026", False),
    ],
)
def test_what_was_done_before_it_began_is_told(due, limit, met, told):
    said = due(limit, "--from", "20/11/2026", "--met", met)[2]
    assert ("comes before Fri 20 Nov 2026, which it is counted from. Check the dates." in said) == told


def test_a_repeat_that_names_when_it_stops_still_needs_when_it_was_done_last(due):
    repeat = ("every 6 weeks until 1 year after placement", "--event", "placement=1/12/2026")
    code, _, said = due(*repeat)
    assert (code, "add it, as --from yesterday" in said) == (2, True)
    assert due(*repeat, "--from", "5/1/2027")[0] == 0


def test_met_in_json(due):
    code, out, _ = due("within 15 working days", "--from", "20/11/2026", "--met", "14/12/2026", "--json")
    found = json.loads(out)
    assert (code, found["met"], found["in_time"], found["by"]) == (
        1,
        "2026-12-14",
        False,
        "1 working day late",
    )


def test_events_that_the_limit_names_are_given_by_name(due):
    words = "keep until the later of age 67 and 10 years from allegation-made"
    out = due(words, "--from", "03/03/1990", "--event", "allegation-made=1 Feb 2020")[1]
    assert "Due    Sat 3 Mar 2057" in out
    assert "keep for 10 years from allegation-made is Fri 1 Feb 2030" in out


def test_an_urgency_has_no_date(due):
    code, out, _ = due("immediately", "--json")
    assert (code, json.loads(out)["due"]) == (0, None)
    assert "Due    no date" in due("immediately")[1]


@pytest.mark.parametrize(
    "words", [("between", "24/12/2026", "04/01/2027"), ("between 24 Dec 2026 and 4 Jan 2027",)]
)
def test_between_counts_the_days_between_two_dates(due, words):
    assert due(*words) == (
        0,
        "From   Thu 24 Dec 2026, which is day 0 (--first-day 1 counts it as day 1)\n"
        "To     Mon 4 Jan 2027 (England)\n"
        "       4 working days, 11 days\n",
        "",
    )


@pytest.mark.parametrize(
    ("first", "day", "working_days", "days"),
    [("24/12/2026", "0", 4, 11), ("24/12/2026", "1", 5, 12), ("27/12/2026", "1", 4, 9)],
)
def test_between_counts_the_day_itself_as_it_is_asked_to(due, first, day, working_days, days):
    found = json.loads(due("between", first, "04/01/2027", "--first-day", day, "--json")[1])
    assert (found["first_day"], found["working_days"], found["days"]) == (int(day), working_days, days)


def test_between_goes_by_the_sets_own_convention(due, tmp_path, monkeypatch):
    shutil.copytree(Path(__file__).parent / "sets" / "desk", tmp_path / "desk")
    with (tmp_path / "desk" / "set.yaml").open("a") as file:
        file.write("day of the event: 1\n")
    monkeypatch.setenv("CPCLI_PROCEDURES", str(tmp_path))
    monkeypatch.setenv("CPCLI_CACHE", str(tmp_path / "cache"))
    found = json.loads(due("between", "24/12/2026", "04/01/2027", "--set", "desk", "--json")[1])
    assert (found["first_day"], found["working_days"]) == (1, 5)


def test_between_is_counted_as_a_limit_is(due):
    limit = json.loads(due("within 5 working days", "--from", "24/12/2026", "--first-day", "1", "--json")[1])
    days = json.loads(due("between", "24/12/2026", limit["due"], "--first-day", "1", "--json")[1])
    assert days["working_days"] == 5
    assert days["working"] == limit["working"]


def test_between_in_json(due):
    found = json.loads(due("between", "24/12/2026", "04/01/2027", "--nation", "Scotland", "--json")[1])
    assert (found["working_days"], found["days"], found["projected"]) == (3, 11, False)
    assert found["working"][-1]["reason"] == "New Year Holiday substitute"


def test_between_two_numbers_is_a_limit(due):
    assert (
        "Due    Mon 14 Dec 2026\n"
        in due("between", "10", "and", "15", "working", "days", "--from", "today")[1]
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say what to work out"),
        (("within 5 days",), "add it, as --from yesterday"),
        (("within 5 dys", "--from", "today"), "'dys' is not a unit"),
        (("within 5 days", "--from", "31/02/2026"), "February 2026 has 28 days"),
        (("within 5 days", "--from", "12/25/2026"), "for 25 December write 25/12/2026"),
        (("within 48 hours", "--from", "today"), "give the time as well"),
        (("within 5 days", "--from", "today", "--nation", "France"), "write England, Wales, Scotland or"),
        (("within 5 days", "--from", "today", "--format", "xml"), "write table, json, ndjson, csv or ics"),
        (("within 5 days", "--from", "today", "--format", "csv", "--json"), "leave one out"),
        (("within 5 days", "--from", "today", "--first-day", "2"), "--first-day"),
        (("within 5 days", "--from", "today", "--event", "x"), "write the event's name, = and its date"),
        (
            ("within 5 days", "--from", "today", "--event", "x=today"),
            "the limit names no such event. What it is",
        ),
        (("before meeting", "--event", "x=today"), "the limit names no such event. Check the name."),
        (("within 5 days of x", "--event", "x=today", "--event", "x=today"), "twice"),
        (("within 5 days of x",), "Add --event x=WHEN"),
        (("within 10 school days", "--from", "today"), "without term dates"),
        (("between", "04/01/2027", "24/12/2026"), "give the earlier date first"),
        (("between", "4", "Jan", "5", "Jan"), "put quotation marks around each"),
        (("between", "today", "tomorrow", "--met", "today"), "leave --from, --met and --event out"),
        (("--batch", "x.csv", "--met", "today"), "leave --met and --explain out"),
        (("--batch", "no-such-file.csv"), "no-such-file.csv"),
        (("set-2025/no-such-duty", "--from", "today"), "is not a limit"),
    ],
)
def test_bad_input_is_one_line_on_standard_error_and_exit_code_2(due, arguments, said):
    code, out, err = due(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("now", "said"), [("soon", "CPCLI_NOW"), ("2026-11-23", "write it as 2026-11-23T08:45")]
)
def test_a_bad_cpcli_now_is_an_error(due, monkeypatch, now, said):
    monkeypatch.setenv("CPCLI_NOW", now)
    code, _, err = due("within 5 days", "--from", "today")
    assert code == 2
    assert said in err


NDJSON = b"""\
{"id":1,"limit":"within 15 working days","from":"2026-11-20T17:00","nation":"England"}
{"id":2,"limit":"within 48 hours","from":"20/11/2026"}

not json
[1]
{"id":3,"limit":["x"],"from":"today"}
{"id":4,"from":"today"}
{"id":5,"limit":"immediately","from":"today","due":"an old one"}
{"id":6,"limit":"within 5 working days","from":"2028-01-01","nation":"Wales","n":1.50}
{"id":7,"limit":"within 48 hours","from":"2026-11-20T17:00"}
{"id":8,"limit":"within 48 hours","from":"2026-11-20T18:00"}"""


def test_a_batch_adds_the_due_date_or_what_is_wrong_to_each_row_and_goes_on(answered):
    code, rows, tally = answered(NDJSON)
    assert code == 2
    assert tally == "10 rows: 5 worked out, 5 bad, the first on line 2.\n"
    assert rows[0] == {
        "id": 1,
        "limit": "within 15 working days",
        "from": "2026-11-20T17:00",
        "nation": "England",
        "due": "2026-12-11",
    }
    assert [row.get("due") for row in rows[5:]] == [
        None,
        None,
        "2028-01-10",
        "2026-11-22T17:00",
        "2026-11-22T18:00",
    ]
    assert [row.get("projected", False) for row in rows].index(True) == 7
    errors = [row["error"] for row in rows if "error" in row]
    assert [error.split(":")[0] for error in errors] == ["line 2", "line 4", "line 5", "line 6", "line 7"]
    for error, said in zip(
        errors, ("give the time", "not JSON", "not a JSON object", '["x"]', "missing"), strict=True
    ):
        assert said in error


def test_a_batch_keeps_what_it_was_given_as_it_was_given(due, tmp_path):
    path = tmp_path / "batch"
    path.write_bytes(b'{"limit": "same day",  "from": "2026-11-20", "n": 1.50, "name": "Zo\xc3\xab"}\r\n')
    assert due("--batch", str(path))[1] == (
        '{"limit": "same day",  "from": "2026-11-20", "n": 1.50, "name": "Zoë", "due": "2026-11-20"}\n'
    )


def test_a_batch_without_bad_rows_succeeds(answered):
    code, rows, tally = answered(b'{"limit":"same day","from":"2026-11-20"}\n')
    assert (code, len(rows), tally) == (0, 1, "1 row: 1 worked out.\n")
    assert answered(b"") == (0, [], "0 rows: 0 worked out.\n")


CSV_FROM_EXCEL = (
    b"\xef\xbb\xbfID;Limit;From;Nation;Note\r\n"
    b'1;within 15 working days;20/11/2026 17:00;England;"a;\r\nb"\r\n'
    b"\r\n"
    b"2;within 2 days;31/02/2026;Wales;x\r\n"
    b"3;within 2 days;01/02/2026;;y;z\r\n"
    b"4;same day;today\r\n"
    b"5;next working day;31/12/2026;Scotland;caf\xe9\r\n"
)


def test_csv_from_excel_is_read_as_it_comes(answered):
    code, rows, tally = answered(CSV_FROM_EXCEL)
    assert (code, tally) == (2, "5 rows: 3 worked out, 2 bad, the first on line 5.\n")
    assert rows[0] == {
        "id": "1",
        "limit": "within 15 working days",
        "from": "20/11/2026 17:00",
        "nation": "England",
        "Note": "a;\r\nb",
        "due": "2026-12-11",
    }
    assert "line 5: '31/02/2026' cannot be" in rows[1]["error"]
    assert "line 6: it has 6 cells, and the header names 5 columns" in rows[2]["error"]
    assert rows[3]["due"] == "2026-11-23"
    assert (rows[4]["due"], rows[4]["Note"]) == ("2027-01-05", "café")


@pytest.mark.parametrize("mark", [b",", b";", b"\t"])
def test_columns_may_be_parted_by_commas_semicolons_or_tabs(answered, mark):
    content = mark.join([b"from", b"limit"]) + b"\n" + mark.join([b"2026-11-20", b"same day"]) + b"\n"
    assert answered(content)[1] == [{"from": "2026-11-20", "limit": "same day", "due": "2026-11-20"}]


@pytest.mark.parametrize("form", ["csv", "table", "json"])
def test_a_batch_can_be_written_in_other_forms(due, tmp_path, form):
    path = tmp_path / "batch.csv"
    path.write_bytes(CSV_FROM_EXCEL)
    code, out, _ = due("--batch", str(path), "--format", form)
    assert code == 2
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(out)))
        assert list(rows[0]) == ["id", "limit", "from", "nation", "Note", "due", "projected", "error"]
        assert [row["due"] for row in rows] == ["2026-12-11", "", "", "2026-11-23", "2027-01-05"]
    elif form == "json":
        assert [row.get("due") for row in json.loads(out)] == [
            "2026-12-11",
            None,
            None,
            "2026-11-23",
            "2027-01-05",
        ]
    else:
        assert (
            out.splitlines()[0]
            == "Fri 11 Dec 2026        1             within 15 working days from 20/11/2026 17:00"
        )


def test_an_empty_batch_as_json_is_an_empty_array(due, tmp_path):
    path = tmp_path / "batch"
    path.write_bytes(b"")
    assert json.loads(due("--batch", str(path), "--format", "json")[1]) == []


def test_a_row_with_a_key_that_csv_has_no_column_for_is_bad(due, tmp_path):
    path = tmp_path / "batch"
    path.write_bytes(
        b'{"limit":"same day","from":"2026-11-20"}\n{"limit":"same day","from":"2026-11-20","note":"x"}\n'
    )
    code, out, err = due("--batch", str(path), "--format", "csv")
    assert code == 2
    assert "line 2: 'note' has no column here" in out
    assert "2 rows: 1 worked out, 1 bad" in err


def test_what_rows_do_not_say_can_be_said_once_for_all(answered):
    content = b"id,from\n1,2026-12-24\n2,2026-12-28\n"
    _, rows, _ = answered(content, "within 1 working day")
    assert [row["due"] for row in rows] == ["2026-12-29", "2026-12-29"]
    _, rows, _ = answered(
        b"limit\nsame day\nnext working day\n", "--from", "24/12/2026", "--nation", "Scotland"
    )
    assert [row["due"] for row in rows] == ["2026-12-24", "2026-12-29"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,when\n1,x\n", "no column 'limit'. Its columns are: id, when"),
        (b"limit,when\n1,x\n", "no column 'from'"),
        (b"limit,from,from\n1,x,y\n", "names the column 'from' twice"),
        (b'[{"limit": "same day"}]', "is a JSON array: write one object a line"),
        ("limit,from".encode("utf-16"), "saved as UTF-16"),
    ],
)
def test_a_batch_of_the_wrong_shape_is_refused(due, tmp_path, content, said):
    path = tmp_path / "batch"
    path.write_bytes(content)
    code, out, err = due("--batch", str(path))
    assert (code, out) == (2, "")
    assert said in err


def test_a_batch_answers_the_same_as_one_at_a_time(answered, due):
    limits = [
        "within 15 working days",
        "within 48 hours",
        "at least 2 working days before",
        "within 3 months",
    ]
    starts = [
        "2026-12-24T16:40",
        "2026-12-24T01:40",
        "2026-10-25T00:30",
        "2026-10-24T23:59",
        "2026-12-26T09:00",
    ]
    asked = [{"limit": limit, "from": start} for limit in limits for start in starts]
    _, rows, _ = answered("\n".join(map(json.dumps, asked)).encode())
    for row in rows:
        assert json.loads(due(row["limit"], "--from", row["from"], "--json")[1])["due"] == row["due"]


def test_a_batch_comes_through_a_pipe_in_order(cpcli):
    numbers = range(1, 2001)
    rows = [
        f'{{"id": {number}, "limit": "within {number} days", "from": "2026-01-01"}}' for number in numbers
    ]
    done = cpcli("due", "--batch", "-", given="\n".join(rows))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == list(numbers)
    assert (done.returncode, done.stderr) == (0, "2,000 rows: 2,000 worked out.\n")


def test_the_working_of_a_long_count_fits_on_a_screen(cpcli):
    said = cpcli("due", "within 45 working days", "--from", "21/12/2026", "--explain").stdout.splitlines()
    assert len(said) < 24
    assert said[-1].split() == ["Mon", "22", "Feb", "2027", "42", "43", "44", "45"]
