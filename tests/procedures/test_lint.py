"""What the linter says of whole sets, of single files and of how files fit together."""

from pathlib import Path

import pytest

from cpcli.procedures.lint import check, lint
from small_set import SETS, SOUND, change, copy, line_of


def test_a_whole_set_has_no_problems():
    assert lint(SOUND, SETS) == []


def messages(problems):
    return [(Path(problem.file).name, problem.line, problem.message) for problem in problems]


def test_an_event_that_a_duty_waits_for_has_to_be_able_to_happen(tmp_path):
    folder = copy(tmp_path)
    path = change(
        folder, "events.yaml", "{name: The authority acknowledged the letter, from outside: yes}", "It did"
    )
    line = line_of(folder / "concern.yaml", "unless:")
    assert messages(lint(folder)) == [
        ("concern.yaml", line, "The event 'letter-acknowledged' can never happen.")
    ]
    change(folder, path.name, "It did", "{name: It did, from outside: yes}")
    assert lint(folder) == []


def test_a_date_of_birth_is_an_event_only_where_some_walk_asks_for_a_child(tmp_path):
    folder = copy(tmp_path)
    change(folder, "concern.yaml", "person: child", "person: parent")
    line = line_of(folder / "concern.yaml", "of: date-of-birth")
    assert messages(lint(folder)) == [("concern.yaml", line, "The event 'date-of-birth' can never happen.")]


def test_every_pathway_is_reached_from_where_people_begin(tmp_path):
    folder = copy(tmp_path)
    (folder / "island.yaml").write_text(
        (folder / "quorum.yaml").read_text().replace("pathway: quorum", "pathway: island")
    )
    assert messages(lint(folder)) == [
        ("island.yaml", 1, "Nothing leads to 'island' from 'begin', where people begin.")
    ]


def test_a_duty_in_two_pathways_has_to_be_the_same_duty(tmp_path):
    folder = copy(tmp_path)
    duty = "\nduties:\n  - {id: keep, do: Keep the file, by: worker, level: may, cite: '1'}\n"
    path = change(folder, "quorum.yaml", "\nleads to:", duty + "leads to:")
    assert lint(folder) == []
    change(folder, "quorum.yaml", "Keep the file", "Burn the file")
    assert messages(lint(folder)) == [
        ("quorum.yaml", line_of(path, "id: keep"), "The duty 'keep' is another one in the pathway 'concern'.")
    ]


@pytest.mark.parametrize(
    ("step", "how"),
    [
        ("ask: Who?\n    answer: number", "the answer is one of here, number there"),
        ("tell: Go on.", "ask here, tell there"),
        ("ask: Who?\n    answer: one of\n    options: {concern: Yes, no: No}", "it lacks meeting"),
    ],
)
def test_answers_are_carried_between_like_steps_only(tmp_path, step, how):
    folder = copy(tmp_path)
    change(folder, "begin.yaml", "carrying: [danger-now]", "carrying: [danger-now, need]")
    change(
        folder, "concern.yaml", "  - ask: Which", f"  - {step}\n    id: need\n    cite: '1'\n  - ask: Which"
    )
    assert [each.message for each in lint(folder)] == [
        f"The step 'need' is not the same in 'concern': {how}."
    ]


def test_what_is_only_told_has_no_answer_to_carry(tmp_path):
    folder = copy(tmp_path)
    change(folder, "begin.yaml", "carrying: [danger-now]", "carrying: [ring-999-stay-with-the]")
    (problem,) = lint(folder)
    assert "it only tells, so there is no answer to carry" in problem.message


def test_only_the_problems_of_the_one_file_that_was_named_are_told(tmp_path):
    folder = copy(tmp_path)
    wrong = change(folder, "begin.yaml", "come up?", "come up")
    change(folder, "concern.yaml", "do you see?", "do you see")
    assert [problem.file for problem in lint(wrong)] == [str(wrong)]
    assert len(lint(folder)) == 2


def test_a_folder_of_sets_is_linted_set_by_set(tmp_path):
    change(copy(tmp_path), "begin.yaml", "come up?", "come up")
    (tmp_path / "sound").rename(tmp_path / "other")
    copy(tmp_path)
    checked = check([tmp_path])
    assert checked.files == 12
    assert {Path(problem.file).parent.name for problem in checked.problems} == {"other"}


