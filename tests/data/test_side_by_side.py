"""The sets that come with the toolkit, side by side, against what the documents say."""

import pytest

from cpcli.casework.compare import side_by_side
from cpcli.procedures.layers import data_folder
from cpcli.procedures.lint import lint
from cpcli.procedures.matched import matched
from cpcli.procedures.topics import topics

SETS = ("cafcass-2017", "set-2025", "wales-vol5", "westmids-2019", "herts-4.4.1")
C, S, W, M, H = SETS


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """compared("topic") is the topic in all five sets."""
    kept = tmp_path_factory.mktemp("kept")
    known, problems = topics([], kept)
    assert problems == []
    sets = [matched(data_folder() / name, kept) for name in SETS]

    def compare(name):
        (found,) = side_by_side(known.get(name), sets, known)["duties"]
        return {each["source"]: each for each in found["sets"]}

    return compare


LIMITS = {
    # Across documents: what a practitioner whose family crosses a border has to know first.
    "chase-acknowledgement": {
        C: {("within 1 working day", "should")},
        S: {("within 3 working days", "should")},
        W: {("within 7 working days", "must")},
        M: {("within 3 working days", "should")},
    },
    "confirm-referral": {
        C: {("at the earliest opportunity", "should")},
        S: {("within 48 hours", "should")},
        W: {("within 24 hours", "should")},
        M: {("within 48 hours", "should")},
    },
    "acknowledge-referral": {S: {("within 1 working day", "must")}, W: {(None, "should")}},
    "decide-on-referral": {
        S: {("within 1 working day", "must")},
        W: {("within 1 working day", "should")},
        M: {("within 1 working day", "must")},
    },
    "complete-assessment": {
        S: {("within 45 working days", "should")},
        W: {("within 42 working days", "must")},
        M: {(None, "statement")},
    },
    "hold-initial-conference": {
        S: {("within 15 working days", "must")},
        W: {("within 15 working days", "should")},
        H: {("within 15 working days", "should")},
    },
    "first-core-group": {
        S: {("within 10 working days", "must")},
        W: {("within 10 working days", "statement")},
        H: {("within 10 working days", "should")},
    },
    "first-review": {
        S: {("within 3 months", "should")},
        W: {("within 3 months", "should")},
        H: {("within 3 months", "must")},
    },
    "hold-transfer-in-conference": {
        S: {("within 15 working days", "must")},
        W: {("within 15 working days", "should")},
        H: {("within 15 working days", "should")},
    },
    "send-strategy-record": {
        S: {("as soon as possible", "should")},
        W: {("within 1 working day", "must")},
    },
    "meet-on-organised-abuse": {
        S: {("within 1 working day", "must")},
        M: {("within 1 working day", "should")},
    },
    "send-conference-record": {
        S: {("within 20 working days", "should")},
        H: {("within 10 working days", "should")},
    },
}


@pytest.mark.parametrize("topic", LIMITS)
def test_limits_and_levels_are_those_of_the_documents(compared, topic):
    found = {
        source: {(row["limit"], row["level"]) for row in each["duties"]}
        for source, each in compared(topic).items()
        if each["duties"]
    }
    assert found == LIMITS[topic]


def test_a_set_that_has_nothing_says_why(compared):
    known, _ = topics([])
    for topic in known.every:
        if topic.procedure:
            for source, each in compared(topic.id).items():
                assert each["duties"] or each["why"], (topic.id, source)


def test_part_b_is_said_to_be_elsewhere_and_a_missing_rule_to_be_missing(compared):
    assert compared("report-fgm")[S]["state"] == "elsewhere"
    assert "Part B, chapter 39" in compared("report-fgm")[S]["why"]
    assert compared("late-assessment")[W]["state"] == "has no"
    assert compared("hold-initial-conference")[C]["state"] == "has no"
    assert compared("hold-initial-conference")[M]["state"] == "elsewhere"


def test_the_sets_and_their_topics_are_whole():
    assert lint(data_folder()) == []
