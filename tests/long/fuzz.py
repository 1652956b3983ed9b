"""A great many inputs for every reader: what `tests/hostile` tries a few hundred of."""

import math
import time
import traceback

from hostile.harness import TooLong, feed, memory
from hostile.inputs import Dice
from hostile.readers import READERS

GROWTH = 48 * 1024 * 1024
"""Bytes that a process may grow by over all the inputs of a reader, once a tenth of them have been read."""


def run(inputs=1_000_000, seed="1", only=""):
    """Try that many inputs altogether: a line for each reader. Raises AssertionError if any was broken."""
    readers = [reader for reader in READERS if only in reader.name]
    whole = sum(1 / reader.cost for reader in readers)
    failed, total = [], 0
    for reader in readers:
        count = math.ceil(inputs / reader.cost / whole)
        total += count
        line, wrong = _run_one(reader, count, seed)
        failed += wrong
        yield line
    yield f"{total:,} inputs to {len(readers)} readers, {len(failed)} broken"
    assert not failed, failed


def _run_one(reader, count, seed):
    """Its line, and the inputs that broke it (the first five, and no more are tried)."""
    wrong, slowest, before = [], 0.0, 0
    began = time.monotonic()
    for number in range(count):
        if number == max(count // 10, 1):  # the first has imported what it needs
            before = memory()
        at = time.process_time()
        try:
            feed(reader, value := reader.inputs(Dice(f"{seed} {reader.name} {number}")))
        except (Exception, TooLong):
            wrong.append(f"{reader.name}, input {number}: {value!r:.200}\n{traceback.format_exc(limit=-4)}")
            if len(wrong) == 5:
                break
        slowest = max(slowest, time.process_time() - at)
    grown = memory() - before if before else 0
    if grown > GROWTH and not wrong:
        wrong.append(f"{reader.name} has grown by {grown:,} bytes")
    took = time.monotonic() - began
    line = (
        f"{reader.name:<32} {number + 1:>9,} inputs {took:7.0f} s, the slowest {slowest * 1000:6.0f} ms, "
        f"grown by {max(grown, 0) / 1e6:4.1f} MB" + ("" if not wrong else "\n" + "\n".join(wrong))
    )
    return line, wrong
