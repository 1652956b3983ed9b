"""One event recorded, with every duty of its case worked out, and written through to the disk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.stores import AT, KEY_FILE, store_of

from cpcli.casework.entry import event_recorded
from cpcli.cli.context import save
from cpcli.store.key_file import read
from cpcli.store.store import Store, open_store

AIM_MS = 20.0
RUNS = 40
ANSWERS = Path(__file__).parent.parent / "examples" / "christmas-eve-referral.yaml"
EMPTY, FULL, SEALED = "no other case", "1,000,000 duties", "encrypted"


def rows() -> list[tuple[str, float, float]]:
    """What was measured, its ratio, and the most that the ratio should be."""
    with ExitStack() as stack:
        stores = {
            name: stack.enter_context(open_store(path, find_key=lambda _, salt: read(KEY_FILE, salt)))
            for name, path in (
                (EMPTY, store_of(0)),
                (FULL, store_of(1_000_000)),
                (SEALED, store_of(0, encrypted=True)),
            )
        }
        changes = {name: _recording(store) for name, store in stores.items()}
        least = _least(changes)
    for name, seconds in least.items():
        print(f"one change, {name}: {seconds * 1000:.2f} ms", file=sys.stderr)
    return [
        (
            "one event recorded durably, 1,000,000 duties in the store / 20 ms",
            least[FULL] * 1000 / AIM_MS,
            1.0,
        ),
        ("one event recorded, 1,000,000 duties in the store / an empty one", least[FULL] / least[EMPTY], 1.5),
        ("one event recorded, an encrypted store / a plain one", least[SEALED] / least[EMPTY], 1.5),
    ]


def _recording(store: Store) -> Callable[[], object]:
    """Records an event in a case of its own, which has walked a referral from beginning to end."""
    command = [sys.executable, "-m", "cpcli", "start", "cafcass-2017/referral", "--answers", str(ANSWERS)]
    environment = {**os.environ, "CPCLI_NOW": "2026-12-24T17:15", "CPCLI_KEY_FILE": str(KEY_FILE)}
    subprocess.run(
        [*command, "--store", str(store.path)], env=environment, stdout=subprocess.DEVNULL, check=True
    )
    case = store.references()[-1][0]
    return lambda: save(
        store, case, [event_recorded("phone-call", "2026-12-24T17:30", "They rang back")], at=AT
    )


def _least(work: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The shortest of several runs of each, in seconds; taken in turns, as a machine may be busy."""
    least = dict.fromkeys(work, float("inf"))
    for _ in range(RUNS):
        for name, run in work.items():
            begin = time.perf_counter()
            run()
            least[name] = min(least[name], time.perf_counter() - begin)
    return least
