"""From the files to the model: what each key becomes."""

import pytest

from cpcli.clock.limit import parse_limit
from cpcli.procedures.catalogue import pathway, procedure_set
from cpcli.procedures.model import Departure, Event, Item, LeadsTo, Needs, Option, Otherwise, Reading, Role
from cpcli.procedures.model import Test as Says
from small_set import SOUND, change, copy


@pytest.fixture(scope="module")
def concern():
    return pathway([SOUND], "sound/concern")


@pytest.fixture(scope="module")
def steps(concern):
    return {step.id: step for step in concern.steps}


@pytest.fixture(scope="module")
def duties(concern):
    return {duty.id: duty for duty in concern.duties}


def test_the_head_of_a_pathway(concern):
    assert (concern.id, concern.source, concern.title) == ("concern", "sound", "A concern about a child")
    assert concern.cites == ("1.1", "1.2", "2", "2.1", "2.2", "2.10")
    assert concern.open_to == ("worker",)
    assert concern.otherwise == (Otherwise("Take it to the manager.", ("1.1",), ("student",)),)
    assert (concern.marking, concern.marking_cite) == ("Not for the family.", ("2.3",))
    assert not concern.standalone_checklist
    assert pathway([SOUND], "sound/quorum").standalone_checklist


def test_a_group_of_steps_is_written_out_where_it_is_used():
    steps = pathway([SOUND], "sound/begin").steps
    assert [(step.id, step.part) for step in steps] == [
        ("danger-now", "Danger"),
        ("ring-999-stay-with-the", ""),
        ("need", "What it is"),
    ]
    assert steps[1].text == "Ring 999.\nStay with the child."
    assert steps[1].urgent


def test_a_question(steps):
    assert steps["harms"].answer == "several of"
    assert steps["harms"].options[0] == Option("physical", "Physical harm")
    assert (steps["children"].person_part, steps["children"].may_skip) == ("child", True)
    assert (steps["believe"].decision, steps["believe"].why) == (True, "The judgement is yours.")
    assert steps["believe-reason"].reason_for == "believe"


def test_a_checklist(steps):
    ready = steps["ready"]
    assert ready.items[1] == Item("dob", "Dates of birth", ("2.2",))
    assert ready.needs == Needs(2, ("names", "dob", "school"))
    assert ready.if_short == "Ring all the same."
    assert pathway([SOUND], "sound/quorum").steps[1].needs == Needs(2, ("social-care", "police"))


def test_a_step_that_dates_an_event_has_its_id_from_the_event(steps):
    call = steps["call-made"]
    assert (call.event, call.answer, call.may_be_not_yet, call.planned) == (
        "call-made",
        "date and time",
        True,
        False,
    )


def test_a_condition_is_a_choice_of_alternatives_each_of_several_tests(concern):
    assert concern.steps[-1].when == (
        (Says("harms", "is", ("physical", "neglect")), Says("age", "under", ("13",))),
        (Says("call-made", "has not happened"), Says("role", "is", ("worker",)), Says("ready", "complete")),
        (Says("ready.dob", "ticked"), Says("children", "skipped")),
    )


def test_a_duty(duties):
    ring, send = duties["ring"], duties["send-letter"]
    assert (ring.limit, ring.met_by, ring.of) == (parse_limit("immediately"), "call-made", "")
    assert (send.limit, send.of, send.first_only) == (parse_limit("within 2 working days"), "call-made", True)
    assert send.differs == (
        Reading(parse_limit("within 3 working days"), "call-made", ("2.10",), "the other paragraph"),
    )
    assert send.extends == "The manager may agree a later day."
    assert (duties["chase"].met_by, duties["chase"].unless) == ("chase", ("letter-acknowledged",))


def test_a_way_on():
    first, second = pathway([SOUND], "sound/begin").leads_to
    need = (Says("danger-now", "is", ("yes",)),), (Says("need", "is", ("concern",)),)
    assert first == LeadsTo("concern", "A child may need help.", need, ("danger-now",), ("1.2",))
    assert second.carrying == ()


def test_a_set():
    made = procedure_set([SOUND], "sound")
    assert (made.title, made.edition, made.nation) == ("A small procedure", "first", "England")
    assert (made.first_day, made.walker, made.begin_with) == (0, "worker", "begin")
    assert made.roles[1:] == (Role("student", "Student", can_walk=True), Role("manager", "Manager"))
    assert made.roles[0].takes_in == ("student",)
    assert made.events[2] == Event(
        "letter-acknowledged", "The authority acknowledged the letter", from_outside=True
    )
    assert made.departure == Departure("Talk to the manager first.", "should", ("1.1",))
    assert made.notes == ("Made for the tests.",)


@pytest.mark.parametrize(
    ("written", "tests"),
    [
        ("{need: not concern}", ((Says("need", "is not", ("concern",)),),)),
        ("{need: 'not [concern, meeting]'}", ((Says("need", "is not", ("concern", "meeting")),),)),
        ("{age on call-made: at least 16}", ((Says("age on call-made", "at least", ("16",)),),)),
        ("{letter-sent: has  happened}", ((Says("letter-sent", "has happened"),),)),
        ("{need: not answered}", ((Says("need", "not answered"),),)),
    ],
)
def test_each_way_of_writing_a_condition(tmp_path, written, tests):
    folder = copy(tmp_path)
    change(folder, "begin.yaml", "when: {need: meeting}", f"when: {written}")
    assert pathway([folder], "begin").leads_to[1].when == tests


@pytest.mark.parametrize(
    ("written", "needs"),
    [
        ("all", Needs(2, ("social-care", "police"))),
        ("[police]", Needs(1, ("police",))),
        ("1 of [social-care, police]", Needs(1, ("social-care", "police"))),
    ],
)
def test_each_way_of_saying_what_is_enough_of_a_checklist(tmp_path, written, needs):
    folder = copy(tmp_path)
    change(folder, "quorum.yaml", "needs: all", f"needs: {written}")
    assert pathway([folder], "quorum").steps[1].needs == needs


def test_what_is_told_twice_without_an_id_gets_two(tmp_path):
    folder = copy(tmp_path)
    change(folder, "quorum.yaml", "steps:", "steps:\n" + "  - {tell: Bring the file., cite: '1'}\n" * 2)
    assert [step.id for step in pathway([folder], "quorum").steps[:2]] == [
        "bring-the-file",
        "bring-the-file-2",
    ]
