"""Killed at random while it is backed up, restored or brought up to date; a plain store, an encrypted one."""

import os
import random
import select
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "store"))


TIMES = 1000
"""For each of them, in each kind of store."""
WITHIN = 0.15
"""Seconds from its beginning, at first: later as long as it takes here."""


def run(share=1.0):
    """Kill each of them so many times in the midst of it, or a share of that, and say what was found."""
    times = max(1, round(TIMES * share))
    for kind in ("plain", "encrypted"):
        os.environ["CPCLI_TEST_KIND"] = kind
        for what in (_backing_up, _restoring, _bringing_up_to_date):
            killed, begun, within, name = 0, 0, WITHIN, what.__name__.strip("_").replace("_", " ")
            with tempfile.TemporaryDirectory() as folder:
                while killed < times:
                    begun += 1
                    in_time = what(Path(folder), within)
                    within *= 1.02 if in_time else 0.9  # so that most are killed, up to the end of the work
                    killed += in_time
                    if in_time and (killed % 100 == 0 or killed == times):
                        yield f"{name}, {kind}: {killed:,} of {times:,} kills; it was begun {begun:,} times"


def _killed(work, within):
    """Begin it in a process of its own, and kill that after a random time: whether it was killed."""
    from stepped import forked

    child = forked(work)
    select.select([], [], [], random.random() * within)
    child.kill()
    return child.end() != 0


def _sound(path, entries):
    from store_help import derive, open_store

    for left in path.parent.glob(".*.new*"):
        left.unlink()
    with open_store(path, create=False) as store:
        found = len(list(store.entries()))
        assert store.check(derive) == [], store.check(derive)
    assert found in entries, (found, entries)


def _full(folder):
    """A store with many entries, made once."""
    from store_help import add, filled, open_store

    from cpcli.casework.entry import noted

    path = folder / "full" / "cpcli.db"
    if not path.exists():
        with open_store(path) as store:
            filled(store)
            for number in range(20):
                add(store, "2026-0001", noted(f"{number} " + "words of some length " * 2000))
    return path


def _backing_up(folder, within):
    from store_help import open_store

    from cpcli.store.backup import back_up

    full, to = _full(folder), folder / "backups" / "cpcli.db"
    to.parent.mkdir(exist_ok=True)

    def work():
        with open_store(full, read_only=True) as store:
            back_up(store, to, replace=True)

    killed = _killed(work, within)
    if to.exists():
        _sound(to, {28})
    _sound(full, {28})
    return killed


def _restoring(folder, within):
    from store_help import key, open_store

    from cpcli.store.backup import back_up, restore

    backup, path = folder / "backup.db", folder / "new" / "cpcli.db"
    if not backup.exists():
        with open_store(_full(folder)) as store:
            back_up(store, backup)
    shutil.rmtree(path.parent, ignore_errors=True)
    killed = _killed(lambda: restore(backup, path, key), within)
    if path.exists():
        _sound(path, {28})
    return killed


def _bringing_up_to_date(folder, within):
    from store_help import key, open_store

    from cpcli.store.key import new_salt
    from cpcli.store.recode import recode

    old, path = folder / "old.db", folder / "data" / "cpcli.db"
    if not old.exists():
        shutil.copy(HERE.parent / "store" / "old_stores" / "version-1.db", old)
        old.chmod(0o600)
        if os.environ["CPCLI_TEST_KIND"] == "encrypted":
            recode(old, None, key(old, new_salt()))
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    shutil.copy(old, path)
    killed = _killed(lambda: open_store(path).close(), within)
    _sound(path, {8})
    assert [file.name for file in path.parent.glob("cpcli-version-*")] == ["cpcli-version-1.db"]
    return killed
