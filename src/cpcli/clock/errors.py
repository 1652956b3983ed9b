"""What the clock raises: always one line that says what is wrong and what to do."""

from __future__ import annotations


class ClockError(ValueError):
    """Anything the clock cannot answer. The message is one line, fit to be shown as it is."""
