"""Where the process starts: `cpcli` and `python -m cpcli`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line. Exit codes: 0 done, 1 failed a check, 2 usage, 3 store, 130 interrupted."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Answered before anything is imported that takes time.
        from cpcli import __version__

        print(f"cpcli {__version__}")
        return 0
    # Importing makes no garbage, and looking for it takes a tenth of the time that a command takes.
    gc.set_threshold(100_000, 50, 50)
    try:
        from cpcli.cli.root import run

        return run(arguments)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
