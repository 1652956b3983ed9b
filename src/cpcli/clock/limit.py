"""A limit as a document words it: "within 15 working days", "at least 2 working days before", "same day".

The grammar is in docs/limits.md. A limit names what it is counted from only where the words do
("every 6 weeks until 1 year after placement-began"); otherwise the event is given beside it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cpcli.clock.errors import ClockError

RELATIONS = (
    "within",
    "at_least_before",
    "not_before",
    "every",
    "before",
    "lasts_up_to",
    "keep_for",
    "by_age",
    "by_week_of_pregnancy",
)
UNITS = ("working_day", "school_day", "day", "hour", "minute", "week", "month", "year", "age_year")
URGENCIES = ("immediately", "as soon as possible", "at the earliest opportunity")

HELP = "Write, for example, 'within 15 working days'"
RANGED = ("within", "at_least_before", "every", "lasts_up_to", "by_week_of_pregnancy")
MOST = 100_000
"""The largest number of units that a limit may have: far above any that is meant."""

LONGEST = 500
"""Characters in a limit: far more than any has."""


class LimitError(ClockError):
    """Words that are not a limit. The message is one line: what is wrong, and what to write."""


class Limit(NamedTuple):
    """What a document allows, in the parts that it can be counted by."""

    text: str
    relation: str | None = None
    """One of RELATIONS; None for a mere urgency, and for the later or earlier of several limits."""
    amount: int | None = None
    """How many units; 0 with the unit day is "same day"; None where the relation counts nothing."""
    amount_max: int | None = None
    """The upper figure of a range ("between 10 and 15 working days")."""
    unit: str | None = None
    """One of UNITS."""
    urgency: str | None = None
    """One of URGENCIES: sorts before any date, and is never given one. With a relation beside it
    ("as soon as possible, within 7 days") the date is the relation's."""
    event: str | None = None
    """What it is counted from, where the words name it."""
    until: Limit | None = None
    """For a repeat: when it stops ("until 1 year after placement-began")."""
    later_of: tuple[Limit, ...] = ()
    """For "the later of": each of them, with its event where it is named."""
    earlier_of: tuple[Limit, ...] = ()
    since: Limit | None = None
    """For a repeat: when it begins ("every 12 weeks from 1 year after placement-began")."""
    after_the_day: bool = False
    """ "The next working day": never the day itself, whatever a team counts that as."""
    then: Limit | None = None
    """For a repeat that stops: the rhythm that goes on from there ("…, then every 12 weeks")."""


@lru_cache(maxsize=4096)
def parse_limit(text: str) -> Limit:
    """Read a limit. Raises LimitError with one line that says what is wrong and what to write."""
    from cpcli.clock import grammar, pieces

    written = " ".join(text.split())
    if not written:
        raise LimitError(f"No limit was given. {HELP}.")
    if len(text) > LONGEST:  # and so is not remembered either
        raise LimitError(f"This is no limit: it has {len(text):,} characters. {HELP}.")
    try:
        return grammar.read(written)._replace(text=written)
    except pieces.No as no:
        raise LimitError(f"'{written}' is not a limit: {no}.") from None


def limit_words(limit: Limit) -> str:
    """The one plain way to write a limit: parse_limit reads it back as the same limit."""
    if limit.later_of or limit.earlier_of:
        which = "later" if limit.later_of else "earlier"
        keep = limit.relation == "keep_for"
        parts = [_part(part, keep) for part in limit.later_of or limit.earlier_of]
        return f"{'keep until ' if keep else ''}the {which} of {', '.join(parts[:-1])} and {parts[-1]}"
    if limit.relation is None:
        return limit.urgency or ""
    return f"{limit.urgency}, {_plain(limit)}" if limit.urgency else _plain(limit)


def events_of(limit: Limit) -> set[str]:
    """The events that a limit names."""
    parts = (*limit.later_of, *limit.earlier_of, limit.until, limit.since, limit.then)
    inner = set().union(*(events_of(part) for part in parts if part is not None))
    return inner | {limit.event} if limit.event else inner


def day_itself(limit: Limit, first_day: int) -> int:
    """What the day itself counts as, 0 or 1: a repeat and "the next day" always begin after it."""
    return 0 if limit.relation == "every" or limit.after_the_day else first_day


def unit_words(unit: str | None, amount: int) -> str:
    """ "1 working day", "15 working days": an amount of a unit."""
    name = "year" if unit == "age_year" else (unit or "").replace("_", " ")
    return f"{amount} {name}" if amount == 1 else f"{amount} {name}s"


def _part(limit: Limit, keep: bool = False, join: str = " from ") -> str:
    """A limit inside another: the opening word falls away where the amount is enough."""
    if limit.relation == ("keep_for" if keep else "by_age") and limit.unit == "age_year":
        return f"age {limit.amount}{_named(' from ', limit)}"
    if keep and limit.relation == "keep_for" and limit.amount == 0:
        return limit.event or ""
    counted = not limit.amount_max and not limit.after_the_day
    if limit.relation == ("keep_for" if keep else "within") and limit.amount and counted:
        return f"{unit_words(limit.unit, limit.amount)}{_named(join, limit)}"
    return _plain(limit)


def _named(join: str, limit: Limit) -> str:
    return f"{join}{limit.event}" if limit.event else ""


def _plain(limit: Limit) -> str:
    amount, most, unit = limit.amount or 0, limit.amount_max, limit.unit
    much = unit_words(unit, amount)
    if most:
        much = f"{amount} to {unit_words(unit, most)}"
    between = much.replace(" to ", " and ") if most else ""
    match limit.relation:
        case "within" if amount == 0:
            return "same day" + _named(" as ", limit)
        case "within" if limit.after_the_day:
            return much.replace("1", "next", 1) + _named(" after ", limit)
        case "within":
            return (f"between {between}" if most else f"within {much}") + _named(" of ", limit)
        case "at_least_before":
            return f"{f'between {between}' if most else f'at least {much}'} before" + _named(" ", limit)
        case "not_before" if unit == "age_year":
            return f"not before age {amount}" + _named(" from ", limit)
        case "not_before":
            return f"not before {much}" + _named(" after ", limit) if amount else f"not before {limit.event}"
        case "every":
            words = f"every {much.removeprefix('1 ')}" + _named(" from ", limit)
            since = f" from {_bound(limit.since)}" if limit.since else ""
            until = f" until {_bound(limit.until)}" if limit.until else ""
            return words + since + until + (f", then {_plain(limit.then)}" if limit.then else "")
        case "before":
            return "before" + _named(" ", limit)
        case "by_age":
            return f"by age {amount}" + _named(" from ", limit)
        case "by_week_of_pregnancy":
            return f"{f'between {between}' if most else f'by {much}'} of pregnancy" + _named(" from ", limit)
        case "keep_for" if unit == "age_year":
            return f"keep until age {amount}" + _named(" from ", limit)
        case "keep_for" if amount == 0:
            return f"keep until {limit.event}"
        case "keep_for":
            return f"keep for {much}" + _named(" from ", limit)
        case "lasts_up_to":
            return f"lasts {f'between {between}' if most else f'up to {much}'}" + _named(" from ", limit)
    raise ValueError(f"a limit has no relation {limit.relation!r}")


def _bound(limit: Limit) -> str:
    """When a repeat begins or stops."""
    return limit.event or "" if limit.relation == "before" else _part(limit, join=" after ")
