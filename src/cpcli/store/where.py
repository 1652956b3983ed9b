"""Where the store is, unless another is named, and which file stands there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def default_path(environment: Mapping[str, str]) -> Path:
    """What CPCLI_STORE in `environment` names; else cpcli.db in the system's folder for a person's data."""
    named = environment.get("CPCLI_STORE")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("cpcli", appauthor=False) / "cpcli.db"


def identity(path: Path) -> tuple[int, int]:
    """Which file stands there: another one, under the same name, is not the same."""
    try:
        about = path.stat()
    except OSError:
        return (0, 0)
    return about.st_dev, about.st_ino
