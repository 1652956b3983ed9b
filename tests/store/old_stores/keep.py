"""Keeps a store of the present version for the tests of later ones: python tests/store/old_stores/keep.py

Run once for each version, before its first release.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))

from store_help import filled  # noqa: E402

from cpcli.store.schema import LATEST  # noqa: E402
from cpcli.store.store import open_store  # noqa: E402

path = HERE / f"version-{LATEST}.db"
path.unlink(missing_ok=True)
with open_store(path) as store:
    filled(store)
