"""Reads the words of a limit. What it takes, and what each form means, is in docs/limits.md."""

from __future__ import annotations

from cpcli.clock import words
from cpcli.clock.limit import HELP, MOST, RANGED, Limit, limit_words


class No(Exception):
    """Why the words are no limit."""


def read(text: str) -> Limit:
    """The limit that these words give. Raises No with the reason where they are none."""
    cursor = words.Cursor.over(text)
    return _composite(cursor) or _single(cursor)


def _single(cursor: words.Cursor) -> Limit:
    """An urgency, a plain limit, or the one and then the other."""
    urgent = cursor.take(*words.URGENCIES)
    if urgent is None:
        return _plain(cursor)
    urgency = words.URGENCIES[urgent]
    while cursor.take(*words.AFTER_URGENCY):
        pass
    return (Limit("") if cursor.done else _plain(cursor))._replace(urgency=urgency)


def _composite(cursor: words.Cursor) -> Limit | None:
    """The later or the earlier of several limits, or None where the words are of one limit."""
    start, keep = cursor.at, cursor.take("keep until", "retain until") is not None
    cursor.take("the")
    which = cursor.take(*(f"{word} of" for word in words.LATER + words.EARLIER))
    if which is not None:
        body, word = cursor.words[cursor.at :], which.split()[0]
    else:
        body, word = cursor.words[start:], ""
        for mark in ("whichever", "if"):
            if mark in body:
                place = body.index(mark)
                word, body = body[-1], body[:place]
                break
        if word not in words.LATER + words.EARLIER:
            cursor.at = start
            return None
        keep = body[:1] in (("keep",), ("retain",))
    parts = [_part(part, keep) for part in _split(body)]
    if len(parts) < 2:
        raise No(f"'the {word} of' needs two limits or more, with 'and' between them")
    cursor.at = len(cursor.words)
    relation = "keep_for" if keep else None
    if word in words.LATER:
        return Limit("", relation, later_of=tuple(parts))
    return Limit("", relation, earlier_of=tuple(parts))


