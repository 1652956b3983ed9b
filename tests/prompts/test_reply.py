"""A question as it is put to a person."""

import pytest

from cpcli.procedures.model import Step
from cpcli.prompts.asker import can_be_drawn
from cpcli.prompts.reply import Question, telling


def question(number, at_least, at_most, before=None):
    return Question(
        Step("ask", "a", "A?", ("1",)), number, at_least, at_most, "", before, False, lambda raw: raw
    )


@pytest.mark.parametrize(
    "at_least, at_most, said",
    [
        (4, 9, "Question 5, 4 to 9 to go"),
        (4, 4, "Question 5, 4 to go"),
        (0, 3, "Question 5, up to 3 to go"),
        (0, 0, "Question 5, the last one"),
    ],
)
def test_progress_is_a_range_where_branches_may_change_it(at_least, at_most, said):
    assert question(5, at_least, at_most).progress == said


@pytest.mark.parametrize(
    "urgent, text, heading, line",
    [
        (True, "Ring 999.", "DO THIS NOW", "Ring 999."),
        (False, "Do not tell the parents.", "", "DO NOT tell the parents."),
        (False, "Nobody but the court sees it.", "DO NOT", "Nobody but the court sees it."),
        (True, "Do not leave.", "DO THIS NOW", "DO NOT leave."),
    ],
)
def test_what_is_urgent_or_forbidden_says_so_in_words(urgent, text, heading, line):
    step = Step("tell", "t", text, ("4",), urgent=urgent, prohibits="999" not in text)
    told = telling(step, "Practice")
    assert (told.heading, told.lines, told.source) == (heading, (line,), "Practice, 4")


@pytest.mark.parametrize(
    "plain, stdin, stdout, term, drawn",
    [
        (False, True, True, "xterm-256color", True),
        (False, True, True, "", True),  # Windows has no TERM
        (True, True, True, "xterm", False),
        (False, False, True, "xterm", False),
        (False, True, False, "xterm", False),
        (False, True, True, "dumb", False),
    ],
)
def test_prompts_are_drawn_only_on_a_terminal_that_can(plain, stdin, stdout, term, drawn):
    assert can_be_drawn(plain=plain, stdin_is_terminal=stdin, stdout_is_terminal=stdout, term=term) is drawn
