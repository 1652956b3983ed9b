"""cpcli resume: going on where a walk was left."""

import json
import os
import subprocess
import sys

import pytest

from practice import ANSWERS, LINES, SETS


@pytest.fixture
def left(cpcli):
    """A case whose walk was left after its second question; once more for each time it is called."""
    cpcli.environment["CPCLI_PROCEDURES"] = str(SETS)

    def leave():
        assert cpcli("start", "practice/concern", "--role", "worker", given="yes\n\n1,3\n").returncode == 2

    return leave


REST = {step: value for step, value in ANSWERS.items() if step not in ("danger", "needs")}


def test_it_goes_on_at_the_first_question_without_an_answer(cpcli, left):
    left()
    out = cpcli("resume", given="").stdout
    assert "Your last answer was:\nWhat does the child need? - A doctor; Somebody with them\n" in out
    assert "Question 3, 7 to 11 to go. Practice procedures, 2.\nWho is the child?\n" in out


def test_it_goes_on_to_the_end(cpcli, left):
    left()
    rest = "".join(f"{line}\n" for line in LINES.splitlines()[3:])
    assert cpcli("resume", "1", given=rest).returncode == 0
    assert cpcli.json("case", "show", "1")["walks"][0]["finished"]


def test_an_answers_file_fills_in_the_rest(cpcli, left):
    left()
    done = cpcli("resume", "--answers", "-", "--json", given=json.dumps(REST))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["walks"][0]["finished"]


def test_the_same_answer_once_more_is_no_matter(cpcli, left):
    left()
    assert cpcli("resume", "--answers", "-", given=json.dumps(ANSWERS)).returncode == 0


def test_another_answer_to_what_is_answered_is_refused(cpcli, left):
    left()
    done = cpcli("resume", "--answers", "-", given=json.dumps({**ANSWERS, "needs": ["police"]}))
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "needs: it has an answer already, 'A doctor; Somebody with them'. "
        "Take it out of the file; an answer is corrected in the walk itself."
    )


def test_another_role_than_the_walk_was_begun_in_is_refused(cpcli, left):
    left()
    done = cpcli("resume", "--answers", "-", given=json.dumps({**REST, "role": "visitor"}))
    assert done.stderr == "The walk was begun by somebody whose role is worker, not visitor.\n"


def test_with_several_left_it_lists_them_and_says_what_to_type(cpcli, left):
    left()
    left()
    done = cpcli("resume", given="")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "2026-0002: A concern about a child, begun Thu 24 Dec 2026",
        "2026-0001: A concern about a child, begun Thu 24 Dec 2026",
        "Several walks are unfinished. Say which, for example: cpcli resume 2026-0002",
    ]


def why(cpcli, is_used):
    return "No walk is unfinished." if is_used else f"There is no store at {cpcli.store} yet."


@pytest.mark.parametrize("is_used", [False, True])
def test_with_nothing_left_it_says_so(cpcli, left, is_used):
    if is_used:
        left()
        cpcli("resume", "--answers", "-", given=json.dumps(REST))
    done = cpcli("resume", given="")
    assert (done.returncode, done.stderr) == (0, f"{why(cpcli, is_used)} To begin a walk: cpcli start\n")


@pytest.mark.parametrize("words", [["--answers", "-"], ["--json"]])
@pytest.mark.parametrize("is_used", [False, True])
def test_with_nothing_left_a_script_is_refused(cpcli, left, is_used, words):
    if is_used:
        left()
        cpcli("resume", "--answers", "-", given=json.dumps(REST))
    done = cpcli("resume", *words, given=json.dumps(REST) if "-" in words else "")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{why(cpcli, is_used)} To begin a walk: cpcli start\n"


def test_a_file_cannot_correct_a_walk_that_is_finished(cpcli, left):
    left()
    cpcli("resume", "--answers", "-", given=json.dumps(REST))
    done = cpcli("resume", "1", "--answers", "-", given=json.dumps({"how-many": 3}))
    assert done.returncode == 2
    assert "Every walk of case 2026-0001 is finished." in done.stderr


LATER = {
    "set.yaml": """
set: later
title: Later procedures
edition: "2026"
nation: England
walker: worker
begin with: meeting
roles:
  worker: {name: Worker, can walk: yes}
""",
    "paragraphs.txt": "1\n2\n",
    "events.yaml": "meeting-held: The meeting was held\n",
    "meeting.yaml": """
pathway: meeting
title: A meeting
about: A meeting is to be held.
cites: ["1", "2"]
steps:
  - happened: When was the meeting held?
    event: meeting-held
    may be not yet: yes
    cite: "1"
  - ask: What did it decide?
    id: decided
    answer: short text
    when: {meeting-held: has happened}
    cite: "2"
""",
}


@pytest.fixture
def opened_again(cpcli, tmp_path):
    """A case with two finished walks; the first has a question since its meeting was held."""
    folder = tmp_path / "sets" / "later"
    folder.mkdir(parents=True)
    for name, text in LATER.items():
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    cpcli.environment |= {"CPCLI_PROCEDURES": f"{folder.parent}{os.pathsep}{SETS}", "CPCLI_ROLE": "worker"}
    start = ("start", "later/meeting", "--answers", "-")
    assert cpcli(*start, given=json.dumps({"meeting-held": "not yet"})).returncode == 0
    walk = cpcli("start", "practice/concern", "--case", "1", "--answers", "-", given=json.dumps(ANSWERS))
    assert walk.returncode == 0, walk.stderr
    told = cpcli("case", "event", "1", "meeting-held", "--at", "today 10:00")
    assert "Walk 1 has questions to answer again: cpcli resume 2026-0001" in told.stdout
    return cpcli


def test_a_finished_walk_goes_on_where_something_that_happened_raises_a_question(opened_again):
    assert "What did it decide?" in opened_again("resume", "1", given="").stdout


def test_a_file_answers_what_a_finished_walk_asks_since(opened_again):
    done = opened_again("resume", "1", "--answers", "-", "--json", given=json.dumps({"decided": "To wait"}))
    assert (done.returncode, done.stderr) == (0, "")
    walk = json.loads(done.stdout)["walks"][0]
    assert walk["finished"] and walk["next_step"] is None


def test_an_unknown_case_is_refused(cpcli, left):
    left()
    done = cpcli("resume", "2026-0009", given="")
    assert done.returncode == 2
    assert "There is no case '2026-0009'" in done.stderr


def test_json_of_a_walk_that_is_left_again_shows_where_it_stands(cpcli, left):
    left()
    done = cpcli("resume", "--json", given="")
    assert done.returncode == 2
    assert json.loads(done.stdout)["walks"][0]["next_step"] == "child"


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be limited")
def test_a_full_disk_is_one_line_and_what_was_typed_is_shown_back(cpcli, left):
    import resource

    left()
    text = "A long text. " * 7_000
    lines = f"/skip\nNot known\n/skip\nNot known\n1\n{text}\n.\n"
    # A limit on the size of files stands in for the disk.
    done = subprocess.run(
        [sys.executable, "-m", "cpcli", "resume"],
        input=lines,
        env=cpcli.environment,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1 and "cpcli.db" in done.stderr
    assert f"NOT RECORDED. What have you seen or heard?\n{text.strip()}\n" in done.stdout
    said = [answer["step"] for answer in cpcli.json("case", "show", "1")["answers"]]
    assert said == ["danger", "ring", "needs", "child", "informant", "kind"]
