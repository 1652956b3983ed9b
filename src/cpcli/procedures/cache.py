"""Remembering what was made of data files, so that an unchanged file is not parsed again.

A value is kept as JSON with the stamp of all that it was made from: each file's path, time of change and
size, and this package's version and code. Where the stamp differs, or the kept value cannot be read, it is
made afresh. Nothing here ever fails for want of a cache.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from cpcli import __version__
from cpcli.procedures.from_disk import MEGABYTE, read_file
from cpcli.procedures.private import write

LARGEST = 50 * MEGABYTE


def remember(folder: Path | None, kind: str, files: Iterable[Path], make: Callable[[], Any]) -> Any:
    """What `make` returns (a JSON value), from the cache in `folder` if these files have not changed since.

    `folder` None keeps nothing. `make` is called before anything is written; what it raises is not caught.
    """
    if folder is None:
        return make()
    inputs = list(files)
    stamp = json.dumps([__version__, _code(), [_state(path) for path in inputs]])
    kept = folder / f"{kind}-{zlib.crc32(str(inputs[0]).encode(errors='replace')):08x}.json"
    try:
        before, _, text = read_file(kept, LARGEST).partition(b"\n")
        if before == _seal(stamp, text):
            return json.loads(text)
    except (OSError, ValueError, RecursionError):
        pass
    value = make()
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    with suppress(OSError):  # one that cannot be written is done without
        write(kept, _seal(stamp, text) + b"\n" + text)
    return value


def _seal(stamp: str, text: bytes) -> bytes:
    """The first line: what the value was made from, and a sum of it that shows damage."""
    return f"{zlib.crc32(text):08x} {stamp}".encode("utf-8", "surrogatepass")


def _state(path: Path) -> list[Any]:
    try:
        found = path.stat()
    except OSError:
        return [str(path)]
    return [str(path), found.st_mtime_ns, found.st_size]


def _code() -> int:
    """When the code that makes these values last changed; 0 where it is not in files of its own."""
    try:
        with os.scandir(Path(__file__).parent) as entries:
            return max(entry.stat().st_mtime_ns for entry in entries if entry.name.endswith(".py"))
    except (OSError, ValueError):
        return 0
