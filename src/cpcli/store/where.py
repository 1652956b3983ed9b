"""Where the store is, unless another is named."""

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
