"""The guide's examples are whole sets, and the linter says of them what the guide says."""

import re
import shutil
from pathlib import Path

import pytest

from cpcli.procedures.lint import check, lint
from cpcli.procedures.read import read_text

TOP = Path(__file__).parents[2]
GUIDE = (TOP / "docs" / "writing-a-procedure.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(?:yaml|text)\n(.*?)```", GUIDE, re.DOTALL)
SETS = {"centre-visits": "1\n1.1\n", "north-team": "1\n2.1\n"}
"""The sets that the reader writes, and how the paragraphs of each begin."""


@pytest.fixture
def written(tmp_path):
    """The files of the examples, as the reader would write them."""
    for block in BLOCKS:
        named = re.match(r"# (\S+/\S+)\n", block)
        lists = [name for name, begins in SETS.items() if block.startswith(begins)]
        if named or lists:
            path = tmp_path / (named[1] if named else f"{lists[0]}/paragraphs.txt")
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, encoding="utf-8")
    return tmp_path


def test_what_the_reader_is_told_to_write_is_whole(written):
    assert check([written]) == (8, [])


def test_the_set_that_varies_another_is_the_one_among_the_examples(written):
    there = {path.name: path.read_text() for path in (TOP / "examples" / "north-team").iterdir()}
    assert {path.name: path.read_text() for path in (written / "north-team").iterdir()} == there


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("centre-visits/visitor.yaml", "when: {danger-now", "when: {dangr-now"),
        ("north-team/referral.yaml", "varies: chase-acknowledgement", "varies: chase-acknowledgment"),
    ],
)
def test_a_slip_is_answered_as_the_guide_says(written, file, old, new):
    path = written / file
    path.write_text(path.read_text().replace(old, new))
    shutil.rmtree(next(each for each in written.iterdir() if each != path.parent))
    (problem,) = lint(written)
    assert f"sets/{str(problem).removeprefix(str(written) + '/')}" in GUIDE


@pytest.mark.parametrize("block", BLOCKS)
def test_every_example_can_be_read(block):
    assert read_text(block, "f")[1] == []
