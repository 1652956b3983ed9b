"""What the store's tests share: the tests' own helper module, and an empty store."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# store_help is also imported by the processes that the tests start.
sys.path.append(str(Path(__file__).parent))

from cpcli.store.store import Store, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "data" / "cpcli.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new store."""
    with open_store(path) as opened:
        yield opened
