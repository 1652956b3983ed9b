"""Folders and files that are their owner's only from the first byte, whatever the umask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make the folder, and those above it that are missing, each its owner's only. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync(folder.parent)


def sync(folder: Path) -> None:
    """Have the folder's own entries on the disk, where the system has a way to ask for it."""
    if os.name != "posix":
        return
    with suppress(OSError):  # a folder that may be passed through but not read
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Have an OSError name this file: whoever asked for it knows of no draft."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def write(path: Path, data: bytes, *, to_disk: bool = False) -> None:
    """Write the file whole or not at all, in place of what is there; `to_disk` waits until the disk has it.

    Raises OSError.
    """
    make_folder(path.parent)
    part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with named(path), os.fdopen(os.open(part, flags, 0o600), "wb") as out:
            out.write(data)
            if to_disk:
                out.flush()
                os.fsync(out.fileno())
        with named(path):
            part.replace(path)
        if to_disk:
            sync(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
