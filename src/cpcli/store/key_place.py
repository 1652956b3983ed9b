"""Where the key to a store is kept: a note in the settings folder for each store, with nothing secret in it.

It goes by the store's salt, so that it holds for the store under any name, and for its backups.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from cpcli.procedures import private
from cpcli.procedures.from_disk import read_text
from cpcli.store.faults import StoreProblem

KEYRING, FILE, PASSPHRASE = "keyring", "file", "passphrase"


class Place(NamedTuple):
    """Where a key is kept, and whether a recovery key was made."""

    kept: str
    """KEYRING, FILE or PASSPHRASE, which is kept nowhere."""
    file: str = ""
    """The key file; "" where it is not kept in one."""
    recovery: str = ""
    """When a recovery key was last written out: an ISO date; "" for never."""


def read(folder: Path, salt: bytes) -> Place | None:
    """The place of the key to the store with that salt, as the settings folder has it; None if it has not."""
    try:
        found = json.loads(read_text(_note(folder, salt)))
        place = Place(**{name: found[name] for name in Place._fields})
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return place if all(isinstance(each, str) and "\0" not in each for each in place) else None


def write(folder: Path, salt: bytes, place: Place) -> None:
    """Note the place, whole or not at all. Raises StoreProblem."""
    note = _note(folder, salt)
    try:
        private.write(note, json.dumps(place._asdict()).encode(), to_disk=True)
    except OSError as error:
        raise StoreProblem(
            f"It cannot be noted in {note.parent} where the key is ({error.strerror}). Name a folder of your "
            "own with CPCLI_CONFIG."
        ) from error


def _note(folder: Path, salt: bytes) -> Path:
    return folder / "key-places" / f"{salt.hex()}.json"
