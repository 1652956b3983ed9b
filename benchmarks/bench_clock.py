"""How quick the clock is, as ratios taken in one run: one due date, a million of them, and the start-up."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

ROWS = 1_000_000
LIMITS = (
    "within 15 working days",
    "within 1 working day",
    "within 48 hours",
    "at least 2 working days before",
    "within 3 months",
)
HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE.parent / "src"), "XDG_CONFIG_HOME": str(HERE)}
"""Of somebody who has no settings."""


def rows() -> list[tuple[str, float, float]]:
    """What was measured, its ratio, and the most that the ratio should be."""
    return [one_due_date(1, 0.6), one_due_date(15, 0.1), one_due_date(45, 0.05), batch(), *start_up()]


def best(measured: Callable[[], object], times: int = 5) -> float:
    """The shortest of several runs, in seconds: what the work costs when nothing else is in the way."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        measured()
        found.append(time.perf_counter() - begin)
    return min(found)


def one_due_date(count: int, aim: float) -> tuple[str, float, float]:
    """One due date, over many starts, against the holidays package's own way to count working days."""
    import holidays

    from cpcli.clock.calendar import calendar
    from cpcli.clock.due import due_date_only
    from cpcli.clock.limit import parse_limit

    starts = [date(2024, 1, 1) + timedelta(number) for number in range(2000)]
    package = holidays.country_holidays("GB", subdiv="ENG", years=range(2023, 2032))
    limit, days = parse_limit(f"within {count} working days"), calendar("England")

    def ours() -> list[object]:
        return [due_date_only(limit, start, days) for start in starts]

    def theirs() -> list[object]:
        return [package.get_nth_working_day(start, count) for start in starts]

    assert ours() == theirs()
    return f"one due date / holidays.get_nth_working_day, {count} on", best(ours) / best(theirs), aim


def batch() -> tuple[str, float, float]:
    """A million rows through `cpcli due --batch`, against reading and writing the same JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.ndjson"
        _write_rows(path)
        copy = (
            "import json, sys\n"
            "with open(sys.argv[1], encoding='utf-8') as rows:\n"
            "    for row in rows: sys.stdout.write(json.dumps(json.loads(row)) + '\\n')"
        )
        plain = best(lambda: _run("-c", copy, str(path)), 3)
        ours = best(lambda: _run("-m", "cpcli", "due", "--batch", str(path)), 3)
    return f"due --batch / reading and writing the JSON, {ROWS:,} rows", ours / plain, 2.0


def _write_rows(path: Path) -> None:
    """Rows that hardly ever ask the same: any daytime minute of three years, five limits, two nations."""
    draw, first = random.Random(1), datetime(2024, 1, 1)
    with path.open("w", encoding="utf-8") as out:
        for number in range(ROWS):
            at = first + timedelta(days=draw.randrange(1095), minutes=draw.randrange(7 * 60, 22 * 60))
            row = {
                "id": f"2026-{number:07}",
                "limit": draw.choice(LIMITS),
                "from": at.isoformat(timespec="minutes"),
                "nation": draw.choice(("England", "Wales")),
            }
            out.write(json.dumps(row) + "\n")


def start_up() -> list[tuple[str, float, float]]:
    """Cold starts, as multiples of importing typer; in turns, so that a busy machine is busy for all."""
    commands = {
        "import typer": ("-c", "import typer"),
        "cpcli --version": ("-m", "cpcli", "--version"),
        "cpcli due": ("-m", "cpcli", "due", "within 15 working days", "--from", "2026-11-20T17:00"),
    }
    least = dict.fromkeys(commands, float("inf"))
    with tempfile.TemporaryDirectory() as compiled:
        # As installed: Python's compiled files are kept from one start to the next.
        environment = {**ENVIRONMENT, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(25):
            for name, command in commands.items():
                least[name] = min(least[name], _seconds(command, environment))
    return [
        (f"start of {name} / import typer", least[name] / least["import typer"], aim)
        for name, aim in (("cpcli --version", 1.2), ("cpcli due", 1.6))
    ]


def _seconds(command: tuple[str, ...], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    _run(*command, environment=environment)
    return time.perf_counter() - begin


def _run(*arguments: str, environment: dict[str, str] = ENVIRONMENT) -> None:
    subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


if __name__ == "__main__":
    for what, ratio, aim in rows():
        print(f"{what:<66} {ratio:6.2f}   aim: at most {aim:g}   {'ok' if ratio <= aim else 'MISSED'}")
