"""Run as a process of its own, by root: commands on a small file system that is full, or may not be written.

full_commands.py FOLDER KIND FREE...: FREE is how many bytes are left, in turn. The file system is mounted
in FOLDER for this process alone. Says a line for each command, and fails where anything is not as promised.
"""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from trial import Place, Trial
from trial_commands import ANSWERED, COMMANDS, kinds

SIZE = 6_000_000
OUTPUTS = ("case export --all", "export --format csv", "export --format ics", "case show 1", "agenda --json")
"""What writes to standard output, which may be a file on a full disk."""
FULL = "The disk is full, and not all was written: make room. What was recorded is kept."


def mount(at: Path, *how: str) -> bool:
    return subprocess.run(["mount", *how, "tmpfs", str(at)], check=False).returncode == 0


def refused(trial: Trial, *words: str) -> bool:
    """Whether the command was refused, which it must have said in one line of words for a person."""
    place = trial.place
    code = place.run(trial.command.words, trial.command.given)
    said = place.said.read_text(encoding="utf-8")
    if code:
        assert code in (2, 3), said
        last = said.splitlines()[-1]
        assert "Traceback" not in said
        assert any(word in last for word in words), said
        if "line by line" not in trial.name:
            assert len(said.splitlines()) == 1 or "recovery key is" in said, said
    return bool(code)


def full(trial: Trial, free: int) -> bool:
    """Whether it was refused with so many bytes left; it goes on when there is room."""
    trial.renew()
    ballast = trial.place.folder / "ballast"
    room = os.statvfs(trial.place.folder)
    ballast.write_bytes(b"x" * max(0, room.f_bavail * room.f_frsize - free))
    was_refused = refused(trial, "full", "No space left", "cannot be", "disk")
    ballast.unlink()
    trial.see()
    return was_refused


def forbidden(trial: Trial) -> None:
    """It is refused where nothing may be written, and goes on where that may be again."""
    trial.renew()
    mount(trial.place.folder, "-o", "remount,ro")
    was_refused = refused(trial, "cannot be written", "Read-only", "cannot be made", "cannot be worked on")
    mount(trial.place.folder, "-o", f"remount,rw,size={SIZE}")
    assert was_refused, trial.place.said.read_text()
    trial.see()


def outputs(folder: Path, at: Path, kind: str) -> None:
    """What is written to a file on the full file system is refused, and the store elsewhere is as it was."""
    place = Place(folder / "elsewhere", kind)
    place.prepare()
    assert place.run(*ANSWERED) == 0
    (at / "ballast").write_bytes(b"x" * (SIZE - 100_000))
    with suppress(OSError), (at / "more").open("wb", buffering=0) as more:
        while more.write(b"x" * 4096):
            pass
    journal = at / "journal.ndjson"
    expected = dict.fromkeys(OUTPUTS, FULL)
    expected[f"store export {journal}"] = f"The disk with {journal} is full. Make room, and try again."
    for words, line in expected.items():
        with (at / "out").open("wb") as out:
            done = subprocess.run(
                [sys.executable, "-m", "cpcli", *words.split()],
                env={**os.environ, **place.env},
                stdout=out,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        said = done.stderr.splitlines()[-1]
        assert (done.returncode, said) == (3, line), (words, done.stderr)
    assert {file.name for file in at.iterdir()} == {"ballast", "more", "out"}
    place.check()


def main(folder: Path, kind: str, levels: list[int]) -> None:
    at = folder / "at"
    at.mkdir()
    if not mount(at, "-t", "tmpfs", "-o", f"size={SIZE}"):
        print("cannot mount")
        return
    outputs(folder, at, kind)
    for name in COMMANDS:
        if kind in kinds(name):
            trial = Trial(folder, name, kind)
            found = [full(trial, free) for free in levels]
            forbidden(trial)
            print(f"{name}, {kind}: refused {sum(found)} times of {len(found)}", flush=True)


main(Path(sys.argv[1]), sys.argv[2], [int(each) for each in sys.argv[3:]])
