"""JSON as programs get it."""

import io
import json
from contextlib import redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.output.data import write_object
from cpcli.output.safe import safe_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def written(value: object) -> str:
    """What write_object() puts on standard output."""
    with redirect_stdout(io.StringIO()) as out:
        write_object(value)
    return out.getvalue()


@given(VALUES)
def test_an_object_is_written_as_python_itself_indents_it(value: object) -> None:
    assert written(value) == safe_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


@pytest.mark.parametrize("rows", [[], [{"a": 1}], [{"a": [1, "é"]}, {}]])
def test_a_list_can_be_given_as_it_comes(rows: list[object]) -> None:
    assert written({"rows": iter(rows), "more": []}) == written({"rows": rows, "more": []})
