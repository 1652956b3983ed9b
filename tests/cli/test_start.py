"""cpcli start: walking with nobody at a terminal, and what is refused."""

import json

import pytest

from practice import ANSWERS, LINES, SETS, facts


@pytest.fixture
def start(cpcli):
    """`cpcli start practice/concern --role worker`, with the practice procedures at hand."""
    cpcli.environment["CPCLI_PROCEDURES"] = str(SETS)

    def run(*arguments, pathway="practice/concern", role="worker", **more):
        return cpcli(
            "start", *([pathway] if pathway else []), *(["--role", role] if role else []), *arguments, **more
        )

    return run


def filled(**changed):
    """An answers file; a None takes the answer out."""
    return json.dumps({key: value for key, value in {**ANSWERS, **changed}.items() if value is not None})


def test_a_pipe_is_asked_line_by_line_to_the_end(start, cpcli):
    done = start(given=LINES)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Tue 29 Dec 2026" in done.stdout


def test_nothing_that_draws_is_loaded_for_a_pipe(start, cpcli):
    assert "prompt_toolkit" not in start(given=LINES, PYTHONVERBOSE="1").stderr


def test_with_json_the_questions_go_to_stderr_and_one_object_to_stdout(start):
    done = start("--json", given=LINES)
    assert json.loads(done.stdout)["case"]["reference"] == "2026-0001"
    assert "Is the child in danger now?" in done.stderr


def test_input_that_ends_too_early_keeps_what_was_answered_and_says_so(start, cpcli):
    done = start(given="yes\n")
    assert done.returncode == 2
    assert done.stderr == (
        "The input ended, so the walk was left before its end. "
        "1 answer is kept. To go on: cpcli resume 2026-0001\n"
    )


def test_a_folder_that_is_not_there_is_told_since_a_stick_may_not_be_plugged_in(start, tmp_path):
    path = tmp_path / "stick" / "cpcli.db"
    assert start("--store", path, given=LINES).stderr == (
        f"There was no folder {path.parent}: it is made, and a new store in it.\n"
    )
    assert start("--store", path, given=LINES).stderr == ""


def test_leaving_before_any_answer_leaves_no_case(start, cpcli):
    done = start(given="/leave\n")
    assert (done.returncode, done.stderr) == (0, "Left. Nothing was answered, so nothing is kept.\n")
    assert cpcli.json("case", "list")["cases"] == []


def test_answers_come_from_a_file(start, tmp_path):
    (tmp_path / "answers.json").write_text(filled())
    done = start("--answers", tmp_path / "answers.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Tue 29 Dec 2026" in done.stdout


def test_answers_come_from_standard_input_in_yaml(start):
    text = "\n".join(f"{key}: {json.dumps(value)}" for key, value in ANSWERS.items())
    done = start("--answers", "-", "--json", given=text)
    assert json.loads(done.stdout)["walks"][0]["finished"]


def test_the_same_answers_give_the_same_record_typed_from_a_file_and_resumed(start, cpcli, tmp_path):
    half = "".join(f"{line}\n" for line in LINES.splitlines()[:13])
    rest = "".join(f"{line}\n" for line in LINES.splitlines()[13:])
    typed = json.loads(start("--json", given=LINES).stdout)
    cpcli.environment["CPCLI_STORE"] = str(tmp_path / "file.db")
    filed = json.loads(start("--json", "--answers", "-", given=filled()).stdout)
    cpcli.environment["CPCLI_STORE"] = str(tmp_path / "resumed.db")
    start(given=half)
    resumed = json.loads(cpcli("resume", "--json", given=rest).stdout)
    assert facts(typed) == facts(filed) == facts(resumed)


def test_a_whole_file_is_recorded_all_at_once(start, cpcli):
    bad = start("--answers", "-", given=filled(review="soon"))
    assert bad.returncode == 2
    assert cpcli.json("case", "list")["cases"] == []


@pytest.mark.parametrize(
    "changed, line",
    [
        ({"kind": None}, "kind: missing. What kind of concern is it? (new, known, old)"),
        (
            {"kind": "odd"},
            "kind: 'odd' is not one of the choices: new, known, old. What kind of concern is it?",
        ),
        ({"knd": "new"}, "knd: no step of this pathway has this id. Did you mean kind?"),
        ({"seen": "31/2/2026"}, "seen: '31/2/2026' cannot be: February 2026 has 28 days."),
        ({"called": "2026-12-25T09:00"}, "called: Fri 25 Dec 2026 09:00 has not come yet"),
        ({"how-many": "few"}, "how-many: 'few' is not a number."),
        ({"facts": {"skipped": "No time"}}, "facts: this step may not be skipped."),
        ({"child": []}, "child: give a list of people, one or more, each with a name."),
        ({"ready": {"ticked": ["shoes"]}}, "ready: 'shoes' is not on the list: names, address, school."),
    ],
)
def test_each_answer_that_is_missing_unknown_or_impossible_is_named(start, changed, line):
    done = start("--answers", "-", given=filled(**changed))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[0].startswith(line)
    assert done.stderr.splitlines()[-1] == "One answer needs mending in standard input; nothing was recorded."


def test_all_that_is_wrong_is_named_in_one_run(start):
    done = start("--answers", "-", given=filled(kind=None, seen="soon", extra="1"))
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "extra",
        "kind",
        "seen",
        "3 answers need mending in standard input; nothing was recorded.",
    ]


def test_an_answer_to_a_step_that_does_not_apply_is_mentioned(start):
    done = start("--answers", "-", given=filled(kind="new"))
    assert done.returncode == 0
    assert (
        done.stderr == "who-knows: it does not apply, the other answers being what they are; not recorded.\n"
    )


