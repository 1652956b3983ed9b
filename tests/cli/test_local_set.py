"""A team's own set, walked: whose words each are is said on every screen and kept in the record."""

import json

import pytest

from small_set import change, team

ANSWERS = {
    "danger-now": "no",
    "children": [{"name": "Ivo Lark", "born": "2015-03-02"}],
    "harms": ["neglect"],
    "known": "yes",
    "how-many": 2,
    "believe": "yes",
    "believe-reason": "Two signs of neglect.",
    "ready": {"ticked": ["names", "nurse"], "why not": {"dob": "Not known", "school": "Not known"}},
    "call-made": "2026-12-24T15:30",
}


@pytest.fixture
def local(cpcli, tmp_path):
    """`cpcli` with the team's set and the one that it extends; local.folder is the team's."""
    (tmp_path / "sets").mkdir()
    cpcli.folder = team(tmp_path / "sets")
    cpcli.environment |= {"CPCLI_PROCEDURES": str(tmp_path / "sets"), "CPCLI_ROLE": "worker"}
    return cpcli


@pytest.fixture
def walked(local):
    """The team's concern pathway, walked once."""
    done = local("start", "team/concern", "--answers", "-", given=json.dumps(ANSWERS))
    assert done.returncode == 0, done.stderr
    local.said = done.stdout
    return local


def test_the_end_of_a_walk_cites_whose_each_duty_is(walked):
    said = " ".join(walked.said.split())
    assert "team (local) The desk · tell-desk" in said
    assert "sound 2.2, 2.3 · send-letter" in said


def test_the_record_keeps_both_editions_and_what_was_left_out(walked):
    (walk,) = walked.json("case", "show", "1")["walks"]
    assert (walk["source"], walk["edition"]) == ("team", "March 2026, varying sound, first")
    assert any(remark.startswith("Left out: Keep the file. (sound Annex 1)") for remark in walk["varied"])
    assert "Left out: Keep the file." in walked("case", "show", "1").stdout


def test_the_record_says_of_each_answer_whose_question_it_was(walked):
    said = {each["step"]: each["cite"] for each in walked.json("case", "show", "1")["answers"]}
    assert said["known"] == ["team (local): 1.1"]
    assert said["harms"] == ["sound: 2.1"]
    assert said["ready"] == ["team (local): 1.2", "sound: 2.2"]


def test_a_duty_cites_both_wherever_it_is_shown(walked):
    walked("case", "event", "1", "letter-sent", "--at", "2026-12-24T16:00")
    for command in (("agenda",), ("case", "show", "1"), ("case", "duty", "1", "chase")):
        said = " ".join(walked(*command).stdout.replace("\n", " ").split())
        assert "team (local) 2.1; sound 2.3" in said, command
    calendar = walked("export", "--format", "ics").stdout.replace("\n ", "")
    assert "team (local) 2.1\\; sound 2.3" in calendar


def test_a_walk_begins_with_what_the_team_leaves_out(local):
    begun = local("start", "team/concern", "--plain", given="no\n").stdout
    assert "The North team, edition March 2026, varying sound, first" in begun
    assert "Left out: Do not tell the parents. (sound 2.3) The team always tells them." in begun


def test_why_a_step_is_asked_says_what_the_other_set_says(local):
    change(
        local.folder,
        "concern.yaml",
        "  - varies: ready",
        '  - varies: believe\n    ask: Is a child being harmed?\n    cite: "1.2"\n  - varies: ready',
    )
    asked = local("start", "team/concern", "--plain", given="no\n/skip\nx\n2\nno\n1\n/why\n").stdout
    assert "sound 2.1 says: Do you believe that a child is being harmed?" in asked


def test_a_due_date_goes_by_the_teams_limit(local):
    found = local.json("due", "team/chase", "--from", "2026-12-24T10:00")
    assert (found["due"], found["limit"]) == ("2026-12-24T12:00", "within 2 hours")
    assert local.json("due", "sound/chase", "--from", "2026-12-24T10:00")["due"] == "2026-12-29"


def test_lists_have_of_a_local_set_what_is_its_own_and_all_when_asked(local):
    listed = local("pathways", "--json")
    ours = [row["id"] for row in map(json.loads, listed.stdout.splitlines()) if row["source"] == "team"]
    assert ours == ["concern", "desk"]
    assert "team also has what it takes unchanged from sound: --set team lists all." in listed.stderr
    rows = local("pathways", "--set", "team", "--json").stdout.splitlines()
    assert [json.loads(row)["id"] for row in rows] == ["begin", "concern", "desk", "quorum"]
    duties = local("duties", "--json").stdout.splitlines()
    ours = [row["id"] for row in map(json.loads, duties) if row["source"] == "team"]
    assert ours == ["chase", "tell-desk"]


def test_the_linter_needs_no_setting_to_find_what_is_extended(local):
    done = local("lint", local.folder, CPCLI_PROCEDURES="")
    assert (done.returncode, done.stderr) == (0, "5 files, no problems\n")


def test_a_set_that_no_longer_fits_is_one_clear_line(local):
    change(local.folder.parent / "sound", "concern.yaml", "  - id: chase\n", "  - id: hunt\n")
    done = local("start", "team/concern", given="no\n")
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{local.folder}/concern.yaml:")
    assert "There is no duty 'chase' in sound/concern." in line
    assert local("start", "sound/concern", "--template").returncode == 0
