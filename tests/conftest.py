"""What tests of every room share: a store of one's own, a known time, and `cpcli` as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

SOURCE = Path(__file__).parent.parent / "src"

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch):
    """What one test's environment names is not taken for another's, nor the settings of whoever runs it."""
    from cpcli.cli import context, named

    monkeypatch.setenv("CPCLI_CONFIG", str(SOURCE / "no-settings"))
    remembering = (context.rules, context.calendar, context.settings)
    for remembers in (*remembering, named.find, named._folders, named._known):
        remembers.cache_clear()


@pytest.fixture(scope="session")
def _kept(tmp_path_factory):
    """A cache that the whole run shares, and Python's own compiled files: each process starts the quicker."""
    return tmp_path_factory.mktemp("kept")


class Cpcli:
    """Runs `cpcli` as its user would: `cpcli("agenda", "--json")` gives the finished process."""

    def __init__(self, environment):
        self.environment = environment
        self.store = Path(environment["CPCLI_STORE"])
        self.under = ()
        """Words of another command that runs it."""

    def __call__(self, *arguments, given="", now="", **environment):
        """Run it with this on standard input, at this time, with these variables besides."""
        return subprocess.run(
            [*self.under, sys.executable, "-m", "cpcli", *map(str, arguments)],
            input=given,
            env={**self.environment, **({"CPCLI_NOW": now} if now else {}), **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def json(self, *arguments, **more):
        """What it writes with --json, read back. It must succeed, and say nothing else."""
        done = self(*arguments, "--json", **more)
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)


@pytest.fixture
def cpcli(tmp_path, _kept):
    """`cpcli`, on Christmas Eve at 16:40, with a store that does not exist yet."""
    mine = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
    return Cpcli(
        {
            **{name: os.environ[name] for name in mine if name in os.environ},
            "PYTHONPATH": str(SOURCE),
            "PYTHONPYCACHEPREFIX": str(_kept / "compiled"),
            "CPCLI_STORE": str(tmp_path / "cpcli.db"),
            "CPCLI_CACHE": str(_kept / "cache"),
            "CPCLI_CONFIG": str(tmp_path / "config"),
            "CPCLI_NOW": "2026-12-24T16:40",
            "CPCLI_USER": "ada",
        }
    )
