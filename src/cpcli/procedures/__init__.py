"""Floor 1: what the documents say. The model of a procedure set, its loader and its linter."""
