"""What was typed after `cpcli config set` and `unset`, as the settings have it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cpcli.cli.errors import UsageFault
from cpcli.cli.now import now
from cpcli.cli.settings import KEYS
from cpcli.clock.errors import ClockError
from cpcli.clock.when import iso, parse_when


def typed(name: str, values: list[str], before: dict[str, Any]) -> Any:
    """What was typed, as the file has it."""
    if name == "closures":
        days = dict(before.get(name, {}))
        for value in values:
            day, equals, text = value.partition("=")
            if not equals:
                raise UsageFault(
                    f"cpcli config set: {value}: write the day, = and what it is, as {KEYS[name].example}."
                )
            if " to " in day:
                raise UsageFault(
                    f"cpcli config set: {value}: write each closure day by itself, as {KEYS[name].example}."
                )
            days[_day(day)] = text.strip()
        return days
    if name == "terms":
        new = [_term(value) for value in values]
        firsts = {term[:10] for term in new}
        return [*(term for term in before.get(name, []) if term[:10] not in firsts), *new]
    whole = " ".join(values)
    if name == "procedures":
        try:
            return str(Path(whole).expanduser().absolute())
        except (RuntimeError, ValueError):
            raise UsageFault(f"cpcli config set: {whole}: there is nobody of that name here.") from None
    return int(whole) if name == "first-day" and whole in ("0", "1") else whole


def _term(value: str) -> str:
    first, to, last = value.partition(" to ")
    return f"{_day(first)} to {_day(last)}" if to else value


def _day(text: str) -> str:
    """The day that was typed, ISO; whatever day it is today."""
    day = iso(parse_when(text, now()))
    if len(day) > 10:
        raise UsageFault(f"cpcli config set: {text.strip()} has a time, and a day alone is needed.")
    return day


def without(name: str, value: Any, dates: list[str]) -> Any:
    """The closures or terms without those of these days."""
    if not isinstance(value, dict | list) or name not in ("closures", "terms"):
        raise UsageFault(f"cpcli config unset: {name} is one thing: leave {' '.join(dates)} out.")
    gone = {_day(each): each for each in dates}
    there = {_begin(each): each for each in value}
    for day, typed in gone.items():
        if day not in there:
            raise UsageFault(f"cpcli config unset: {name} has no {typed}. `cpcli config` shows what it has.")
    kept = [each for day, each in there.items() if day not in gone]
    return {each: value[each] for each in kept} if isinstance(value, dict) else kept


def _begin(entry: Any) -> str:
    """The first day of a closure or a term as the file has it, ISO; whatever else as it stands."""
    first = str(entry).partition(" to ")[0]
    try:
        return _day(first)
    except ClockError:
        return first


def check_name(name: str, given: Any, before: dict[str, Any]) -> None:
    """That there is such a set, such a role in the sets at hand, or a set in the folder. Raises NoSuchSet,
    CatalogueError or UsageFault.
    """
    from cpcli.cli.context import installed_sets, rules
    from cpcli.procedures.words import did_you_mean

    if name == "set":
        rules().procedure_set(given)
    elif name == "procedures":
        from cpcli.procedures.catalogue import set_folders

        if not set_folders([Path(given)]):
            raise UsageFault(
                f"There is no procedure set in {given}. A set is a folder with a set.yaml in it."
            )
    elif name == "role":
        sets = [rules().procedure_set(before["set"])] if "set" in before else installed_sets()
        roles = {role.id for each in sets for role in each.roles if role.can_walk}
        if given not in roles:
            raise UsageFault(f"No procedure set has the role {given}. {did_you_mean(given, sorted(roles))}")
