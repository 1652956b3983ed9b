"""`cpcli agenda` as it is typed: a cold start, in small stores and large; and Taskwarrior beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which

from benchmarks.stores import FOLDER, KEY_FILE, WORDS, store_of

import cpcli

FEW, SOME, MANY, MOST = 10, 10_000, 100_000, 1_000_000
SEALED = -1
"""In place of a number of duties: the encrypted store, as small as the smallest."""
RUNS = 15
TASKS = 10_000
TYPER = (sys.executable, "-c", "import typer")
AGENDA = (sys.executable, "-m", "cpcli", "agenda")
JSON = (*AGENDA, "--json")
MINE = (*AGENDA, "--person", "Worker 7", "--level", "should")
OF_ONE = (*AGENDA, "--pathway", "pathway-3", "--until", "2026-12-31")
OPENED = (*AGENDA, "--key-file", str(KEY_FILE))
TASK = ("task", "rc.confirmation=off", "rc.verbose=nothing", "overdue")
FLAT = (("", AGENDA), (" --json", JSON), (" of one person and level", MINE), (" of a pathway", OF_ONE))

Run = tuple[tuple[str, ...], int]
"""A command, and how many duties the store has; 0 for none."""


def rows() -> list[tuple[str, float, float]]:
    """What was measured, its ratio, and the most that the ratio should be."""
    runs: list[Run] = [(TYPER, 0), (AGENDA, FEW), (OPENED, SEALED), (AGENDA, MANY), (JSON, MANY)]
    runs += [(command, size) for _, command in FLAT for size in (SOME, MOST)]
    if has_task := which("task") is not None:
        _fill_taskwarrior()
        runs.append((TASK, 0))
    least = _least(runs)
    for (command, size), seconds in least.items():
        print(f"{' '.join(command[-4:])}, {size:,} duties: {seconds * 1000:.0f} ms", file=sys.stderr)
    typer, small, large = least[TYPER, 0], least[AGENDA, FEW], least[AGENDA, MANY]
    found = [
        ("start of cpcli agenda / import typer", small / typer, 1.6),
        ("cpcli agenda with 460 of 100,000 open duties on its screen / import typer", large / typer, 2.0),
        (
            "cpcli agenda, an encrypted store with a key file / a plain one",
            least[OPENED, SEALED] / small,
            1.2,
        ),
        *(
            (f"cpcli agenda{what}, 1,000,000 open duties / 10,000", least[of, MOST] / least[of, SOME], 1.5)
            for what, of in FLAT
        ),
    ]
    if not has_task:
        print("Taskwarrior is not here, so cpcli agenda is not compared with it.", file=sys.stderr)
        return found
    task, beside = least[TASK, 0], f"100,000 open duties / task overdue, {TASKS:,} tasks"
    return [
        *found,
        (f"cpcli agenda, {beside}", large / task, 1.0),
        (f"cpcli agenda --json, {beside}", least[JSON, MANY] / task, 1.0),
    ]


def _least(runs: list[Run]) -> dict[Run, float]:
    """The shortest of several runs, in seconds; taken in turns, so that a busy machine is busy for all."""
    stores = {size: store_of(size) for _, size in runs if size > 0}
    stores[SEALED] = store_of(FEW, encrypted=True)
    least: dict[Run, float] = {}
    for _ in range(RUNS):
        for command, size in runs:
            environment = {**_environment(), "CPCLI_STORE": str(stores.get(size, ""))}
            begin = time.perf_counter()
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
            took = time.perf_counter() - begin
            least[command, size] = min(took, least.get((command, size), took))
    return least


def _environment() -> dict[str, str]:
    """Somebody who has no settings; and as installed, with Python's compiled files kept between starts."""
    found = {
        **os.environ,
        **_taskwarrior(),
        "PYTHONPATH": str(Path(cpcli.__file__).parents[1]),
        "PYTHONPYCACHEPREFIX": str(FOLDER / "compiled"),
        "XDG_CONFIG_HOME": str(FOLDER / "settings"),
        "CPCLI_NOW": "2026-12-24T16:40",
    }
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def _taskwarrior() -> dict[str, str]:
    return {"TASKDATA": str(FOLDER / "task"), "TASKRC": str(FOLDER / "taskrc")}


def _fill_taskwarrior() -> None:
    """As many tasks as it is given, due as the duties are."""
    (FOLDER / "task").mkdir()
    (FOLDER / "taskrc").touch()
    today = datetime.now(UTC).date()
    tasks = [
        {"description": f"2026-{number:04} {WORDS}", "project": f"case-{number // 10}", "tags": ["should"]}
        | ({"due": f"{today + timedelta((number * 13) % 1460 - 730):%Y%m%d}T000000Z"} if number % 10 else {})
        for number in range(TASKS)
    ]
    command = ["task", "rc.confirmation=off", "import", "-"]
    environment = {**os.environ, **_taskwarrior()}
    given = json.dumps(tasks)
    subprocess.run(command, input=given, env=environment, capture_output=True, text=True, check=True)
