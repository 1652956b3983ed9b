"""Run as a process of its own, by root: takes the disk with an open store away, and says what became of it.

unmounted.py STORE: its folder is made a small file system of its own, for this process alone.
"""

import subprocess
import sys
from pathlib import Path

from store_help import add, filled, open_store

from cpcli.casework.entry import noted
from cpcli.store.faults import StoreProblem


def main(path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path.parent], check=False)
    if mounted.returncode:
        print("cannot mount")
        return
    with open_store(path) as store:
        reference = filled(store)
        subprocess.run(["umount", "--lazy", path.parent], check=True)
        try:
            add(store, reference, noted("Rang again"))
        except StoreProblem as problem:
            print(problem)
    try:
        open_store(path, create=False)
    except StoreProblem as problem:
        print(problem)


main(Path(sys.argv[1]))
