"""The bank holidays of England, Wales, Scotland and Northern Ireland.

They come from the `holidays` package, which takes long to import: so the years anybody asks about are
kept in bank_holidays.txt, made from it by `python -m cpcli.clock.bank_holidays`. For any other year the
package itself is asked. The authority is the list on GOV.UK (www.gov.uk/bank-holidays): a day that
Parliament or the King proclaims is here only once the package has it and the table was made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from cpcli.clock.errors import ClockError

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
TABLE = Path(__file__).with_name("bank_holidays.txt")
FIRST_YEAR, LAST_YEAR = 2000, 2060
"""The years of the table."""
PROCLAIMED_UNTIL = 2027
"""The last year whose bank holidays GOV.UK has published; later ones are projected from the rules."""

_LETTERS = {"England": "E", "Wales": "W", "Scotland": "S", "Northern Ireland": "N"}
_SUBDIVISIONS = {"England": "ENG", "Wales": "WLS", "Scotland": "SCT", "Northern Ireland": "NIR"}
_SPELLINGS = {
    **{nation.lower(): nation for nation in NATIONS},
    **{code.lower(): nation for nation, code in _SUBDIVISIONS.items()},
    **{f"gb-{code.lower()}": nation for nation, code in _SUBDIVISIONS.items()},
    "cymru": "Wales",
    "wal": "Wales",
    "sco": "Scotland",
    "ni": "Northern Ireland",
    "n ireland": "Northern Ireland",
}


def nation_named(text: str) -> str:
    """One of NATIONS, however it is spelt or coded ("wales", "Cymru", "GB-WLS"). Raises ClockError."""
    words = " ".join(text.replace("_", " ").replace(".", " ").lower().split())
    nation = _SPELLINGS.get(words) or _SPELLINGS.get(words.replace("-", " "))
    if nation is None:
        raise ClockError(
            f"'{text}' is not a nation with bank holidays here: write England, Wales, Scotland or "
            "Northern Ireland."
        )
    return nation


def bank_holidays(nation: str, first_year: int, last_year: int) -> Mapping[date, str]:
    """The bank holidays of one of NATIONS from the first to the last of these years, with their names."""
    table = _table(nation)
    if first_year >= FIRST_YEAR and last_year <= LAST_YEAR:
        return table
    missing = (year for year in range(first_year, last_year + 1) if not FIRST_YEAR <= year <= LAST_YEAR)
    return {**table, **from_package(nation, missing)}


@cache
def _table(nation: str) -> Mapping[date, str]:
    letter, found = _LETTERS[nation], {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            day, letters, name = line.split(" ", 2)
            if letter in letters:
                found[date.fromisoformat(day)] = name
    return found


def from_package(nation: str, years: Iterable[int]) -> dict[date, str]:
    """What the installed `holidays` package gives for these years, in our words."""
    import holidays

    given = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=list(years))
    return {day: _plain_name(name) for day, name in sorted(given.items())}


def _plain_name(name: str) -> str:
    """ "Boxing Day (observed)" is the Boxing Day substitute, as GOV.UK calls it a substitute day."""
    return name.replace(" (observed)", " substitute").replace("; ", " and ")


def make_table() -> str:
    """The text of the table: one line a day, the nations that have it, and its name there."""
    from importlib.metadata import version

    nations: dict[tuple[date, str], str] = {}
    for nation in NATIONS:
        for day, name in from_package(nation, range(FIRST_YEAR, LAST_YEAR + 1)).items():
            nations[day, name] = nations.get((day, name), "") + _LETTERS[nation]
    head = [
        f"# bank holidays, {FIRST_YEAR} to {LAST_YEAR}: the day, E W S N for the nations, the name",
        f"# made from holidays {version('holidays')} by python -m cpcli.clock.bank_holidays",
        f"# published on GOV.UK until {PROCLAIMED_UNTIL}; projected after that",
    ]
    rows = [f"{day} {letters} {name}" for (day, name), letters in sorted(nations.items())]
    return "\n".join([*head, *rows]) + "\n"


if __name__ == "__main__":
    TABLE.write_text(make_table(), encoding="utf-8", newline="\n")
    print(f"{TABLE.name}: {len(make_table().splitlines()) - 3} days written")
