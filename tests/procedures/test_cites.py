"""Citations, expanded by the document's own order."""

import pytest

from cpcli.procedures.cites import Paragraphs, expand, read_paragraphs
from small_set import SOUND

NAMES = (
    "2",
    "2.1",
    "2.9",
    "2.10",
    "3",
    "Pre-Birth Conference",
    "Parents, carers and others",
    "Annex 1",
    "A-B",
)
KNOWN = Paragraphs(NAMES, {name: place for place, name in enumerate(NAMES)})


@pytest.mark.parametrize(
    ("text", "paragraphs", "unknown"),
    [
        ("2.1", ("2.1",), ()),
        ("2.1, 3", ("2.1", "3"), ()),
        ("2.1-3", ("2.1", "2.9", "2.10", "3"), ()),  # 2.9 comes before 2.10, as in the document
        ("2.1–2.9", ("2.1", "2.9"), ()),  # a dash from a word processor
        ("2.1 - 2.9, 2.9", ("2.1", "2.9"), ()),  # each once
        ("Pre-Birth Conference", ("Pre-Birth Conference",), ()),  # a hyphen of its own
        ("3-Pre-Birth Conference", ("3", "Pre-Birth Conference"), ()),
        (
            "2, Parents, carers and others, 3",
            ("2", "Parents, carers and others", "3"),
            (),
        ),  # a comma of its own
        ("A-B", ("A-B",), ()),
        ("2.2", (), ("2.2",)),
        ("2, 2.2, 3", ("2", "3"), ("2.2",)),
        ("3-2.1", (), ("3-2.1",)),  # backwards
        ("2.1-2.1", (), ("2.1-2.1",)),  # a range of one
        ("2.1,", ("2.1",), ("",)),
    ],
)
def test_a_citation_comes_to_its_paragraphs(text, paragraphs, unknown):
    assert expand(text, KNOWN) == (paragraphs, unknown)


def test_where_nothing_is_known_of_the_document_a_citation_is_taken_as_it_stands():
    assert expand("2.1, 9-12", Paragraphs()).paragraphs == ("2.1", "9-12")


def test_the_paragraphs_are_read_in_order():
    assert read_paragraphs(SOUND).order[:4] == ("1", "1.1", "1.2", "2")


def test_a_set_without_paragraphs_has_none(tmp_path):
    assert read_paragraphs(tmp_path) == Paragraphs()
