"""From blocks to lines: the same content at any width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.output.blocks import Cell, Gap, Heading, Item, Items, Para, Table, Title
from cpcli.output.layout import columns
from cpcli.output.people import plain

ROWS = Table(
    ("Due", "Case", "What"),
    (
        (Cell("Tue 29 Dec 2026\nin 1 working day"), Cell("2026-0001"), Cell("Ring the local authority " * 4)),
        (Cell("No date"), Cell("2026-0002"), Cell("Save a copy")),
    ),
)


def test_a_title_and_its_aside_share_a_line_where_they_fit():
    assert plain([Title("Case 2026-0001", "Referral")], 80) == "Case 2026-0001 · Referral\n"
    assert plain([Title("Case 2026-0001", "Referral")], 24) == "Case 2026-0001\nReferral\n"


def test_a_heading_has_an_empty_line_before_it():
    assert plain([Para("one", indent=0), Heading("Two")], 80) == "one\n\nTwo\n"


def test_a_paragraph_is_wrapped_and_keeps_its_own_lines():
    assert plain([Para("first line\nsecond line that is long", indent=2)], 24) == (
        "  first line\n  second line that is\n  long\n"
    )


def test_items_stand_one_under_the_other():
    items = Items((Item("Tue 29 Dec 2026", "Send it", ("3.9",)), Item("At once", "Ring")))
    assert plain([items], 80) == (
        "  Tue 29 Dec 2026  Send it\n"
        "                   3.9\n"
        "  At once          Ring\n"
    )  # fmt: skip


def test_in_a_narrow_window_the_text_goes_under_its_lead():
    items = Items((Item("Tue 29 Dec 2026", "Send it", ("3.9",)),))
    assert plain([items], 40) == "  Tue 29 Dec 2026\n    Send it\n    3.9\n"


def test_a_command_is_never_broken():
    command = "cpcli case event 2026-0001 local-authority-decision --at now"
    assert command in plain([Items((Item("", "Then", command=command),))], 30)


def test_an_answer_stands_under_its_question():
    assert plain([Items((Item("", "Is it so?", ("3.9",), answer="Yes"),))], 80) == (
        "  Is it so?\n    Yes\n    3.9\n"
    )


def test_a_table_on_a_terminal_breaks_its_widest_column_only():
    lines = plain([ROWS], 72).splitlines()
    assert lines[0] == "  Due               Case       What"
    assert lines[1].startswith("  Tue 29 Dec 2026   2026-0001  Ring the local authority")
    assert lines[2].startswith("  in 1 working day             ")
    assert all(columns(line) <= 72 for line in lines)


def test_a_table_in_a_pipe_has_a_line_for_each_row():
    lines = plain([ROWS], None).splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("  Tue 29 Dec 2026, in 1 working day  2026-0001  Ring the")


def test_a_table_in_a_narrow_window_has_its_cells_one_under_the_other():
    assert plain([Table(("A", "B"), ((Cell("x"), Cell("y z")),))], 30) == "  x\n    y z\n"


def test_a_citation_is_not_broken_in_two():
    assert "set\u00a03.9" not in plain([Para("word word word (set\u00a03.9)", indent=0)], 24)
    assert "(set 3.9)" in plain([Para("word word word wo (set\u00a03.9)", indent=0)], 24)


def test_what_somebody_typed_cannot_command_the_terminal():
    blocks = [
        Title("\x1b[2J", "\x1b"),
        Heading("\x1b"),
        Para("\x1b"),
        Items((Item("\x1b", "\x1b", ("\x1b",), command="\x1b", answer="\x1b"),)),
        Table(("\x1b",), ((Cell("\x1b"),),)),
    ]
    assert "\x1b" not in plain(blocks, 80)


@pytest.mark.parametrize(("text", "wide"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("漢字", 4)])
def test_columns_are_those_of_a_terminal(text, wide):
    assert columns(text) == wide


texts = st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=60)


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4), st.integers(24, 120))
def test_no_line_of_prose_is_wider_than_the_window(said, width):
    items = tuple(Item(lead[:20], text, (detail,), answer=detail) for lead, text, detail in said)
    blocks = [Items(items), Gap(), *(Para(text) for _, text, _ in said)]
    assert all(columns(line) <= max(width, 24) for line in plain(blocks, width).splitlines())
