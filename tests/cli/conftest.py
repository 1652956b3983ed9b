"""What the commands' tests share: a small procedure set, and cases that were walked by it."""

import json
import re
from pathlib import Path

import pytest

SETS = Path(__file__).parent / "sets"
ANSWERS = {
    "child": {"name": "Zebedee Quill", "born": "2014-05-01"},
    "kind": "new",
    "refer": "yes",
    "refer-reason": "Two signs of neglect.",
    "called": "2026-12-24T15:30",
}


KEY = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{5}[-\s]+){12}[0-9A-HJKMNP-TV-Z]{5}")
"""A written key."""


@pytest.fixture
def desk(cpcli):
    """`cpcli` with the desk procedures, and no case yet."""
    cpcli.environment |= {"CPCLI_PROCEDURES": str(SETS), "CPCLI_ROLE": "worker"}
    return cpcli


@pytest.fixture
def walk(desk):
    """Walks the desk's concern pathway with ANSWERS and whatever is given besides: walk(called="not yet")."""

    def walk(pathway="desk/concern", *more, now="", **answers):
        given = {**(ANSWERS if pathway == "desk/concern" else {}), **answers}
        file = json.dumps({key: value for key, value in given.items() if value is not None})
        done = desk("start", pathway, "--answers", "-", *more, given=file, now=now)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return walk


@pytest.fixture
def case(desk, walk):
    """`cpcli` with one case in the store, 2026-0001: referred, rung at 15:30, and no letter sent."""
    walk()
    return desk


@pytest.fixture
def keyring(desk, tmp_path):
    """`cpcli` with a keyring that needs no desktop; its entries are in the folder keyring.keyring."""
    data = tmp_path / "keyring"
    desk.environment |= {
        "PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
        "XDG_DATA_HOME": str(data),
        "LOCALAPPDATA": str(data),
    }
    desk.keyring = data
    return desk


@pytest.fixture
def sealed(keyring, case, tmp_path, tmp_path_factory):
    """`cpcli` with one case in an encrypted store, its key in the keyring. sealed.recovery is the file with
    the recovery key, in a folder of its own, and sealed.key what it says.
    """
    case.recovery = tmp_path_factory.mktemp("safe") / "recovery.txt"
    done = case("store", "encrypt", "--recovery", case.recovery)
    assert done.returncode == 0, done.stderr
    case.key = KEY.search(case.recovery.read_text(encoding="utf-8"))[0]
    return case
