"""Who did what in a case, and when: to a person, and to programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cpcli.casework.history import Happening
from cpcli.casework.recorded import moment as in_utc
from cpcli.output.blocks import Block, Item, Items, Title
from cpcli.output.outcome import marking, moment, not_at_hand


def history_page(
    reference: str,
    found: Sequence[Happening],
    marks: list[dict[str, Any]],
    missing: list[dict[str, Any]],
) -> list[Block]:
    """Who may not see it, which of its procedures are missing, and every entry, the first at the top."""
    title = Title(f"Case {reference}", "everything recorded, in order")
    return [title, *marking(marks), *not_at_hand(missing), Items(tuple(map(_item, found)))]


def history_json(found: Sequence[Happening]) -> list[dict[str, Any]]:
    """Every entry as an object; null for what it does not have."""
    return [
        {key: value or None for key, value in one._asdict().items()}
        | {"at": in_utc(one.at), "erased": one.erased}
        for one in found
    ]


def _item(one: Happening) -> Item:
    change = f"{one.old} -> {one.new}" if one.old and one.new else one.new
    why = f"Why: {one.why}" if one.why else ""
    at = moment(str(in_utc(one.at)))
    by = " · ".join(part for part in (f"{at}, {one.who}", f"walk {one.walk}" if one.walk else "") if part)
    brought = f"brought in {one.brought_in}" if one.brought_in else ""
    return Item(str(one.entry), one.what, tuple(part for part in (why, by, brought) if part), answer=change)
