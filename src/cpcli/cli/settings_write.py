"""Writing the settings: a small TOML, whole or not at all, for its owner only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from cpcli.cli.settings import KEYS, SAME_DAY, Settings
from cpcli.procedures import private


def write(file: Path, given: Mapping[str, Any]) -> None:
    """Write the settings, for their owner only, and whole or not at all."""
    private.write(file.resolve(), toml(given).encode())


def plain(settings: Settings) -> dict[str, Any]:
    """The settings as the file has them."""
    given = {
        **settings._asdict(),
        "office_hours": _to(settings.office_hours) if settings.office_hours else "",
        "after_close": settings.after_close if settings.after_close != SAME_DAY else "",
        "closures": {day.isoformat(): name for day, name in sorted(settings.closures)},
        "terms": [_to(term) for term in settings.terms],
        "encrypted": "yes" if settings.encrypted else "",
    }
    found = {name: given[name.replace("-", "_")] for name in KEYS}
    return {name: value for name, value in found.items() if value not in ("", None, {}, [])}


def _to(ends: tuple[date, date] | tuple[time, time]) -> str:
    return " to ".join(f"{end:%H:%M}" if isinstance(end, time) else end.isoformat() for end in ends)


def toml(given: Mapping[str, Any]) -> str:
    """The file's text: tables last, as TOML has it."""
    tables = {name: value for name, value in given.items() if isinstance(value, dict)}
    lines = ["# Settings of cpcli. `cpcli config set` writes this file anew, without other comments."]
    lines += [f"{_key(name)} = {_toml(value)}" for name, value in given.items() if name not in tables]
    for name, table in tables.items():
        lines += ["", f"[{_key(name)}]", *(f"{_key(key)} = {_toml(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return "[" + "".join(f"\n  {_toml(each)}," for each in value) + "\n]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    return value.isoformat() if isinstance(value, date | time) else str(value).lower()
