"""`cpcli agenda` as it is typed: a cold start, in small stores and large.

python benchmarks/bench_agenda.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import which

import cpcli
from cpcli.casework.case import Case
from cpcli.casework.duty_state import DutyState
from cpcli.store.derived import Derived
from cpcli.store.key import Key, new_key, new_salt
from cpcli.store.key_file import write
from cpcli.store.store import make_encrypted, open_store

AT = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
SIZES = (10, 10_000, 100_000, 1_000_000)
SEALED = -1
"""In place of a size: the encrypted store, as small as the smallest."""
A_CASE = 1000
RUNS = 15
TASKS = 10_000
WORDS = "some words of the usual length"
CPCLI = (sys.executable, "-m", "cpcli")
TYPER = (sys.executable, "-c", "import typer")
AGENDA = (*CPCLI, "agenda")
JSON = (*CPCLI, "agenda", "--json")
MINE = (*CPCLI, "agenda", "--person", "Worker 7", "--level", "should")
OF_ONE = (*CPCLI, "agenda", "--pathway", "pathway-3", "--until", "2026-12-31")
TASK = ("task", "rc.confirmation=off", "rc.verbose=nothing", "overdue")

Run = tuple[tuple[str, ...], int]
"""A command, and how many duties the store has; 0 for none."""


def rows() -> list[tuple[str, float, float]]:
    """What was measured, its ratio, and the most that the ratio should be."""
    with tempfile.TemporaryDirectory() as folder:
        stores = {size: _store(Path(folder) / f"{size}.db", size) for size in SIZES}
        key = new_key(new_salt())
        stores[SEALED] = _store(Path(folder) / "sealed.db", SIZES[0], key)
        write(Path(folder) / "key", key)
        sealed = (*AGENDA, "--key-file", str(Path(folder) / "key"))
        runs: list[Run] = [(TYPER, 0), *((AGENDA, size) for size in SIZES), (JSON, 100_000), (sealed, SEALED)]
        runs += [(command, size) for command in (MINE, OF_ONE) for size in (10_000, 1_000_000)]
        if has_task := which("task") is not None:
            _fill_taskwarrior(Path(folder))
            runs.append((TASK, 0))
        least = _least(runs, stores, Path(folder))
    for (command, size), seconds in least.items():
        print(f"{' '.join(command[-4:])}, {size:,} duties: {seconds * 1000:.0f} ms", file=sys.stderr)
    typer, task = least[TYPER, 0], least.get((TASK, 0), 0)
    found = [
        ("start of cpcli agenda, 10 open duties, to import typer", least[AGENDA, 10] / typer, 1.6),
        ("start of cpcli agenda, 100,000 open duties, to import typer", least[AGENDA, 100_000] / typer, 1.6),
        (
            "cpcli agenda, an encrypted store with a key file, to a plain one",
            least[sealed, SEALED] / least[AGENDA, SIZES[0]],
            1.2,
        ),
        *(
            (f"cpcli agenda{what}, 1,000,000 open duties to 10,000", least[command, SIZES[-1]] / few, 1.5)
            for what, command in (("", AGENDA), (" of one person and level", MINE), (" of a pathway", OF_ONE))
            for few in [least[command, 10_000]]
        ),
    ]
    if not has_task:
        print("Taskwarrior is not here, so cpcli agenda is not compared with it.", file=sys.stderr)
        return found
    beside = f"100,000 open duties, to task overdue, {TASKS:,} tasks"
    return [
        *found,
        (f"cpcli agenda, {beside}", least[AGENDA, 100_000] / task, 1.0),
        (f"cpcli agenda --json, {beside}", least[JSON, 100_000] / task, 1.0),
    ]


def _least(runs: list[Run], stores: dict[int, Path], folder: Path) -> dict[Run, float]:
    """The shortest of several runs, in seconds; taken in turns, so that a busy machine is busy for all."""
    least: dict[Run, float] = {}
    for _ in range(RUNS):
        for command, size in runs:
            environment = {
                **os.environ,
                **_taskwarrior(folder),
                "PYTHONPATH": str(Path(cpcli.__file__).parents[1]),
                # As installed: Python's compiled files are kept from one start to the next.
                "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
                "CPCLI_STORE": str(stores.get(size, "")),
                "CPCLI_NOW": "2026-12-24T16:40",
            }
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            begin = time.perf_counter()
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
            took = time.perf_counter() - begin
            least[command, size] = min(took, least.get((command, size), took))
    return least


def _taskwarrior(folder: Path) -> dict[str, str]:
    return {"TASKDATA": str(folder / "task"), "TASKRC": str(folder / "taskrc")}


def _fill_taskwarrior(folder: Path) -> None:
    """As many tasks as it is given, due as the duties are."""
    (folder / "task").mkdir()
    (folder / "taskrc").touch()
    today = datetime.now(UTC).date()
    tasks = [
        {"description": f"2026-{number:04} {WORDS}", "project": f"case-{number // 10}", "tags": ["should"]}
        | ({"due": f"{today + timedelta((number * 13) % 1460 - 730):%Y%m%d}T000000Z"} if number % 10 else {})
        for number in range(TASKS)
    ]
    command = ["task", "rc.confirmation=off", "import", "-"]
    environment = {**os.environ, **_taskwarrior(folder)}
    given = json.dumps(tasks)
    subprocess.run(command, input=given, env=environment, capture_output=True, text=True, check=True)


def _store(path: Path, size: int, key: Key | None = None) -> Path:
    """A store with so many open duties, due over four years around now; with a key it is encrypted."""

    def derive(case: Case) -> Derived:
        number = int(case.reference[5:])
        return Derived([_duty(case.reference, number, place) for place in range(min(size, A_CASE))])

    if key is not None:
        make_encrypted(path, key)
    with open_store(path, find_key=lambda *_: key) as store:
        for _ in range(max(1, size // A_CASE)):
            store.append(None, [], who="A. Adviser", at=AT, derive=derive)
    return path


def _duty(case: str, number: int, place: int) -> DutyState:
    due = (date(2025, 1, 1) + timedelta((number * 7 + place * 13) % 1460)).isoformat() if place % 10 else ""
    fields = dict.fromkeys(DutyState._fields, WORDS)
    fields |= {
        "case": case,
        "key": f"duty-{place}",
        "state": "open",
        "due": due,
        "started": "",
        "urgency": "",
        "was_due": "",
        "source": "a-set",
        "pathway": f"pathway-{number * place % 20}",
        "assigned": f"Worker {(number + place) % 20}",
    }
    return DutyState(
        **{  # type: ignore[arg-type]
            **fields,
            "walk": 1,
            "you": True,
            "level": ("must", "should", "may")[place % 3],
            "cite": ("3.9",),
            "projected": False,
            "sort": f"1 {due}" if due else "2",
        }
    )


if __name__ == "__main__":
    for what, ratio, aim in rows():
        print(f"{what}: {ratio:.2f} (aim {aim})")
