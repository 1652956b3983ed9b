"""What a name on the command line stands for: a duty of a pathway, or a whole pathway."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from cpcli.cli.errors import UsageFault
from cpcli.procedures.words import nearest, short

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]

_NAME = re.compile(r"\w[\w.' -]*(/[\w.' -]+){0,2}")


class NotNamed(UsageFault):
    """Nothing is called so. The message has the nearest names."""


class Named(NamedTuple):
    """A pathway, or one duty of it."""

    pathway: str
    """Set and id: "cafcass-2017/referral"."""
    duty: str = ""
    """The duty's id; "" for the whole pathway."""
    also: str = ""
    """A duty of that name, where the pathway was taken: set/pathway/duty."""


@lru_cache(maxsize=4096)
def find(name: str, *, duty: bool = False, set_id: str = "", ask: bool = False) -> Named:
    """What is named so: DUTY, PATHWAY, either with its set before it, or SET/PATHWAY/DUTY; each by its id or
    by what it is called for short.

    Without a set before it, it is looked for in `set_id`. Where both a duty and a pathway have the name,
    `duty` says which. Where several have it, with `ask`, somebody at a terminal is asked. Raises UsageFault,
    with the choices, and CatalogueError.
    """
    from cpcli.procedures.catalogue import set_folder

    if not _NAME.fullmatch(name):
        raise NotNamed(f"'{name}' is no name of a duty or a pathway.")
    *before, bare = name.split("/")
    folders = _folders()
    if before or set_id:
        source = before[0] if before else set_id
        folders = {source: set_folder(folders, source)}
    duties: dict[str, Row] = {}
    pathways: list[str] = []
    for source, folder in folders.items():
        known = _known(folder)
        of_pathway = known.pathway((*before[1:], bare)[0])
        if len(before) < 2 and of_pathway:
            pathways.append(f"{source}/{of_pathway}")
        for row in known.duties.get(short(bare), ()):
            if len(before) < 2 or row["pathway"] == of_pathway:
                duties[f"{source}/{row['pathway']}/{row['id']}"] = row
    if pathways and not (duty and duties):
        found = _only(pathways, name, ask)
        return Named(found, also=_only(duties, name) if duties else "")
    if duties:
        pathway, _, one = _only(_once_each(duties), name, ask).rpartition("/")
        return Named(pathway, one)
    raise NotNamed(f"No duty and no pathway is called {name}. {_mend(bare, folders.values())}")


class _Known(NamedTuple):
    """What the duties and pathways of a set are called, as far as a name is looked up."""

    duties: dict[str, list[Row]]
    """By id, and by what they are called for short, where no duty has that as its id."""
    pathways: dict[str, str]
    """From a pathway's id, and from what it is called for short, to its id."""
    names: tuple[str, ...]
    """All of them, as they are written."""

    def pathway(self, name: str) -> str:
        """The id of the pathway that is called so; "" where none is."""
        return self.pathways.get(name) or self.pathways.get(short(name), "")


@lru_cache
def _folders() -> dict[str, Path]:
    from cpcli.cli.folders import data_folders
    from cpcli.procedures.catalogue import set_folders

    return set_folders(data_folders())


@lru_cache
def _known(folder: Path) -> _Known:
    """The names of the set in this folder. A batch asks for thousands: they are gathered once."""
    from cpcli.cli.folders import cache_folder
    from cpcli.procedures.duty_rows import duty_rows
    from cpcli.procedures.listing import index

    rows, pathways = duty_rows(folder, cache_folder()), index(folder, cache_folder()).pathways
    by_id: dict[str, list[Row]] = {}
    for_short: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
        for name in dict.fromkeys(map(short, row["also"] or ())):
            for_short.setdefault(name, []).append(row)
    ids = {short(name): each.id for each in reversed(pathways) for name in each.also}
    names = {name: None for row in rows for name in (row["id"], *(row["also"] or ()))}
    names |= {name: None for each in pathways for name in (each.id, *each.also)}
    return _Known(for_short | by_id, ids | {each.id: each.id for each in pathways}, tuple(names))


def _mend(name: str, folders: Iterable[Path]) -> str:
    """The nearest names."""
    near = nearest(name, sorted({each for folder in folders for each in _known(folder).names}))
    return f"Did you mean {' or '.join(near)}?" if near else "See `cpcli duties` and `cpcli pathways`."


def _once_each(duties: dict[str, Row]) -> list[str]:
    """Duties of one set that say the same in several pathways are one, in the first of them."""
    found: dict[str, str] = {}
    for whole, row in duties.items():
        same = {key: value for key, value in row.items() if key not in ("pathway", "when")}
        found.setdefault(repr(same), whole)
    return list(found.values())


def _only(names: Iterable[str], name: str, ask: bool = False) -> str:
    """The one; of several, that of the set in the settings, or the one that the person says.

    Raises UsageFault with the choices.
    """
    from cpcli.cli.context import rules, settings
    from cpcli.cli.which import can_ask, which

    several = list(names)
    ours = [each for each in several if each.startswith(f"{settings().set}/")]
    if len(several) == 1 or len(ours) == 1:
        return (ours or several)[0] if len(several) > 1 else several[0]
    if ask and can_ask():
        return which(
            f"{name} is in several places. Which do you mean?",
            {each: rules().procedure_set(each.split("/")[0]).title for each in several},
            "",
        )
    raise UsageFault(f"{name} is in several places. Say which: {', '.join(several)}.")