@pytest.mark.parametrize(
    "written, recorded",
    [
        ("2026-12-23", "2026-12-23"),
        ("23/12/2026", "2026-12-23"),
        ("03/04/2026", "2026-04-03"),  # read the British way
        ("yesterday", "2026-12-23"),
    ],
)
def test_dates_may_be_written_as_they_may_be_typed(start, written, recorded):
    done = start("--answers", "-", "--json", given=filled(seen=written))
    found = next(answer for answer in json.loads(done.stdout)["answers"] if answer["step"] == "seen")
    assert found["value"] == recorded


def test_the_template_goes_to_stdout_and_touches_no_store(start, cpcli):
    done = start("--template", role="")
    assert done.returncode == 0 and "\nkind:\n" in done.stdout
    assert not cpcli.store.exists()


def test_a_template_that_is_not_filled_in_names_what_is_missing(start):
    done = start("--answers", "-", given=start("--template", role="").stdout)
    assert done.stderr.splitlines()[0] == "danger: missing. Is the child in danger now? (yes or no)"


def test_a_role_that_may_not_is_told_what_to_do_instead(start, cpcli):
    done = start("--answers", "-", role="visitor", given=filled())
    assert done.returncode == 2
    assert done.stderr == (
        "A concern about a child is not for this role (Visitor). "
        "Tell a worker about it now. Stay with the child. (Practice procedures, 2)\n"
    )
    assert not cpcli.store.exists()


def test_an_unknown_role_is_refused_with_the_nearest(start):
    done = start(role="wroker", given="")
    assert (done.returncode, done.stderr) == (
        2,
        "Practice procedures has no role 'wroker'. Did you mean `worker`?\n",
    )


def test_the_role_may_be_in_the_file(start):
    assert start("--answers", "-", role="", given=filled(role="worker")).returncode == 0


def test_the_role_may_be_in_the_environment(start):
    done = start("--answers", "-", "--json", role="", given=filled(), CPCLI_ROLE="worker")
    assert json.loads(done.stdout)["walks"][0]["role"] == "worker"


def test_a_role_that_is_said_twice_must_be_the_same(start):
    done = start("--answers", "-", given=filled(role="visitor"))
    assert done.stderr == "--role says worker, and the answers file says visitor. Take one of them out.\n"


def test_without_a_role_an_answers_file_is_refused(start):
    done = start("--answers", "-", role="", given=filled())
    assert done.returncode == 2
    assert done.stderr == "role: missing. Give --role, or role in the answers file: worker, visitor.\n"


def test_without_a_role_a_person_is_asked_for_it(start):
    done = start(role="", given="1\nno\n")
    assert "What is your role?\n  1 Worker\n  2 Visitor\n" in done.stdout


def test_an_unknown_pathway_is_refused_with_the_nearest(start):
    done = start(pathway="practice/concen", given="")
    assert (done.returncode, done.stderr) == (
        2,
        "There is no pathway 'practice/concen'. Did you mean practice/concern?\n",
    )


def test_without_a_pathway_the_set_says_where_to_begin(start):
    assert "Is the child in danger now?" in start("--set", "practice", pathway="", given="").stdout


def test_without_a_pathway_and_a_terminal_several_sets_are_named(start):
    done = start(pathway="", given="")
    assert done.returncode == 2
    assert done.stderr.startswith("Say which procedures, with --set, or which pathway. The sets at hand: ")


def test_a_further_walk_of_a_case_carries_what_led_to_it(start, cpcli):
    start("--answers", "-", given=filled())
    done = start(
        "--case", "1", "--answers", "-", "--json", pathway="practice/follow-up", given='{"answered": "no"}'
    )
    record = json.loads(done.stdout)
    assert [walk["pathway"] for walk in record["walks"]] == ["concern", "follow-up"]
    assert [a["carried_from"] for a in record["answers"] if a["walk"] == 2] == [1, 1, None]


def test_what_is_carried_gives_way_to_what_is_in_the_file(start):
    start("--answers", "-", given=filled())
    given = '{"answered": "no", "danger": "no"}'
    done = start("--case", "1", "--answers", "-", "--json", pathway="practice/follow-up", given=given)
    said = {
        a["step"]: (a["value"], a["carried_from"])
        for a in json.loads(done.stdout)["answers"]
        if a["walk"] == 2
    }
    assert said["danger"] == ("no", None)


def test_an_unknown_case_is_refused(start):
    start("--answers", "-", given=filled())
    done = start("--case", "2026-0007", given="")
    assert done.returncode == 2
    assert "There is no case '2026-0007'" in done.stderr


def test_an_answers_file_that_is_not_there_is_one_line(start, tmp_path):
    done = start("--answers", tmp_path / "none.yaml")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and "none.yaml" in done.stderr


def test_a_store_that_is_a_text_file_is_refused_before_any_question(start, tmp_path):
    (tmp_path / "notes.txt").write_text("Not a store at all, but quite a long text. " * 100)
    done = start("--store", tmp_path / "notes.txt", given=LINES)
    assert done.returncode == 3
    assert "is not a store" in done.stderr and "Is the child" not in done.stdout


def test_input_that_is_no_text_is_one_line(cpcli, start):
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "cpcli", "start", "practice/concern", "--role", "worker"],
        input=b"\xff\xfe\n",
        env={**cpcli.environment, "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[0] == (
        "What was typed or piped in is not UTF-8 text. What was answered before is kept."
    )


def test_an_input_that_ends_before_the_first_question_says_what_to_type(cpcli):
    done = cpcli("start", "cafcass-2017/referral", given="")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--answers FILE" in done.stderr
    assert not cpcli.store.exists()
