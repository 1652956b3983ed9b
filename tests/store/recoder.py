"""Run as a process of its own: gives a store another key, and may be killed at one of its steps.

recoder.py STORE FROM TO STEP: FROM is "plain" or "old", which is encrypted; TO is "plain" or a letter that
makes a key. A step is whatever is asked of SQLite or of the system; STEP 0 kills nowhere.
"""

import sys
from pathlib import Path

from stepped import dies_at
from store_help import key

from cpcli.store import connect
from cpcli.store.key import Key
from cpcli.store.recode import recode


def named(name: str, path: Path) -> Key | None:
    if name == "plain":
        return None
    salt = connect.salt_at(path) if name == "old" else name.encode() * 16
    assert salt
    return key(path, salt)


def give(path: Path, old: str, new: str, last: int) -> None:
    before, after = named(old, path), named(new, path)
    print("begins", flush=True)
    with dies_at(last, "recode.py", "wiping.py", "connect.py"):
        recode(path, before, after)
    print("done", flush=True)


if __name__ == "__main__":
    give(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
