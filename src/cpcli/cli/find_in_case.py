"""What somebody named on the command line, found in the case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from unicodedata import normalize

from cpcli.casework.case import Case
from cpcli.casework.duties import duties_of
from cpcli.casework.duty_state import NOT_APPLICABLE, DutyState
from cpcli.casework.events import event_called, event_names
from cpcli.casework.layout import Rules, is_ahead
from cpcli.casework.told import Done, Recorded
from cpcli.cli.errors import UsageFault
from cpcli.clock.when import iso, parse_when
from cpcli.output.words import say
from cpcli.procedures.words import did_you_mean

SAY_WHEN = 'Say when it was with --at: now, "yesterday 16:00", 24/12/2026.'


def when(text: str, now: datetime, *, ahead: bool = False) -> str:
    """The time that was meant, ISO. One that lies ahead is refused, unless it may."""
    at = iso(parse_when(text, now))
    if not ahead and is_ahead(at, now):
        raise UsageFault(f"{say(at)} has not come yet. Check it.")
    return at


def known_event(name: str, case: Case, rules: Rules) -> tuple[str, str]:
    """The event's id, and the event in words. Raises UsageFault, with the nearest, where no set of the case
    knows it.
    """
    known, event = event_names(case, rules), event_called(name, case, rules)
    if not event:
        missing = " ".join((*rules.missing.values(), ""))
        raise UsageFault(
            f"{missing}The procedures of case {case.reference} have no event `{name}`. {_mend(name, known)}"
        )
    return event, known[event]


def known_duty(
    text: str, case: Case, rules: Rules, now: datetime, *, whether_or_not: bool = False
) -> DutyState:
    """The duty of the case that `text` names: its key, after the walk's number where that is needed. One that
    does not apply is refused with the reason, unless it is wanted `whether_or_not` it does.
    """
    duties = {f"{duty.walk}:{duty.key}": duty for duty in duties_of(case, rules, now, every=True)}
    found = [name for name, duty in duties.items() if text in (name, duty.key)]
    if not found:
        called = _by_id(text, case)
        found = [name for name, duty in duties.items() if called in (name, duty.key)]
    applying = [name for name in found if _applies(duties[name])]
    if len(applying or found) == 1:
        duty = duties[(applying or found)[0]]
        if not applying and not whether_or_not:
            raise UsageFault(f"{duty.key} does not apply to case {case.reference}: {duty.why}.")
        return duty
    if found:
        raise UsageFault(f"Case {case.reference} has {text} in several walks. Say which: {', '.join(found)}.")
    keys = [duty.key for duty in duties.values() if whether_or_not or _applies(duty)]
    raise UsageFault(f"Case {case.reference} has no duty `{text}`. {_mend(text, keys)}")


def _by_id(text: str, case: Case) -> str:
    """The key in which a duty that is called so for short stands with its id; as it is, where nothing is."""
    from cpcli.cli.folders import cache_folder, data_folders
    from cpcli.procedures.catalogue import set_folders
    from cpcli.procedures.duty_rows import duties_called, duty_rows

    walk, colon, key = text.rpartition(":")
    name, mark, number = key.partition("#")
    folders = set_folders(data_folders())
    sources = {each.pathway.partition("/")[0] for each in case.walks.values()}
    for source in sorted(sources & folders.keys()):
        for row in duties_called(name, duty_rows(folders[source], cache_folder())):
            return f"{walk}{colon}{row['id']}{mark}{number}"
    return text


def _applies(duty: DutyState) -> bool:
    return duty.state != NOT_APPLICABLE and not (duty.state == "waiting" and not duty.event)


def refuse_missing(walk: int, case: Case, rules: Rules) -> None:
    """Raises UsageFault where the walk's pathway is not at hand, so that what follows could not be told."""
    why = rules.missing.get(case.walks[walk].pathway)
    if why:
        raise UsageFault(
            f"{why} Nothing was recorded, since what follows from it could not be worked out. A note can be "
            f"kept meanwhile: cpcli case note {case.reference}"
        )


def known_entry(number: int, case: Case) -> Recorded | Done:
    """What that journal entry recorded, an event or a duty done. Raises UsageFault for any other entry."""
    dated: list[Recorded | Done] = [*case.events, *case.done]
    for one in dated:
        if one.seq == number:
            return one
    reference = case.reference
    for walk in case.walks.values():
        for answer in walk.answers.values():
            if answer.seq == number:
                raise UsageFault(
                    f'Entry {number} is the answer to "{answer.question}". Correct it in its walk: '
                    f"cpcli resume {reference} goes back to it."
                )
    known = ", ".join(map(str, sorted(one.seq for one in dated)[-12:]))
    mend = f"Those of case {reference}: {known}." if known else f"Case {reference} has none yet."
    raise UsageFault(
        f"Entry {number} records no event and no duty done, which is what can be corrected so. {mend} An "
        f"answer is corrected by cpcli resume {reference}; cpcli case history {reference} shows every entry."
    )


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


def says_a_name(text: str, case: Case) -> bool:
    """Whether the text has a name of anybody whom the case names, as `says_one_of` has it."""
    names = [
        each["name"]
        for walk in case.walks.values()
        for answer in walk.answers.values()
        for each in (answer.value if isinstance(answer.value, list) else [answer.value])
        if isinstance(each, dict) and isinstance(each.get("name"), str)
    ]
    return says_one_of(text, names)


def says_one_of(text: str, names: Iterable[str]) -> bool:
    """Whether the text has a word of three letters or more of one of these names, as it is written there; or,
    where it has a capital, in other capitals: SMITH. One without may be a plain word, where somebody is
    recorded as "Mother".
    """
    named, said = ({word for each in texts for word in _words(each)} for texts in (names, [text]))
    capital = {word.casefold() for word in said if not word.islower()}
    return not (named.isdisjoint(said) and capital.isdisjoint(word.casefold() for word in named))


def _words(text: str) -> list[str]:
    return re.findall(r"\w{3,}", normalize("NFC", text))