def _split(body: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Split at commas, "and" and "or", except for the "and" of "between 10 and 15"."""
    parts: list[list[str]] = [[]]
    for word in body:
        ranged = "between" in parts[-1] and "and" not in parts[-1]
        if word in (",", "or") or (word == "and" and not ranged):
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def _part(part: tuple[str, ...], keep: bool) -> Limit:
    cursor = words.Cursor(part)
    if keep:
        cursor.take("for", "for at least", "until")
    alone = keep and len(part) - cursor.at == 1 and not _counts(cursor)
    limit = _day_of(cursor) if alone else _plain(cursor)
    if limit.relation == "every":
        raise No(f"'{cursor.rest(0)}' repeats, so it cannot be part of 'the later of' or 'the earlier of'")
    if keep and limit.relation in ("within", "by_age"):
        limit = limit._replace(relation="keep_for")
    return limit._replace(text=" ".join(part))


def _day_of(cursor: words.Cursor) -> Limit:
    """The day of an event itself."""
    return Limit("", "within", 0, None, "day", event=_event(cursor, bare=True))


def _plain(cursor: words.Cursor) -> Limit:
    limit = _same_or_next_day(cursor) or _counted(cursor)
    if not cursor.done:
        raise No(_left_over(cursor))
    return limit


def _same_or_next_day(cursor: words.Cursor) -> Limit | None:
    start = cursor.at
    cursor.take("by the end of", "by", "on", "within")
    cursor.take("the")
    if cursor.take("same day"):
        return Limit("", "within", 0, None, "day", event=_event(cursor, "as", *words.FORWARD))
    if cursor.take("next") and cursor.next not in words.NUMBERS and (unit := cursor.unit()):
        if unit[0] in ("working_day", "school_day", "day"):
            event = _event(cursor, *words.FORWARD)
            return Limit("", "within", 1, None, unit[0], event=event, after_the_day=True)
        raise No("'next' goes with a working day, a school day or a day")
    cursor.at = start
    return None


def _counted(cursor: words.Cursor) -> Limit:
    if cursor.at == 0 and cursor.take("after"):
        much = cursor.rest() if _counts(cursor) else "3 months"
        raise No(
            f"'after' does not say whether that is the first day or the last. Write 'not before {much}' for "
            f"the first, 'within {much}' for the last"
        )
    opening = cursor.take(*words.OPENINGS) or ""
    way = words.OPENINGS[opening] if opening else ""
    if way in ("before", "not before", "keep") and (age := _age(cursor)):
        if way == "not before":
            return Limit("", "not_before", age, None, "age_year", event=_event(cursor, *words.FORWARD))
        relation = "keep_for" if way == "keep" else "by_age"
        return Limit("", relation, age, None, "age_year", event=_event(cursor, *words.FORWARD))
    if opening.endswith("until") and way == "keep" and cursor.next and not _counts(cursor):
        return _day_of(cursor)._replace(relation="keep_for")
    if way in ("", "at most") and opening != "at" and (age := _age(cursor)):
        return Limit("", "by_age", age, None, "age_year", event=_event(cursor, *words.FORWARD))
    if (way in ("", "every", "at least") or opening == "at") and (rhythm := _rhythm(cursor)):
        return _repeat(cursor, *rhythm)
    if way == "before" or (way == "not before" and cursor.next and not _counts(cursor)):
        event = _event(cursor, bare=True)
        if way == "not before" and event is None:
            raise No(_no_number(cursor))
        return Limit("", "before" if way == "before" else "not_before", event=event)
    return _amounts(cursor, opening, way)


def _rhythm(cursor: words.Cursor) -> tuple[int, str] | None:
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


def _counts(cursor: words.Cursor) -> bool:
    """A number comes next. Reads nothing."""
    here = cursor.at
    found = cursor.number() is not None
    cursor.at = here
    return found


def _amounts(cursor: words.Cursor, opening: str, way: str) -> Limit:
    if opening in ("by", "at") and cursor.take("week"):
        week = cursor.number()
        if week is None or not cursor.take(*words.PREGNANCY):
            raise No("'week' needs a number and 'of pregnancy': 'by week 24 of pregnancy'")
        return _pregnancy(cursor, opening, week, None)
    low, high = _figures(cursor, needed=way != "every")
    unit = cursor.unit()
    if unit is None:
        raise No(_no_unit(cursor))
    low = unit[1] * (1 if low is None else low)
    high = unit[1] * high if high else None
    if unit[0] == "week" and cursor.take(*words.PREGNANCY):
        return _pregnancy(cursor, opening, low, high)
    if low > MOST or (high or 0) > MOST:
        raise No(f"it counts more than {MOST:,} units")
    if way == "every":
        return _repeat(cursor, low, unit[0], high)
    if low == 0 and (unit[0] != "day" or high):
        raise No("nothing can be counted to 0; for the day of the event itself write 'same day'")
    back = cursor.take(*words.BACK)
    event = _event(cursor, bare=True) if back else _event(cursor, *words.FORWARD)
    if back and way in ("at least", "at most", ""):
        return Limit("", "at_least_before", low, high, unit[0], event=event)
    relation = {"not before": "not_before", "keep": "keep_for", "lasts": "lasts_up_to"}.get(way, "within")
    if back:
        raise No(f"'{opening}' does not go with 'before'; write 'at least {low} … before'")
    if way == "at least":
        raise No(f"at least {low} … before what? Add 'before', or write 'not before', 'keep for' or 'every'")
    if opening == "at":
        raise No("'at' goes with weeks of pregnancy; for a time from an event write 'within'")
    if high and relation not in RANGED:
        raise No("a range ('between … and …') does not go with this kind of limit")
    return Limit("", relation, low, high, unit[0], event=event)


def _figures(cursor: words.Cursor, needed: bool) -> tuple[int | None, int | None]:
    """One number, or the two of a range."""
    if cursor.take("as early as"):
        return _as_early_as(cursor)
    between = cursor.take("between") is not None
    left, dash, right = cursor.next.partition("-")
    figures = words.figure(left), words.figure(right)
    if dash and None not in figures:
        cursor.at += 1
        low, high = figures[0] or 0, figures[1] or 0
    else:
        first = cursor.number()
        if first is None:
            if needed or between:
                raise No(_no_number(cursor))
            return None, None
        if not cursor.take("and" if between else "to"):
            if between:
                raise No("'between' needs two numbers: 'between 10 and 15 working days'")
            return first, None
        second = cursor.number()
        if second is None:
            raise No(_no_number(cursor))
        low, high = first, second
    return _rising(low, high)


def _as_early_as(cursor: words.Cursor) -> tuple[int, int]:
    """The rest of "as early as 13 weeks and no later than 24 weeks": its numbers. The last unit is left."""
    low, unit = cursor.number(), cursor.unit()
    cursor.take(*words.PREGNANCY)
    while cursor.take(",", "and", "but", "should be", "must be"):
        pass
    high = cursor.number() if cursor.take("no later than", "not later than") else None
    here = cursor.at
    if low is None or high is None or (unit and unit != cursor.unit()):
        raise No("'as early as' needs two figures of one unit: 'between 13 and 24 weeks of pregnancy'")
    cursor.at = here
    return _rising(low, high)


def _rising(low: int, high: int) -> tuple[int, int]:
    if not 0 < low < high:
        raise No(f"the first number of a range must be the smaller: 'between {high} and {low}'")
    return low, high


def _age(cursor: words.Cursor) -> int | None:
    """An age in years: "age 18", "the age of 18", "the 18th birthday"."""
    start = cursor.at
    if cursor.take("age", "aged", "the age of", "age of"):
        age = cursor.number()
        if age is None or not 0 < age <= 150:
            raise No("an age is a number of years, 1 to 150: 'by age 18'")
    else:
        cursor.take("the", "their", "the child's", "a child's")
        digits = cursor.next.rstrip("dhnrst")
        cursor.at += 1
        age = words.figure(digits)
        age = age if cursor.take("birthday") else None
    if age is None or not 0 < age <= 150:
        cursor.at = start
        return None
    return age


def _pregnancy(cursor: words.Cursor, opening: str, low: int, high: int | None) -> Limit:
    if words.OPENINGS.get(opening, "at most") not in ("at most", "within", "before"):
        raise No("weeks of pregnancy go with 'by': 'by 24 weeks of pregnancy'")
    if not 0 < low <= 42 or (high or 0) > 42:
        raise No("a pregnancy has weeks 1 to 42, and the expected date of delivery is week 40")
    return Limit("", "by_week_of_pregnancy", low, high, "week", event=_event(cursor, *words.FORWARD))


def _repeat(cursor: words.Cursor, amount: int, unit: str, high: int | None = None) -> Limit:
    """The rest of a repeat: what it is counted from, when it begins, when it stops."""
    if amount == 0:
        raise No("nothing can be repeated every 0")
    if cursor.take("in the first year", "for the first year", "during the first year"):
        raise No(_two_rhythms(cursor, Limit("", "every", amount, high, unit)))
    event = since = until = None
    while not cursor.done:
        start = cursor.at
        if cursor.take("until"):
            until = _bound(cursor, "until")
        elif cursor.take("from", "starting", "beginning", "starting from") and (
            _counts(cursor) or cursor.next == "age"
        ):
            since = _bound(cursor, "from")
        else:
            cursor.at = start
            event = _event(cursor, *words.FORWARD)
            if event is None:
                break
    return Limit("", "every", amount, high, unit, event=event, until=until, since=since)


def _two_rhythms(cursor: words.Cursor, first: Limit) -> str:
    """What to write for a rhythm of the first year, and for the one of later years that may follow."""
    while cursor.take(",", "and", "then", "every"):
        pass
    later = _rhythm(cursor)
    then = limit_words(Limit("", "every", later[0], None, later[1]) if later else first)
    return (
        "it does not say what the first year begins with, and each rhythm is a limit of its own. Write "
        f"'{limit_words(first)} until 1 year after placement-began' for the first year, "
        f"'{then} from 1 year after placement-began' for the rest"
    )


def _bound(cursor: words.Cursor, word: str) -> Limit:
    """When a repeat begins or stops: an event, an age, or a time after an event."""
    start = cursor.at
    age = _age(cursor)
    if age is not None:
        bound = Limit("", "by_age", age, None, "age_year", event=_event(cursor, *words.FORWARD))
    elif _counts(cursor):
        low = cursor.number() or 0
        unit = cursor.unit()
        if unit is None or low == 0:
            raise No(_no_unit(cursor))
        if low > MOST:
            raise No(f"it counts more than {MOST:,} units")
        bound = Limit("", "within", low * unit[1], None, unit[0], event=_event(cursor, *words.FORWARD))
    else:
        bound = Limit("", "before", event=_event(cursor, bare=True))
    if bound.event is None:
        raise No(f"'{word}' needs an event to count from: 'until 1 year after placement-began'")
    return bound._replace(text=cursor.rest(start))


def _event(cursor: words.Cursor, *joins: str, bare: bool = False) -> str | None:
    """The name of an event, after one of the joining words, or standing bare."""
    start = cursor.at
    if not bare and not cursor.take(*joins):
        return None
    cursor.take("the")
    name = cursor.next
    if name == "until" or not name:
        if bare:
            return None
        cursor.at = start
        raise No(f"'{cursor.next}' what? Name the event, as in 'within 15 working days of report-received'")
    if not (name[0].isalpha() and name.replace("-", "").isalnum() and name.isascii()):
        raise No(f"'{name}' is not the name of an event, such as report-received")
    cursor.at += 1
    return name


def _no_number(cursor: words.Cursor) -> str:
    if cursor.done:
        return f"it stops where a number is needed. {HELP}"
    if cursor.at == 0:
        return f"no limit begins with '{cursor.next}'. {HELP}"
    return f"'{cursor.next}' is not a number. {HELP}"


def _no_unit(cursor: words.Cursor) -> str:
    units = "working days, school days, days, hours, minutes, weeks, months or years"
    if cursor.done:
        return f"it does not say of what. Add {units}"
    return f"'{cursor.next}' is not a unit. Write {units}"


def _left_over(cursor: words.Cursor) -> str:
    rest = cursor.rest()
    if cursor.at and cursor.words[cursor.at - 2 : cursor.at - 1] and " " not in rest:
        return f"'{rest}' is left over. An event's name is one word with hyphens, such as report-received"
    return f"'{rest}' is left over. {HELP}"
