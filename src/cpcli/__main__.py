"""Where the process starts: `cpcli` and `python -m cpcli`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line. The exit code: 0 done, 1 overdue or failed a check, 2 usage, 3 store, 130 interrupted."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Answered before anything is imported that takes time.
        from cpcli import __version__

        print(f"cpcli {__version__}")
        return 0
    try:
        from cpcli.cli.root import run

        return run(arguments)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
