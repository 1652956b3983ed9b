"""Floor 5: one thin file for each group of commands. Parse, call, show."""
