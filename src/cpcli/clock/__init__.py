"""Floor 0: limits, UK working days, due dates and their working. Knows nothing of child protection."""
