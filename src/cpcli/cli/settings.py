"""A team's settings: one TOML file in the config folder, which commands alone read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from cpcli.cli.errors import UsageFault
from cpcli.cli.folders import SETTINGS
from cpcli.procedures.from_disk import read_text

NEXT_DAY, SAME_DAY = "next working day", "same day"
_DOTTED = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){20}""")
"""A name that `tomllib` would take minutes over, if it had thousands of parts; no setting has any."""


class Settings(NamedTuple):
    """What the team has set; empty where it has not."""

    set: str = ""
    """The procedure set that it goes by."""
    nation: str = ""
    role: str = ""
    team: str = ""
    """Its name."""
    procedures: str = ""
    """The folder of its own procedure sets."""
    first_day: int | None = None
    """What the day itself counts as, 0 or 1; None leaves it to the procedure set."""
    office_hours: tuple[time, time] | None = None
    after_close: str = SAME_DAY
    """What something after the office hours counts as: SAME_DAY or NEXT_DAY."""
    closures: tuple[tuple[date, str], ...] = ()
    terms: tuple[tuple[date, date], ...] = ()
    encrypted: bool = False
    """Whether a store that is made from now on is encrypted."""

    @property
    def closes(self) -> time | None:
        """When the day ends for what counts as the next one; None where it all counts as the day it came."""
        return self.office_hours[1] if self.office_hours and self.after_close == NEXT_DAY else None


class Key(NamedTuple):
    """One setting. A fault of the clock's is a ValueError too."""

    about: str
    example: str
    """As it is typed after `cpcli config set`."""
    read: Callable[[Any], Any]
    """From what the file has to its value. Raises ValueError that says what is wrong."""
    moves_dates: bool = False
    """Whether due dates that are in the store hang on it."""


def path(folder: Path) -> Path:
    """Where the settings are, in the config folder."""
    return folder / SETTINGS


def read(file: Path) -> Settings:
    """The settings in this file; nothing set where there is none. Raises UsageFault."""
    given = raw(file)
    return understood(given, file) if given else Settings()


def raw(file: Path) -> dict[str, Any]:
    """What the file says, as TOML has it. Raises UsageFault where it is no TOML."""
    try:
        text = read_text(file)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageFault(
            f"{file} cannot be read: {error.strerror}. Check the file, and save it as UTF-8."
        ) from None
    import tomllib

    if _DOTTED.search(text):
        raise UsageFault(f"{file} cannot be read: a name in it has twenty parts with dots between them.")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageFault(
            f"{file} cannot be read: {error}. Mend that line; a date or a time stands in quotation marks."
        ) from None


