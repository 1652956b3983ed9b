"""Reads the words of a repeat: its rhythm, what it is counted from, when it begins and stops."""

from __future__ import annotations

from cpcli.clock import words
from cpcli.clock.limit import MOST, Limit, limit_words
from cpcli.clock.pieces import No, counts, no_unit, read_age, read_event

TWO_RHYTHMS = "every 6 weeks until 1 year after placement-began, then every 12 weeks"


def read_rhythm(cursor: words.Cursor) -> tuple[int, str] | None:
    """ "monthly", "six-weekly", "6 weekly intervals": how often, where that comes next."""
    start = cursor.at
    left, dash, right = cursor.next.rpartition("-")
    if cursor.next in words.RHYTHMS or not dash:
        times: int | None = cursor.number() or 1
        right = cursor.next
    else:
        found = words.figure(left)
        times = words.NUMBERS.get(left) if found is None else found
    if not times or right not in words.RHYTHMS:
        cursor.at = start
        return None
    cursor.at += 1
    cursor.take("intervals")
    amount, unit = words.RHYTHMS[right]
    return times * amount, unit


def read_repeat(cursor: words.Cursor, amount: int, unit: str, high: int | None = None) -> Limit:
    """The rest of a repeat: what it is counted from, when it begins, when it stops."""
    if amount == 0:
        raise No("nothing can be repeated every 0")
    if amount > MOST:
        raise No(f"it counts more than {MOST:,} units")
    if cursor.take("in the first year", "for the first year", "during the first year"):
        raise No(_two_rhythms(cursor, Limit("", "every", amount, high, unit)))
    event = since = until = then = None
    while not cursor.done:
        start = cursor.at
        if cursor.take("until"):
            until = _bound(cursor, "until")
        elif cursor.take("from", "starting", "beginning", "starting from") and (
            counts(cursor) or cursor.next == "age"
        ):
            since = _bound(cursor, "from")
        elif cursor.take(*words.THEN):
            then = _next_rhythm(cursor)
            if until is None or since or then.event:
                raise No(f"'then' follows the day on which the first rhythm stops: '{TWO_RHYTHMS}'")
        else:
            cursor.at = start
            event = read_event(cursor, *words.FORWARD)
            if event is None:
                break
    return Limit("", "every", amount, high, unit, event=event, until=until, since=since, then=then)


def _next_rhythm(cursor: words.Cursor) -> Limit:
    """The rhythm that follows "then", to the end."""
    cursor.take("every", "at", "at regular")
    if rhythm := read_rhythm(cursor):
        return read_repeat(cursor, *rhythm)
    amount, unit = cursor.number(), cursor.unit()
    if unit is None:
        raise No(no_unit(cursor))
    return read_repeat(cursor, unit[1] * (1 if amount is None else amount), unit[0])


def _two_rhythms(cursor: words.Cursor, first: Limit) -> str:
    """What to write for a rhythm of the first year, and for the one of later years that may follow."""
    while cursor.take(",", "and", "then", "every"):
        pass
    later = read_rhythm(cursor)
    then = f", then {limit_words(Limit('', 'every', later[0], None, later[1]))}" if later else ""
    return (
        "it does not say what the first year begins with. Write "
        f"'{limit_words(first)} until 1 year after placement-began{then}'"
    )


def _bound(cursor: words.Cursor, word: str) -> Limit:
    """When a repeat begins or stops: an event, an age, or a time after an event."""
    start = cursor.at
    age = read_age(cursor)
    if age is not None:
        bound = Limit("", "by_age", age, None, "age_year", event=read_event(cursor, *words.FORWARD))
    elif counts(cursor):
        low = cursor.number() or 0
        unit = cursor.unit()
        if unit is None or low == 0:
            raise No(no_unit(cursor))
        if low > MOST:
            raise No(f"it counts more than {MOST:,} units")
        bound = Limit("", "within", low * unit[1], None, unit[0], event=read_event(cursor, *words.FORWARD))
    else:
        bound = Limit("", "before", event=read_event(cursor, bare=True))
    if bound.event is None:
        raise No(f"'{word}' needs an event to count from: 'until 1 year after placement-began'")
    return bound._replace(text=cursor.rest(start))
