"""cpcli compare: how the procedure sets differ on one thing, as it is typed."""

import json
import re
import sys

import pytest

from small_set import team

SIDE = ("--set", "cafcass-2017", "--set", "wales-vol5")


def words(done):
    """What it printed, on one line."""
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


@pytest.fixture
def local(cpcli, tmp_path):
    """`cpcli` with a set that extends set-2025 and shortens one duty."""
    folder = tmp_path / "sets" / "north"
    folder.mkdir(parents=True)
    (folder / "set.yaml").write_text("set: north\ntitle: North team\nedition: '2026'\nextends: set-2025\n")
    (folder / "paragraphs.txt").write_text("2.1\n")
    (folder / "referral.yaml").write_text(
        "varies: referral\nduties:\n  - varies: chase-acknowledgement\n    limit: within 1 working day\n"
        "    cite: '2.1'\n"
    )
    cpcli.environment |= {"CPCLI_PROCEDURES": str(tmp_path / "sets")}
    return cpcli


def test_alone_it_lists_what_can_be_compared(cpcli):
    said = words(cpcli("compare"))
    assert "referral Making a referral 4" in said
    assert "initial-conference Initial child protection conference 3" in said
    found = cpcli.json("compare")["topics"]
    first = next(each for each in found if each["topic"] == "referral")
    assert first["sets"] == ["cafcass-2017", "set-2025", "wales-vol5", "westmids-2019"]
    assert {"topic", "name", "also", "sets"} == set(first["duties"][0])


def test_a_procedure_is_shown_in_brief_duty_by_duty(cpcli):
    said = words(cpcli("compare", "referral", *SIDE))
    assert "Confirm the referral in writing (limits differ)" in said
    assert (
        "cafcass-2017 at the earliest opportunity Practitioner, should · from: You rang the local authority "
        "with the referral · cafcass-2017 3.9"
    ) in said
    assert "wales-vol5 within 24 hours Practitioner or volunteer, should · from: The report was made" in said
    assert "cpcli start wales-vol5/report" in said


def test_a_duty_is_shown_in_full_with_conditions_readings_and_notes(cpcli):
    said = words(cpcli("compare", "chase-acknowledgement", "--set", "set-2025", "--set", "wales-vol5"))
    assert "Limits differ, levels differ." in said
    assert "Also read: within 3 working days, from: The written referral was sent" in said
    assert "Not needed after: Children's social care acknowledged the referral" in said
    assert 'If "How did you make it?": By telephone or Face to face' in said
    assert "Note: This start is a reading." in said


def test_a_set_without_it_says_so_and_whether_the_rule_may_be_elsewhere(cpcli):
    said = words(cpcli("compare", "send-core-group-record"))
    assert "cafcass-2017 No such duty. It says nothing of core groups." in said
    assert "herts-4.4.1 Not in this set, perhaps elsewhere. Left to another section" in said
    brief = words(cpcli("compare", "core-group"))
    assert "No such duty: cafcass-2017." in brief
    assert "Not in this set, perhaps elsewhere: herts-4.4.1, wales-vol5, westmids-2019." in brief


def test_a_set_that_nobody_has_asked_is_not_said_to_have_none(cpcli, tmp_path):
    (tmp_path / "sets").mkdir()
    team(tmp_path / "sets")
    said = words(
        cpcli("compare", "first-core-group", "--set", "sound", CPCLI_PROCEDURES=str(tmp_path / "sets"))
    )
    assert "sound Nothing is said of it. Look in the document." in said


def test_with_a_date_each_is_due_by_its_own_nations_days(cpcli):
    said = words(cpcli("compare", "chase-acknowledgement", "--from", "24/12/2026", *SIDE))
    assert "Counted from Thu 24 Dec 2026, which is taken for the start in each set" in said
    assert "cafcass-2017 Tue 29 Dec 2026 within 1 working day: Fri 25 is Christmas Day" in said
    assert "wales-vol5 Thu 7 Jan 2027 within 7 working days: Fri 25 is Christmas Day" in said
    assert "(Wales)" in said


def test_an_event_dates_each_set_that_has_it_by_whatever_name(cpcli):
    found = cpcli.json(
        *("compare", "hold-initial-conference", "--event", "strategy-meeting-held=2026-12-01"),
        *("--set", "set-2025", "--set", "wales-vol5", "--set", "herts-4.4.1"),
    )
    assert found["events"] == {"strategy-meeting-held": "2026-12-01"}
    due = {each["source"]: each["duties"][0]["due"] for each in found["duties"][0]["sets"]}
    assert due == {"set-2025": "2026-12-22", "wales-vol5": "2026-12-22", "herts-4.4.1": "2026-12-22"}


def test_a_duty_whose_start_is_not_given_says_what_to_add(cpcli):
    done = cpcli("compare", "referral", "--event", "written-referral-sent=2026-12-24", *SIDE)
    assert "Add --event referral-made=WHEN" in words(done)
    assert "Tue 29 Dec 2026" in done.stdout


def test_an_event_that_nothing_hangs_on_is_refused(cpcli):
    done = cpcli("compare", "confirm-referral", "--event", "referal-made=today")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "--event referal-made: nothing that is compared hangs on it. Did you mean `referral-made`?\n"
    )


