"""What the store's tests share: the tests' own helper module, and an empty store."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# store_help is also imported by the processes that the tests start.
sys.path.append(str(Path(__file__).parent))

from store_help import open_store

from cpcli.store.store import Store


@pytest.fixture(params=["plain", "encrypted"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Runs a test with stores of each kind, its other processes' too."""
    monkeypatch.setenv("CPCLI_TEST_KIND", request.param)
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "data" / "cpcli.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new store."""
    with open_store(path) as opened:
        yield opened
