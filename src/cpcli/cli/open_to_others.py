"""What others on this machine could change: the folder of the store, the settings, the cache, the sets."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cpcli.cli.folders import SETTINGS, cache_folder, config_folder, data_folders


def open_to_others(store: Path) -> Iterator[str]:
    """A line for each file and folder that the store rests on and that others may write to.

    Who may, could put other procedures, other dates off or another store in their place.
    """
    if os.name != "posix":
        return
    settings, cache, ours = config_folder(), cache_folder(), data_folders()[1:]
    places = [store.absolute().parent, settings, settings / SETTINGS, cache]
    places += sorted(
        path for folder in (cache, *ours) for level in ("*", "*/*") for path in folder.glob(level)
    )
    for place in dict.fromkeys([*places, *ours]):
        try:
            about = place.stat()
        except OSError:
            continue  # not there, or not ours to look at
        mode = about.st_mode
        shared = stat.S_ISDIR(mode) and mode & stat.S_ISVTX  # as /tmp is: nobody can replace another's file
        # Many systems give everybody a group of their own, and files that it may write.
        if not shared and (mode & 0o002 or (mode & 0o020 and about.st_gid != os.getegid())):
            yield f"{place} can be changed by others. Make it yours alone: chmod go-w."


def say_if_open() -> None:
    """Say so where standard output is a file that others can read, before names are written to it."""
    if os.name != "posix":
        return
    with suppress(OSError):  # it may be closed
        mode = os.fstat(1).st_mode
        if stat.S_ISREG(mode) and mode & 0o077:
            from cpcli.output.tell import tell

            tell("Others can read the file that this is written to, and it has names in it: chmod 600.")