def understood(given: Mapping[str, Any], file: Path) -> Settings:
    """The settings that the file gives. Raises UsageFault with the file, the key, and what to write."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        found[name.replace("-", "_")] = understood_one(name, value, str(file))
    if Settings(**found).closes is None and found.get("after_close") == NEXT_DAY:
        raise UsageFault(
            f"{file}: after-close needs to know when the office closes. Write: "
            f"cpcli config set office-hours {KEYS['office-hours'].example}"
        )
    return Settings(**found)


def understood_one(name: str, value: Any, where: str) -> Any:
    """The value of one setting. Raises UsageFault; `where` says whose fault it is."""
    key = known(name, where)
    try:
        return key.read(value)
    except ValueError as error:
        raise UsageFault(f"{where}: {name}: {error} Write, for example: {in_file(name)}") from None


def known(name: str, where: str) -> Key:
    """The setting of that name. Raises UsageFault with the nearest."""
    key = KEYS.get(name)
    if key is None:
        from cpcli.procedures.words import did_you_mean

        raise UsageFault(f"{where}: there is no setting `{name}`. {did_you_mean(name, KEYS)}")
    return key


def in_file(name: str) -> str:
    """An example of the setting as the file has it, on one line."""
    return {
        "first-day": "first-day = 0",
        "closures": 'closures = {2026-12-29 = "Council closure day"}',
        "terms": 'terms = ["2026-09-02 to 2026-10-23"]',
    }.get(name, f'{name} = "{KEYS[name].example.strip(chr(34))}"')


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("words in quotation marks are needed.")
    if not value.isprintable():
        raise ValueError("it has characters that cannot be shown.")
    return value.strip()


def _folder(value: Any) -> str:
    try:
        folder = Path(_words(value)).expanduser()
    except RuntimeError:
        raise ValueError(f"{_said(value)}: there is nobody of that name here.") from None
    if not folder.is_absolute():
        raise ValueError(f"{_said(value)} is not a whole path, from the top.")
    return str(folder)


def _first_day(value: Any) -> int:
    if isinstance(value, bool) or value not in (0, 1):
        raise ValueError(f"{_said(value)} is neither 0 nor 1.")
    return int(value)


def _office_hours(value: Any) -> tuple[time, time]:
    first, last = _pair(value, "two times")
    try:
        opens, closes = time.fromisoformat(first), time.fromisoformat(last)
    except ValueError:
        raise ValueError(f"{_said(value)} is not two times of day, from 00:00 to 23:59.") from None
    if opens.tzinfo is not None or closes.tzinfo is not None:
        raise ValueError(f"{_said(value)} names a time zone: the times are those of London.")
    if closes <= opens:
        raise ValueError(f"the office closes ({last}) before it opens ({first}).")
    return opens, closes


def _after_close(value: Any) -> str:
    if value not in (NEXT_DAY, SAME_DAY):
        raise ValueError(f"{_said(value)} is neither '{NEXT_DAY}' nor '{SAME_DAY}'.")
    return str(value)


def _yes_or_no(value: Any) -> bool:
    if value not in ("yes", "no") and not isinstance(value, bool):
        raise ValueError(f"{_said(value)} is neither 'yes' nor 'no'.")
    return value in ("yes", True)


def _nation(value: Any) -> str:
    from cpcli.clock.bank_holidays import nation_named

    return nation_named(_words(value))


def _closures(value: Any) -> tuple[tuple[date, str], ...]:
    if not isinstance(value, dict):
        raise ValueError("each closure day needs its date and its name.")
    found: dict[date, str] = {}
    for day, name in value.items():
        on = _day(day)
        if on in found:
            raise ValueError(f"{day} is there twice.")
        try:
            found[on] = _words(name)
        except ValueError as error:
            raise ValueError(f"the name of {day}: {error}") from None
    return tuple(found.items())


def _terms(value: Any) -> tuple[tuple[date, date], ...]:
    from cpcli.clock.calendar import Calendar

    if not isinstance(value, list):
        raise ValueError("a list is needed, each its first day, `to` and its last day.")
    found = []
    for each in value:
        first, last = _pair(each, "two dates")
        found.append((_day(first), _day(last)))
    return Calendar(terms=tuple(found)).terms  # which refuses an end before a beginning, and an overlap


def _pair(value: Any, what: str) -> tuple[str, str]:
    first, to, last = value.partition(" to ") if isinstance(value, str) else ("", "", "")
    if not to:
        raise ValueError(f"{_said(value)} is not {what} with ` to ` between them.")
    return first.strip(), last.strip()


def _day(text: Any) -> date:
    """A day that is written out: no "tomorrow", which would be another day every day."""
    from cpcli.clock.when import parse_when

    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,2}([/.])\d{1,2}\1\d{4}", text):
        raise ValueError(f"{_said(text)} is not a day written out, as 2026-12-29 or 29/12/2026.")
    return parse_when(text, datetime(2000, 1, 1, tzinfo=UTC))


def _said(value: Any) -> str:
    return f"'{value}'"


KEYS: Mapping[str, Key] = {
    "set": Key("The procedure set that you go by", "cafcass-2017", _words),
    "nation": Key("Whose bank holidays count in `cpcli due` and the agenda", "Wales", _nation),
    "role": Key("Your role in the procedures", "registered-practitioner", _words),
    "team": Key("What the team is called", '"Duty team, North"', _words),
    "procedures": Key("The folder with procedure sets of your own", "~/sets", _folder),
    "first-day": Key("What the day itself counts as, 0 or 1", "0", _first_day, moves_dates=True),
    "office-hours": Key(
        "When the office opens and closes", '"08:45 to 17:00"', _office_hours, moves_dates=True
    ),
    "after-close": Key(
        f"What comes after office hours counts as: '{SAME_DAY}' or '{NEXT_DAY}'",
        f'"{NEXT_DAY}"',
        _after_close,
        moves_dates=True,
    ),
    "closures": Key(
        "Days on which the team is closed", '"29/12/2026=Council closure day"', _closures, moves_dates=True
    ),
    "terms": Key("School terms, half-terms left out", '"02/09/2026 to 23/10/2026"', _terms, moves_dates=True),
    "encrypted": Key("Whether a new store is encrypted, its key in the system keyring", "yes", _yes_or_no),
}
