"""A small procedure set without a fault, and copies of it that have one."""

import shutil
from pathlib import Path

SETS = Path(__file__).parent / "procedures" / "sets"
SOUND = SETS / "sound"
TEAM = SETS.parent / "local" / "team"


def copy(into: Path) -> Path:
    """The sound set, copied to a folder where it can be changed."""
    return Path(shutil.copytree(SOUND, into / "sound"))


def team(into: Path) -> Path:
    """A team's set that extends the sound set, and the sound set beside it, where both can be changed."""
    copy(into)
    return Path(shutil.copytree(TEAM, into / "team"))


def change(folder: Path, file: str, old: str, new: str) -> Path:
    """Replace the first such text in the file, which has to have it."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def line_of(path: Path, text: str) -> int:
    """The first line of the file that has this text, from 1."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)
