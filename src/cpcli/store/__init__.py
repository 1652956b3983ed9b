"""Floor 3: the record in SQLite. The journal, and the current state derived from it."""
