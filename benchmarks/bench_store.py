"""The store: one change made durable, and the first screen of the agenda, in small stores and large.

python benchmarks/bench_store.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cpcli.casework.case import Case
from cpcli.casework.duty_state import STATES, DutyState
from cpcli.casework.entry import noted
from cpcli.store.derived import Derived
from cpcli.store.key import new_key, new_salt
from cpcli.store.store import Store, make_encrypted, open_store

AT = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
APPEND_MS = 20.0
SCREEN_MS = 20.0


def rows() -> list[tuple[str, float, float]]:
    """What was measured, its ratio (to the small store, or to the time aimed at), and the ratio aimed at."""
    with tempfile.TemporaryDirectory() as folder:
        small = _append(Path(folder) / "small.db", entries=10)
        large = _append(Path(folder) / "large.db", entries=100_000)
        sealed = _append(Path(folder) / "sealed.db", entries=10, encrypted=True)
        few = _screen(Path(folder) / "few.db", duties=10_000)
        many = _screen(Path(folder) / "many.db", duties=1_000_000)
    _say("one change, 10 entries in the store", small)
    _say("one change, 100,000 entries in the store", large)
    _say("one change, 10 entries in an encrypted store", sealed)
    for what, one, other in zip(("first screen", "counts of duties"), few, many, strict=True):
        _say(f"{what}, 10,000 duties", one)
        _say(f"{what}, 1,000,000 duties", other)
    return [
        ("one change made durable in a store of 100,000 entries, to 20 ms", large / APPEND_MS, 1.0),
        ("one change, 100,000 entries to 10", large / small, 1.5),
        ("one change in an encrypted store, to a plain one", sealed / small, 1.5),
        ("first screen of the agenda with 1,000,000 duties, to 20 ms", many[0] / SCREEN_MS, 1.0),
        ("first screen of the agenda, 1,000,000 duties to 10,000", many[0] / few[0], 1.5),
    ]


def _append(path: Path, entries: int, *, encrypted: bool = False) -> float:
    """Milliseconds for one change to a case of ten entries, in a store of so many."""
    key = new_key(new_salt())
    if encrypted:
        make_encrypted(path, key)
    with open_store(path, find_key=lambda *_: key) as store:
        for _ in range(max(1, entries // 1000)):
            _add(store, None, min(entries, 1000) - 1)
        case = _add(store, None, 9)
        return _milliseconds(lambda: _add(store, case, 1), times=50)


def _add(store: Store, case: str | None, changes: int) -> str:
    drafts = [noted(f"Note {n}, in the words of whoever made it") for n in range(changes)]
    return store.append(case, drafts, who="A. Adviser", at=AT, derive=lambda _: Derived()).reference


def _screen(path: Path, duties: int) -> tuple[float, float]:
    """Milliseconds to open the store and read fifty duties, worst first; and to open it and count all."""

    def derive(case: Case) -> Derived:
        return Derived([_duty(case.reference, n) for n in range(1000)])

    with open_store(path) as store:
        for _ in range(duties // 1000):
            store.append(None, [], who="A. Adviser", at=AT, derive=derive)

    def screen() -> None:
        with open_store(path, read_only=True) as store:
            assert len(list(store.duties(states=("open", "waiting"), limit=50))) == 50

    def counts() -> None:
        with open_store(path, read_only=True) as store:
            store.duty_counts("2026-12-24", "2026-12-24T16:40")

    return _milliseconds(screen, times=50), _milliseconds(counts, times=5)


def _duty(case: str, number: int) -> DutyState:
    state = STATES[number % len(STATES)]
    due = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}" if number % 5 else ""
    return DutyState(
        **dict.fromkeys(DutyState._fields, "some words of the usual length")  # type: ignore[arg-type]
        | {
            "case": case,
            "walk": 1,
            "you": True,
            "key": f"duty-{number}",
            "cite": ("3.9",),
            "state": state,
            "due": due,
        }
        | {"projected": False, "sort": f"{'1 ' + due if due else '2'}" if state == "open" else "9"}
    )


def _milliseconds(run: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        took.append(time.perf_counter() - begun)
    return min(took) * 1000  # other work on the machine only adds


def _say(what: str, milliseconds: float) -> None:
    print(f"{what}: {milliseconds:.2f} ms", file=sys.stderr)


if __name__ == "__main__":
    for what, ratio, aim in rows():
        print(f"{what}: {ratio:.2f} (aim {aim})")
