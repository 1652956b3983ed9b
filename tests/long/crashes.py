"""A thousand kills, and sixteen processes with a thousand changes each: test_crash.py, run for longer."""

import os
import subprocess
import sys


def run(kills=1000, writes=1000):
    """Run those tests with so many kills and writes, for a plain and an encrypted store."""
    more = {"CPCLI_TEST_KILLS": str(kills), "CPCLI_TEST_WRITES": str(writes)}
    command = [sys.executable, "-m", "pytest", "-n", "2", "tests/store/test_crash.py", "--durations=6"]
    done = subprocess.run(command, env={**os.environ, **more}, capture_output=True, text=True, check=False)
    yield f"{kills} kills, 16 processes with {writes} changes each; of a plain store and of an encrypted one"
    yield "\n".join(line for line in done.stdout.splitlines() if " call " in line or " passed" in line)
    assert done.returncode == 0, done.stdout[-2000:]
