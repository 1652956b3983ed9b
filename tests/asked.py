"""Commands that ask: at a real terminal, and what a refusal looks like anywhere else."""

import sys
from typing import NamedTuple

import pytest

needs_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="pexpect has no terminal there")


class Ended(NamedTuple):
    """How a command ended, and all that it wrote."""

    code: int
    said: str


def at_a_terminal(cpcli, words, *moves, columns=100):
    """Run it at a terminal: for each (question, answer) wait for the question, and type the answer."""
    import pexpect

    child = pexpect.spawn(
        sys.executable,
        ["-m", "cpcli", *words],
        env={**cpcli.environment, "TERM": "dumb"},
        encoding="utf-8",
        timeout=20,
        dimensions=(60, columns),
        echo=False,
    )
    said = ""
    for question, answer in moves:
        child.expect_exact(question)
        said += child.before + question
        child.send(answer + "\r")
    child.expect(pexpect.EOF)
    said += child.before
    child.close()
    return Ended(child.exitstatus, " ".join(said.split()))


def refused(done, *said):
    """It changed nothing, and says why in one line."""
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    for words in said:
        assert words in done.stderr
