"""What the documentation shows is what cpcli prints: every console block of it is typed and compared.

In a block, a line after `$ ` is typed, and what follows is what it must print; a line of three dots
stands for any number of lines. The blocks of one page share a store, from the top of the page to its end.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    if "```console" in page.read_text(encoding="utf-8")
)


def typed(page):
    """Each command of the page with what it must print."""
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S):
        for said in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = said.partition("\n")
            yield command, printed.rstrip()


def matches(printed, expected):
    pattern = ".*?".join(re.escape(part) for part in re.split(r"^\.\.\.$\n?", expected, flags=re.M))
    return re.fullmatch(pattern, printed, re.S) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="the blocks are typed into a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_is_printed(page, tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "cpcli").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cpcli "$@"\n')
    (tmp_path / "bin" / "cpcli").chmod(0o755)
    env = os.environ | {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "CPCLI_NOW": "2026-12-24T17:15",
        "CPCLI_STORE": str(tmp_path / "store.db"),
        "CPCLI_USER": "r.adviser",
        "CPCLI_CONFIG": str(tmp_path / "config"),
        "COLUMNS": "80",
        "NO_COLOR": "1",
    }
    for command, expected in typed(page):
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        printed = re.sub(r"[ \t]+$", "", done.stdout + done.stderr, flags=re.M).rstrip()
        assert matches(printed, expected), f"$ {command}\n{printed}"
