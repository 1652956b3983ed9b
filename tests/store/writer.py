"""Run as a process of its own: records changes to a store, and says which it has been told are recorded.

writer.py STORE NAME TIMES [WAIT]: TIMES changes, each of two notes that belong together, a new case now and
then. WAIT is how many seconds it waits for others.
"""

import sys
from pathlib import Path

from store_help import add, open_store

from cpcli.casework.entry import noted
from cpcli.store.faults import StoreProblem


def main(path: Path, name: str, times: int, wait: float = 10) -> None:
    try:
        with open_store(path, wait=wait) as store:
            reference = None
            for number in range(times):
                pair = (noted(f"{name} {number} first"), noted(f"{name} {number} second"))
                reference = add(store, None if number % 20 == 0 else reference, *pair, who=name).reference
                print("recorded", number, flush=True)
    except StoreProblem as problem:
        print("refused", problem, flush=True)


main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *map(float, sys.argv[4:]))
