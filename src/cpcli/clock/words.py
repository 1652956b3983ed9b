"""The words that limits are made of, and a cursor to read them with. See docs/limits.md."""

from __future__ import annotations

from collections.abc import Iterable

SMALL = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {
    **{word: number for number, word in enumerate(SMALL)},
    **{word: 20 + 10 * place for place, word in enumerate(TENS)},
    **{
        f"{ten}{join}{SMALL[unit]}": 20 + 10 * place + unit
        for place, ten in enumerate(TENS)
        for unit in range(1, 10)
        for join in ("-", " ")
    },
    "a": 1,
    "an": 1,
}

UNITS = {
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "hr": "hour",
    "day": "day",
    "week": "week",
    "fortnight": "fortnight",
    "month": "month",
    "year": "year",
}
KINDS_OF_DAY = {
    "working": "working_day",
    "business": "working_day",
    "school": "school_day",
    "calendar": "day",
    "consecutive": "day",
}

URGENCIES = {
    "immediately": "immediately",
    "straight away": "immediately",
    "at once": "immediately",
    "forthwith": "immediately",
    "without delay": "immediately",
    "as soon as possible": "as soon as possible",
    "asap": "as soon as possible",
    "as soon as practicable": "as soon as possible",
    "as soon as practical": "as soon as possible",
    "as soon as reasonably practicable": "as soon as possible",
    "without undue delay": "as soon as possible",
    "promptly": "as soon as possible",
    "at the earliest opportunity": "at the earliest opportunity",
    "at the earliest possible opportunity": "at the earliest opportunity",
    "earliest opportunity": "at the earliest opportunity",
}
AFTER_URGENCY = (",", "and", "but", "or", "in any case", "in any event", "always")

# Which way a limit counts, by how it begins. "at most" and "" can also count back ("10 weeks before").
OPENINGS = {
    "within": "within",
    "within a maximum of": "within",
    "within a period of": "within",
    "within at most": "within",
    "within the next": "within",
    "in": "within",
    "in no more than": "within",
    "no more than": "within",
    "not more than": "within",
    "no longer than": "within",
    "not exceeding": "within",
    "not exceed": "within",
    "must not exceed": "within",
    "should not exceed": "within",
    "at most": "within",
    "a maximum of": "within",
    "no later than": "at most",
    "not later than": "at most",
    "by no later than": "at most",
    "by": "at most",
    "at": "at most",
    "at least": "at least",
    "a minimum of": "at least",
    "minimum of": "at least",
    "not less than": "at least",
    "no less than": "at least",
    "no fewer than": "at least",
    "before": "before",
    "prior to": "before",
    "not before": "not before",
    "not before the end of": "not before",
    "no sooner than": "not before",
    "not sooner than": "not before",
    "no earlier than": "not before",
    "not earlier than": "not before",
    "not until": "not before",
    "every": "every",
    "each": "every",
    "once every": "every",
    "at least every": "every",
    "at least once every": "every",
    "at least once a": "every",
    "once a": "every",
    "at regular": "every",
    "at intervals of": "every",
    "at intervals of not more than": "every",
    "at intervals of no more than": "every",
    "at intervals of at most": "every",
    "at intervals of up to": "every",
    "at regular intervals of not more than": "every",
    "keep": "keep",
    "keep for": "keep",
    "keep for at least": "keep",
    "keep for a minimum of": "keep",
    "keep until": "keep",
    "keep at least until": "keep",
    "retain for": "keep",
    "retain for at least": "keep",
    "retain until": "keep",
    "lasts": "lasts",
    "lasts for": "lasts",
    "lasts up to": "lasts",
    "lasts at most": "lasts",
    "lasts no more than": "lasts",
    "lasts for up to": "lasts",
    "up to": "lasts",
    "for up to": "lasts",
    "for no more than": "lasts",
    "for not more than": "lasts",
    "for at most": "lasts",
    "for a maximum of": "lasts",
}
RHYTHMS = {
    "daily": (1, "day"),
    "weekly": (1, "week"),
    "fortnightly": (2, "week"),
    "monthly": (1, "month"),
    "quarterly": (3, "month"),
    "half-yearly": (6, "month"),
    "yearly": (1, "year"),
    "annually": (1, "year"),
}
THEN = ("then", ", then", "and then", ", and then", "thereafter", ", thereafter", "and thereafter")
PREGNANCY = ("of pregnancy", "of the pregnancy", "of gestation", "gestation", "pregnant")
BACK = ("before", "prior to", "in advance of", "in advance", "ahead of", "beforehand")
FORWARD = ("of", "after", "from", "since", "following")
LATER = ("later", "latest", "longer", "longest")
EARLIER = ("earlier", "earliest", "sooner", "soonest", "shorter", "first")


def figure(text: str) -> int | None:
    """The whole number written in figures, of which nine are read; None for anything else."""
    return int(text[:9]) if text.isascii() and text.isdigit() else None


class Cursor:
    """Reads a limit's words one phrase at a time, in lower case, with commas as words of their own."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self.at = 0

    @classmethod
    def over(cls, text: str) -> Cursor:
        """A cursor at the first word of `text`."""
        plain = text.lower().replace("’", "'").rstrip(" .;")
        for mark in "(),;":
            plain = plain.replace(mark, " , " if mark != ")" else " ")
        return cls(plain.split())

    @property
    def done(self) -> bool:
        """Nothing is left to read."""
        return self.at >= len(self.words)

    @property
    def next(self) -> str:
        """The next word; "" at the end."""
        return "" if self.done else self.words[self.at]

    def rest(self, since: int | None = None) -> str:
        """What is left to read; or what was read since a place."""
        words = self.words[self.at :] if since is None else self.words[since : self.at]
        return " ".join(words).replace(" ,", ",")

    def take(self, *phrases: str) -> str | None:
        """Read the longest of these phrases that comes next, if one does."""
        best = ""
        for phrase in phrases:
            parts = tuple(phrase.split())
            if self.words[self.at : self.at + len(parts)] == parts and len(phrase) > len(best):
                best = phrase
        self.at += len(best.split())
        return best or None

    def number(self) -> int | None:
        """Read a number in figures or words, if one comes next."""
        found = figure(self.next)
        if found is not None:
            self.at += 1
            return found
        for length in (2, 1):
            words = " ".join(self.words[self.at : self.at + length])
            if words in NUMBERS:
                self.at += length
                return NUMBERS[words]
        return None

    def unit(self) -> tuple[str, int] | None:
        """Read a unit, singular or plural, if one comes next: the unit and how many of it one is."""
        kind, start = None, self.at
        if self.next in KINDS_OF_DAY:
            kind = KINDS_OF_DAY[self.next]
            self.at += 1
        word = self.next.rstrip("'")
        unit = UNITS.get(word) or UNITS.get(word.removesuffix("s"))
        if unit is None or (kind and unit != "day" and self.words[start] != "calendar"):
            self.at = start
            return None
        if unit != "day":
            kind = None  # a calendar month is a month
        self.at += 1
        return ("week", 2) if unit == "fortnight" else (kind or unit, 1)
