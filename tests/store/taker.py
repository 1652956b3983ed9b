"""Run as a process of its own: takes a store out of WAL mode, which only who is alone with it can do.

taker.py STORE: says what became of it.
"""

import sys
from contextlib import closing
from pathlib import Path

from store_help import behind

from cpcli.store.driver import errors

with closing(behind(Path(sys.argv[1]))) as connection:
    try:
        print(*connection.execute("PRAGMA journal_mode=DELETE").fetchone())
    except errors("OperationalError") as error:
        print(error)
