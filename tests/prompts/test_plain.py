"""The walk line by line, as a pipe or a screen reader has it."""

from io import StringIO

import pytest

from cpcli.prompts.onward import walk
from cpcli.prompts.plain import Plain
from cpcli.prompts.sitting import begin, resume
from practice import LINES, RULES, answers, case, desk, entries, environment, walked_as_far_as


@pytest.fixture
def env(tmp_path):
    return environment(tmp_path)


def start(env, lines):
    """Begin a walk with these lines; whether it was finished, and all that was written."""
    with desk(env) as at:
        return _walk(begin(at, RULES.pathway("practice/concern"), "worker"), lines)


def go_on(env, step, lines):
    """The same from before this step, with every answer up to it given."""
    walked_as_far_as(env, step)
    with desk(env) as at:
        found = at.store.case("2026-0001")
        return _walk(resume(at, found, found.walks[1]), lines)


def _walk(sitting, lines):
    out = StringIO()
    ended = walk(sitting, Plain(StringIO(lines), out), lambda case, number: None)
    return ended.finished, out.getvalue()


def test_a_whole_walk_is_read_line_by_line(env):
    finished, _ = start(env, LINES)
    assert finished
    assert case(env).walks[1].finished is not None
    assert answers(env)["ready"] == {"ticked": ["names", "address"], "why not": {"school": "Not at school"}}


def test_a_question_is_a_few_lines_that_end_with_what_to_type(env):
    _, out = start(env, "")
    assert out.splitlines()[-5:] == [
        "Question 1, 8 to 13 to go. Practice procedures, 1.",
        "Is the child in danger now?",
        "  1 Yes",
        "  2 No",
        "Type the number or the word. (/why /leave)",
    ]


def test_where_the_procedure_is_unclear_is_said_before_the_first_question(env):
    _, out = start(env, "")
    note = "Note: Paragraph 2 is about visitors and about children; it is read as both."
    assert out.index(note) < out.index("Question 1,")


def test_where_an_instruction_is_unclear_is_said_below_it(env):
    _, out = start(env, LINES)
    said = "DO NOT tell the parents yet.\n(Practice procedures, 4)\nParagraph 4 does not say until when.\n"
    assert said in out


def test_nothing_moves_the_cursor_or_has_a_colour(env):
    _, out = start(env, LINES)
    assert "\x1b" not in out and "\r" not in out


@pytest.mark.parametrize("line", ["2", "known", "Something known already", "SOMETHING KNOWN ALREADY", " 2. "])
def test_a_choice_is_its_number_its_key_or_its_text(env, line):
    go_on(env, "kind", f"{line}\n")
    assert answers(env)["kind"] == "known"


@pytest.mark.parametrize("line, key", [("y", "yes"), ("N", "no"), ("Yes", "yes"), ("2", "no")])
def test_yes_and_no_are_a_number_a_word_or_a_letter(env, line, key):
    start(env, f"{line}\n")
    assert answers(env)["danger"] == key


@pytest.mark.parametrize("line", ["4", "0", "something", "", "-1"])
def test_what_is_none_of_the_choices_is_asked_again(env, line):
    _, out = go_on(env, "kind", f"{line}\n")
    assert "is none of the choices: type a number from 1 to 3." in out
    assert "kind" not in answers(env)


@pytest.mark.parametrize(
    "line, ticked",
    [
        ("1,3", ["doctor", "company"]),
        ("3 , 1", ["doctor", "company"]),
        ("all", ["doctor", "police", "company"]),
        ("the police", ["police"]),
    ],
)
def test_several_are_given_with_commas_between(env, line, ticked):
    go_on(env, "needs", f"{line}\n")
    assert answers(env)["needs"] == ticked


def test_none_of_them_is_said_twice(env):
    _, out = go_on(env, "needs", "none\n1\n")
    assert "Nothing is ticked." in out
    assert answers(env)["needs"] == []


def test_a_number_that_is_not_on_the_list_is_named(env):
    _, out = go_on(env, "needs", "1,7\n")
    assert "'7' is none of the choices" in out


def test_a_long_text_ends_with_a_full_stop_on_a_line(env):
    go_on(env, "facts", "One.\n\n/back is a word here\n.\n")
    assert answers(env)["facts"] == "One.\n\n/back is a word here"


def test_a_date_is_read_the_british_way_and_said_back(env):
    _, out = go_on(env, "seen", "03/04/2026\n")
    assert "Understood as Fri 3 Apr 2026." in out
    assert answers(env)["seen"] == "2026-04-03"


@pytest.mark.parametrize("line", ["31/2/2026", "04/13/2026", "soon"])
def test_a_date_that_cannot_be_is_asked_again(env, line):
    _, out = go_on(env, "seen", f"{line}\n")
    assert "Please type it again." in out
    assert "seen" not in answers(env)


def test_an_urgent_instruction_waits_for_enter(env):
    _, out = start(env, "yes\nwhat?\n")
    assert "DO THIS NOW:\n- Ring 999.\n- Stay with the child.\n(Practice procedures, 1)\n" in out
    assert "What does the child need?" not in out


def test_back_asks_the_question_before_and_enter_keeps_its_answer(env):
    _, out = go_on(env, "child", "/back\n\n")
    assert "Now: 1, 3. Enter alone keeps it." in out
    assert "A doctor; Somebody with them (unchanged)" in out
    assert entries(env).count("needs") == 1


