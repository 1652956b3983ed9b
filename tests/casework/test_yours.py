"""Whose a duty is: "You" is the role in which the walk was begun, or one that takes it in."""

from datetime import UTC, datetime

import pytest

from cpcli.casework.case import fold
from cpcli.casework.duties import duties_of
from cpcli.casework.entry import Entry, case_opened, walk_begun
from cpcli.casework.layout import Rules
from cpcli.clock.calendar import calendar
from cpcli.procedures.model import Duty, Pathway, ProcedureSet, Role
from kit import NOW

ROLES = (
    Role("professional", "Professional", can_walk=True, takes_in=("social-worker", "manager")),
    Role("social-worker", "Social worker", can_walk=True),
    Role("manager", "Manager", can_walk=True),
    Role("panel", "The panel"),
    Role("police", "Police"),
)
BY = tuple(role.id for role in ROLES)


def yours(begun_in, walker):
    """The roles whose duties say "You" in a walk of `walker`'s that was begun in the role `begun_in`."""
    owed = tuple(Duty(f"for-{by}", "Ring", by, "should", ("1",), met_by=f"for-{by}") for by in BY)
    path = Pathway("test", "test-set", "Test", "", ("1",), duties=owed, walker=walker)
    known = ProcedureSet("test-set", "Test", "1", "England", walker="professional", roles=ROLES)
    begun = [case_opened(), walk_begun(1, "test-set/test", "1", begun_in, "2026-12-24")]
    at = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
    case = fold(Entry(seq, at, "ada", "2026-0001", d.walk, d.kind, d.body) for seq, d in enumerate(begun, 1))
    rules = Rules(lambda _: path, lambda _: known, calendar)
    return {duty.by for duty in duties_of(case, rules, NOW) if duty.you}


@pytest.mark.parametrize(
    ("begun_in", "walker", "expected"),
    [
        ("social-worker", "social-worker", {"social-worker", "professional"}),
        ("manager", "social-worker", {"manager", "professional"}),
        ("professional", "social-worker", {"professional"}),
        ("manager", "", {"manager", "professional"}),
    ],
)
def test_you_is_the_role_in_which_the_walk_was_begun_and_those_that_take_it_in(begun_in, walker, expected):
    assert yours(begun_in, walker) == expected


def test_whoever_walks_for_a_panel_in_whose_role_nobody_can_begin_is_told_you_for_it():
    assert yours("manager", "panel") == {"manager", "professional", "panel"}


def test_where_nobody_said_in_which_role_it_is_the_walkers():
    assert yours("", "social-worker") == {"social-worker", "professional"}
