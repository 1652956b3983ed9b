"""A disk that fills up: the change is refused as a whole, and the store goes on when there is room."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from store_help import start

pytestmark = [
    pytest.mark.usefixtures("kind"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither of these ways to fill a disk"),
]

AFTER = ["still read: True", "all there: True []", "goes on: []"]


def test_a_file_that_may_not_grow(path: Path) -> None:
    said = start("full_disk.py", path, "limit").communicate()[0].splitlines()
    assert said[0].startswith(f"refused: The disk with {path} failed (disk I/O error). ")
    assert said[1:] == AFTER


root_can_mount = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="only root may mount, for one process alone",
)


@root_can_mount
def test_a_full_file_system(path: Path) -> None:
    path.parent.mkdir()
    said = start("full_disk.py", path, "mount", under=("unshare", "-m")).communicate()[0].splitlines()
    if said == ["cannot mount"]:
        pytest.skip("mounting is not allowed here")
    assert (
        said[0] == f"refused: The disk with {path} is full: this was not recorded. Make room and do it again."
    )
    second = path.with_name("second.db")
    assert said[2].startswith(f"second store: The disk with {second} is full")
    assert ".new" not in said[2]
    assert [said[1], *said[3:]] == AFTER


@root_can_mount
def test_a_new_store_is_whole_or_not_there_whatever_room_there_is(path: Path) -> None:
    path.parent.mkdir()
    said = start("full_disk.py", path, "make", under=("unshare", "-m")).communicate()[0].split()
    if said == ["cannot", "mount"]:
        pytest.skip("mounting is not allowed here")
    assert set(said) == {"refused", "made"}
    assert said == sorted(said, reverse=True)
