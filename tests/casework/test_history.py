"""Who did what and when: every kind of entry in words, with what stood before it."""

import pytest

from cpcli.casework.entry import (
    KINDS,
    amended,
    assigned,
    closed,
    departed,
    duty_done,
    erased,
    event_recorded,
    extended,
    marked,
    noted,
    reopened,
    unmarked,
    walk_finished,
)
from cpcli.casework.history import history
from kit import ask
from small_case import SENT, duty, entries, rules, said

ABLE = duty("chase", "within 1 working day", of="sent", extends="The manager, in writing")
RULES = rules(ABLE, steps=[ask("refer")])
NAMED, LATER = assigned("Jo Marsh"), extended(1, "chase", "2027-01-15", authority="A Manager", why="Snow")


def last(*drafts):
    one = history(entries(*drafts), RULES)[-1]
    return one.what, one.old, one.new, one.why


@pytest.mark.parametrize(
    ("drafts", "words"),
    [
        ([said("refer", "yes")], ("refer?", "", "Yes", "")),
        ([said("refer", "yes"), said("refer", "no")], ("refer?", "Yes", "No", "")),
        ([walk_finished(1)], ("Walk 1 was finished", "", "", "")),
        ([SENT], ("The letter was sent", "", "Thu 24 Dec 2026 16:30", "")),
        (
            [event_recorded("sent", "2026-12-24", "By hand")],
            ("The letter was sent", "", "Thu 24 Dec 2026", "By hand"),
        ),
        ([SENT, duty_done(1, "chase", "2026-12-24")], ("Done: Ring them", "", "Thu 24 Dec 2026", "")),
        (
            [departed(1, "chase", "Not chased", "Told in person", "B Manager", "2026-12-24")],
            ("Departure from: Ring them", "", "Not chased, agreed by B Manager", "Told in person"),
        ),
        (
            [departed(1, "", "Nothing is sent", "Told in person", "", "2026-12-24")],
            ("Departure from: A test", "", "Nothing is sent", "Told in person"),
        ),
        ([noted("All is well.")], ("A note", "", "All is well.", "")),
        ([NAMED], ("Who has this: the case", "", "Jo Marsh", "")),
        ([NAMED, assigned("")], ("Who has this: the case", "Jo Marsh", "nobody", "")),
        ([assigned("Sam Field", 1, "chase")], ("Who has this: Ring them", "", "Sam Field", "")),
        (
            [SENT, LATER],
            (
                "A later date: Ring them",
                "Tue 29 Dec 2026",
                "Fri 15 Jan 2027, on the authority of A Manager",
                "Snow",
            ),
        ),
        (
            [SENT, amended(3, "2026-12-23", reason="Wrong page")],
            (
                "Correction of entry 3: The letter was sent",
                "Thu 24 Dec 2026 16:30",
                "Wed 23 Dec 2026",
                "Wrong page",
            ),
        ),
        (
            [SENT, amended(3, None, reason="Never sent")],
            (
                "Correction of entry 3: The letter was sent",
                "Thu 24 Dec 2026 16:30",
                "it did not happen",
                "Never sent",
            ),
        ),
        ([closed("They moved")], ("The case was closed", "", "", "They moved")),
        (
            [marked("Not for the parents."), unmarked(3, "They know.")],
            ("Who may not see the record", "Not for the parents.", "taken off", "They know."),
        ),
        ([marked("Not for the parents.")], ("Who may not see the record", "", "Not for the parents.", "")),
        (
            [erased("Old.", "B Manager", "", 2)],
            ("What 2 entries said was erased", "", "Agreed by B Manager", "Old."),
        ),
        ([closed("They moved"), reopened("Back")], ("The case was opened again", "", "", "Back")),
    ],
)
def test_an_entry_says_what_it_did_and_what_stood_before_it(drafts, words):
    assert last(*drafts) == words


def test_the_first_entries_say_how_it_began():
    first, second = history(entries(), RULES)
    assert (first.entry, first.who, first.what) == (1, "ada", "The case was opened")
    assert (second.what, second.new, second.walk) == ("Walk 1 was begun: A test", "as adviser", 1)


def test_a_second_later_date_says_the_first():
    again = extended(1, "chase", "2027-01-20", authority="A Manager", why="More snow")
    assert last(SENT, LATER, again)[1] == "Fri 15 Jan 2027"


def test_every_kind_of_entry_has_its_words():
    drafts = [
        *(said("refer", "yes"), walk_finished(1), SENT, duty_done(1, "chase", "2026-12-24"), noted("x")),
        *(departed(1, "", "x", "y", "", "2026-12-24"), NAMED, LATER, amended(5, None, reason="z")),
        *(closed("x"), reopened("y"), marked("x"), unmarked(16, "y"), erased("x", "y", "z", 12)),
    ]
    told = history(entries(*drafts), RULES)
    assert {one.kind for one in told} == set(KINDS)
    assert not {one.what for one in told} & set(KINDS)


def test_no_entries_no_history():
    assert history([], RULES) == ()
