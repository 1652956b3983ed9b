"""`python -m tests.long`: everything of the tests that takes long, with what it measured.

    python -m tests.long                    all of it
    python -m tests.long fuzz --inputs 5000 one part, or less of it
    python -m tests.long crashes kills commands --share 0.1

A part is a module beside this one whose `run` gives lines as it goes, and raises AssertionError in the end if
anything was not as promised.
"""

import argparse
import importlib
import inspect
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent / "src"), str(HERE.parent.parent)]
PARTS = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main():
    """Run the parts that are asked for, and give 1 where one of them found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.long")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="for fuzz: how many altogether")
    parser.add_argument("--seed", default="1", help="for fuzz and commands: what begins the dice")
    parser.add_argument("--only", default="", help="for fuzz: readers with this in their names")
    parser.add_argument(
        "--share", type=float, default=1.0, help="for crashes, kills, commands: how much of it, such as 0.1"
    )
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}: {', '.join(PARTS)}")
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"CPCLI_CONFIG": f"{folder}/config", "CPCLI_CACHE": f"{folder}/cache"}
        for part in asked.parts or PARTS:
            print(f"== {part}", flush=True)
            began = time.monotonic()
            run = importlib.import_module(f"tests.long.{part}").run
            takes = inspect.signature(run).parameters
            more = {name: value for name, value in vars(asked).items() if name in takes}
            try:
                for line in run(**more) or ():
                    print(line, flush=True)
            except AssertionError as wrong:
                where = traceback.format_exc(limit=-3)
                print(f"FAILED: {str(wrong)[:2000]}\n{where[:2000]}", flush=True)
                failed.append(part)
            print(f"   {time.monotonic() - began:.0f} s", flush=True)
    return 1 if failed else 0


sys.exit(main())
