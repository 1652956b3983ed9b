"""Run as a process of its own: is in the midst of putting the index of a -wal in order, until it is killed.

recovering.py STORE: an index that is out of order, with the locks that keep others from it meanwhile.
"""

import fcntl
import signal
import sys
from pathlib import Path

LOCKS = (120, 8)
"""Where they are in the -shm, and how many: https://www.sqlite.org/walformat.html#locks"""

with Path(f"{sys.argv[1]}-shm").open("r+b") as index:
    fcntl.lockf(index, fcntl.LOCK_EX, LOCKS[1], LOCKS[0])
    index.write(bytes(96))
    index.flush()
    print("has it", flush=True)
    signal.pause()
