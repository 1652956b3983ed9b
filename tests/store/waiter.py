"""Run as a process of its own: writes one note to a store, and waits for its turn as one who waits for long.

waiter.py STORE CASE
"""

import sys
from pathlib import Path

from store_help import add, open_store

from cpcli.casework.entry import noted
from cpcli.store import turn


def main(path: Path, reference: str) -> None:
    turn.LONG = 0
    with open_store(path, waiting=lambda: print("waiting", flush=True)) as store:
        add(store, reference, noted("waited"))


main(Path(sys.argv[1]), sys.argv[2])
