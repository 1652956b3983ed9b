"""Inputs that atheris finds by watching which lines of the readers they reach; it has to be installed.

Run in a process of its own for each reader, since libFuzzer ends the process that it is done in.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

TIMES = 100_000
NAMES = (
    "dates",
    "limits",
    "answers files",
    "imports of NDJSON",
    "imports of CSV",
    "YAML",
    "settings",
    "keys",
)
"""Readers whose inputs are text or bytes, and take microseconds: for the others it does not pay."""
SCRIPT = """
import sys
sys.path[:0] = {path!r}
import atheris
with atheris.instrument_imports(include=["cpcli"]):
    from hostile.readers import READERS
from hostile.harness import feed
from hostile.inputs import Dice
reader = next(each for each in READERS if each.name == {name!r})
as_bytes = isinstance(reader.inputs(Dice("1")), bytes)
def one(data):
    feed(reader, data if as_bytes else data.decode("utf-8", "surrogateescape"))
atheris.Setup([sys.argv[0], "-runs={times}", "-max_len=4096", "-verbosity=0", "-timeout=20", {corpus!r}], one)
atheris.Fuzz()
"""


def run(times=TIMES):
    """Try so many inputs for each reader, beginning with those that the dice throw."""
    if importlib.util.find_spec("atheris") is None:
        yield "atheris is not installed, so this is left out: pip install atheris"
        return
    import tempfile

    from hostile.inputs import Dice
    from hostile.readers import READERS

    failed = []
    for name in NAMES:
        reader = next(each for each in READERS if each.name == name)
        with tempfile.TemporaryDirectory() as folder:
            for number in range(200):
                value = reader.inputs(Dice(f"corpus {number}"))
                data = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
                (Path(folder) / str(number)).write_bytes(data)
            script = SCRIPT.format(path=sys.path, name=name, times=times, corpus=folder)
            done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        if done.returncode:
            failed.append(name)
            yield f"{name}: broken\n{done.stderr[-1500:]}"
        else:
            yield f"{name:<32} {times:>9,} inputs"
    assert not failed, failed
