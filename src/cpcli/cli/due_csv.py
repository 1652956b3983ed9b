"""Rows of a batch of due dates from CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cpcli.cli.csv_in import read_csv
from cpcli.cli.due_rows import Row
from cpcli.cli.errors import UsageFault

OURS = ("id", "limit", "duty", "from", "nation", "events")


def csv_rows(lines: Iterable[tuple[int, bytes]], has_limit: bool, has_start: bool) -> Iterator[Row]:
    """The rows under a header. `has_limit` and `has_start`: the column may be missing, as the call says it.

    Raises UsageFault where the header will not do.
    """
    header, rows = read_csv(lines, OURS)
    for names, given in ((("limit", "duty"), has_limit), (("from", "events"), has_start)):
        if not given and not any(name in header for name in names):
            raise UsageFault(f"The CSV has no column '{names[0]}'. Its columns are: {', '.join(header)}.")
    return (Row(row.line, row.values, "", row.fault) for row in rows)
