"""The walk with prompts that are drawn, typed into a real pseudo-terminal."""

from pathlib import Path

import pytest

from cpcli.store.store import open_store
from practice import (
    CHILD,
    DANGER,
    FACTS,
    FINISH,
    INFORMANT,
    MOVES,
    NEEDS,
    READ,
    READY,
    REASON,
    TYPED,
    WALK,
    answers,
    cpcli,
    entries,
    environment,
    facts,
    shown,
    walked_as_far_as,
)
from terminal import CONTROL_C, CONTROL_D, CONTROL_U, DOWN, ENTER, SPACE, UP, Terminal


@pytest.fixture
def env(tmp_path):
    return environment(tmp_path)


@pytest.fixture
def terminal(env):
    return Terminal(WALK, env)


def resumed(env, step=""):
    """A terminal in which the walk is resumed before this step."""
    walked_as_far_as(env, step)
    return Terminal(["resume"], env)


def to(*answered):
    """What is typed up to and with these answers."""
    return [move for answer in answered for move in answer]


def test_a_whole_walk_is_typed_by_key_presses(env, terminal):
    assert terminal.do(*MOVES, *FINISH).end() == 0
    record = shown(env)
    assert record["walks"][0]["next_step"] is None and record["walks"][0]["finished"]
    assert record["decisions"][0]["reason"] == "Two signs of neglect."
    assert [(d["duty"], d["due"]) for d in record["duties"]] == [("send-letter", "2026-12-29")]
    assert "Tue 29 Dec 2026" in terminal.screen


def test_every_question_says_where_it_comes_from_and_how_far_along_it_is(terminal):
    terminal.wait("Question 1, 8 to 13 to go", "Practice procedures, 1")
    terminal.do(*to(DANGER, READ)).wait("Question 2, 8 to 12 to go")


def test_an_urgent_instruction_comes_the_moment_it_applies_and_waits_to_be_read(terminal):
    terminal.do(*DANGER).wait("DO THIS NOW", "- Ring 999.", "I have read this")
    assert "What does the child need?" not in terminal.screen


def test_what_must_not_be_done_stands_out_in_words(env):
    resumed(env, "refer-reason").do(*REASON).wait("DO NOT tell the parents yet.")


def test_where_the_procedure_is_unclear_is_said_where_it_matters(env):
    told = resumed(env, "refer-reason").do(*REASON)
    told.wait("Note: Paragraph 2 is about visitors and about children; it is read as both.")
    told.wait("DO NOT tell the parents yet.", "Paragraph 4 does not say until when.")


def test_going_back_asks_the_question_before_with_its_answer(env, terminal):
    terminal.do(*to(DANGER, READ, NEEDS)).wait("Full name").type("/back" + ENTER)
    terminal.wait("Question 2", "● A doctor", "○ The police", "● Somebody with them").type(ENTER)
    terminal.wait("Question 3").type(CONTROL_C)
    terminal.end()
    assert entries(env) == ["danger", "ring", "needs"], "keeping the answer records nothing"


def test_back_in_a_list_is_a_choice_at_its_end(terminal):
    terminal.do(*to(DANGER, READ)).wait("b) Go back").type("b" + ENTER)
    terminal.wait("Question 1", "» y) Yes")


def test_a_command_in_a_list_of_boxes_cannot_be_ticked(terminal):
    terminal.do(*to(DANGER, READ)).wait("w) Why is this asked?").type("w" + SPACE)
    terminal.wait("The procedure needs to know it.", "○ A doctor")


def test_why_is_said_on_demand_with_the_other_reading(env):
    terminal = resumed(env, "kind").wait("w) Why is this asked?").type("w" + ENTER)
    terminal.wait('Paragraph 3 also speaks of "other" concerns', "What kind of concern is it?")


def test_why_in_a_text_leaves_it_to_be_answered(env, terminal):
    terminal.do(*to(DANGER, READ, NEEDS)).wait("Full name").type("/why" + ENTER)
    terminal.wait("So that the desk can find them.").do(*CHILD).wait("Who told you?")


def test_a_step_is_skipped_with_a_reason(env):
    terminal = (
        resumed(env, "informant").do(*INFORMANT).wait("Skipped: They asked not to be named").type(CONTROL_C)
    )
    terminal.end()
    assert answers(env)["informant"] == {"skipped": "They asked not to be named"}


def test_a_step_that_may_not_be_skipped_says_so(env):
    terminal = resumed(env, "facts").wait("Who knows of it already?", "What have you seen or heard?")
    terminal.type("/skip" + ENTER).wait("This may not be skipped")


def test_a_skip_without_a_reason_is_not_taken(env):
    terminal = resumed(env, "informant").do(INFORMANT[0])
    terminal.wait("Why do you skip this?").type(ENTER).wait("The reason for skipping may not be empty")


