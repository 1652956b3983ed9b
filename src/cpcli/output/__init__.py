"""Floor 4: showing a person, or a program."""
