"""Floor 2, pure: from a case's journal to its events and duties."""
