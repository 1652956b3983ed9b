"""One input after the other into a reader: no traceback, no hang, no growth, and no exception but its own."""

import signal
import sys
from collections.abc import Callable
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from typing import Any, NamedTuple

PATIENCE = 20.0
"""Seconds for one input, on a machine that is busy with others."""


class Reader(NamedTuple):
    """Something that reads what comes from outside."""

    name: str
    read: Callable[[Any], Any]
    """Reads one input, and asserts whatever else is promised of it."""
    inputs: Callable[[Any], Any]
    """Makes one input by chance."""
    refuses: tuple[type[Exception], ...] = ()
    """What it raises for bad input. Anything else is a defect."""
    cost: int = 1
    """How much longer an input takes than a short text: a run has so many times fewer of them."""


class TooLong(BaseException):
    """One input took longer than anybody waits."""


def feed(reader, value):
    """Give the reader one input. Whatever is not promised comes out; what it tells a person is not shown."""
    with limit(), redirect_stderr(StringIO()):
        try:
            reader.read(value)
        except reader.refuses as refusal:
            assert str(refusal).strip(), f"{type(refusal).__name__} says nothing"


@contextmanager
def limit():
    if not hasattr(signal, "setitimer"):
        yield  # Windows has no such clock
        return

    def stop(number, frame):
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def memory():
    """The memory that this process has now, in bytes; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
        return int(statm.read().split()[1]) * 4096
