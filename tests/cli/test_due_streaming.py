"""`cpcli due --batch` on a stream: rows come out as others go in, and memory does not grow with them."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Thread

import pytest

BATCH = [sys.executable, "-m", "cpcli", "due", "--batch", "-"]


def endless() -> Iterator[bytes]:
    """Rows of which many thousands pass before one asks the same as another."""
    for number in count():
        day, hour, minute = number // 840 % 84, number // 60 % 14 + 7, number % 60
        start = b"2026-%02d-%02dT%02d:%02d" % (day // 28 + 1, day % 28 + 1, hour, minute)
        yield b'{"id": %d, "limit": "within 15 days", "from": "%s"}\n' % (number, start)


def test_the_first_rows_come_out_before_the_input_ends() -> None:
    with Popen(BATCH, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, bufsize=0) as batch:

        def feed() -> None:
            with suppress(BrokenPipeError, ValueError):  # it was killed, or its pipe was closed
                for row in endless():
                    batch.stdin.write(row)

        Thread(target=feed, daemon=True).start()
        first = [json.loads(batch.stdout.readline()) for _ in range(3)]
        batch.kill()
    assert [(row["id"], row["due"]) for row in first] == [(number, "2026-01-16") for number in range(3)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say how much a process took")
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    def taken(rows: int) -> int:
        (tmp_path / "rows").write_bytes(b"".join(islice(endless(), rows)))
        with (tmp_path / "rows").open("rb") as given:
            batch = Popen(BATCH, stdin=given, stdout=DEVNULL, stderr=DEVNULL)
            return os.wait4(batch.pid, 0)[2].ru_maxrss

    assert taken(240_000) < taken(60_000) * 1.1
