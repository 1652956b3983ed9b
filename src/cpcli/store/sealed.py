"""What the file of an encrypted store shows without its key, and whether a key fits what is there.

Each page of 4,096 bytes ends with a random vector and a hash of the page that only the key can make. The
first 16 bytes of the file are the salt; nothing else of it tells it from noise.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cpcli.store.key import LENGTH, SALT, Key

PAGE = 4096
"""Bytes, of which the last 80 are a vector of 16 and a hash of 64."""
PLAIN = b"SQLite format 3\0"
"""How a store begins that is not encrypted."""
_HASH = 64
_LOOKED_AT = 64
"""Pages: a key that fits none of so many is another store's."""


def salt_of(path: Path) -> bytes | None:
    """The salt of a store that seems to be encrypted; None where the file is plain, or is something else.

    Ask before SQLite has the file open: when it is closed again here, the process loses its locks on it.
    """
    with path.open("rb") as file:
        page = file.read(PAGE)
    # A page of noise has all of the 256 bytes, save once in thirty thousand; text and documents have fewer.
    if page.startswith(PLAIN) or len(page) < PAGE or len(set(page)) < 240:
        return None
    return page[:SALT]


def is_whole(path: Path) -> bool:
    """Whether the file is as long as pages make it, which other noise hardly ever is."""
    return path.stat().st_size % PAGE == 0


def fits(path: Path, key: Key) -> int:
    """The number of the first page that this key has made: 1 where all is well, 0 where it is another's."""
    has_made = maker(key)
    with path.open("rb") as file:
        for number in range(1, _LOOKED_AT + 1):
            page = file.read(PAGE)
            if len(page) < PAGE:
                return 0
            if has_made(page, number):
                return number
    return 0


def maker(key: Key) -> Callable[[bytes, int], bool]:
    """What tells whether the key has made this page, as the page of that number."""
    import hashlib
    import hmac  # here, since a store that is not encrypted needs none of it

    mask = bytes(byte ^ 0x3A for byte in key.salt)
    hash_key = hashlib.pbkdf2_hmac("sha512", key.raw(), mask, 2, LENGTH)

    def has_made(page: bytes, number: int) -> bool:
        begin = SALT if number == 1 else 0
        made = hmac.digest(hash_key, page[begin:-_HASH] + number.to_bytes(4, "little"), "sha512")
        return hmac.compare_digest(made, page[-_HASH:])

    return has_made
