"""How long the records of cases are kept: to a person, and to programs. References, never a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cpcli.casework.keeping import CANNOT, NOT_GIVEN, NOT_KNOWN, REACHED, TO_COME, Keeping, Kept
from cpcli.casework.stand_in import MEND
from cpcli.output.blocks import Block, Heading, Item, Items, Para, Title
from cpcli.output.words import citation, say
from cpcli.store.store import CaseRow

SOME = 20
"""More cases without a period than these are not named."""
COLUMNS = (
    *("case", "status", "state", "keep_until", "do", "limit", "source", "cite", "not_known", "pathways"),
    *("not_at_hand", "marking"),
)
Found = Sequence[tuple[CaseRow, Keeping]]
Marks = Mapping[str, Sequence[str]]
"""Of each case that is marked, who may not see it."""

_HEADINGS = {
    REACHED: ("Kept until a day that has come: due for review", "warn"),
    TO_COME: ("To be kept until a day that is still to come", "strong"),
    CANNOT: ("Cannot be worked out: procedures are not at hand", "warn"),
    NOT_KNOWN: ("A period is given, and no day can be worked out: find out what is missing", "warn"),
    NOT_GIVEN: ("No period given", "strong"),
}
_OPEN = (
    "Nothing that was walked in them says how long such a record is kept. Another procedure of the same "
    "document may, and so may your organisation's own rules."
)


def blocks(found: Found, today: str) -> list[Block]:
    """The screen."""
    page: list[Block] = [Title("How long records are kept", say(today))]
    for state, (heading, tone) in _HEADINGS.items():
        mine = [each for each in found if each[1].state(today) == state]
        if not mine:
            continue
        page.append(Heading(heading, tone))
        if state == NOT_GIVEN:
            page += [Para(_OPEN, "quiet"), *_not_given(mine)]
        else:
            page += [Para(MEND, "quiet")] if state == CANNOT else []
            items = sorted(mine, key=lambda each: each[1].until)
            page.append(Items(tuple(_item(row, kept) for row, kept in items), apart=True))
    if len(page) == 1:
        page.append(Para("No record is due for review.", indent=0))
    return page


def _item(row: CaseRow, kept: Keeping) -> Item:
    said = (*map(_rule, kept.rules), *kept.missing, *kept.not_at_hand)
    at_least = "at least " if kept.not_at_hand else ""
    lead = f"{at_least}{say(kept.until)}" if kept.until else "No day"
    return Item(lead, f"Case {row.reference}, {row.status}: {row.title}", said)


def _rule(kept: Kept) -> str:
    duty = kept.duty
    until = f"until {say(kept.until)}" if kept.until else "no day"
    return f"{duty.do}: {duty.limit or 'no period given'}, {until} · {citation(duty.source, duty.cite)}"


def _not_given(found: Found) -> Iterator[Block]:
    """Those without a period by what they are, and what their documents do say."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for row, kept in found:
        mine = (f"{each.duty.do} · {citation(each.duty.source, each.duty.cite)}" for each in kept.rules)
        alike.setdefault((row.title or "No procedure", *dict.fromkeys(mine)), []).append(row.reference)
    items = []
    for (title, *said), references in alike.items():
        more = f" … and {len(references) - SOME:,} more: --json has them" if len(references) > SOME else ""
        items.append(Item("-", title, (", ".join(references[:SOME]) + more, *said)))
    yield Items(tuple(items))


def as_object(found: Found, today: str, marks: Marks) -> dict[str, Any]:
    """The same for programs."""
    marking = {row.reference: marks[row.reference] for row, _ in found if row.reference in marks}
    return {"marking": marking, "as_at": today, "cases": [_case(row, kept, today) for row, kept in found]}


def _case(row: CaseRow, kept: Keeping, today: str) -> dict[str, Any]:
    return {
        "case": row.reference,
        "status": row.status,
        "pathways": row.title.split("; ") if row.title else [],
        "state": kept.state(today),
        "keep_until": kept.until or None,
        "not_known": list(kept.missing),
        "not_at_hand": list(kept.not_at_hand),
        "rules": [
            {
                "walk": each.duty.walk,
                "key": each.duty.key,
                "do": each.duty.do,
                "limit": each.duty.limit or None,
                "keep_until": each.until or None,
                "not_known": list(each.missing),
                "source": each.duty.source,
                "pathway": each.duty.pathway,
                "cite": list(each.duty.cite),
                "note": each.duty.note or None,
            }
            for each in kept.rules
        ],
    }


def as_csv(found: Found, today: str, marks: Marks) -> Iterator[str]:
    """A row for each rule of each case; one without a rule where a case has none."""
    from cpcli.output.csv_text import csv_text

    nothing = {"do": None, "limit": None, "source": None, "cite": (), "not_known": ()}
    rows = (
        {
            **case,
            "pathways": "; ".join(case["pathways"]),
            "not_at_hand": " ".join(case["not_at_hand"]),
            **rule,
            "keep_until": rule.get("keep_until"),
            "cite": ", ".join(rule["cite"]),
            "not_known": " ".join(rule["not_known"]),
            "marking": " ".join(marks.get(case["case"], ())),
        }
        for case in (_case(row, kept, today) for row, kept in found)
        for rule in case["rules"] or [nothing]
    )
    return csv_text(COLUMNS, ([row[column] for column in COLUMNS] for row in rows))
