import sys

# Windows has no pseudo-terminal of the kind that these are typed into.
collect_ignore = ["test_guided.py"] if sys.platform == "win32" else []
