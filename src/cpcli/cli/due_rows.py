"""The rows of a batch of due dates, and how each answered row is written."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from json import dumps
from typing import Any, NamedTuple, Protocol, TextIO

from cpcli.clock.errors import ClockError
from cpcli.output.csv_text import csv_line
from cpcli.output.safe import safe_json
from cpcli.output.tell import tell


class Row(NamedTuple):
    """One row of the input."""

    line: int
    """Where it stands in the input, from 1."""
    values: Mapping[str, Any]
    """What it says, as it was given; of CSV, with the columns' names as keys."""
    text: str
    """The JSON object as it was read; "" where it was not JSON."""
    fault: str
    """Why it is no row at all; "" where it is one."""


class Found(NamedTuple):
    """What a row comes to."""

    due: str | None
    """ISO; None for what has no date, and for a bad row."""
    projected: bool = False
    error: str = ""
    """What is wrong, with the line; "" where nothing is."""


ADDED = ("due", "projected", "error")
OURS = frozenset(ADDED)
"""The keys that are added. Where the input has them already, they are written anew."""


class Writer(Protocol):
    """Turns answered rows into text, one after the other."""

    def row(self, row: Row, found: Found) -> str:
        """What to write for this row. Raises ClockError where the form has no room for what it says."""

    def end(self) -> str:
        """What to write after the last row."""


def json_text(row: Row, found: Found) -> str:
    """The row's object with `due` added (and `projected` where it is), or `error`."""
    return safe_json(_json_text(row, found))


def _json_text(row: Row, found: Found) -> str:
    values = row.values
    if row.text and values and not found.error and OURS.isdisjoint(values):
        # The text is added to, not written anew: quicker, and every figure stays as it was.
        due = "null" if found.due is None else f'"{found.due}"'
        projected = ', "projected": true' if found.projected else ""
        return f'{row.text.rstrip()[:-1]}, "due": {due}{projected}}}'
    kept = {key: value for key, value in values.items() if key not in OURS}
    if found.error:
        return dumps({**kept, "error": found.error}, ensure_ascii=False)
    projected_too = {"projected": True} if found.projected else {}
    return dumps({**kept, "due": found.due, **projected_too}, ensure_ascii=False)


class Ndjson:
    """One object a line."""

    def row(self, row: Row, found: Found) -> str:
        """The object and the end of the line."""
        return json_text(row, found) + "\n"

    def end(self) -> str:
        """Nothing."""
        return ""


class Json:
    """One array of objects."""

    def __init__(self) -> None:
        self.before = "[\n"

    def row(self, row: Row, found: Found) -> str:
        """The object, with what must stand before it."""
        before, self.before = self.before, ",\n"
        return before + json_text(row, found)

    def end(self) -> str:
        """The end of the array."""
        return "[]\n" if self.before == "[\n" else "\n]\n"


class Csv:
    """The columns of the first row, then due, projected and error."""

    def __init__(self) -> None:
        self.columns: list[str] = []

    def row(self, row: Row, found: Found) -> str:
        """A line, and before the first one the header."""
        head = ""
        if not self.columns:
            given = [key for key in row.values if key not in OURS] or ["id", "limit", "from", "nation"]
            self.columns = [*given, *ADDED]
            head = csv_line(self.columns)
        more = [key for key in row.values if key not in self.columns]
        if more and not found.error:
            raise ClockError(f"'{more[0]}' has no column here, as the first row had no such key.")
        ours = {"due": found.due, "projected": found.projected if found.due else None, "error": found.error}
        return head + csv_line([{**row.values, **ours}.get(column) for column in self.columns])

    def end(self) -> str:
        """Nothing."""
        return ""


class Table:
    """A line for people: the due date, which row it is, and what was asked."""

    def row(self, row: Row, found: Found) -> str:
        """The line."""
        from cpcli.clock.when import from_iso, say_when
        from cpcli.output.safe import safe

        due = say_when(from_iso(found.due)) if found.due else "" if found.error else "no date"
        name = str(row.values.get("id", f"line {row.line}"))
        get = row.values.get
        limit = get("limit") or get("duty") or ""
        asked = found.error or f"{limit} from {get('from') or get('events') or ''}".strip()
        note = " (projected)" if found.projected else ""
        return safe(f"{due:<21}  {name:<12}  {asked}{note}".replace("\n", " ")) + "\n"

    def end(self) -> str:
        """Nothing."""
        return ""


class Ics:
    """A calendar, with a task and a day's entry for each row. A bad row is named on standard error."""

    def __init__(self) -> None:
        from cpcli.cli.now import now
        from cpcli.output.ics import calendar_parts

        self.stamp = now()
        self.before, self.after = calendar_parts((), self.stamp)

    def row(self, row: Row, found: Found) -> str:
        """Its task and its entry, and before the first of them the calendar's head."""
        from cpcli.clock.when import from_iso
        from cpcli.output.ics import Entry, entry_text
        from cpcli.output.schedule import uid

        before, self.before = self.before, ""
        if found.error:
            tell(found.error)
            return before
        get = row.values.get
        asked = [str(get(key) or "") for key in ("id", "limit", "duty", "from", "nation", "events")]
        entry = Entry(
            uid(*asked, "" if asked[0] else str(row.line)),
            ": ".join(part for part in (asked[0], asked[1] or asked[2]) if part) or f"line {row.line}",
            from_iso(found.due) if found.due else None,
            f"From {asked[3]}" if asked[3] else "",
            firm=not found.projected,
        )
        return before + entry_text(entry, self.stamp)

    def end(self) -> str:
        """The end of the calendar."""
        return self.before + self.after


WRITERS: Mapping[str, type[Ndjson | Json | Csv | Table | Ics]] = {
    "ndjson": Ndjson,
    "json": Json,
    "csv": Csv,
    "table": Table,
    "ics": Ics,
}


def plain_stdout() -> TextIO:
    """Standard output as programs read it on every system: UTF-8, and no carriage returns."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout
