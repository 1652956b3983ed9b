"""Run as a process of its own: fills the disk under a store, and says what became of it.

full_disk.py STORE limit: a limit on the size of files stands in for the disk.
full_disk.py STORE mount: STORE is on a small file system of its own, made for this process alone.
full_disk.py STORE make: the same, and STORE is made there again and again, with more and more room.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from store_help import add, derive, open_store

from cpcli.casework.entry import noted
from cpcli.store.faults import StoreProblem
from cpcli.store.store import Store


def main(path: Path, how: str) -> None:
    ballast = path.parent / "ballast"
    if how in ("mount", "make"):
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path.parent], check=False)
        if mounted.returncode:
            print("cannot mount")
            return
        ballast.write_bytes(b"x" * 400_000)
    if how == "make":
        print(*make_again_and_again(path, ballast))
        return
    with open_store(path) as store:
        reference = add(store, None).reference
        if how == "limit":
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
        told = fill(store, reference)
        print("still read:", len(list(store.entries())) == 1 + 2 * told)
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    else:
        try:
            open_store(path.with_name("second.db")).close()
        except StoreProblem as problem:
            print("second store:", problem, sorted(p.name for p in path.parent.iterdir()))
        ballast.unlink()
    with open_store(path) as store:
        print("all there:", len(list(store.entries())) == 1 + 2 * told, store.check(derive))
        add(store, reference, noted("There is room again"))
        print("goes on:", store.check(derive))


def make_again_and_again(path: Path, ballast: Path) -> Iterator[str]:
    """Each time the word for what became of it: "refused" or "made", where it is so, and nothing by half."""
    ballast.write_bytes(b"x" * 1_000_000)
    while ballast.stat().st_size:
        os.truncate(ballast, max(0, ballast.stat().st_size - 16_384))
        try:
            open_store(path).close()
        except StoreProblem as problem:
            assert "is full" in str(problem), problem
            assert [file.name for file in path.parent.iterdir()] == ["ballast"]
            yield "refused"
        else:
            with open_store(path) as store:
                assert store.check(derive) == []
            path.unlink()
            yield "made"


def fill(store: Store, reference: str) -> int:
    told = 0
    while True:
        try:
            add(store, reference, noted(f"{told} first" * 500), noted(f"{told} second" * 500))
        except StoreProblem as problem:
            print("refused:", problem)
            return told
        told += 1


main(Path(sys.argv[1]), sys.argv[2])
