"""A store that is open is held: nobody takes its -wal away, whatever else this process reads meanwhile.

A process that closes a file loses all its locks on that file, those of SQLite too.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from store_help import derive, filled, open_store, start

from cpcli.cli import context
from cpcli.store.backup import back_up
from cpcli.store.erasing import copies_beside
from cpcli.store.kept import holding
from cpcli.store.store import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a file is held there by each that opens it")


def taken(path: Path) -> str:
    """Whether another process finds the store held, or free to be alone with."""
    return start("taker.py", path).communicate()[0].strip()


@pytest.mark.parametrize(
    "reads",
    [
        lambda store: copies_beside(store.path, store.key),
        lambda store: holding(store.path, store.key, "2026-0001"),
        lambda store: back_up(store, store.path.with_name("backup.db")),
        lambda store: store.check(derive),
    ],
    ids=["looking for copies", "looking for kept copies", "a backup", "a check"],
)
def test_it_is_held_after(path: Path, kind: str, reads: Callable[[Store], object]) -> None:
    with open_store(path) as store:
        filled(store)
        path.with_name("the same store.db").hardlink_to(path)
        reads(store)
        assert taken(path) == "held"
    assert taken(path) == "free"


def test_it_is_held_after_it_was_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPCLI_PROCEDURES", "")
    path.parent.mkdir()
    shutil.copy(Path(__file__).parent / "old_stores" / "version-1.db", path)
    with context.store(path, read_only=True):
        assert taken(path) == "held"
    assert taken(path) == "free"
