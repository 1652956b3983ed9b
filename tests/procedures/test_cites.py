"""Citations, expanded by the document's own order."""

import pytest

from cpcli.procedures.cites import Paragraphs, expand, read_paragraphs, say_cites
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


BASE = Paragraphs(("A 1", "A 2", "2.1"), {"A 1": 0, "A 2": 1, "2.1": 2}, "base")
OWN = Paragraphs(("2.1", "2.2"), {"2.1": 0, "2.2": 1}, "own (local)", BASE)


@pytest.mark.parametrize(
    ("written", "cited"),
    [
        ("2.1", ("own (local): 2.1",)),
        ("A 1", ("base: A 1",)),
        ("base 2.1", ("base: 2.1",)),
        ("base: 2.1", ("base: 2.1",)),
        ("2.2, A 1-A 2", ("own (local): 2.2", "base: A 1", "base: A 2")),
        ("A 2-2.1", ("base: A 2", "base: 2.1")),
    ],
)
def test_in_a_set_that_extends_another_each_paragraph_says_whose_it_is(written, cited):
    assert expand(written, OWN) == (cited, ())


@pytest.mark.parametrize("written", ["3", "basic 2.1", "base 2.2", "2.2-A 1"])
def test_a_paragraph_that_neither_set_has_is_unknown(written):
    assert expand(written, OWN).unknown == (written,)


def test_citations_are_read_by_whose_they_are():
    assert (
        say_cites("own", ("own (local): 2.1", "base: A 1", "base: A 2")) == "own (local) 2.1; base A 1, A 2"
    )
    assert say_cites("cafcass-2017", ("3.9", "Annex 1")) == "cafcass-2017 3.9, Annex 1"
    assert say_cites("", ("3.9", "3.10")) == "3.9, 3.10"
    assert say_cites("x", ("Timing: when", "4: where")) == "x Timing: when, 4: where"
