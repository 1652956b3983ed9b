"""Plain words for conditions, and the nearest of some names."""

import pytest

from cpcli.procedures.words import did_you_mean, nearest, when_words
from kit import when


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        ([("concern", "is", "unresolved")], "concern is unresolved"),
        (
            [("concern", "is", "new", "old"), ("role", "is not", "student")],
            "concern is new or old; role is not student",
        ),
        ([("age", "under", "13")], "age is under 13"),
        ([("age on call-made", "at least", "16")], "age on call-made is at least 16"),
        ([("call-made", "has not happened")], "call-made has not happened"),
        (
            [("ready.dob", "not ticked"), ("ready", "not complete")],
            "ready.dob is not ticked; ready is not complete",
        ),
        ([("why", "skipped")], "why is skipped"),
    ],
)
def test_a_condition_in_words(tests, words):
    assert when_words(when(*tests)) == words


def test_alternatives_stand_with_or_between():
    assert when_words(when(("a", "is", "yes")) + when(("b", "is", "no"))) == "a is yes, or b is no"


def test_what_always_holds_has_no_words():
    assert when_words(()) == ""


def test_the_nearest_names_come_best_first():
    assert nearest("referal", ["reference", "referral", "review"])[0] == "referral"
    assert nearest("conference", ["initial-conference", "walk"]) == ["initial-conference"]
    assert nearest("", ["a"]) == []


@pytest.mark.parametrize(
    ("name", "names", "mend"),
    [
        ("referal", ["referral", "walk"], "Did you mean `referral`?"),
        ("xyz", ["referral", "walk"], "Possible: referral, walk."),
        ("xyz", [], "There is nothing yet that it could name."),
        (
            "xyz",
            [f"n{each}" for each in range(20)],
            "Possible: " + ", ".join(f"n{each}" for each in range(12)) + " ….",
        ),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_or_with_all(name, names, mend):
    assert did_you_mean(name, names) == mend
