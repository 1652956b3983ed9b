"""A thousand kills, and sixteen processes with a thousand changes each: test_crash.py, run for longer."""

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "store"))

KILLS = WRITES = 1000
AT_ONCE = 50
"""Kills of one store, before another is begun."""
EVERY = 30
"""Seconds."""


def run(share=1.0):
    """Run its tests with so many kills and writes, or a share, for a plain and an encrypted store."""
    import test_crash

    kills, test_crash.WRITES = round(KILLS * share), round(WRITES * share)
    for kind in ("plain", "encrypted"):
        os.environ["CPCLI_TEST_KIND"] = kind
        for done in range(0, kills, AT_ONCE):
            test_crash.KILLS = min(AT_ONCE, kills - done)
            with tempfile.TemporaryDirectory() as folder:
                test_crash.test_a_killed_process_loses_nothing_acknowledged_and_leaves_nothing_half_there(
                    Path(folder) / "cpcli.db"
                )
            yield f"{kind}: {done + test_crash.KILLS:,} of {kills:,} kills"
        yield from _writers(kind, test_crash)


def _writers(kind, test_crash):
    from store_help import open_store

    began, every = time.monotonic(), 16 * test_crash.WRITES
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
        path = Path(folder) / "cpcli.db"
        work = pool.submit(test_crash.test_sixteen_processes_write_at_once_and_none_is_refused, path)
        while wait([work], timeout=EVERY).not_done:
            if path.exists():
                with open_store(path, create=False, read_only=True) as store:
                    made = sum(entry.kind == "noted" for entry in store.entries()) // 2
                yield f"{kind}: {made:,} of {every:,} changes by sixteen writers at once"
        work.result()
    yield f"{kind}: all {every:,} changes are there, none refused, in {time.monotonic() - began:.0f} s"
