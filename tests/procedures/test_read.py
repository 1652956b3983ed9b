"""A data file as a tree that knows its lines; whatever is in it, what is wrong is a value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpcli.procedures.from_disk import MEGABYTE
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Sequence, from_json, read, read_text, to_json

TEXT = """\
# a comment
pathway: referral
cites: "3.10"
steps:
  - ask: Is it?
    may skip: yes
  - tell: [One, "Two"]
"""


def test_every_scalar_stays_the_text_that_was_written():
    tree, problems = read_text("a: yes\nb: 3.10\nc: 2026-12-24\nd: null\ne: 0x10\nf: ~\n", "f")
    assert (dict(tree), problems) == (
        {"a": "yes", "b": "3.10", "c": "2026-12-24", "d": "null", "e": "0x10", "f": "~"},
        [],
    )


def test_every_key_and_every_member_of_a_list_knows_its_line():
    tree, _ = read_text(TEXT, "f")
    assert tree.lines == {"pathway": 2, "cites": 3, "steps": 4}
    assert tree["steps"].lines == [5, 7]
    assert tree["steps"][0].lines == {"ask": 5, "may skip": 6}
    assert tree["steps"][0].line_of("cite") == 5


@pytest.mark.parametrize(
    ("text", "line", "message", "mend"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "`a` stands here twice, first in line 1", "Keep one"),
        ("a: &x 1\n", 1, "Anchors (&) and aliases (*)", "quotation marks"),
        ("a: 1\nb: *x\n", 2, "Anchors (&) and aliases (*)", "quotation marks"),
        ("a: !!python/object:os.system 1\n", 1, "The tag", "plain text"),
        ("a: 1\n---\nb: 2\n", 2, "A second document", "`---`"),
        ("a:\n\t- b\n", 2, "cannot be read as YAML", "spaces, not tabs"),
        ("a: b: c\n", 1, "cannot be read as YAML", "colon"),
        ("a: 'b\n", 1, "cannot be read as YAML", "quotation mark"),
        ("a: [b\n", 1, "cannot be read as YAML", "bracket"),
        ("a: b\n c: d\n", 2, "cannot be read as YAML", "colon"),
        ("? [a]\n: b\n", 1, "A key must be", "`key: value`"),
        ("'': b\n", 1, "A key must be", "`key: value`"),
        ("a: b\nc\nd: e\n", 2, "cannot be read as YAML", "`key: value`"),
        ("a: b\nc: \x07\n", 2, "cannot be read as YAML", "invisible"),
        ("[" * 25 + "]" * 25, 1, "nested more than 20 deep", "indentation"),
    ],
)
def test_what_is_wrong_has_its_line_and_its_mend(text, line, message, mend):
    _, (problem,) = read_text(text, "f.yaml")
    assert (problem.file, problem.line) == ("f.yaml", line)
    assert message in problem.message
    assert mend in problem.mend
    assert "\n" not in str(problem)


def test_of_a_key_that_stands_twice_the_first_counts():
    tree, _ = read_text("a: 1\na: 2\n", "f")
    assert tree["a"] == "1"


def test_an_empty_file_is_an_empty_mapping():
    assert read_text("# nothing\n", "f") == ({}, [])


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    tree, (problem,) = read_text(bomb, "f")
    assert (tree, problem.line) == ({}, 1)


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"a: 1\nb: \xff\n", 2, "not UTF-8"),
        (b"a: " + b"x" * MEGABYTE, 1, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_not_text_or_too_large_is_a_problem(tmp_path, data, line, message):
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    tree, (problem,) = read(path)
    assert (tree, problem.file, problem.line) == ({}, str(path), line)
    assert message in problem.message


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    _, (problem,) = read(tmp_path / "f.yaml")
    assert problem.message == "It cannot be read: No such file or directory."


def test_a_mark_of_byte_order_is_passed_over(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\n")
    assert read(path) == ({"a": "b"}, [])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="abc:-[]{}#&*!|>'\"%@`\t\n ?,")))
def test_no_text_makes_the_reader_fail(text):
    tree, problems = read_text(text, "f")
    assert isinstance(tree, str | Mapping | Sequence)
    assert all(isinstance(problem, Problem) and problem.line >= 1 and problem.mend for problem in problems)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_file_makes_the_reader_fail(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "f.yaml"
    path.write_bytes(data)
    read(path)


def _lines(node):
    if isinstance(node, Mapping):
        return node.line, node.lines, [_lines(value) for value in node.values()]
    return (node.line, node.lines, [_lines(value) for value in node]) if isinstance(node, Sequence) else ()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab:-[]{}\n ,", max_size=60))
def test_a_tree_comes_back_from_json_with_its_lines(text):
    tree, _ = read_text(text, "f")
    again = from_json(to_json(tree))
    assert (again, _lines(again)) == (tree, _lines(tree))
