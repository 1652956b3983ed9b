"""Floor 2, pure: from a pathway and the answers so far to the next step."""
