"""What the store's tests share: the tests' own helper module, and an empty store."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# store_help is also imported by the processes that the tests start.
sys.path.append(str(Path(__file__).parent))

from store_help import filled, open_store

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


@pytest.fixture
def full(path: Path) -> Path:
    """A closed store with one case in eight entries."""
    with open_store(path) as store:
        filled(store)
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where SQLite and Python put temporary files in this test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    return folder
