"""A walk is a list: the next step is the first that applies and is not answered."""

from datetime import date

import pytest

from cpcli.procedures.model import Item, Needs, Option, Step
from cpcli.walk.route import next_step, progress, route, step_before
from kit import DANGER, FACTS, NOW, answers, ask, pathway, when


def at(path, said, facts=FACTS):
    step = next_step(route(path, answers(*said), facts))
    return step.id if step else None


@pytest.mark.parametrize(
    ("said", "next_id"),
    [
        ([], "danger"),
        ([("danger", "no")], "concern"),
        ([("danger", "yes")], "ring"),
        ([("danger", "yes"), ("ring", "read")], "concern"),
        ([("danger", "no"), ("concern", "old")], "why-old"),
        ([("danger", "no"), ("concern", "new")], "refer"),
        ([("danger", "no"), ("concern", "new"), ("refer", "no"), ("reason", "No harm.")], None),
    ],
)
def test_the_next_step_is_the_first_unanswered_one_that_applies(said, next_id):
    assert at(DANGER, said) == next_id


def test_an_urgent_instruction_comes_at_once_when_an_earlier_answer_changes_to_danger():
    said = [("danger", "no"), ("concern", "new"), ("danger", "yes")]
    assert at(DANGER, said) == "ring"


def test_what_no_longer_applies_falls_away_and_keeps_its_answer():
    places = route(DANGER, answers(("concern", "old"), ("why-old", "Years ago"), ("concern", "new")), FACTS)
    place = next(p for p in places if p.step.id == "why-old")
    assert place.applies is False
    assert place.answer.value == "Years ago"
    assert place.value is None


def test_changing_a_decision_reopens_its_reason_and_nothing_else():
    whole = [("danger", "no"), ("concern", "new"), ("refer", "no"), ("reason", "No harm."), ("refer", "yes")]
    places = route(DANGER, answers(*whole), FACTS)
    assert [p.step.id for p in places if p.reopened] == ["reason"]
    assert at(DANGER, whole) == "reason"


def test_giving_the_same_answer_again_reopens_nothing():
    whole = [("danger", "no"), ("concern", "new"), ("refer", "no"), ("reason", "No harm."), ("refer", "no")]
    assert at(DANGER, whole) is None


def test_a_carried_answer_stands_once_the_question_that_it_depends_on_is_answered():
    said = answers(("why-old", "Years ago"), ("danger", "no"), ("concern", "old"), carried=["why-old"])
    assert next_step(route(DANGER, said, FACTS)).id == "refer"


def test_a_carried_answer_is_asked_again_when_what_it_depends_on_becomes_another():
    path = pathway(ask("who", answer="short text"), ask("where", if_=when(("who", "answered"))))
    said = [("where", "yes"), ("who", "Ada"), ("who", "Ben")]
    assert next_step(route(path, answers(*said, carried=["where"]), FACTS)).id == "where"


def test_changing_the_date_of_an_event_reopens_the_steps_that_compare_it():
    path = pathway(
        Step(
            "happened",
            "rang",
            "When did you ring?",
            ("1",),
            answer="date",
            event="called",
            may_be_not_yet=True,
        ),
        ask("who", answer="short text", if_=when(("called", "has happened"))),
    )
    said = [("rang", "2026-12-23"), ("who", "Duty desk"), ("rang", "2026-12-24")]
    assert at(path, said) == "who"


def test_going_back_goes_to_the_question_before_and_passes_over_what_was_only_told():
    places = route(DANGER, answers(("danger", "yes"), ("ring", "read")), FACTS)
    concern = next(p.step for p in places if p.step.id == "concern")
    assert step_before(places, concern).id == "danger"


def test_there_is_nothing_to_go_back_to_from_the_first_question():
    places = route(DANGER, {}, FACTS)
    assert step_before(places, places[0].step) is None


@pytest.mark.parametrize(
    ("said", "expected", "because"),
    [
        ([], (0, 4, 5), "why-old depends on an answer still to come"),
        ([("danger", "no")], (1, 3, 4), "what is told is not counted"),
        ([("danger", "no"), ("concern", "new")], (2, 2, 2), "the branch is known now"),
        ([("danger", "no"), ("concern", "old")], (2, 3, 3), "the branch adds a question"),
    ],
)
def test_progress_is_a_range_until_the_branches_are_known(said, expected, because):
    assert tuple(progress(route(DANGER, answers(*said), FACTS))) == expected, because