def test_a_set_can_be_linted_from_inside_its_own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(copy(tmp_path))
    assert lint(Path()) == []
    assert lint(Path("begin.yaml")) == []


def test_without_paragraphs_nothing_can_be_cited(tmp_path):
    folder = copy(tmp_path)
    (folder / "paragraphs.txt").unlink()
    assert ("paragraphs.txt", 1, "There are no paragraphs to cite.") in messages(lint(folder))


def test_a_paragraph_that_the_source_text_lacks_is_found(tmp_path):
    folder = copy(tmp_path)
    change(folder, "paragraphs.txt", "2.10\n", "2.10\n2.11\n2.1\n")
    assert messages(lint(folder, SETS)) == [
        ("paragraphs.txt", 9, "sound.txt has no paragraph '2.11'."),
        ("paragraphs.txt", 10, "'2.1' stands in line 5 already."),
    ]


def test_a_source_text_that_is_not_there_is_a_problem(tmp_path):
    (problem,) = lint(copy(tmp_path), tmp_path)
    assert "cannot be compared with sound.txt" in problem.message


def test_a_file_with_another_ending_is_not_passed_over_in_silence(tmp_path):
    folder = copy(tmp_path)
    (folder / "more.yml").write_text("pathway: more")
    assert messages(lint(folder)) == [("more.yml", 1, "Only files whose names end in .yaml are read.")]


def test_a_broken_file_is_one_problem_and_the_rest_is_linted_still(tmp_path):
    folder = copy(tmp_path)
    (folder / "quorum.yaml").write_text("pathway: quorum\n\ttitle: Tabs\n")
    change(folder, "begin.yaml", "come up?", "come up")
    found = messages(lint(folder))
    assert (
        "begin.yaml",
        line_of(folder / "begin.yaml", "come up"),
        "The question does not end with a question mark.",
    ) in found
    assert [line for name, line, _ in found if name == "quorum.yaml"] == [2]


@pytest.mark.parametrize("name", ["set.yaml", "events.yaml", "shared.yaml", "concern.yaml"])
@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "just words", "a: {b: [c, {d: e}]}", "steps: {x: y}\nroles: []"]
)
def test_whatever_stands_in_a_file_the_linter_answers_with_problems(tmp_path, name, text):
    folder = copy(tmp_path)
    (folder / name).write_text(text)
    assert all(problem.message and problem.line >= 1 for problem in lint(folder))
    assert lint(folder)


def test_a_path_that_does_not_exist_is_an_error():
    with pytest.raises(FileNotFoundError):
        lint(SOUND / "nowhere")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("concern.yaml", "title: A", "also: [C1, quorum]\ntitle: A", "'quorum' is also the pathway 'quorum'"),
        ("concern.yaml", "title: A", "also: [Concern]\ntitle: A", "'Concern' is its id already"),
        ("concern.yaml", "title: A", "also: [--]\ntitle: A", "'--' cannot be typed as a name"),
        (
            "concern.yaml",
            "  - id: chase",
            "  - id: chase\n    also: [Send Letter]",
            "also the duty 'send-letter'",
        ),
        (
            "events.yaml",
            "You sent the letter",
            "{name: Sent, also: [Call made]}",
            "also the event 'call-made'",
        ),
        ("events.yaml", "You sent the letter", "{name: Sent, also: [keep]}", "also the event 'keep'"),
    ],
)
def test_a_short_name_means_one_thing_in_a_set(tmp_path, file, old, new, said):
    sound = copy(tmp_path)
    path = change(sound, file, old, new)
    found = lint(sound)
    assert [(problem.file, problem.line) for problem in found] == [(str(path), line_of(path, "also:"))]
    assert said in str(found[0])


def test_a_pathway_and_a_duty_may_have_the_same_short_name(tmp_path):
    sound = copy(tmp_path)
    change(sound, "concern.yaml", "title: A", "also: [C1]\ntitle: A")
    change(sound, "concern.yaml", "  - id: chase", "  - id: chase\n    also: [C1]")
    assert lint(sound) == []
