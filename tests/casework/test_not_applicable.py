"""A duty that does not apply says so when it is asked for: the condition, and the answer that decides it."""

import pytest

from cpcli.casework.duties import duties_of
from cpcli.procedures.model import Step
from kit import NOW, ask, when
from small_case import AGAIN, CHASE, SENT, case_with, duty, rules, said

STEPS = (
    ask("refer"),
    ask("why-not", answer="short text", if_=when(("refer", "is", "no"))),
    Step("happened", "rung", "When did you ring?", ("1",), answer="date", event="call", may_be_not_yet=True),
)
RING = duty(when=when(("refer", "is", "yes")))


def every(case, *duties, steps=STEPS):
    return duties_of(case, rules(*duties, steps=steps), NOW, every=True)


def test_it_is_left_out_unless_it_is_asked_for():
    case = case_with(said("refer", "no"))
    assert duties_of(case, rules(RING, steps=STEPS), NOW) == ()
    assert [d.state for d in every(case, RING)] == ["not applicable"]


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (when(("refer", "is", "yes")), 'only where "refer?": Yes; "refer?" was answered "No"'),
        (
            when(("why-not", "answered"), ("refer", "is", "yes")),
            'only where "why-not?" is answered; "refer?": Yes; "refer?" was answered "No"',
        ),
        (
            when(("role", "is", "manager")),
            "only where whoever walks is manager; The role of whoever walks adviser",
        ),
        (when(("letter", "has happened")), "only where letter; letter has not happened"),
        (
            when(("sent", "has not happened")),
            "only where not yet: The letter was sent; sent has happened, Thu 24 Dec 2026 16:30",
        ),
    ],
)
def test_it_says_its_condition_and_what_decides_it(condition, why):
    case = case_with(SENT, said("refer", "no"))
    (found,) = every(case, duty(when=condition))
    assert (found.state, found.why) == ("not applicable", why)


def test_it_is_so_since_the_deciding_answer_was_given():
    case = case_with((1, said("refer", "yes")), (2, said("refer", "no")))
    assert [d.since for d in every(case, RING)] == ["2026-12-24T16:42"]


def test_of_alternatives_the_last_to_be_ruled_out_decides_since_when():
    case = case_with((1, said("refer", "no")), (5, said("rung", "not yet")))
    either = when(("refer", "is", "yes")) + when(("rung", "answered"))
    (found,) = every(case, duty(when=either))
    assert found.since == "2026-12-24T16:45"
    assert found.why.endswith('"refer?" was answered "No"; "rung?" was answered "Not yet"')


def test_of_several_answers_that_rule_it_out_the_first_decides_since_when():
    case = case_with((1, said("refer", "no")), (5, said("rung", "not yet")))
    (found,) = every(case, duty(when=when(("rung", "answered"), ("refer", "is", "yes"))))
    assert found.since == "2026-12-24T16:41"


def test_what_was_not_to_be_asked_is_decided_by_what_decided_that():
    case = case_with(said("refer", "yes"))
    (found,) = every(case, duty(when=when(("why-not", "is", "busy"))))
    assert found.why == 'only where "why-not?": Busy; "refer?" was answered "Yes"'


def test_before_the_deciding_answer_it_waits_for_that_answer():
    (found,) = every(case_with(), duty(of="sent", when=when(("refer", "is", "yes"))))
    assert (found.state, found.event) == ("waiting", "")
    assert found.why == 'waits for the answer to "refer?"; it applies only where "refer?": Yes'


def test_what_applies_in_one_walk_is_not_said_not_to_apply_by_another():
    case = case_with(said("refer", "yes"), AGAIN, said("refer", "no", walk=2))
    assert [(d.walk, d.state) for d in every(case, RING)] == [(1, "open")]


def test_what_two_walks_rule_out_is_said_once():
    case = case_with(said("refer", "no"), AGAIN, said("refer", "no", walk=2))
    assert [(d.walk, d.state) for d in every(case, RING)] == [(1, "not applicable")]


def test_what_does_not_apply_comes_last():
    found = every(case_with(SENT, said("refer", "no")), RING, CHASE)
    assert [d.state for d in found] == ["open", "not applicable"]
