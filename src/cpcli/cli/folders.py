"""Where the procedure sets, the cache and the settings are, which the environment can change."""

from __future__ import annotations

import os
from pathlib import Path

SETTINGS = "settings.toml"


def data_folders() -> tuple[Path, ...]:
    """The folders that hold procedure sets: the toolkit's own, the one in the settings, and those that
    CPCLI_PROCEDURES names. Raises UsageFault where the one in the settings is not there.
    """
    from cpcli.procedures.layers import data_folder

    ours = _own_procedures()
    if ours and not Path(ours).is_dir():
        from cpcli.cli.errors import UsageFault

        raise UsageFault(
            f"The folder of your own procedures, {ours}, is not there. See `cpcli config set procedures`."
        )
    named = (ours, *os.environ.get("CPCLI_PROCEDURES", "").split(os.pathsep))
    return (data_folder(), *(Path(each).expanduser() for each in named if each))


def _own_procedures() -> str:
    if not (config_folder() / SETTINGS).exists():
        return ""  # and nothing needs to be imported that reads it
    from cpcli.cli.context import settings

    return settings().procedures


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
