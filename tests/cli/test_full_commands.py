"""Each command that changes a store, on a disk that is full and on one that may not be written."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="only root may mount, for one process alone",
)
def test_on_a_full_disk_it_is_refused_in_one_line_with_nothing_by_half_and_goes_on_when_there_is_room(
    tmp_path,
):
    script = Path(__file__).parent.parent / "full_commands.py"
    kind, free = random.choice(["plain", "encrypted"]), random.choice(["0", "20000", "60000", "250000"])
    done = subprocess.run(
        ["unshare", "-m", sys.executable, str(script), str(tmp_path), kind, free],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.stdout == "cannot mount\n":
        pytest.skip("mounting is not allowed here")
    assert done.returncode == 0, done.stdout + done.stderr