LIST = Step(
    "checklist",
    "quorum",
    "Who is there?",
    ("1",),
    items=(Item("police", "Police"), Item("health", "Health"), Item("school", "School")),
    needs=Needs(2, ("police", "health", "school")),
)
KINDS = Step(
    "ask", "kinds", "Which?", ("1",), answer="several of", options=(Option("a", "A"), Option("b", "B"))
)


@pytest.mark.parametrize(
    ("test", "said", "holds"),
    [
        (("kinds", "is", "a"), [("kinds", ["a", "b"])], True),
        (("kinds", "is", "a"), [("kinds", ["b"])], False),
        (("kinds", "is not", "a"), [("kinds", ["b"])], True),
        (("kinds", "is not", "a"), [("kinds", [])], True),
        (("kinds", "is", "a"), [], None),
        (("kinds", "answered"), [("kinds", [])], True),
        (("kinds", "skipped"), [("kinds", {"skipped": "No time"})], True),
        (("kinds", "is not", "a"), [("kinds", {"skipped": "No time"})], False),
        (("kinds", "not answered"), [("kinds", {"skipped": "No time"})], True),
        (("quorum.police", "ticked"), [("quorum", {"ticked": ["police"], "why not": {}})], True),
        (("quorum.police", "not ticked"), [("quorum", {"ticked": [], "why not": {}})], True),
        (("quorum", "complete"), [("quorum", {"ticked": ["police", "school"], "why not": {}})], True),
        (("quorum", "complete"), [("quorum", {"ticked": ["police"], "why not": {}})], False),
        (("quorum", "not complete"), [("quorum", {"ticked": ["police"], "why not": {}})], True),
        (("role", "is", "adviser", "manager"), [], True),
        (("role", "is not", "adviser"), [], False),
    ],
)
def test_a_condition_compares_what_was_answered(test, said, holds):
    path = pathway(LIST, KINDS, ask("then", if_=when(test)))
    assert next(p.applies for p in route(path, answers(*said), FACTS) if p.step.id == "then") is holds


def test_any_of_several_alternatives_is_enough():
    either = (*when(("danger", "is", "yes")), *when(("concern", "is", "old")))
    path = pathway(ask("danger"), ask("concern"), ask("then", if_=either))
    assert route(path, answers(("danger", "no"), ("concern", "old")), FACTS)[2].applies is True
    assert route(path, answers(("danger", "no"), ("concern", "new")), FACTS)[2].applies is False


@pytest.mark.parametrize(
    ("born", "test", "holds", "because"),
    [
        ("2008-12-25", ("age", "under", "18"), True, "eighteen tomorrow"),
        ("2008-12-24", ("age", "under", "18"), False, "eighteen today: reached at the start of the birthday"),
        ("2008-12-24", ("age", "at least", "18"), True, "the same, seen from above"),
        (None, ("age", "under", "18"), False, "no date of birth, and no question left that could give one"),
    ],
)
def test_ages_are_taken_on_the_day_the_walk_began(born, test, holds, because):
    path = pathway(ask("then", if_=when(test)))
    facts = FACTS._replace(born=(born,) if born else ())
    assert route(path, {}, facts)[0].applies is holds, because


def test_a_birthday_of_29_february_falls_on_1_march_in_other_years():
    path = pathway(ask("then", if_=when(("age", "at least", "18"))))
    facts = FACTS._replace(born=("2008-02-29",))
    assert route(path, {}, facts._replace(begun=date(2026, 2, 28)))[0].applies is False
    assert route(path, {}, facts._replace(begun=date(2026, 3, 1)))[0].applies is True


def test_an_age_can_be_taken_on_the_day_of_an_event():
    path = pathway(ask("then", if_=when(("age on told", "under", "18"))))
    facts = FACTS._replace(born=("2008-06-01",), events={"told": ("2026-05-31",)})
    assert route(path, {}, facts)[0].applies is True


def test_a_planned_event_has_not_happened_until_its_day():
    path = pathway(ask("then", if_=when(("conference", "has happened"))))
    facts = FACTS._replace(events={"conference": ("2027-01-05",)})
    assert route(path, {}, facts)[0].applies is False
    assert route(path, {}, facts._replace(now=NOW.replace(year=2027, month=1, day=5)))[0].applies is True