@pytest.mark.parametrize("keys, code", [(CONTROL_C, 130), (CONTROL_D, 0), ("/leave" + ENTER, 0)])
def test_leaving_keeps_the_answers_and_says_how_to_go_on(env, terminal, keys, code):
    terminal.do(*to(DANGER, READ, NEEDS)).wait("Full name").type(keys)
    assert terminal.end() == code
    assert "2 answers are kept. To go on: cpcli resume 2026-0001" in terminal.screen
    assert answers(env) == {"danger": "yes", "needs": ["doctor", "company"]}


@pytest.mark.parametrize("keys, code", [(CONTROL_C, 130), (CONTROL_D, 0), ("l" + ENTER, 0)])
def test_a_list_is_left_in_the_same_ways(env, terminal, keys, code):
    terminal.do(*DANGER).wait("I have read this").type(keys)
    assert terminal.end() == code
    assert answers(env) == {"danger": "yes"}


def test_a_start_that_is_abandoned_leaves_nothing_behind(env, terminal):
    terminal.wait("Question 1").type(CONTROL_C)
    assert terminal.end() == 130
    assert "nothing is kept" in terminal.screen
    with open_store(Path(env["CPCLI_STORE"])) as store:
        assert list(store.entries()) == []


def test_resuming_goes_on_at_the_first_question_without_an_answer(env, terminal):
    terminal.do(*to(DANGER, READ, NEEDS)).wait("Full name").type(CONTROL_C)
    terminal.end()
    Terminal(["resume"], env).wait(
        "Your last answer was:", "A doctor; Somebody with them", "Question 3, 7 to 11"
    )


def test_whoever_resumes_is_told_again_what_was_told_last(env):
    resumed(env, "ready").wait("DO NOT tell the parents yet.", "What to have ready")


def test_a_date_is_shown_back_and_asked_again_if_it_is_not_the_one(env):
    terminal = resumed(env, "seen")
    terminal.wait("When did you see the child last?").type("03/04/2026" + ENTER)
    terminal.wait("Fri 3 Apr 2026: is that right?").type("n" + ENTER)
    terminal.wait("> 03/04/2026").type(CONTROL_U + "4 March" + ENTER)
    terminal.wait("Wed 4 Mar 2026: is that right?").type(ENTER).wait("Do you refer it?").type(CONTROL_C)
    terminal.end()
    assert answers(env)["seen"] == "2026-03-04"


def test_what_is_wrong_with_a_date_is_said_under_it_while_it_is_typed(env):
    terminal = resumed(env, "seen")
    terminal.wait("When did you see the child last?").type("31/2/2026")
    terminal.wait("> 31/2/2026\n'31/2/2026' cannot be")


def test_a_time_that_has_not_come_cannot_have_happened(env):
    terminal = resumed(env, "called")
    terminal.wait("When did you ring the duty desk?").type("today 16:41")
    terminal.wait("Thu 24 Dec 2026 16:41 has not come yet")


def test_a_text_of_several_lines_ends_with_an_empty_line(env):
    terminal = resumed(env, "facts").do(*FACTS).wait("How many children live there?").type(CONTROL_C)
    terminal.end()
    assert answers(env)["facts"] == "It was dark.\nNobody came."


def test_a_pasted_text_keeps_its_empty_lines(env):
    terminal = resumed(env, "facts").wait("What have you seen or heard?")
    terminal.type("\x1b[200~One.\n\nTwo.\x1b[201~" + ENTER + ENTER).wait("How many children").type(CONTROL_C)
    terminal.end()
    assert answers(env)["facts"] == "One.\n\nTwo."


def test_a_checklist_with_less_than_it_needs_says_what_to_do_and_goes_on(env):
    terminal = resumed(env, "ready").do(*READY)
    terminal.wait("Ring all the same, and say what you do not know.", "When did you ring the duty desk?")


def test_nothing_ticked_is_asked_once_more(env, terminal):
    terminal.do(*to(DANGER, READ)).wait("○ A doctor").type(ENTER)
    terminal.wait("Nothing is ticked.").type(ENTER).wait("Full name").type(CONTROL_C)
    terminal.end()
    assert answers(env)["needs"] == []


def test_somebody_can_be_changed_or_taken_off_the_list(env, terminal):
    terminal.do(*to(DANGER, READ, NEEDS), *CHILD[:-1])
    terminal.wait("6) Take off the list: Ben Example (brother)").type("5" + ENTER)
    terminal.wait("3) Change Ben Example (brother)").type("3" + ENTER)
    terminal.wait("> Ben Example").type(CONTROL_U + "Benjamin Example" + ENTER)
    terminal.wait("Date of birth (Benjamin Example)").type(ENTER).wait("> brother").type(ENTER)
    terminal.wait("3) Change Benjamin Example (brother)").type(ENTER).wait("Who told you?").type(CONTROL_C)
    terminal.end()
    assert answers(env)["child"] == [{"name": "Benjamin Example", "relationship": "brother"}]


def test_the_record_is_read_back_numbered_with_the_decisions_first(env):
    terminal = resumed(env).wait("Finish: this is right")
    assert [
        line.strip()
        for line in terminal.screen.splitlines()
        if line.strip().startswith(("1. ", "2. ", "3. "))
    ] == [
        "1. Do you refer it?",
        "2. Why do you decide so?",
        "3. Is the child in danger now?",
    ]


