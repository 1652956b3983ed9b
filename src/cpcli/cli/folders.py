"""Where the procedure sets, the cache and the settings are, which the environment can change."""

from __future__ import annotations

import os
from pathlib import Path


def data_folders() -> tuple[Path, ...]:
    """The folders that hold procedure sets: the toolkit's own, then those that CPCLI_PROCEDURES names."""
    from cpcli.procedures.layers import data_folder

    named = os.environ.get("CPCLI_PROCEDURES", "").split(os.pathsep)
    return (data_folder(), *(Path(each).expanduser() for each in named if each))


def cache_folder() -> Path:
    """What can be made again at any time: CPCLI_CACHE, or the system's folder for such things."""
    named = os.environ.get("CPCLI_CACHE")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("cpcli", appauthor=False)


def config_folder() -> Path:
    """The settings: CPCLI_CONFIG, or the system's folder for such things."""
    named = os.environ.get("CPCLI_CONFIG")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("cpcli", appauthor=False)