def test_going_back_twice_and_changing_asks_again_only_what_depends_on_it(env):
    go_on(env, "child", "/back\n/back\nno\n")
    assert entries(env) == ["danger", "ring", "needs", "danger"]
    assert case(env).walks[1].answers["needs"].value == ["doctor", "company"], (
        "kept, though it applies no longer"
    )


def test_back_at_the_first_question_says_that_there_is_nothing_before(env):
    _, out = start(env, "/back\n")
    assert "there is nothing before this to go back to" in out


def test_why_says_the_reason_and_the_citation(env):
    _, out = start(env, "/why\n")
    assert "Danger is dealt with first.\nFrom Practice procedures, 1." in out


def test_skipping_asks_for_the_reason(env):
    _, out = go_on(env, "how-many", "/skip\n\nNobody knows\n")
    assert "the reason for skipping may not be empty" in out
    assert answers(env)["how-many"] == {"skipped": "Nobody knows"}


def test_what_may_not_be_skipped_says_so(env):
    _, out = go_on(env, "kind", "/skip\n")
    assert "this may not be skipped" in out


def test_the_end_of_the_input_leaves_and_keeps_what_was_answered(env):
    finished, _ = start(env, "yes\n\n1\n")
    assert not finished
    assert answers(env) == {"danger": "yes", "needs": ["doctor"]}


@pytest.mark.parametrize("typed", ["Anna Example\n", "Anna Example\n\n\n", "Anna Example\n\n\n2\n"])
def test_people_who_are_half_given_are_not_kept_and_that_is_said(env, typed):
    _, out = go_on(env, "child", typed)
    assert "child" not in answers(env)
    assert "What was typed for this question is not kept" in out


def test_whoever_leaves_before_typing_a_person_is_told_nothing_more(env):
    _, out = go_on(env, "child", "/leave\n")
    assert "not kept" not in out


def test_going_back_within_a_person_asks_the_name_again(env):
    go_on(env, "child", "Ana Example\n/back\nAnna Example\n\n\n1\n")
    assert answers(env)["child"] == [{"name": "Anna Example"}]


def test_a_reason_for_what_is_not_ticked_may_be_left_empty(env):
    _, out = go_on(env, "ready", "2\n\n\n")
    assert answers(env)["ready"] == {"ticked": ["address"], "why not": {}}
    assert "Ring all the same, and say what you do not know.\nPractice procedures, 5" in out


def test_control_characters_of_the_record_are_shown_and_not_obeyed(env):
    _, out = go_on(env, "who-knows", "\x1b[2J\x07\n")
    assert "\x1b" not in out and "\\x1b[2J\\x07" in out


def test_only_a_finished_walk_asks_why_an_answer_is_corrected(env):
    _, out = go_on(env, "", "2\n10\n3\n1\n2\n")
    assert "Why is the answer corrected?" not in out
    _, out = go_on_again(env, "2\n10\n4\n\nCounted again\n1\n2\n")
    assert "Why is the answer corrected?" in out and "a correction has its reason" in out
    assert answers(env)["how-many"] == 4


def go_on_again(env, lines):
    with desk(env) as at:
        found = at.store.case("2026-0001")
        return _walk(resume(at, found, found.walks[1]), lines)


def test_looking_at_a_finished_walk_again_records_nothing(env):
    go_on(env, "", "1\n2\n")
    before = case(env).last_seq
    finished, _ = go_on_again(env, "1\n2\n")
    assert finished and case(env).last_seq == before


def test_a_way_onward_begins_with_the_answers_that_it_carries(env):
    go_on(env, "", "1\n1\nyes\n1\n")
    assert answers(env, walk=2) == {
        "danger": "yes",
        "child": [
            {"name": "Anna Example", "born": "2014-05-01"},
            {"name": "Ben Example", "relationship": "brother"},
        ],
        "answered": "yes",
    }


def test_a_way_onward_that_is_left_at_once_leaves_nothing_behind(env):
    go_on(env, "", "1\n1\n/leave\n")
    assert list(case(env).walks) == [1]


def test_changes_of_somebody_else_in_another_walk_are_no_conflict(env):
    walked_as_far_as(env, "seen")
    with desk(env) as mine, desk(env, "Sam Hill") as theirs:
        found = mine.store.case("2026-0001")
        sitting = resume(mine, found, found.walks[1])
        other = begin(theirs, RULES.pathway("practice/follow-up"), "worker", theirs.store.case("2026-0001"))
        _walk(other, "no\n")
        _walk(sitting, "yesterday\n")
    assert answers(env)["seen"] == "2026-12-23" and answers(env, walk=2) == {"danger": "no"}


def test_two_who_begin_a_walk_of_one_case_at_once_each_have_their_own(env):
    walked_as_far_as(env)
    with desk(env) as mine, desk(env, "Sam Hill") as theirs:
        follow_up, found = RULES.pathway("practice/follow-up"), mine.store.case("2026-0001")
        one, two = begin(mine, follow_up, "worker", found), begin(theirs, follow_up, "worker", found)
        _walk(one, "yes\n")
        _walk(two, "no\n")
    assert [case(env).walks[n].begun_by for n in (2, 3)] == ["Jo Field", "Sam Hill"]
    assert (answers(env, 2)["answered"], answers(env, 3)["answered"]) == ("yes", "no")
