"""Making paragraphs.txt from a document's text, for each way of citing."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from small_set import SETS

TOOL = Path(__file__).parents[2] / "tools" / "paragraphs.py"
spec = importlib.util.spec_from_file_location("paragraphs", TOOL)
paragraphs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(paragraphs)

NUMBERS = """\
1. FIRST
- 1.1 One thing.
1.2 Another; see 1.1 and 9.9.
- 3.4 Not of this section: the text has "- 3.4" at the start of a line.
2. SECOND
2.1
25 August 2017: a date.
4. A list, not a section.
ANNEX 1: More
Annex 2 is spoken of in a sentence.
"""
PARTS = """\
PART A\t15
1. First steps.....\t16
1.1 Introduction\t16
2. Referral\t20
2.1 Lost heading\t20
PART B: More....\t99
1. Again\t99
PART A
1. First steps
1.1 Introduction
- 1.1.1 One.
PART A: 1. First steps
2. Not the heading of a chapter, but of a list.
- 2.1.1 Its chapter and section were lost.
- 1.1.2 Out of its place.
2.1 Lost heading
7.5 Of no chapter.
PART B1: More
1. Again
- 1.1.1 The same number in another part.
"""
RUNNING = """\
1. Introduction\t2
2. Duties\t4

Introduction
1. The first.
2. The second.
1. Duties
Reporting a concern
- a bullet
3. The third.
A sentence that ends with a stop.
Step 2: Responding
Appendix A: Powers
"""
HEADINGS = """\
1. Types of conference
A conference is held.
Making a referral

Ring first.
Taken out of the page

17-10-2019
- A bullet
'Outline' plan
Things to bring:
  Indented
Appendix 1: Centres
Text.
The end
"""


@pytest.mark.parametrize(
    ("style", "text", "found"),
    [
        ("numbers", NUMBERS, ["1", "1.1", "1.2", "2", "2.1", "Annex 1"]),
        ("parts", PARTS, ["A 1", "A 1.1", "A 1.1.1", "A 2", "A 2.1", "A 2.1.1", "A 1.1.2", "B 1", "B 1.1.1"]),
        (
            "running",
            RUNNING,
            ["Introduction", "1", "2", "Duties", "Reporting a concern", "3", "Step 2", "Appendix A"],
        ),
        ("headings", HEADINGS, ["Types of conference", "Making a referral", "'Outline' plan", "Appendix 1"]),
    ],
)
def test_a_text_comes_to_what_can_be_cited_in_it(style, text, found):
    assert paragraphs.paragraphs(text, style) == found


def test_the_tool_prints_one_paragraph_a_line():
    run = [sys.executable, str(TOOL), "numbers", str(SETS / "sound.txt")]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["1", "1.1", "1.2", "2", "2.1", "2.2", "2.3", "2.10", "Annex 1"]
