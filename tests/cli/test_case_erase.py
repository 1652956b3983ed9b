"""`cpcli case erase`: nothing of the case is left but that there was one, and why it is gone."""

import json

import pytest

from asked import at_a_terminal, needs_a_terminal, refused

NEEDLES = ("Zebedee", "Quill", "Two signs of neglect", "Do you refer it", "2014-05-01")
WHY = {"why": "Kept long enough.", "agreed_by": "B. Manager"}


def found(folder):
    """The files in which something of the case can be read."""
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(each.encode() in file.read_bytes() for each in NEEDLES)
    ]


def erase(cpcli, *more, number="1", **given):
    return cpcli(
        "case", "erase", number, "--yes", "--json-in", "-", *more, given=json.dumps({**WHY, **given})
    )


@pytest.fixture
def closed(case):
    """A case that is closed, and for which no period is given."""
    assert case("case", "close", "1", "--yes", given="They moved").returncode == 0
    return case


@pytest.fixture
def gone(closed):
    """The same, erased."""
    done = erase(closed)
    assert (done.returncode, done.stderr) == (0, "")
    return closed


def test_nothing_of_it_is_left_in_any_file(closed):
    folder = closed.store.parent
    assert found(folder) == ["cpcli.db"]
    done = erase(closed)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Erased: case 2026-0001, 10 entries. Its files have been written anew.\n")
    assert found(folder) == []
    assert closed("store", "check").returncode == 0


def test_it_says_what_it_cannot_reach_and_names_the_stores_beside(closed):
    copy = closed.store.with_name("copy.db")
    copy.write_bytes(closed.store.read_bytes())
    said = erase(closed).stdout
    assert f"Not touched, and may hold it still: {copy}" in said
    assert "backups, exports, printed pages, mails. cpcli has no list of them." in said
    assert found(closed.store.parent) == ["copy.db"]


def test_as_data(closed):
    given = json.loads(erase(closed, "--json").stdout)
    assert given["case"]["status"] == "erased"
    assert given["case"]["erased"] == {
        "why": "Kept long enough.",
        "agreed_by": "B. Manager",
        "although": None,
        "entries": 10,
        "by": "ada",
        "at": "2026-12-24T16:40:00+00:00",
        "entry": 11,
    }
    assert given["beside"] == []


def test_the_reason_can_come_from_a_file(closed):
    done = closed("case", "erase", "1", "--agreed-by", "B. Manager", "--yes", given="Kept long enough.\n")
    assert done.returncode == 0
    assert closed.json("case", "show", "1")["case"]["erased"]["why"] == "Kept long enough."


def test_an_encrypted_store(sealed):
    sealed("case", "close", "1", "--yes", given="They moved")
    assert erase(sealed).returncode == 0
    assert sealed("store", "check").returncode == 0
    assert "erased" in sealed("case", "show", "1").stdout


# --- what is refused


def test_without_a_reason_and_who_agreed_nothing_is_erased(closed):
    refused(closed("case", "erase", "1", "--yes"), "Give why and agreed_by as JSON")
    refused(closed("case", "erase", "1", "--yes", "--agreed-by", "B"), "why is empty")
    refused(closed("case", "erase", "1", "--yes", given="Old"), "Give why and agreed_by as JSON")
    assert closed.json("case", "show", "1")["case"]["status"] == "closed"


def test_it_has_to_be_meant(closed):
    refused(
        closed("case", "erase", "1", "--json-in", "-", given=json.dumps(WHY)),
        "--yes erases it",
        "Nothing was",
    )


def test_an_open_case_needs_a_reason_more(case):
    refused(erase(case), "The case is open. Say why it is erased all the same", "Nothing was erased")
    assert erase(case, although="Opened by mistake.").returncode == 0
    assert case.json("case", "show", "1")["case"]["erased"]["although"] == "Opened by mistake."


@pytest.mark.parametrize(
    ("retirement", "says"),
    [
        ("2040-05-01", "It is to be kept until Tue 1 May 2040 (set-2025 A 7.6.1)."),
        ("not yet", "If the person reaches normal retirement age later, it is kept until then."),
    ],
)
def test_what_is_to_be_kept_for_longer_needs_a_reason_more(cpcli, retirement, says):
    given = {
        **{"role": "employer", "accused": {"name": "Zebedee Quill"}, "allegation-made": "2015-03-01T10:00"},
        **{"outcome": "unsubstantiated", "outcome-reason": "Two accounts.", "copy-given": "yes"},
        "personnel-record": {
            "ticked": ["followed-up", "resolved", "decisions", "outcome", "action"],
            "why not": {},
        },
        **{"retirement-age-reached": retirement, "adopter": "not-adopter"},
    }
    assert (
        cpcli("start", "set-2025/allegation-records", "--answers", "-", given=json.dumps(given)).returncode
        == 0
    )
    assert cpcli("case", "close", "1", "--yes", given="Settled").returncode == 0
    done = erase(cpcli)
    refused(done)
    assert says in done.stderr.replace("\u00a0", " ")
    assert erase(cpcli, although="A court ordered it.").returncode == 0


