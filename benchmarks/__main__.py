"""Run every benchmark beside this file and print one table: python -m benchmarks [NAME]...

Each bench_*.py has rows(): what was measured, its ratio, and the most that the ratio should be. Ratios, since
they are the same on a quick machine and a slow one.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    """Run those named (clock, store …), or all. The exit code is 1 where an aim was missed."""
    sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent)]
    missed = 0
    print(f"{'What was measured':<78} {'Ratio':>7} {'Aim':>6}")
    for path in sorted(HERE.glob("bench_*.py")):
        if names and path.stem.removeprefix("bench_") not in names:
            continue
        for what, ratio, aim in runpy.run_path(str(path))["rows"]():
            missed += ratio > aim
            print(f"{what:<78} {ratio:>7.2f} {aim:>6g}{'' if ratio <= aim else '  missed'}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
