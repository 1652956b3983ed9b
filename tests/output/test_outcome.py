"""The screen at the end of a walk, from a record."""

from cpcli.output.changes import changed, changes
from cpcli.output.outcome import outcome
from cpcli.output.people import plain
from small_record import SET, duty, record


def screen(*duties, **more):
    return plain(outcome(record(*duties, **more), lambda _: SET), None)


def test_the_walker_is_you_and_anybody_else_has_the_name_of_the_role():
    said = screen(duty(), duty(by="manager", level="may"))
    assert "You should: Ring them" in said
    assert "Team Manager may: Ring them" in said


def test_in_a_case_walked_in_several_roles_you_says_whose_it_is():
    walks = [
        {"number": 1, "title": "A concern", "source": "test", "role": "class-teacher"},
        {"number": 2, "title": "An enquiry", "source": "test", "role": "worker"},
    ]
    said = screen(duty(), duty(walk=2, state="waiting"), duty(by="manager"), walks=walks)
    assert "You (class teacher) should: Ring them" in said
    assert "You (worker) should: Ring them" in said
    assert "Team Manager should: Ring them" in said


def test_you_stays_bare_where_every_walk_of_the_case_is_of_one_role():
    walk = {"number": 1, "title": "A concern", "source": "test", "role": "worker"}
    said = screen(duty(), walks=[walk, {**walk, "number": 2}])
    assert "You should: Ring them" in said


def test_what_must_be_done_looks_different_from_what_should():
    said = screen(duty(level="must"), duty(level="should"), duty(level="statement"))
    assert "You MUST: Ring them" in said
    assert "You should: Ring them" in said
    assert "You: Ring them" in said


def test_a_due_date_is_in_full_with_how_it_was_counted_and_the_citation():
    said = screen(duty(due="2026-12-29", counted="1 working day: Fri 25 is Christmas Day"))
    assert "Tue 29 Dec 2026  You should: Ring them" in said
    assert "1 working day: Fri 25 is Christmas Day · test 3.9" in said


def test_a_step_has_the_name_that_records_it_as_done_and_says_how():
    said = screen(duty("ring"), duty("ring", walk=2), duty("write"))
    for words in ("test 3.9 · 1:ring", "test 3.9 · 2:ring", "test 3.9 · write"):
        assert words in said
    assert "When one is done: cpcli case done 2026-0001 DUTY --at now" in said


def test_what_is_urgent_has_a_word_and_no_date():
    assert "At once  You should: Ring them" in screen(duty(urgency="immediately", limit="immediately"))


def test_what_is_late_says_so():
    assert "OVERDUE" in screen(duty(due="2026-12-23"))
    assert "OVERDUE" in screen(duty(due="2026-12-24T16:39"))
    assert "OVERDUE" not in screen(duty(due="2026-12-24"))


def test_a_date_that_rests_on_unproclaimed_holidays_says_so():
    assert "not yet proclaimed" in screen(duty(due="2039-12-29", projected=True))


def test_what_waits_stands_under_its_event_with_the_command_that_records_it():
    said = screen(duty(state="waiting", event="letter-sent", limit="within 1 working day"))
    assert "Waits for: You sent the letter" in said
    assert "within 1 working day · test 3.9" in said
    assert "When it has happened: cpcli case event 2026-0001 letter-sent --at now" in said


def test_what_is_counted_back_from_a_meeting_asks_for_its_planned_date():
    said = screen(duty(state="waiting", event="meeting", limit="at least 2 working days before"))
    assert "cpcli case event 2026-0001 meeting --at WHEN --planned" in said


def test_an_event_that_is_another_duty_is_told_by_what_that_duty_does():
    said = screen(duty("ring"), duty("ask-again", state="waiting", event="ring", do="Ask again"))
    assert "Waits for: Done: Ring them" in said


def test_what_was_met_is_not_a_next_step():
    assert "Ring them" not in screen(duty(state="met"))


def test_a_marking_stands_at_the_head():
    marks = [
        {"walk": 1, "source": "test", "text": "For the court alone.", "cite": ["6"]},
        {"walk": None, "source": None, "text": "Not for Mr Quill's brother.", "cite": []},
    ]
    said = screen(marking=[*marks, marks[0]])
    assert said.replace("\u00a0", " ").splitlines()[1:3] == [
        "For the court alone. (test 6)",
        "Not for Mr Quill's brother.",
    ]


def test_where_it_leads_is_a_command():
    way = {
        "walk": 1,
        "source": "test",
        "pathway": "report",
        "title": "A report",
        "because": "It helps.",
        "cite": [],
    }
    assert "cpcli start test/report --case 2026-0001" in screen(leads_to=[way])


def test_at_the_end_of_one_walk_the_duties_of_the_whole_case_are_shown():
    said = plain(outcome(record(duty(), duty("other", walk=2, do="Write")), lambda _: SET, walk=2), None)
    assert "Write" in said
    assert "Ring them" in said


def test_a_change_is_a_duty_whose_state_or_date_is_another():
    before, after = record(duty(), duty("same")), record(duty(state="met"), duty("same"), duty("new"))
    found = changed(before, after)
    assert [each["key"] for each in found] == ["ring", "new"]
    said = plain(changes(found, "2026-12-24T16:40", lambda _: SET), None)
    assert "met       You should: Ring them" in said
    assert "Now open  You should: Ring them" in said
