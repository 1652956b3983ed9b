"""What somebody named on the command line, found in the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cpcli.casework.case import Case
from cpcli.casework.duties import duties_of
from cpcli.casework.duty_state import DutyState
from cpcli.casework.layout import Rules
from cpcli.cli.errors import UsageFault
from cpcli.clock.when import iso, parse_when, say_when
from cpcli.procedures.words import did_you_mean


def when(text: str | None, now: datetime, *, ahead: bool = False) -> str:
    """The time that was meant, ISO. One that lies ahead is refused, unless it is said to be planned."""
    if not text:
        raise UsageFault('Say when it was with --at: now, "yesterday 16:00", 24/12/2026.')
    at = parse_when(text, now)
    late = at > now if isinstance(at, datetime) else at > now.date()
    if late and not ahead:
        raise UsageFault(f"{say_when(at)} has not come yet. Check it; a planned event takes --planned.")
    return iso(at)


def known_event(name: str, case: Case, rules: Rules) -> str:
    """The event in words. Raises UsageFault, with the nearest, where no set of the case knows it."""
    known: dict[str, str] = {}
    for walk in case.walks.values():
        for duty in rules.pathway(walk.pathway).duties:
            known.setdefault(duty.id, f"Done: {duty.do}")
        for event in rules.procedure_set(walk.pathway.partition("/")[0]).events:
            known[event.id] = event.name
    if name not in known:
        raise UsageFault(
            f"The procedures of case {case.reference} have no event `{name}`. {_mend(name, known)}"
        )
    return known[name]


def known_duty(text: str, case: Case, rules: Rules, now: datetime) -> DutyState:
    """The duty of the case that `text` names: its key, after the walk's number where that is needed."""
    duties = {f"{duty.walk}:{duty.key}": duty for duty in duties_of(case, rules, now)}
    found = [name for name, duty in duties.items() if text in (name, duty.key)]
    if len(found) == 1:
        return duties[found[0]]
    if found:
        raise UsageFault(f"Case {case.reference} has {text} in several walks. Say which: {', '.join(found)}.")
    keys = [duty.key for duty in duties.values()]
    raise UsageFault(f"Case {case.reference} has no duty `{text}`. {_mend(text, keys)}")


def _mend(text: str, known: Iterable[str]) -> str:
    """The names that begin so; else the nearest."""
    names = list(known)
    begin = [name for name in names if text and name.startswith(text)]
    return did_you_mean(text, begin or names)


def known_walk(number: int | None, case: Case) -> int:
    """The walk of that number; where none is given, the only one."""
    if number is None and len(case.walks) == 1:
        return next(iter(case.walks))
    if number in case.walks:
        return number
    walks = ", ".join(f"{each.number} ({each.pathway})" for each in case.walks.values())
    said = "Say which walk with --walk" if number is None else f"Case {case.reference} has no walk {number}"
    raise UsageFault(f"{said}: {walks or 'it has none yet'}.")
