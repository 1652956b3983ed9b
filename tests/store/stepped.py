"""Processes that are killed: at one of the steps of what they do, or at any moment."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

CHANGES = ("replace", "rename", "unlink", "mkdir", "rmdir", "open")
"""What pathlib asks of the system."""


@contextmanager
def dies_at(last: int, *files: str) -> Iterator[Callable[[], int]]:
    """Kill the process at step `last` of what the block does; 0 kills nowhere. Gives how many there were.

    A step is whatever the modules in these files ask of SQLite or of the system.
    """
    steps = 0

    def count(frame: FrameType, event: str, called: object) -> None:
        nonlocal steps
        file, name = frame.f_code.co_filename, getattr(called, "__name__", "")
        if event == "c_call" and (file.endswith(files) or (file.endswith("pathlib.py") and name in CHANGES)):
            steps += 1
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    try:
        yield lambda: steps
    finally:
        sys.setprofile(None)


class Child:
    """A process that was begun here."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def kill(self) -> None:
        """At once, whatever it is doing."""
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> int:
        """Wait for it: 0 where the work was done, 1 where it failed, -9 where it was killed."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def forked(work: Callable[[], object]) -> Child:
    """Do this in a process of its own, which begins at once since it is a copy of this one.

    Nothing may be open here that the two would share, such as a store.
    """
    pid = os.fork()
    if not pid:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return Child(pid)
