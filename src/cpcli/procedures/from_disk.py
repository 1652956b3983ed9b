"""A file read whole, where it is one and is no larger than it can be: never a pipe, a device or a folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MEGABYTE = 1_000_000


def read_file(path: Path, most: int = MEGABYTE) -> bytes:
    """The bytes of the file. Raises OSError, whose `strerror` says what is wrong; a pipe never keeps it."""
    # Opening a pipe would wait for somebody to write to it.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        if not stat.S_ISREG(kind):
            raise OSError(errno.EINVAL, "it is a pipe or a device, and no file", str(path))
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // MEGABYTE} MB", str(path))
    return data


def read_text(path: Path, most: int = MEGABYTE) -> str:
    """The text of the file, in UTF-8. Raises OSError, also where it is no such text."""
    try:
        return read_file(path, most).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OSError(errno.EILSEQ, "it is not UTF-8 text", str(path)) from None
