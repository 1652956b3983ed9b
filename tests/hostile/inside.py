"""`cpcli` run in this process, thousands of times a minute: what it says, and how it ends."""

import io
import os
import re
import sys
from contextlib import contextmanager
from typing import NamedTuple

from cpcli.cli import context, named
from cpcli.cli.root import run

CODES = (0, 1, 2, 3, 130)
WILD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""What a terminal obeys, or a reader cannot see: none of it is ever written."""


class Said(NamedTuple):
    """What a command wrote, and its exit code."""

    code: int
    out: str
    err: str


_NOTHING = open(os.devnull, "rb")  # noqa: PTH123, SIM115


class Stream(io.BytesIO):
    """Bytes as a pipe gives them: a number of its own, and no size."""

    def fileno(self):
        return _NOTHING.fileno()


class _Pipe(io.TextIOWrapper):
    """A standard stream that is a pipe, and keeps what was written to it."""

    def __init__(self, data=b""):
        super().__init__(Stream(data), encoding="utf-8", errors="strict", newline="")

    def text(self):
        self.flush()
        return self.buffer.getvalue().decode("utf-8", "surrogatepass")


def cpcli(*arguments, given=b"", **environment):
    """Run it with this on standard input and these variables besides."""
    pipes = _Pipe(given), _Pipe(), _Pipe()
    forget()
    with _streams(*pipes), _environment(environment):
        code = run([str(each) for each in arguments])
    forget()
    return Said(code, pipes[1].text(), pipes[2].text())


def promised(said):
    """What is promised of every command, whatever it was given."""
    assert said.code in CODES, said
    for bad in ("fault of cpcli", "Traceback"):
        assert bad not in said.err, said.err
    for text in (said.out.replace("\r\n", "\n"), said.err):  # iCalendar ends its lines so
        assert not WILD.search(text), (WILD.search(text), text)
    return said


def forget():
    """What one command remembers is not taken for another's."""
    for remembers in (context.rules, context.calendar, context.settings, named.find):
        remembers.cache_clear()


@contextmanager
def _streams(*pipes):
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = pipes
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


@contextmanager
def _environment(variables):
    before = dict(os.environ)
    os.environ.update({name: str(value) for name, value in variables.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
