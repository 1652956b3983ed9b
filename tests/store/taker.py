"""Run as a process of its own: asks for the lock that only who is alone with a store can have.

taker.py STORE: says whether it is held by another, or free.
"""

import fcntl
import sys
from pathlib import Path

LOCKS = (0x4000_0002, 510)
"""Where whoever has a store open holds it, and how many bytes: SHARED_FIRST and SHARED_SIZE of SQLite."""

with Path(sys.argv[1]).open("r+b") as store:
    try:
        fcntl.lockf(store, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCKS[1], LOCKS[0])
        print("free")
    except OSError:
        print("held")
