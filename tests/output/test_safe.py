"""Text that somebody typed, made safe to show."""

import json
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.output.safe import safe, safe_json

VISIBLE = "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""What Unicode calls a format, and a script shows or needs."""


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
        ("Jo\u200bMarsh", "Jo\\u200bMarsh", "what is not seen is no part of a name"),
        ("a\U000e0041", "a\\U000e0041", "nor are tags"),
        ("می\u200cخواهم", "می\u200cخواهم", "some scripts need joiners"),
        ("J\u200do", "J\\u200do", "and ours does not"),
    ],
)
def test_what_commands_the_terminal_or_hides_is_shown_as_an_escape(text, shown, why):
    assert safe(text) == shown, why


@given(st.text())
def test_nothing_unsafe_ever_comes_through(text):
    left = safe(text)
    left.encode("utf-8")
    wrong = [c for c in left if c != "\n" and category(c) in ("Cc", "Cs", "Zl", "Zp", "Cf")]
    assert not [c for c in wrong if c not in VISIBLE]


@given(st.text())
def test_what_is_safe_already_is_left_alone(text):
    assert safe(safe(text)) == safe(text)


@given(st.text())
def test_json_made_safe_says_the_same(text):
    written = safe_json(json.dumps({text: [text]}, ensure_ascii=False))
    assert json.loads(written) == {text: [text]}
    assert not any(category(c) in ("Cc", "Zl", "Zp", "Cs") for c in written)
