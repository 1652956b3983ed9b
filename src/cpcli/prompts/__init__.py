"""Floor 4: asking a person."""
