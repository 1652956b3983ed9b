"""A store of an earlier version, as somebody meets it who has updated cpcli."""

import shutil
from pathlib import Path

OLD = Path(__file__).parent.parent / "store" / "old_stores" / "version-1.db"


def test_it_is_said_once_that_a_copy_of_it_was_kept(desk):
    shutil.copy(OLD, desk.store)
    desk.store.chmod(0o600)
    first, second = desk("case", "list", "--json"), desk("case", "list", "--json")
    kept = desk.store.with_name("cpcli-version-1.db")
    said = f"The store was brought up to date. A copy of it as it was is kept: {kept}\n"
    assert (first.returncode, first.stderr) == (0, said)
    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert kept.exists()
