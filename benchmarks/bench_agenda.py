"""`cpcli agenda` as it is typed: a cold start, in small stores and large.

python benchmarks/bench_agenda.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import cpcli
from cpcli.casework.case import Case
from cpcli.casework.duty_state import DutyState
from cpcli.store.derived import Derived
from cpcli.store.store import open_store

AT = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
SIZES = (10, 10_000, 100_000, 1_000_000)
A_CASE = 1000
RUNS = 15
TYPER = ("-c", "import typer")
AGENDA = ("-m", "cpcli", "agenda", "--limit", "20")


def rows() -> list[tuple[str, float, float]]:
    """What was measured, its ratio, and the most that the ratio should be."""
    with tempfile.TemporaryDirectory() as folder:
        stores = {size: _store(Path(folder) / f"{size}.db", size) for size in SIZES}
        least = _least(stores, Path(folder) / "compiled")
    typer = least[TYPER, 0]
    return [
        ("start of cpcli agenda, 10 open duties, to import typer", least[AGENDA, 10] / typer, 1.6),
        ("start of cpcli agenda, 100,000 open duties, to import typer", least[AGENDA, 100_000] / typer, 1.6),
        (
            "cpcli agenda, 1,000,000 open duties to 10,000",
            least[AGENDA, 1_000_000] / least[AGENDA, 10_000],
            1.5,
        ),
    ]


def _least(stores: dict[int, Path], compiled: Path) -> dict[tuple[tuple[str, ...], int], float]:
    """The shortest of several runs, in seconds; taken in turns, so that a busy machine is busy for all."""
    least: dict[tuple[tuple[str, ...], int], float] = {}
    for _ in range(RUNS):
        for command, size in [(TYPER, 0), *((AGENDA, size) for size in stores)]:
            environment = {
                **os.environ,
                "PYTHONPATH": str(Path(cpcli.__file__).parents[1]),
                # As installed: Python's compiled files are kept from one start to the next.
                "PYTHONPYCACHEPREFIX": str(compiled),
                "CPCLI_STORE": str(stores.get(size, "")),
                "CPCLI_NOW": "2026-12-24T16:40",
            }
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            begin = time.perf_counter()
            subprocess.run([sys.executable, *command], env=environment, stdout=subprocess.DEVNULL, check=True)
            took = time.perf_counter() - begin
            least[command, size] = min(took, least.get((command, size), took))
    return least


def _store(path: Path, size: int) -> Path:
    """A store with so many open duties, due over four years around now."""

    def derive(case: Case) -> Derived:
        number = int(case.reference[5:])
        return Derived([_duty(case.reference, number, place) for place in range(min(size, A_CASE))])

    with open_store(path) as store:
        for _ in range(max(1, size // A_CASE)):
            store.append(None, [], who="A. Adviser", at=AT, derive=derive)
    return path


def _duty(case: str, number: int, place: int) -> DutyState:
    due = (date(2025, 1, 1) + timedelta((number * 7 + place * 13) % 1460)).isoformat() if place % 10 else ""
    fields = dict.fromkeys(DutyState._fields, "some words of the usual length")
    fields |= {
        "case": case,
        "key": f"duty-{place}",
        "state": "open",
        "due": due,
        "started": "",
        "urgency": "",
    }
    return DutyState(
        **{  # type: ignore[arg-type]
            **fields,
            "walk": 1,
            "you": True,
            "level": "should",
            "cite": ("3.9",),
            "projected": False,
            "sort": f"1 {due}" if due else "2",
        }
    )


if __name__ == "__main__":
    for what, ratio, aim in rows():
        print(f"{what}: {ratio:.2f} (aim {aim})")
