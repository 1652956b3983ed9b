"""The words that every screen uses for a duty: who, how strongly, by when, on whose word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cpcli.clock.when import from_iso, say_when

if TYPE_CHECKING:
    from cpcli.procedures.model import ProcedureSet

Json = Mapping[str, Any]
Sets = Callable[[str], "ProcedureSet"]
"""From a procedure set's id to the set."""


AT_ONCE = {
    "immediately": "At once",
    "as soon as possible": "As soon as possible",
    "at the earliest opportunity": "As early as you can",
}
"""What leads a duty that is urgent and has no date."""


def say(at: str) -> str:
    """A date or time in words: "Tue 29 Dec 2026", "Tue 29 Dec 2026 16:40"."""
    return say_when(from_iso(at))


def is_overdue(due: str | None, as_at: str) -> bool:
    """Whether what is due then is late: a date when the day is over, a time when it has passed."""
    return bool(due) and (str(due) < as_at[:10] if len(str(due)) == 10 else str(due) < as_at)


def plain_role(role: str) -> str:
    """A role's id as words, where its set is not at hand: "Service manager", "Children's services"."""
    return role.replace("-s-", "'s-").replace("-", " ").capitalize()


def who(duty: Json, sets: Sets, walks: Sequence[Json] = ()) -> str:
    """ "You" where it is for whoever walks, else the role's name. Where the case's `walks` were begun in
    several roles, "You (teacher)": whose "You" it is.
    """
    if not duty["you"]:
        return role_name(duty["by"], duty["source"], sets)
    begun_in = {walk["number"]: walk["role"] for walk in walks}
    if len(set(begun_in.values())) < 2 or not begun_in[duty["walk"]]:
        return "You"
    return f"You ({plain_role(begun_in[duty['walk']]).lower()})"


def role_name(role: str, source: str, sets: Sets) -> str:
    """The role as its set calls it."""
    return next((each.name for each in sets(source).roles if each.id == role), plain_role(role))


def binding(person: str, level: str) -> str:
    """Who is bound, and how strongly: "You MUST:", "You should:"; a statement binds nobody."""
    strength = {"must": " MUST", "statement": ""}
    return f"{person}{strength.get(level, f' {level}')}:"


def citation(source: str, cite: list[str] | tuple[str, ...]) -> str:
    """Set and paragraph: "cafcass-2017 3.9", which no line breaks in two. In a set that extends another, each
    paragraph stands with whose it is: "essex-team (local) 2.1; set-2025 A 2.4.11".
    """
    from cpcli.procedures.cites import by_source

    of_each = ("\u00a0".join((of, ",\u00a0".join(names))) for of, names in by_source(source, cite))
    return "; ".join(of_each) if cite else source


def event_words(event: str, source: str, sets: Sets, duties: Sequence[Json] = ()) -> str:
    """The event as its set words it, or the duty that it fulfils."""
    named = next((each.name for each in sets(source).events if each.id == event), "")
    if named:
        return named
    duty = next((each for each in duties if each["duty"] == event), None)
    return f"Done: {duty['do']}" if duty else plain_role(event)
