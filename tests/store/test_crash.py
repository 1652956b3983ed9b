"""Killed at random points, and many writing at once: nothing acknowledged is lost, nothing is half there.

CPCLI_TEST_KILLS and CPCLI_TEST_WRITES make the runs longer.
"""

import os
import random
import select
import sys
from collections import Counter
from pathlib import Path

import pytest
from store_help import derive, open_store, start

from cpcli.store.making import left
from cpcli.store.store import Store

pytestmark = pytest.mark.usefixtures("kind")

KILLS = int(os.environ.get("CPCLI_TEST_KILLS", "12"))
WRITES = int(os.environ.get("CPCLI_TEST_WRITES", "20"))


def recorded_by(store: Store, name: str) -> list[tuple[int, str]]:
    """The number and the half of each note that a writer of that name made, in the journal's order."""
    texts = [e.body["text"].split() for e in store.entries() if e.who == name and e.kind == "noted"]
    return [(int(number), half) for _, number, half in texts]


def whole(numbers: int) -> list[tuple[int, str]]:
    return [(n, half) for n in range(numbers) for half in ("first", "second")]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_process_loses_nothing_acknowledged_and_leaves_nothing_half_there(path: Path) -> None:
    for kill in range(KILLS):
        name = f"writer-{kill}"
        being_made = kill % 4 == 0
        store_path = path.with_name(f"{kill}.db") if being_made else path
        writer = start("writer.py", store_path, name, 10**6)
        assert writer.stdout
        told = 0 if being_made else random.randrange(1, 60)
        for _ in range(told):
            writer.stdout.readline()
        select.select([] if told else [writer.stdout], [], [], random.random() * (0.01 if told else 0.3))
        writer.kill()
        told += sum(line.endswith("\n") for line in writer.stdout)
        writer.wait()
        with open_store(store_path) as store:
            for draft in left(store_path):  # check names what a killed making leaves, and says to delete it
                assert being_made
                draft.unlink()
            found = recorded_by(store, name)
            assert found == whole(len(found) // 2)
            assert told <= len(found) // 2 <= told + 1
            assert not (wrong := store.check(derive)), wrong


def test_sixteen_processes_write_at_once_and_none_is_refused(path: Path) -> None:
    writers = [start("writer.py", path, f"writer-{n}", WRITES) for n in range(16)]
    said = [writer.communicate()[0].split("\n") for writer in writers]
    assert said == [[*(f"recorded {n}" for n in range(WRITES)), ""]] * 16
    with open_store(path) as store:
        assert [recorded_by(store, f"writer-{n}") for n in range(16)] == [whole(WRITES)] * 16
        assert not (wrong := store.check(derive)), wrong


def test_each_new_case_gets_a_reference_of_its_own_from_processes_at_once(path: Path) -> None:
    writers = [start("writer.py", path, f"writer-{n}", 1) for n in range(8)]
    for writer in writers:
        writer.communicate()
    with open_store(path) as store:
        opened = Counter(e.case for e in store.entries() if e.kind == "case-opened")
    assert opened == Counter({f"2026-{n:04}": 1 for n in range(1, 9)})
