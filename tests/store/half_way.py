"""Run as a process of its own: stands in the middle of a change too big for memory, until it is killed.

half_way.py STORE
"""

import sys
from pathlib import Path

from store_help import AT, WHO, derive, open_store

from cpcli.casework.case import Case
from cpcli.casework.derived import Derived
from cpcli.casework.entry import noted


def stand(case: Case) -> Derived:
    print("half way", flush=True)
    sys.stdin.read()
    return derive(case)


with open_store(Path(sys.argv[1])) as store:
    store._connection.execute("PRAGMA cache_size=5")  # pages: what is more goes to the disk before its time
    notes = [noted(f"Sam Example told Mrs Quill {number}" * 100) for number in range(100)]
    store.append("2026-0001", notes, who=WHO, at=AT, derive=stand)
