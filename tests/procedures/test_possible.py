"""Whether a condition can hold, against trying every answer there is."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from cpcli.procedures.model import Item, Needs, Option, Step
from cpcli.procedures.possible import Ground, can_hold
from cpcli.walk.route import route
from kit import FACTS, answers, pathway, when

VALUES = {
    "yes or no": ["yes", "no"],
    "several of": [[], ["x"], ["y"], ["x", "y"]],
    "checklist": [{"ticked": []}, {"ticked": ["x"]}, {"ticked": ["y"]}, {"ticked": ["x", "y"]}],
    "skip": {"skipped": "reason"},
}
TESTS = {
    "yes or no": [("is", "yes"), ("is", "no"), ("is not", "yes"), ("is", "yes", "no")],
    "several of": [("is", "x"), ("is not", "y"), ("is", "x", "y"), ("is not", "x", "y")],
    "checklist": [("complete",), ("not complete",)],
}
ANY = [("answered",), ("not answered",), ("skipped",)]


@st.composite
def pathways(draw):
    """Four steps, each with a condition on those before it; the last is the one that may be out of reach."""
    steps = []
    for name in "abcd":
        kind = draw(st.sampled_from(["yes or no", "several of", "checklist"]))
        steps.append(_step(name, kind, draw(_whens(steps)) if steps else (), draw(st.booleans())))
    return steps


def _whens(steps):
    choices = [(step.id, *said) for step in steps for said in TESTS[step.answer or "checklist"] + ANY] + [
        (f"{step.id}.x", said)
        for step in steps
        if step.kind == "checklist"
        for said in ("ticked", "not ticked")
    ]
    one = st.lists(st.sampled_from(choices), min_size=1, max_size=3, unique_by=lambda test: test[0])
    return st.one_of(
        st.just(()), st.lists(one, min_size=1, max_size=2).map(lambda all_: sum((when(*t) for t in all_), ()))
    )


def _step(name, kind, condition, may_skip):
    if kind == "checklist":
        items = (Item("x", "X"), Item("y", "Y"))
        return Step(
            "checklist", name, name, (), condition, items=items, needs=Needs(1, ("x", "y")), may_skip=may_skip
        )
    options = (Option("x", "X"), Option("y", "Y")) if kind == "several of" else ()
    return Step("ask", name, f"{name}?", (), condition, answer=kind, options=options, may_skip=may_skip)


@settings(max_examples=300, deadline=None)
@given(pathways())
def test_a_step_can_be_reached_if_some_answers_lead_to_it(steps):
    tried = [VALUES[step.answer or "checklist"] + [VALUES["skip"]] * step.may_skip for step in steps[:-1]]
    names = [step.id for step in steps[:-1]]
    reached = any(
        route(pathway(*steps), answers(*zip(names, said, strict=True)), FACTS)[-1].applies is True
        for said in product(*tried)
    )
    assert can_hold(steps[-1].when, Ground(steps, frozenset()), len(steps) - 1) == reached


def test_a_condition_at_the_end_of_a_long_chain_is_taken_to_hold():
    steps = [_step("s0", "yes or no", (), False)]
    for number in range(1, 1000):
        steps.append(_step(f"s{number}", "yes or no", when((f"s{number - 1}", "is", "yes")), False))
    assert can_hold(steps[-1].when, Ground(steps, frozenset()), len(steps) - 1)