def test_your_teams_days_off_count_in_your_own_set_alone(cpcli):
    cpcli("config", "set", "closures", "29/12/2026=Council closure day")
    cpcli("config", "set", "set", "cafcass-2017")
    asked = ("compare", "chase-acknowledgement", "--from", "24/12/2026", *SIDE)
    done = cpcli(*asked)
    assert done.stderr == "Your team's calendar, from the settings, counts in cafcass-2017 alone.\n"
    found = json.loads(cpcli(*asked, "--json").stdout)["duties"][0]["sets"]
    assert [each["duties"][0]["due"] for each in found] == ["2026-12-30", "2027-01-07"]


def test_your_set_stands_first_unless_sets_are_named(cpcli):
    cpcli("config", "set", "set", "wales-vol5")
    first = cpcli.json("compare", "referral")["sets"][0]
    assert (first["source"], first["nation"]) == ("wales-vol5", "Wales")
    named = cpcli.json("compare", "referral", *SIDE)["sets"]
    assert [each["source"] for each in named] == ["cafcass-2017", "wales-vol5"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("initial conference", "Initial child protection conference"),
        ("Initial-Conference", "Initial child protection conference"),
        ("s47", "Section 47 enquiry"),
        ("report", "Making a referral"),
        ("wales-vol5/report", "Making a referral"),
        ("set-2025/chase-acknowledgement", "Chase a referral that nobody has acknowledged"),
        ("core-group-meets", "Hold the first core group"),
        ("report-decision", "A referral that has come in"),
        ("transfer-in", "A child on a plan moves to another area"),
        ("LADO", "An allegation against somebody who works with children"),
    ],
)
def test_it_is_found_by_the_words_that_people_use(cpcli, said, name):
    assert cpcli("compare", *said.split()).stdout.splitlines()[0] == name


def test_words_that_may_mean_several_things_are_never_guessed(cpcli):
    done = cpcli("compare", "conference")
    assert (done.returncode, done.stdout) == (2, "")
    *choices, fault = done.stderr.splitlines()
    listed = [" ".join(line.split()) for line in choices]
    assert "initial-conference Initial child protection conference" in listed
    assert "review-conference Review conference" in listed
    assert fault.startswith(
        f"'conference' may mean any of these {len(choices)}. Say which, as: cpcli compare "
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_at_a_terminal_it_is_asked_which_is_meant(cpcli):
    from terminal import ENTER, Terminal

    terminal = Terminal(["compare", "conference"], cpcli.environment, columns=80)
    terminal.wait("Which do you mean by 'conference'?").type(ENTER)
    assert terminal.end() == 0
    assert "Hold the initial conference" in terminal.seen


def test_what_cannot_be_compared_is_one_clear_line(cpcli):
    for said, fault in (
        (
            "xyz",
            "There is nothing to compare by the name of 'xyz'. `cpcli compare` lists what can be compared.",
        ),
        ("refferal", "There is nothing to compare by the name of 'refferal'. Did you mean referral"),
        ("s16a", "Nothing in another set is matched with the pathway cafcass-2017/s16a."),
    ):
        done = cpcli("compare", said)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(fault)
        assert len(done.stderr.splitlines()) == 1
    assert cpcli("compare", "referral", "--set", "wales").returncode == 2
    assert cpcli("compare", "--from", "today").returncode == 2
    assert cpcli("compare", "referral", "--from", "31/02/2026").returncode == 2


def test_a_local_set_stands_beside_its_base_only_where_it_differs(local):
    brief = local("compare", "referral", "--set", "set-2025", "--set", "north").stdout
    assert "north extends set-2025: it stands here only where it differs." in brief
    assert len(re.findall(r"^  north", brief, re.MULTILINE)) == 2  # its walk, and the duty that it shortens
    said = words(local("compare", "chase-acknowledgement", "--set", "set-2025", "--set", "north"))
    assert "north within 1 working day" in said
    assert "north (local) 2.1; set-2025 A 2.4.11" in said
    assert "north: as in set-2025." in words(
        local("compare", "confirm-referral", "--set", "set-2025", "--set", "north")
    )


def test_programs_get_every_set_whole(local):
    found = local.json("compare", "chase-acknowledgement", "--set", "set-2025", "--set", "north")
    assert list(found) == [
        *("topic", "name", "procedure", "from", "events", "sets", "pathways", "duties"),
    ]
    base, north = found["duties"][0]["sets"]
    assert set(base) == {"source", "state", "why", "same_as", "duties"}
    assert found["duties"][0]["differs"] == ["limit"]
    assert north["duties"][0]["cite"] == ["north (local): 2.1", "set-2025: A 2.4.11"]
    assert found["sets"][1]["extends"] == "set-2025"
    other = local.json("compare", "confirm-referral", "--set", "set-2025", "--set", "north")["duties"][0]
    assert other["sets"][1]["same_as"] == "set-2025"
    assert other["sets"][1]["duties"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
@pytest.mark.parametrize("columns", [80, 44])
def test_it_fits_the_terminal(cpcli, columns):
    from terminal import Terminal

    terminal = Terminal(["compare", "first-core-group"], cpcli.environment | {"COLUMNS": ""}, columns=columns)
    assert terminal.end() == 0
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", terminal.seen)
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= columns
    assert "within 10 working days" in " ".join(shown.split())
