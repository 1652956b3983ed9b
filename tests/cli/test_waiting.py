"""A command that has to wait for another program says so, and goes on when that has done."""

import sqlite3
import subprocess
import sys
from contextlib import closing


def test_who_waits_for_another_program_is_told_and_recorded_afterwards(case):
    with closing(sqlite3.connect(case.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waits = subprocess.Popen(
            [sys.executable, "-m", "cpcli", "case", "done", "1", "send-letter", "--at", "now"],
            env=case.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        told = waits.stderr.readline()
        other.execute("ROLLBACK")
        said, _ = waits.communicate(timeout=60)
    assert told == "Another program is writing to the store. Yours is recorded when it has done.\n"
    assert waits.returncode == 0
    assert "You should: Send the letter\n                   done Thu 24 Dec 2026 16:40" in said
