"""One duty of a case as an object, for programs."""

from __future__ import annotations

from typing import Any

from cpcli.casework.duty_state import DutyState

_MAY_BE_NULL = ("why", "since", "limit", "urgency", "event", "started", "due", "counted", "note")


def duty_json(duty: DutyState) -> dict[str, Any]:
    """Its fields by name, all but the one that sorts; null for what it does not have."""
    found = duty._asdict()
    del found["sort"]
    return {**found, "cite": list(duty.cite), **{key: found[key] or None for key in _MAY_BE_NULL}}
