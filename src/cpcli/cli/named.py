"""What a name on the command line stands for: a duty of a pathway, or a whole pathway."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cpcli.cli.errors import UsageFault

_NAME = re.compile(r"[a-z0-9][\w.-]*(/[\w.-]+){0,2}", re.IGNORECASE)


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
    """What is named so: DUTY, PATHWAY, either with its set before it, or SET/PATHWAY/DUTY.

    Without a set before it, it is looked for in `set_id`. Where both a duty and a pathway have the name,
    `duty` says which. Where several have it, with `ask`, somebody at a terminal is asked. Raises UsageFault,
    with the choices, and CatalogueError.
    """
    from cpcli.cli.folders import cache_folder, data_folders
    from cpcli.procedures.catalogue import set_folder, set_folders
    from cpcli.procedures.duty_rows import duty_rows
    from cpcli.procedures.layers import chain, pathway_names

    if not _NAME.fullmatch(name):
        raise UsageFault(f"'{name}' is no name of a duty or a pathway.")
    *before, bare = name.split("/")
    folders = set_folders(data_folders())
    if before or set_id:
        source = before[0] if before else set_id
        folders = {source: set_folder(folders, source)}
    kept = cache_folder()
    rows = [row for folder in folders.values() for row in duty_rows(folder, kept)]
    walks = {each: pathway_names(chain(folder)) for each, folder in folders.items()}
    names = {f"{row['source']}/{row['pathway']}/{row['id']}": row for row in rows}
    of_pathway = "/".join(before) if len(before) == 2 else ""
    duties = [
        whole
        for whole, row in names.items()
        if row["id"] == bare and whole.startswith(f"{of_pathway}/" if of_pathway else "")
    ]
    pathways = [f"{each}/{bare}" for each, there in walks.items() if not of_pathway and bare in there]
    if pathways and not (duty and duties):
        found = _only(pathways, name, ask)
        return Named(found, also=_only(duties, name) if duties else "")
    if duties:
        pathway, _, one = _only(_once_each(duties, names), name, ask).rpartition("/")
        return Named(pathway, one)
    from cpcli.procedures.words import nearest

    shorter = {row["id"] for row in rows} | {name for there in walks.values() for name in there}
    near = nearest(bare, sorted(shorter))
    mend = f"Did you mean {' or '.join(near)}?" if near else "See `cpcli duties` and `cpcli pathways`."
    raise UsageFault(f"No duty and no pathway is called {name}. {mend}")


def _once_each(duties: list[str], rows: dict[str, dict[str, object]]) -> list[str]:
    """Duties of one set that say the same in several pathways are one, in the first of them."""
    found: dict[str, str] = {}
    for whole in duties:
        same = {key: value for key, value in rows[whole].items() if key not in ("pathway", "when")}
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
    parts = {each.split("/")[0] for each in several}
    short = [f"{part}/{name}" for part in sorted(parts)]
    choices = short if len(parts) == len(several) and "/" not in name else several
    raise UsageFault(f"{name} is in several places. Say which: {', '.join(choices)}.")
