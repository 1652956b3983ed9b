"""One duty of a case as an object, for programs. Apart from record.py, which takes long to import."""

from __future__ import annotations

from typing import Any

from cpcli.casework.duty_state import DutyState


def duty_json(duty: DutyState) -> dict[str, Any]:
    """Its fields by name, all but the one that sorts; null for what it does not have."""
    found = {key: None if value == "" else value for key, value in duty._asdict().items()}
    del found["sort"]
    return {**found, "cite": list(duty.cite)}
