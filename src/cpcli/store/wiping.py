"""Overwriting what was replaced, and clearing up where that was cut short.

A store is encrypted, decrypted or given another key by making a second one and putting it in the place of the
first. Until that is done, the second, and then the first, are kept in a folder beside the store; whatever is
found there later was left by a process that was killed, and may be plain.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_PIECE = 1 << 20


def workshop(path: Path) -> Path:
    """The folder beside the store for what is not to last."""
    real = path.resolve() if path.is_symlink() else path
    return real.with_name(f".{real.name}.recoding")


def clear_up(path: Path) -> None:
    """Wipe what was left in the folder beside the store, as far as that can be done.

    Only for whoever has the store open: while it is being encrypted, nobody has.
    """
    folder = workshop(path)
    if folder.is_dir():
        empty(folder)


def empty(folder: Path) -> None:
    """Wipe every file in the folder, and remove it."""
    with suppress(OSError):
        for file in folder.iterdir():
            wipe(file)
        folder.rmdir()


def wipe(file: Path) -> bool:
    """Overwrite the file and remove it; False where it was only removed, since it has another name besides.

    A disk may keep the old bytes all the same: flash memory writes elsewhere, and so do some file systems.
    """
    # The file may still be the store itself, under the second name that it has before it is replaced.
    alone = file.stat().st_nlink == 1
    if alone:
        with file.open("r+b", buffering=0) as out:
            left = file.stat().st_size
            while left > 0:
                left -= out.write(os.urandom(min(left, _PIECE))) or 0
            os.fsync(out.fileno())
    file.unlink()
    return alone