@pytest.mark.parametrize("why", ["Zebedee asked for it", "The Quill family has moved", "The QUILL family"])
def test_a_reason_with_a_name_of_the_case_is_refused_without_saying_it(closed, why):
    done = erase(closed, why=why)
    refused(done, "has a name in it that the case has too")
    assert "Quill" not in done.stderr


def test_erased_again_it_says_so_once_more_and_adds_nothing(gone):
    before = gone.json("case", "history", "1")
    done = gone("case", "erase", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Erased: case 2026-0001, 10 entries.")
    assert gone.json("case", "history", "1") == before


# --- what is left


def test_the_case_says_that_it_was_erased_when_by_whom_and_why(gone):
    said = " ".join(gone("case", "show", "1").stdout.split())
    for words in (
        "erased Thu 24 Dec 2026 16:40",
        "Kept long enough.",
        "Agreed by B. Manager",
        "by ada, entry 11",
    ):
        assert words in said
    assert "SIGN" not in said.upper()


def test_its_history_has_who_and_when_and_nothing_of_what(gone):
    told = gone.json("case", "history", "1")["history"]
    assert [each["erased"] for each in told] == [True] * 10 + [False]
    assert {each["who"] for each in told} == {"ada"}
    assert told[-1]["what"] == "What 10 entries said was erased"
    assert "What was recorded here is erased" in gone("case", "history", "1").stdout


def test_it_stays_in_the_list_and_out_of_everything_else(gone):
    (row,) = gone.json("case", "list")["cases"]
    assert (row["status"], row["pathways"], row["open_duties"]) == ("erased", [], 0)
    assert "nothing is left of it" in gone("case", "list").stdout
    assert sum(gone.json("agenda")["counts"].values()) == 0
    assert gone.json("store", "due-for-review")["cases"] == []
    assert gone("export", "--format", "ndjson").stdout == ""
    assert gone("store", "rebuild").returncode == 0
    assert gone("store", "check").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ["case", "note", "1"],
        ["case", "event", "1", "letter-sent", "--at", "now"],
        ["case", "assign", "1", "--to", "Jo"],
        ["case", "reopen", "1"],
        ["case", "duty", "1", "send-letter"],
        ["case", "export", "1"],
        ["start", "desk/report", "--case", "1"],
        ["resume", "1"],
    ],
)
def test_nothing_more_can_be_done_with_it(gone, words):
    refused(gone(*words, given="x"), "Case 2026-0001 was erased", "nothing can be added")


def test_all_cases_are_exported_without_it_and_that_is_said(gone, walk):
    walk()
    done = gone("case", "export", "--all")
    assert [json.loads(line)["case"] for line in done.stdout.splitlines()] == ["2026-0002"]
    assert done.stderr == "Left out, since they were erased: 2026-0001.\n"


@pytest.mark.parametrize("more", [[], ["--renumber"]])
def test_it_is_not_brought_in_again(closed, more, tmp_path):
    file = tmp_path / "case.ndjson"
    file.write_text(closed("case", "export", "1").stdout, encoding="utf-8")
    assert erase(closed).returncode == 0
    done = closed("case", "import", file, *more)
    assert done.returncode == 2
    assert "that case was erased in this store, and is not brought in again" in done.stderr


def test_its_reference_is_nobody_elses(gone, walk):
    assert "2026-0002" in walk()


@needs_a_terminal
@pytest.mark.parametrize(
    ("typed", "code", "status"), [("2026-0001", 0, "erased"), ("1", 1, "closed"), ("y", 1, "closed")]
)
def test_at_a_terminal_the_whole_reference_is_typed(closed, typed, code, status):
    ended = at_a_terminal(
        closed,
        ["case", "erase", "1"],
        ("Write no name: this stays; a line with a single full stop ends it:", "Kept long enough.\r."),
        ("Who agreed that it is erased?", "B. Manager"),
        ("Type the case's whole reference to erase it:", typed),
    )
    assert ended.code == code
    assert "Case 2026-0001, closed: what its 10 entries say is erased." in ended.said
    assert closed.json("case", "show", "1")["case"]["status"] == status


@needs_a_terminal
def test_at_a_terminal_it_is_asked_why_now(case):
    ended = at_a_terminal(
        case,
        ["case", "erase", "1"],
        ("a line with a single full stop ends it:", "A test of the program.\r."),
        ("Who agreed that it is erased?", "B. Manager"),
        ("Why is it erased all the same?", "It was opened by mistake."),
        ("to erase it:", "2026-0001"),
    )
    assert ended.code == 0
    assert "The case is open." in ended.said
