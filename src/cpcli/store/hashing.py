"""The chain: each journal entry carries the hash of the one before. docs/store.md says how to verify it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

START = "0" * 64
"""What the first entry has as the hash of the entry before it."""


def canonical(value: Any) -> str:
    """The one way to write a JSON value: keys in order, no spaces, no NaN, letters as they are.

    Raises ValueError for what is not JSON, and for text that is not Unicode (half of a surrogate pair).
    """
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("The text holds characters that are no characters. Type it again.") from error
    except TypeError as error:
        raise ValueError(f"Not a JSON value: {error}.") from error
    return text


def new_salt() -> str:
    """Random, so that the body of an entry cannot be guessed from its hash once it has been erased."""
    return os.urandom(16).hex()


def hash_body(salt: str, body: str) -> str:
    """SHA-256 of the salt and the body's text."""
    return _sha256(salt + body)


def hash_entry(row: Sequence[str | int]) -> str:
    """SHA-256 of a JSON list: seq, at, who, case, walk, kind, body_hash, previous_hash, as they stand."""
    return _sha256(canonical(row))


def _sha256(text: str) -> str:
    import hashlib  # here, since the agenda hashes nothing

    return hashlib.sha256(text.encode()).hexdigest()
