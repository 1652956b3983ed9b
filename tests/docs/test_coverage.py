"""Every paragraph of every document is walked, or said to be reading only and why."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_paragraph_is_left_out_in_silence_and_the_page_is_current():
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "coverage.py", "--check"],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
