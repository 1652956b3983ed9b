"""Text that somebody typed, made safe to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.output.safe import safe


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("plain words", "plain words", "nothing to do"),
        ("Zoë Ní Dhomhnaill, 42 £", "Zoë Ní Dhomhnaill, 42 £", "letters of any language stay"),
        ("one\ntwo", "one\ntwo", "a newline is a newline"),
        ("one\r\ntwo", "one\ntwo", "however it was written"),
        ("a\tb", "a b", "a tab would break the columns"),
        ("\x1b[31mred", "\\x1b[31mred", "colours are not taken from what was typed"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07", "nor is the window's title"),
        ("\x9b2J", "\\x9b2J", "an eight-bit escape is an escape too"),
        ("over\rwritten", "over\\x0dwritten", "a return would write over what stands there"),
        ("gpj.\u202eexe", "gpj.\\u202eexe", "reading order is not turned round"),
        ("a\u2028b", "a\\u2028b", "a line separator is not a newline"),
        ("\ud800", "\\ud800", "half of a surrogate pair cannot be written"),
    ],
)
def test_what_commands_the_terminal_or_hides_is_shown_as_an_escape(text, shown, why):
    assert safe(text) == shown, why


@given(st.text())
def test_nothing_unsafe_ever_comes_through(text):
    left = safe(text)
    assert left.replace("\n", "").replace("\u200d", "").isprintable() or not any(
        ord(c) < 32 for c in left if c != "\n"
    )
    left.encode("utf-8")
    assert "\x1b" not in left


@given(st.text())
def test_what_is_safe_already_is_left_alone(text):
    assert safe(safe(text)) == safe(text)
