"""What time it is: the one place where the clock is read."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from cpcli.cli.errors import UsageFault
from cpcli.clock.errors import ClockError
from cpcli.clock.when import LONDON, from_iso


def now() -> datetime:
    """The time in London; or what CPCLI_NOW says (ISO, as 2026-12-24T16:40), for tests and training."""
    said = os.environ.get("CPCLI_NOW", "").strip()
    if not said:
        return datetime.now(UTC).astimezone(LONDON)
    try:
        moment = from_iso(said)
    except ClockError as error:
        raise UsageFault(f"CPCLI_NOW: {error}") from None
    if not isinstance(moment, datetime):
        raise UsageFault(f"CPCLI_NOW is '{said}', a day without a time: write it as {said}T08:45.")
    return moment
