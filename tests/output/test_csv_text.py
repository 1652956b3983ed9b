"""CSV for spreadsheets."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.output.csv_text import csv_line, csv_text
from cpcli.output.safe import safe


@pytest.mark.parametrize(
    ("value", "cell", "why"),
    [
        ("=1+1", "'=1+1", "a formula"),
        ("+44 1632 960000", "'+44 1632 960000", "so is a sum"),
        ("-2", "'-2", "a text that looks like a number is no number"),
        ("@SUM(A1)", "'@SUM(A1)", "an old way to begin a formula"),
        ("\tx", "' x", "a tab is passed over, and what follows taken for a formula"),
        ("\rx", "'\\x0dx", "so is a carriage return"),
        ("a\x1b[2J", "a\\x1b[2J", "what commands a terminal is shown, since CSV is looked at there too"),
        ("  =1", "'  =1", "and so are spaces"),
        ("＝1", "'＝1", "full width, which some spreadsheets take for the same"),
        ("Ring them", "Ring them", "text"),
        ("3.9 = 3.10", "3.9 = 3.10", "a sign further on does nothing"),
        (-2, "-2", "a number stays one"),
        (True, "true", "as JSON writes it"),
        (None, "", "nothing"),
    ],
)
def test_what_begins_as_a_formula_is_made_text(value, cell, why):
    ((found,),) = csv.reader(io.StringIO(csv_line([value]), newline="")) if cell else ([""],)
    assert found == cell, why


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=2))
def test_no_cell_begins_as_a_formula_and_each_is_read_back(values):
    (found,) = csv.reader(io.StringIO(csv_line(values), newline=""))
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in found)
    assert [cell.removeprefix("'") for cell in found] == [safe(value).removeprefix("'") for value in values]


def test_a_mark_for_excel_comes_first_where_it_is_asked_for():
    assert "".join(csv_text(["a"], [["é"]], bom=True)) == "\ufeffa\né\n"
    assert "".join(csv_text(["a"], [["é"]])) == "a\né\n"
