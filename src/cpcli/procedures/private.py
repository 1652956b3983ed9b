"""Folders and files that are their owner's only from the first byte, whatever the umask."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make the folder, and those above it that are missing, each its owner's only. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)


def write(path: Path, data: bytes, *, to_disk: bool = False) -> None:
    """Write the file whole or not at all, in place of what is there; `to_disk` waits until the disk has it.

    Raises OSError.
    """
    make_folder(path.parent)
    part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            if to_disk:
                out.flush()
                os.fsync(descriptor)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
