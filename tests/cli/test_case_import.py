"""`cpcli case import` and `cpcli case export`: cases from another store, and from a spreadsheet."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from cpcli.casework.derived import Derived
from cpcli.store.erasing import erase
from cpcli.store.store import open_store

NDJSON = """\
{"case": "2026-0007", "entries": [
 {"kind": "walk-begun", "pathway": "desk/concern"},
 {"kind": "answered", "step": "refer", "value": "yes"},
 {"kind": "event-recorded", "event": "call-made", "at": "23/12/2026 15:30"}]}
""".replace("\n ", " ").strip()

CSV = """\
case,pathway,role,event,at,note,refer,assigned
WX/1,concern,worker,call-made,22/12/2026 15:30,,yes,Ann Lee
WX/2,concern,worker,call-made,23/12/2026,,,
WX/1,,,letter-sent,24/12/2026 09:00,By hand,,
"""


@pytest.fixture
def other(desk, tmp_path):
    """The same commands, with a store of its own."""

    def other(*arguments, **more):
        return desk(*arguments, "--store", tmp_path / "other.db", **more)

    return other


def exported(run):
    done = run("case", "export", "--all")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_what_one_store_writes_another_gives_back_letter_for_letter(case, walk, other):
    walk()
    case("case", "event", "1", "letter-sent", "--at", "today 16:00")
    case("case", "note", "2", given="Rang “them”; nobody\nanswered.")
    text = exported(case)
    done = other("case", "import", "-", given=text, now="2026-12-29T09:00", CPCLI_USER="carol")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "2 cases: 2 brought in.\n")
    assert exported(other) == text
    assert other("agenda").stdout == case("agenda").stdout
    pages = [re.sub(r"entry \d+", "", run("case", "show", "1").stdout) for run in (case, other)]
    assert pages[0] == pages[1]
    assert "Zebedee Quill" in pages[1]


def test_the_journal_says_who_brought_it_in_and_when(case, other, tmp_path):
    other("case", "import", "-", given=exported(case), now="2026-12-29T09:00", CPCLI_USER="carol")
    rows = sqlite3.connect(tmp_path / "other.db").execute("SELECT DISTINCT who, at FROM journal").fetchall()
    assert rows == [("carol", "2026-12-29T09:00:00.000000Z")]
    assert other("store", "check").returncode == 0


def test_only_the_cases_that_are_named_are_written(case, walk):
    walk()
    walk()
    lines = [json.loads(line) for line in case("case", "export", "3", "1").stdout.splitlines()]
    assert [line["case"] for line in lines] == ["2026-0003", "2026-0001"]


def test_all_are_written_as_they_stood_at_one_moment_though_one_is_erased_meanwhile(desk):
    entries = [{"kind": "noted", "text": "Rang at once. " * 5000}]
    cases = [{"case": f"2026-{number:04}", "entries": entries} for number in range(1, 9)]
    desk("case", "import", "-", given="\n".join(map(json.dumps, cases)))
    command = [sys.executable, "-m", "cpcli", "case", "export", "--all"]
    with subprocess.Popen(command, env=desk.environment, stdout=subprocess.PIPE, text=True) as export:
        written = [export.stdout.readline()]  # and then the pipe is full
        with open_store(desk.store, wait=0) as store:
            seen = store.case("2026-0007").last_seq
            why = {"why": "Kept long enough", "agreed_by": "B. Manager", "although": "So"}
            now = datetime(2026, 12, 24, tzinfo=UTC)
            erase(store, "2026-0007", **why, who="ada", at=now, derive=lambda case: Derived(), seen=seen)
        written += export.stdout.readlines()
    assert export.returncode == 0
    assert [json.loads(line)["case"] for line in written] == [case["case"] for case in cases]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ([], "Name the cases to write, or write --all; not both."),
        (["1", "--all"], "not both"),
        (["9"], "There is no case '9'"),
        (["--all", "--format", "csv"], "There is no format 'csv'"),
    ],
)
def test_export_says_what_is_wrong(case, asked, says):
    done = case("case", "export", *asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_a_case_can_be_written_by_hand_with_no_more_than_it_needs(desk):
    done = desk("case", "import", "-", given=NDJSON)
    assert (done.returncode, done.stderr) == (0, "1 case: 1 brought in.\n")
    found = desk.json("case", "show", "2026-0007")
    assert found["events"][0]["at"] == "2026-12-23T15:30"
    assert found["case"]["opened_by"] == "ada"
    assert [duty["key"] for duty in desk.json("agenda")["today"]] == ["send-letter"]


def test_the_next_case_that_is_opened_comes_after_those_brought_in(desk, walk):
    desk("case", "import", "-", given=NDJSON)
    assert "2026-0008" in walk()


def test_a_spreadsheet_has_a_row_for_each_event(desk):
    done = desk("case", "import", "-", given=CSV)
    assert done.returncode == 0
    assert done.stdout == "WX/1 is case 2026-0001\nWX/2 is case 2026-0002\n"
    assert "2 cases: 2 brought in." in done.stderr
    found = desk.json("case", "show", "1")
    assert [(e["event"], e["at"], e["note"]) for e in found["events"]] == [
        ("call-made", "2026-12-22T15:30", None),
        ("letter-sent", "2026-12-24T09:00", "By hand"),
    ]
    assert found["walks"][0]["begun"] == "2026-12-22"
    assert {duty["assigned"] for duty in found["duties"]} == {"Ann Lee"}
    assert [duty["key"] for duty in found["duties"] if duty["state"] == "met late"] == ["send-letter"]


def test_as_excel_saves_it_is_understood(desk, tmp_path):
    file = tmp_path / "cases.csv"
    text = CSV.replace(",", ";").replace("case;", "Case;").replace("15:30", "15:30:00")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").replace("By hand", "Café").encode("cp1252"))
    assert desk("case", "import", file).returncode == 0
    assert desk.json("case", "show", "1")["events"][1]["note"] == "Café"


def test_a_file_can_be_brought_in_again(desk, case):
    for text in (CSV, exported(case)):
        desk("case", "import", "-", given=text)
        before = exported(case)
        done = desk("case", "import", "-", given=text)
        assert done.returncode == 0
        assert "here already." in done.stderr
        assert exported(case) == before


@pytest.mark.parametrize("text", [NDJSON, CSV.replace("WX/", "2026-000")])
@pytest.mark.parametrize("more", [(), ("--renumber",)])
def test_a_file_that_does_not_say_when_it_was_recorded_can_be_brought_in_again_later(desk, text, more):
    assert desk("case", "import", "-", given=text).returncode == 0
    before = exported(desk)
    done = desk("case", "import", "-", *more, given=text, now="2026-12-24T16:55")
    assert (done.returncode, done.stdout) == (0, "")
    assert "here already." in done.stderr
    assert exported(desk) == before


def test_cases_in_which_nothing_is_to_be_done_before_a_question_is_answered_are_named(desk):
    text = CSV.replace("concern,worker,", "cafcass-2017/referral,registered-practitioner,")
    text = text.replace("call-made", "referral-made").replace("letter-sent", "written-referral-sent")
    done = desk("case", "import", "-", given=text.replace(",refer,", ",significant-harm,"))
    assert "Nothing is to be done yet in 2026-0002: " in done.stderr
    assert "2026-0001" not in done.stderr


BAD = [
    ("WX/9,concern,worker,call-mad,22/12/2026,,,", "no event `call-mad`. Did you mean `call-made`?"),
    ("WX/9,concern,worker,zzz,22/12/2026,,,", "no event `zzz`. Possible: call-made, "),
    (
        "WX/9,concern,worker,call-made,31/11/2026,,,",
        "`at`: '31/11/2026' cannot be: November 2026 has 30 days.",
    ),
    ("WX/9,concern,worker,call-made,,,,", "`at` is empty"),
    ("WX/9,concern,worker,,22/12/2026,,,", "`at` is given, and no `event` with it."),
    ("WX/9,concern,worker,call-made,25/12/2026,,,", "has not come yet. Check it; of what is planned"),
    ("WX/9,concrn,worker,call-made,22/12/2026,,,", "There is no pathway 'concrn'. Did you mean"),
    ("WX/9,concern,wrker,call-made,22/12/2026,,,", "desk has no role `wrker`. Did you mean `worker`?"),
    ("WX/9,,,call-made,22/12/2026,,,", "no row of this case names its `pathway`."),
    ("WX/9,concern,worker,call-made,22/12/2026,,perhaps,", "refer: 'perhaps' is not an answer"),
    (",concern,worker,call-made,22/12/2026,,,", "`case` is empty."),
    ('WX/9,concern,"worker,call-made', "not a row of CSV"),
    ("WX/9,concern,worker,call-made,22/12/2026,,,,,x", "it has 10 cells, and the header names 8 columns."),
    ("WX/1,,,call-made,22/12/2026 15:30,,,", "call-made of Tue 22 Dec 2026 15:30 stands on line 2 already."),
    (
        "WX/1,concern,manager,,,,,",
        "`role` is manager, and for this pathway of the case it was another before.",
    ),
]


@pytest.mark.parametrize(("row", "says"), BAD, ids=[row for row, _ in BAD])
def test_a_bad_row_is_named_by_its_line_and_its_case_is_left_out_whole(desk, row, says):
    done = desk("case", "import", "-", given=CSV + row + "\n")
    assert done.returncode == 2
    (fault,) = [line for line in done.stderr.splitlines() if line.startswith("line ")]
    assert fault.startswith("line 5: ")
    assert says in fault
    bad = "WX/1" if row.startswith("WX/1") else "WX/9"
    assert "1 left out" in done.stderr
    assert f"{bad} is case" not in done.stdout
    assert "WX/2 is case" in done.stdout


def test_every_bad_row_is_named(desk):
    done = desk("case", "import", "-", given=CSV.replace("2026", "1026"))
    assert [line[:13] for line in done.stderr.splitlines()[:3]] == [
        "line 2: case ",
        "line 4: case ",
        "line 3: case ",
    ]
    assert "2 cases: 2 left out." in done.stderr
    assert desk("case", "list").stdout.startswith("There is no case yet.")


WRONG = [
    ('{"case": "2026-0007"}', "`entries` is missing"),
    ("[]", "a JSON array: write one case a line"),
    ("{", "this is not JSON"),
    ('{"case": "2026-0007", "entries": [{"kind": "walked"}]}', "entry 1: there is no kind 'walked'."),
    ('{"case": "2026-0007", "entries": [{}]}', "entry 1: `kind` is missing."),
    ('{"case": 7, "entries": [{}]}', "`case` is not a text."),
    (
        '{"cases": "7", "entries": [{"kind": "noted", "text": "x"}]}',
        "a case has no `cases`. Did you mean `case`?",
    ),
    ('{"entries": [{"kind": "noted"}]}', "entry 1: an entry noted needs `text`."),
    (
        '{"entries": [{"kind": "noted", "txt": "x"}]}',
        "entry 1: an entry noted has no `txt`. Did you mean `text`?",
    ),
    ('{"entries": [{"kind": "noted", "text": NaN}]}', "this is not JSON in UTF-8."),
    ('{"entries": [{"kind": "noted", "text": "\\ud800"}]}', "characters that are no characters"),
    ('{"entries": [{"kind": "answered", "step": "x", "value": 1}]}', "an entry answered needs `walk`"),
    ('{"entries": [{"kind": "noted", "text": "x", "recorded_at": "2027-01-01T09:00Z"}]}', "has not come yet"),
    (
        '{"entries": [{"kind": "amended", "entry": 1, "to": null, "reason": "x"}]}',
        "no event or duty done before it",
    ),
]


@pytest.mark.parametrize(("text", "says"), WRONG, ids=[says for _, says in WRONG])
def test_a_case_of_the_wrong_shape_is_refused_and_says_where(desk, text, says):
    done = desk("case", "import", "-", given=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_one_bad_case_does_not_keep_out_the_others(desk):
    done = desk("case", "import", "-", given=f"{NDJSON.replace('call-made', 'call')}\n\n{NDJSON}\n")
    assert done.returncode == 2
    assert "line 1: case 2026-0007: entry 3: the procedures of this case have no event `call`." in done.stderr
    assert desk.json("case", "show", "2026-0007")["events"]


def test_a_case_that_stands_twice_in_the_file_is_taken_once(desk):
    done = desk("case", "import", "-", given=f"{NDJSON}\n{NDJSON}\n")
    assert done.returncode == 2
    assert "line 2: case 2026-0007: it stands on line 1 already." in done.stderr


def test_a_reference_that_is_taken_by_another_case_is_refused_or_renumbered(case, other):
    text = NDJSON.replace("2026-0007", "2026-0001")
    done = case("case", "import", "-", given=text)
    assert done.returncode == 2
    assert "there is another case 2026-0001 in this store" in done.stderr
    assert "--renumber" in done.stderr
    done = case("case", "import", "-", "--renumber", given=text)
    assert (done.returncode, done.stdout) == (0, "2026-0001 is case 2026-0002\n")


def test_a_dry_run_says_it_all_and_records_nothing(desk, case):
    before = exported(case)
    done = desk(
        "case", "import", "-", "--dry-run", given=f"{NDJSON}\n{NDJSON.replace('0007', '0008')[:-9]}\n"
    )
    assert done.returncode == 2
    assert "line 2: this is not JSON" in done.stderr
    assert "1 brought in, 1 left out. Nothing was recorded: this was a dry run." in done.stderr
    assert exported(case) == before


def test_a_dry_run_makes_no_store(desk):
    assert desk("case", "import", "-", "--dry-run", given=CSV).returncode == 0
    assert not desk.store.exists()


def test_what_the_procedures_do_not_know_is_taken_only_where_that_is_said(desk):
    text = NDJSON.replace("call-made", "call-long-gone").replace('"value": "yes"', '"value": "perhaps"')
    assert desk("case", "import", "-", given=text).returncode == 2
    assert desk("case", "import", "-", "--keep-unknown", given=text).returncode == 0
    assert desk.json("case", "show", "7")["events"][0]["event"] == "call-long-gone"


def test_json_has_what_became_of_every_case(desk):
    done = desk("case", "import", "-", "--json", given=CSV + BAD[0][0])
    found = json.loads(done.stdout)
    assert [(each["line"], each["given"], each["case"], each["state"]) for each in found["cases"]] == [
        (2, "WX/1", "2026-0001", "brought in"),
        (3, "WX/2", "2026-0002", "brought in"),
        (5, "WX/9", None, "left out"),
    ]
    assert found["cases"][2]["faults"][0]["line"] == 5


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "There is nothing in the file"),
        ("case,event,at\n", "The CSV has no column 'pathway'."),
        ("case,pathway,event,at,at\n", "names the column 'at' twice"),
        (
            "case,pathway,event,at,Colour\nWX/1,concern,call-made,22/12/2026,red\n",
            "Nothing is taken from the columns: Colour.",
        ),
    ],
)
def test_a_header_that_will_not_do_is_said(desk, given, says):
    assert says in desk("case", "import", "-", given=given).stderr


def test_a_file_that_is_not_there_is_said(desk):
    done = desk("case", "import", "none.csv")
    assert done.returncode == 2
    assert "none.csv cannot be used" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_a_bar_on_a_terminal_is_on_standard_error_and_goes_away(desk, tmp_path):
    import pexpect

    file = tmp_path / "cases.ndjson"
    file.write_text("".join(f"{NDJSON.replace('0007', f'{n:04}')}\n" for n in range(1, 60)), encoding="utf-8")
    command = f"{sys.executable} -m cpcli case import {file} > {tmp_path / 'out'}"
    shell = pexpect.spawn("sh", ["-c", command], env={**os.environ, **desk.environment}, encoding="utf-8")
    shell.expect("Bringing in cases")
    shell.expect("59 cases: 59 brought in.")
    assert (tmp_path / "out").read_text() == ""


def test_a_row_of_long_ago_is_named_until_its_note_says_why(desk):
    old = CSV.replace("WX/1,,,letter-sent,24/12/2026 09:00,By hand", "WX/1,,,letter-sent,24/12/2006 09:00,")
    done = desk("case", "import", "-", given=old)
    assert done.returncode == 2
    assert "line 4: case WX/1: `at`: Sun 24 Dec 2006 09:00 is more than 18 years ago" in done.stderr
    said = old.replace("24/12/2006 09:00,", "24/12/2006 09:00,As the old file has it")
    assert desk("case", "import", "-", given=said).returncode == 0


def test_an_event_before_the_childs_birth_is_named_unless_it_was_recorded_before(desk):
    child = '{"kind": "answered", "step": "child", "value": {"name": "Zebedee Quill", "born": "2026-12-24"}},'
    given = NDJSON.replace('{"kind": "event-recorded"', f'{child} {{"kind": "event-recorded"')
    done = desk("case", "import", "-", given=given)
    assert done.returncode == 2
    assert "entry 4: `at`: Wed 23 Dec 2026 15:30 comes before the child was born" in done.stderr
    recorded = given.replace('"call-made"', '"call-made", "recorded_at": "2026-12-23T16:00:00Z"')
    assert desk("case", "import", "-", given=recorded).returncode == 0


def test_a_row_that_ends_before_the_beginning_is_named_and_brought_in(desk):
    early = CSV.replace("letter-sent,24/12/2026 09:00", "letter-sent,21/12/2026 09:00")
    said = 'line 4: case WX/1: letter-sent does not end "Send the letter": that began only on Tue 22 Dec 2026'
    done = desk("case", "import", "-", "--dry-run", given=early)
    assert (done.returncode, said in done.stderr) == (0, True)
    done = desk("case", "import", "-", "--json", given=early)
    (caution,) = json.loads(done.stdout)["cases"][0]["cautions"]
    assert (done.returncode, caution["line"]) == (0, 4)
    assert "does not end" not in desk("case", "import", "-", given=CSV.replace("WX", "WY")).stderr
