"""Reads the words of a limit. What it takes, and what each form means, is in docs/limits.md."""

from __future__ import annotations

from cpcli.clock import words
from cpcli.clock.limit import HELP, MOST, RANGED, Limit
from cpcli.clock.pieces import No, counts, no_number, no_unit, read_age, read_event, read_figures
from cpcli.clock.repeats import read_repeat, read_rhythm


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
    alone = keep and len(part) - cursor.at == 1 and not counts(cursor)
    limit = _day_of(cursor) if alone else _plain(cursor)
    if limit.relation == "every":
        raise No(f"'{cursor.rest(0)}' repeats, so it cannot be part of 'the later of' or 'the earlier of'")
    if keep and limit.relation in ("within", "by_age"):
        limit = limit._replace(relation="keep_for")
    return limit._replace(text=" ".join(part))


def _day_of(cursor: words.Cursor) -> Limit:
    """The day of an event itself."""
    return Limit("", "within", 0, None, "day", event=read_event(cursor, bare=True))


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
        return Limit("", "within", 0, None, "day", event=read_event(cursor, "as", *words.FORWARD))
    if cursor.take("next") and cursor.next not in words.NUMBERS and (unit := cursor.unit()):
        if unit[0] in ("working_day", "school_day", "day"):
            event = read_event(cursor, *words.FORWARD)
            return Limit("", "within", 1, None, unit[0], event=event, after_the_day=True)
        raise No("'next' goes with a working day, a school day or a day")
    cursor.at = start
    return None


def _counted(cursor: words.Cursor) -> Limit:
    if cursor.at == 0 and cursor.take("after"):
        much = cursor.rest() if counts(cursor) else "3 months"
        raise No(
            f"'after' does not say whether that is the first day or the last. Write 'not before {much}' for "
            f"the first, 'within {much}' for the last"
        )
    opening = cursor.take(*words.OPENINGS) or ""
    way = words.OPENINGS[opening] if opening else ""
    if way in ("before", "not before", "keep") and (age := read_age(cursor)):
        if way == "not before":
            return Limit("", "not_before", age, None, "age_year", event=read_event(cursor, *words.FORWARD))
        relation = "keep_for" if way == "keep" else "by_age"
        return Limit("", relation, age, None, "age_year", event=read_event(cursor, *words.FORWARD))
    if opening.endswith("until") and way == "keep" and cursor.next and not counts(cursor):
        return _day_of(cursor)._replace(relation="keep_for")
    if way in ("", "at most") and opening != "at" and (age := read_age(cursor)):
        return Limit("", "by_age", age, None, "age_year", event=read_event(cursor, *words.FORWARD))
    if (way in ("", "every", "at least") or opening == "at") and (rhythm := read_rhythm(cursor)):
        return read_repeat(cursor, *rhythm)
    if way == "before" or (way == "not before" and cursor.next and not counts(cursor)):
        event = read_event(cursor, bare=True)
        if way == "not before" and event is None:
            raise No(no_number(cursor))
        return Limit("", "before" if way == "before" else "not_before", event=event)
    return _amounts(cursor, opening, way)


def _amounts(cursor: words.Cursor, opening: str, way: str) -> Limit:
    if opening in ("by", "at") and cursor.take("week"):
        week = cursor.number()
        if week is None or not cursor.take(*words.PREGNANCY):
            raise No("'week' needs a number and 'of pregnancy': 'by week 24 of pregnancy'")
        return _pregnancy(cursor, opening, week, None)
    low, high = read_figures(cursor, needed=way != "every")
    unit = cursor.unit()
    if unit is None:
        raise No(no_unit(cursor))
    low = unit[1] * (1 if low is None else low)
    high = unit[1] * high if high else None
    if unit[0] == "week" and cursor.take(*words.PREGNANCY):
        return _pregnancy(cursor, opening, low, high)
    if low > MOST or (high or 0) > MOST:
        raise No(f"it counts more than {MOST:,} units")
    if way == "every":
        return read_repeat(cursor, low, unit[0], high)
    if low == 0 and (unit[0] != "day" or high):
        raise No("nothing can be counted to 0; for the day of the event itself write 'same day'")
    back = cursor.take(*words.BACK)
    event = read_event(cursor, bare=True) if back else read_event(cursor, *words.FORWARD)
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


def _pregnancy(cursor: words.Cursor, opening: str, low: int, high: int | None) -> Limit:
    if words.OPENINGS.get(opening, "at most") not in ("at most", "within", "before"):
        raise No("weeks of pregnancy go with 'by': 'by 24 weeks of pregnancy'")
    if not 0 < low <= 42 or (high or 0) > 42:
        raise No("a pregnancy has weeks 1 to 42, and the expected date of delivery is week 40")
    return Limit("", "by_week_of_pregnancy", low, high, "week", event=read_event(cursor, *words.FORWARD))


def _left_over(cursor: words.Cursor) -> str:
    rest = cursor.rest()
    if cursor.at and cursor.words[cursor.at - 2 : cursor.at - 1] and " " not in rest:
        return f"'{rest}' is left over. An event's name is one word with hyphens, such as report-received"
    return f"'{rest}' is left over. {HELP}"
