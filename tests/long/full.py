"""Each command that changes a store, on a disk with more and more room left; root only."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LEVELS = (0, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 150_000, 200_000, 300_000, 500_000)
"""Bytes that are left."""


def run():
    """Run them with each amount left, in a plain store and in an encrypted one."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        yield "only root may mount, for one process alone, so this is left out"
        return
    for kind in ("plain", "encrypted"):
        with tempfile.TemporaryDirectory() as folder:
            script = Path(__file__).parent.parent / "full_commands.py"
            command = ["unshare", "-m", sys.executable, str(script), folder, kind, *map(str, LEVELS)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as done:
                yield from (line.rstrip() for line in done.stdout)
            assert done.returncode == 0, "what went wrong stands above"
