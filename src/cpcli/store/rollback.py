"""A rollback journal beside a store, looked at before SQLite writes it into the store.

Stores are in WAL mode and need none. There is one of their own only while a store is put into that mode, or
taken out of it to be encrypted, and where that was cut short: it puts back the first page, as it is but for
the mode.
What is in one: https://www.sqlite.org/fileformat.html#the_rollback_journal
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

from cpcli.store.faults import StoreProblem
from cpcli.store.left_behind import beside

if TYPE_CHECKING:
    from cpcli.store.key import Key

_BEGINS = bytes.fromhex("d9d505f920a163d7")
_HEAD = struct.Struct(">8sIIIII")
"""A mark, how many records, a nonce, the pages of the store, and the sizes of a sector and of a page."""
_WAL_MODE = b"\2\2"
"""In bytes 18 and 19 of a store."""
_OF_MODE = ((18, 20), (24, 28), (92, 100))
"""Of the first page: the mode, and what counts changes."""
_LARGEST_PAGE = 65_536
"""Bytes; a sector is no larger. One of our own is looked at whole with two of them and 8 bytes."""


def refuse_journal(path: Path, key: Key | None) -> None:
    """Raises StoreProblem where a rollback journal stands beside the store at `path` that is none of its own.

    A store that is not in WAL mode is left to SQLite.
    """
    journal = beside(path, "-journal")
    try:
        length = journal.stat().st_size
        with journal.open("rb") as opened:
            back = opened.read(2 * _LARGEST_PAGE + 8)
    except OSError:  # there is none, or SQLite cannot read it either
        return
    if back[:1] in (b"", b"\0"):  # SQLite passes it over
        return
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(_LARGEST_PAGE)
    if key is None and first[18:20] != _WAL_MODE:
        return
    if not _is_own(back, length, first, size, key):
        raise StoreProblem(
            f"{journal} holds changes that are not of {path.name}: it was left by another program, or put "
            "there. Nothing was changed. Move it elsewhere: the store has no use for it."
        )


def _is_own(back: bytes, whole: int, first: bytes, size: int, key: Key | None) -> bool:
    """Whether the journal, of so many bytes in the `whole`, is of the store of this size that begins so."""
    if len(back) < _HEAD.size:
        return False
    begins, _, _, pages, sector, length = _HEAD.unpack_from(back)
    record = back[sector : sector + 4 + length + 4]  # the page's number, the page, a sum
    number, page = int.from_bytes(record[:4], "big"), record[4 : 4 + length]
    if begins != _BEGINS or not sector or max(sector, length) > _LARGEST_PAGE:
        return False
    if len(record) < 4 + length + 4:  # it puts nothing back, and only cuts the store to its length
        return bool(pages * length == size)
    if key is not None:
        from cpcli.store.sealed import maker

        return maker(key)(page, number)
    as_it_is = bytearray(page)
    for begin, end in _OF_MODE:
        as_it_is[begin:end] = first[begin:end]
    alone = whole == sector + len(record) and pages * length == size
    return alone and number == 1 and as_it_is == first[:length]
