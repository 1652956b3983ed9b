"""docs/reference.md is made from the code."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[2]
TOOL = TOP / "tools" / "reference.py"


def test_the_page_is_what_the_tool_writes():
    program = f"import runpy; print(runpy.run_path({str(TOOL)!r})['page'](), end='')"
    made = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(TOP / "src")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    page = (TOP / "docs" / "reference.md").read_text(encoding="utf-8")
    assert page == made.stdout, "run: python tools/reference.py"


def test_every_variable_that_the_code_reads_is_on_the_page():
    assert runpy.run_path(str(TOOL))["undocumented"]() == set()


def test_what_an_option_takes_is_said_in_words_and_not_as_a_type():
    page = (TOP / "docs" / "reference.md").read_text(encoding="utf-8")
    assert not re.findall(r"<str>|<list\[.*|\]\.\.\.\]\.\.\.", page)
    assert "cpcli case export [OPTIONS] [CASE]...\n" in page
