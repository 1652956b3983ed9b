"""A command that has to wait for another program says so, and goes on when that has done."""

import sqlite3
import subprocess
import sys
from contextlib import closing


def test_who_waits_for_another_program_is_told_and_recorded_afterwards(case):
    with closing(sqlite3.connect(case.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waits = subprocess.Popen(
            [sys.executable, "-m", "cpcli", "case", "note", "1", "Rang the school"],
            env=case.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        told = waits.stderr.readline()
        other.execute("ROLLBACK")
        waits.communicate(timeout=60)
    assert told == "Another program is writing to the store. Yours is recorded when it has done.\n"
    assert waits.returncode == 0
    assert "Rang the school" in case("case", "show", "1").stdout
