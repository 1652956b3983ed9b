"""An answers file makes the same walk, and every answer that is missing, unknown or impossible is named."""

from cpcli.walk.from_file import walk_file
from kit import DANGER, FACTS

WHOLE = {"danger": "no", "concern": "new", "refer": True, "reason": "A bruise."}


def test_a_whole_file_walks_to_the_end():
    done = walk_file(DANGER, WHOLE, FACTS)
    assert done.faults == ()
    assert [(step.id, value) for step, value in done.answers] == [
        ("danger", "no"),
        ("concern", "new"),
        ("refer", "yes"),
        ("reason", "A bruise."),
    ]


def test_what_is_only_told_is_never_asked_for():
    done = walk_file(DANGER, WHOLE | {"danger": "yes"}, FACTS)
    assert done.faults == ()
    assert ("ring", "read") in [(step.id, value) for step, value in done.answers]


def test_a_missing_answer_is_named_with_its_question_and_choices():
    done = walk_file(DANGER, {k: v for k, v in WHOLE.items() if k != "concern"}, FACTS)
    assert done.faults == ("concern: missing. concern? (new, old)",)


def test_an_impossible_answer_is_named_with_the_reason():
    done = walk_file(DANGER, WHOLE | {"concern": "perhaps"}, FACTS)
    assert len(done.faults) == 1
    assert done.faults[0].startswith("concern: 'perhaps' is not one of the choices: new, old")


def test_an_unknown_key_is_named_with_the_nearest_step():
    done = walk_file(DANGER, WHOLE | {"dangr": "no"}, FACTS)
    assert done.faults == ("dangr: no step of this pathway has this id. Did you mean danger?",)


def test_every_fault_is_named_in_one_run():
    done = walk_file(DANGER, {"danger": "maybe", "refer": "maybe"}, FACTS)
    assert [fault.split(":")[0] for fault in done.faults] == ["danger", "concern", "refer", "reason"]


def test_an_answer_to_a_step_that_does_not_apply_is_mentioned():
    done = walk_file(DANGER, WHOLE | {"why-old": "Years ago"}, FACTS)
    assert done.faults == ()
    assert done.unused == ("why-old",)
