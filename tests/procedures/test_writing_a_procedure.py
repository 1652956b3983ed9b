"""The guide's first example is a whole set, and the linter says of it what the guide says."""

import re
from pathlib import Path

import pytest

from cpcli.procedures.lint import check, lint
from cpcli.procedures.read import read_text

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-a-procedure.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:yaml|text)\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def written(tmp_path):
    """The files of the first example, as the reader would write them."""
    for block in BLOCKS:
        named = re.match(r"# (\S+/\S+)\n", block)
        if named or block.startswith("1\n"):
            path = tmp_path / (named[1] if named else "centre-visits/paragraphs.txt")
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, encoding="utf-8")
    return tmp_path


def test_what_the_reader_is_told_to_write_is_whole(written):
    assert check([written]) == (3, [])


def test_a_slip_is_answered_as_the_guide_says(written):
    path = written / "centre-visits" / "visitor.yaml"
    path.write_text(path.read_text().replace("when: {danger-now", "when: {dangr-now"))
    (problem,) = lint(written)
    said = str(problem).partition("centre-visits/")[2]
    assert f"sets/centre-visits/{said}" in GUIDE


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_can_be_read(block):
    assert read_text(block, "f")[1] == []