def test_changing_an_answer_at_the_end_asks_only_what_depends_on_it(env):
    terminal = resumed(env).wait("Finish: this is right").type("2" + ENTER)
    terminal.wait("Which one?").type("15").wait("Type a number from 1 to 14").type(CONTROL_U + "7" + ENTER)
    terminal.wait("» 2) Something known already").type("1" + ENTER).wait(
        "Something new", "Finish: this is right"
    )
    assert "no longer applies" in terminal.screen
    terminal.type("2" + ENTER).wait("Which one?").type("7" + ENTER).wait("» 1) Something new").type(
        "2" + ENTER
    )
    terminal.wait("> The school").type(CONTROL_U + "Nobody" + ENTER).wait("Finish: this is right").type(
        CONTROL_C
    )
    terminal.end()
    assert entries(env)[-3:] == ["kind", "kind", "who-knows"]
    assert answers(env)["who-knows"] == "Nobody"


def test_an_answer_of_a_finished_walk_is_corrected_with_a_reason(env):
    resumed(env).do(*FINISH).end()
    again = Terminal(["resume", "1"], env)
    again.wait("Finish: this is right").type("2" + ENTER).wait("Which one?").type("10" + ENTER)
    again.wait("> 2").type(CONTROL_U + "3" + ENTER).wait("Why is the answer corrected?")
    again.type("I counted again" + ENTER).wait("Finish: this is right").type(ENTER).wait(
        "Where do you go on?"
    )
    again.type(CONTROL_C)
    again.end()
    with open_store(Path(env["CPCLI_STORE"])) as store:
        last = [entry for entry in store.entries() if entry.kind in ("answered", "walk-finished")][-2:]
    assert [entry.kind for entry in last] == ["answered", "walk-finished"]
    assert (last[0].body["value"], last[0].body["reason"]) == (3, "I counted again")


def test_the_way_onward_carries_its_answers_over(env):
    terminal = resumed(env).do(FINISH[0]).wait("Begin now: Following a concern up.").type(ENTER)
    terminal.wait("Question 3, the last one", "Did anybody answer the letter?").type("y" + ENTER)
    terminal.wait("3. Did anybody answer the letter?").type(ENTER)
    assert terminal.end() == 0
    carried = [(a["step"], a["carried_from"]) for a in shown(env)["answers"] if a["walk"] == 2]
    assert carried == [("danger", 1), ("child", 1), ("answered", None)]


def test_nothing_acknowledged_is_lost_when_the_power_fails_after_any_answer(env):
    """The command is killed after each answer in turn, and resumed each time."""
    now = Terminal(WALK, env)
    for number, answer in enumerate(TYPED):
        following = TYPED[number + 1][0][0] if number + 1 < len(TYPED) else "Finish: this is right"
        now.do(*answer).wait(following)
        before = entries(env)
        now.kill()
        assert entries(env) == before and len(set(before)) == len(before)
        now = Terminal(["resume"], env).wait(following)
    assert now.do(*FINISH).end() == 0
    whole = facts(shown(env))
    other = environment(Path(env["CPCLI_STORE"]).parent / "other")
    Terminal(WALK, other).do(*MOVES, *FINISH).end()
    assert whole == facts(shown(other))


def test_a_text_from_the_record_cannot_drive_the_terminal(env):
    given = '{"danger": "no", "child": {"skipped": "\\u001b[2Jgone\\u0007"}}'
    cpcli(env, *WALK, "--answers", "-", given=given)
    lines = "no\n/skip\n\x1b[2Jgone\x07\n"
    cpcli(env, *WALK, "--plain", given=lines)
    terminal = Terminal(["resume"], env).wait("\\x1b[2Jgone\\x07")
    assert "\x1b[2Jgone" not in terminal.seen


def test_somebody_else_changing_the_walk_meanwhile_loses_nothing(env, terminal):
    terminal.do(*DANGER, *READ).wait("○ A doctor")
    lines = "1\nAnna Example\n\n\n1\n"
    assert cpcli({**env, "CPCLI_USER": "Sam Hill"}, "resume", "--plain", given=lines).returncode == 2
    terminal.type(DOWN + SPACE + UP + ENTER)
    terminal.wait("Sam Hill changed this walk", "Your answer is not recorded: The police", "● A doctor").type(
        ENTER
    )
    terminal.wait("Who told you?").type(CONTROL_C)
    terminal.end()
    assert answers(env)["needs"] == ["doctor"]


def test_the_questions_can_be_drawn_in_a_small_terminal(env):
    small = Terminal(WALK, env, rows=16, columns=40)
    small.do(*to(DANGER, READ, NEEDS)).wait("Full name").type(CONTROL_C)
    assert small.end() == 130


def test_json_comes_after_the_walk_and_in_place_of_the_outcome(env):
    walked_as_far_as(env)
    terminal = Terminal(["resume", "--json"], env)
    assert terminal.do(*FINISH).end() == 0
    assert '"reference": "2026-0001"' in terminal.seen
    assert "What to do next" not in terminal.seen
