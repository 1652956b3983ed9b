"""Floor 1: what the documents say. The model, the reader, the catalogue and the linter."""
