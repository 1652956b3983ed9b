"""Run as a process of its own: records changes to a store, and says which it has been told are recorded.

writer.py STORE NAME TIMES: TIMES changes, each of two notes that belong together, a new case now and then.
"""

import sys
from pathlib import Path

from store_help import add

from cpcli.casework.entry import noted
from cpcli.store.faults import StoreProblem
from cpcli.store.store import open_store


def main(path: Path, name: str, times: int) -> None:
    try:
        with open_store(path) as store:
            reference = None
            for number in range(times):
                pair = (noted(f"{name} {number} first"), noted(f"{name} {number} second"))
                reference = add(store, None if number % 20 == 0 else reference, *pair, who=name).reference
                print("recorded", number, flush=True)
    except StoreProblem as problem:
        print("refused", problem, flush=True)


main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
