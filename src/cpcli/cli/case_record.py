"""Recording a change of a case: what it would come to, and what it has come to, as a screen or as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from cpcli.casework.case import Case, fold
from cpcli.casework.entry import Draft, Entry
from cpcli.casework.layout import Rules
from cpcli.casework.record import record
from cpcli.casework.stand_in import MEND
from cpcli.cli.context import rules_of, save, who
from cpcli.cli.errors import UsageFault
from cpcli.output.changes import changed, changes, gone, were

if TYPE_CHECKING:
    from cpcli.output.blocks import Block
    from cpcli.store.store import Store

Json = dict[str, Any]


class Change(NamedTuple):
    """A case before an entry and after it."""

    before: Json
    """Its whole record."""
    after: Json
    case: Case
    """As it is after it."""
    rules: Rules

    def as_object(self, cautions: Sequence[str] = ()) -> Json:
        """What a command that changes something writes with --json."""
        duties, lost = changed(self.before, self.after), gone(self.before, self.after)
        return {
            "case": self.after["case"],
            "marking": self.after["marking"],
            "changed": duties,
            "was": [*were(self.before, duties), *lost],
            "cautions": list(cautions),
        }

    def blocks(self, *, with_old: bool = False) -> list[Block]:
        """What it changes, for people; `with_old` says of each duty what it was."""
        from cpcli.output.blocks import Para

        duties, lost = changed(self.before, self.after), gone(self.before, self.after)
        was = [*(were(self.before, duties) if with_old else []), *lost]
        sets, at = self.rules.procedure_set, self.after["case"]["as_at"]
        found = changes(duties, at, sets, was, self.after["walks"])
        again = [walk["number"] for walk in self.after["walks"] if self._opens(walk)]
        if again:
            reference = self.after["case"]["reference"]
            walks = ", ".join(map(str, again))
            found.append(
                Para(f"Walk {walks} has questions to answer again: cpcli resume {reference}", "warn")
            )
        return found

    def show(
        self,
        said: str,
        cautions: Sequence[str] = (),
        *,
        moment: str = "",
        as_json: bool = False,
        changes: bool = True,
        with_old: bool = False,
    ) -> None:
        """Write on standard output what is `said` of it, what to look at again, and what it changes."""
        if as_json:
            from cpcli.output.data import write_object

            write_object(self.as_object(cautions))
            return
        from cpcli.output.blocks import Para, Title
        from cpcli.output.people import show
        from cpcli.output.words import say

        title = Title(said, say(moment) if moment else "")
        notices = [Para(line, "warn", 0) for line in cautions]
        show([title, *notices, *(self.blocks(with_old=with_old) if changes else [])])

    def _opens(self, walk: Json) -> bool:
        """Whether the walk has a question now that it had not."""
        was = next((each for each in self.before["walks"] if each["number"] == walk["number"]), None)
        return walk["next_step"] is not None and was is not None and was["next_step"] is None


def would_be(opened: Store, before: Case, draft: Draft, at: datetime) -> Change:
    """What the case would come to with this entry. Nothing is recorded."""
    entries = list(opened.entries(before.reference))
    entry = Entry(opened.head()[0] + 1, at, who(), before.reference, draft.walk, draft.kind, dict(draft.body))
    after = fold([*entries, entry])
    by = rules_of(before, opened)
    return Change(record(before, by, at), record(after, by, at), after, by)


def refuse_changed(opened: Store, before: Case) -> None:
    """Raises UsageFault where the case is not what somebody has been shown and agreed to change."""
    last = opened.case(before.reference).last_seq
    if last != before.last_seq:
        raise UsageFault(
            f"Case {before.reference} has changed meanwhile (entry {last}). Nothing was recorded: look again."
        )


def is_closed(reference: str) -> str:
    """A word of caution to whoever goes on in a closed case."""
    return f"The case is closed, so nothing is due in it: cpcli case reopen {reference} opens it again."


def keep(
    opened: Store,
    before: Case,
    draft: Draft,
    said: str,
    moment: str = "",
    *,
    at: datetime,
    as_json: bool,
    cautions: Sequence[str] = (),
    show: bool = True,
    with_old: bool = False,
    also: Sequence[Draft] = (),
) -> None:
    """Append the entry, and `also` others with it, and say what was recorded and, unless `show` is off, what
    it changes.
    """
    was = record(before, rules_of(before, opened), at)
    after = save(opened, before.reference, [draft, *also], at=at)
    by = rules_of(after, opened)
    if before.closed and draft.kind != "reopened":
        cautions = [*cautions, is_closed(before.reference)]
    if by.missing:
        cautions = [*cautions, " ".join((*by.missing.values(), MEND))]
    Change(was, record(after, by, at), after, by).show(
        said, cautions, moment=moment, as_json=as_json, changes=show, with_old=with_old
    )
