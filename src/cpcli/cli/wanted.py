"""Which duties somebody wants to see: by person, procedure set, pathway, level and due date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from cpcli.cli.completing import complete_pathway
from cpcli.cli.errors import UsageFault

if TYPE_CHECKING:
    from cpcli.store.only import Only
    from cpcli.store.store import Store

LEVELS = ("must", "should", "may", "statement")
NOBODY = "nobody"

PersonOption = Annotated[
    list[str] | None,
    typer.Option(
        "--person", metavar="NAME", help="Only what this person has; nobody: what nobody has; - asks."
    ),
]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="SET", help="Only duties of this procedure set.")
]
PathwayOption = Annotated[
    list[str] | None,
    typer.Option(
        "--pathway",
        metavar="PATHWAY",
        help="Only duties of this pathway.",
        autocompletion=complete_pathway,
    ),
]
LevelOption = Annotated[
    list[str] | None,
    typer.Option(
        "--level",
        metavar="LEVEL",
        help="Only must, should, may or statement.",
        autocompletion=lambda: list(LEVELS),
    ),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="WHEN", help="Only what is due on this day or later.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="WHEN", help="Only what is due on this day or earlier.")
]


class Wanted(NamedTuple):
    """What was asked for, in the words of the command line."""

    people: Sequence[str] = ()
    sets: Sequence[str] = ()
    pathways: Sequence[str] = ()
    levels: Sequence[str] = ()
    due_from: str = ""
    until: str = ""
    case: str = ""

    def words(self) -> str:
        """What it was understood to be, for the person who asked; "" where it leaves nothing out."""
        from cpcli.output.words import say

        parts = [
            *([f"case {self.case}"] if self.case else []),
            *([f"what {' or '.join(self.people)} has"] if self.people else []),
            *([f"set {' or '.join(self.sets)}"] if self.sets else []),
            *([f"pathway {' or '.join(self.pathways)}"] if self.pathways else []),
            *([f"level {' or '.join(self.levels)}"] if self.levels else []),
            *([f"due from {say(self.due_from)}"] if self.due_from else []),
            *([f"due until {say(self.until)}"] if self.until else []),
        ]
        return "; ".join(parts)


def wanted(
    at: datetime,
    *,
    people: Sequence[str] | None = None,
    sets: Sequence[str] | None = None,
    pathways: Sequence[str] | None = None,
    levels: Sequence[str] | None = None,
    due_from: str | None = None,
    until: str | None = None,
    case: str | None = None,
) -> Wanted:
    """What the options ask for, with dates as ISO. Raises UsageFault, ClockError."""
    for level in levels or ():
        if level not in LEVELS:
            raise UsageFault(
                f"--level {level}: there is no such level. Write {', '.join(LEVELS[:-1])} or {LEVELS[-1]}."
            )
    first, last = _day(due_from, at), _day(until, at)
    if first and last and last < first:
        raise UsageFault(f"--until {until} comes before --from {due_from}: nothing is due between them.")
    return Wanted(
        tuple(" ".join((_asked() if each == "-" else each).split()) for each in people or ()),
        tuple(sets or ()),
        tuple(pathways or ()),
        tuple(levels or ()),
        first,
        last,
        case or "",
    )


def _asked() -> str:
    """A name that is not to stand on the command line."""
    from cpcli.cli.asking import Field, said

    name: str = said(None, [Field("person", "Whose duties? (nobody, for nobody's)")])["person"]
    return name


def _day(text: str | None, at: datetime) -> str:
    if text is None:
        return ""
    from cpcli.clock.when import parse_when

    when = parse_when(text, at)
    return (when.date() if isinstance(when, datetime) else when).isoformat()


def narrowed(store: Store, asked: Wanted) -> Only:
    """What that is in this store. Raises UsageFault and CatalogueError for a name that nothing has, so that a
    slip of the keyboard is not taken for a clear desk; NoSuchCase.
    """
    from cpcli.store.only import Only

    return Only(
        people=_people(store, asked.people),
        pathways=_pathways(store, asked) if asked.sets or asked.pathways else None,
        levels=tuple(dict.fromkeys(asked.levels)),
        case=store.find(asked.case) if asked.case else "",
        due_from=asked.due_from,
        due_before=(date.fromisoformat(asked.until) + timedelta(1)).isoformat() if asked.until else "",
    )


def _people(store: Store, asked: Sequence[str]) -> tuple[str, ...]:
    """Each name as it was recorded, however its letters are written."""
    if not asked:
        return ()
    known = store.people_with_duties()
    found: list[str] = []
    for name in asked:
        like = [each for each in known if " ".join(each.casefold().split()) == name.casefold()]
        if name.casefold() == NOBODY:
            like.append("")
        if not like:
            raise UsageFault(
                f"--person {name}: nobody of that name has a duty in this store. Check the spelling with "
                "`cpcli case show`, or give the duty with `cpcli case assign`."
            )
        found += like
    return tuple(dict.fromkeys(found))


def _pathways(store: Store, asked: Wanted) -> tuple[tuple[str, str], ...]:
    """The pathways that have laid down a duty and are asked for by their own name and their set's."""
    known = store.pathways_with_duties()
    for name in asked.sets:
        if name not in {source for source, _ in known}:
            from cpcli.cli.choosing import chosen_sets

            chosen_sets(name)  # it may be one that no case has walked
    names = set(asked.pathways)
    for name in asked.pathways:
        if not any(name in (pathway, f"{source}/{pathway}") for source, pathway in known):
            names |= _called(name)
    return tuple(
        (source, pathway)
        for source, pathway in known
        if (not asked.sets or source in asked.sets)
        and (not asked.pathways or pathway in names or f"{source}/{pathway}" in names)
    )


def _called(name: str) -> set[str]:
    """Each pathway, as set/pathway, that is called so for short, or that no case has walked."""
    from cpcli.cli.folders import cache_folder, data_folders
    from cpcli.procedures.catalogue import Ambiguous, find_pathway

    try:
        return {find_pathway(name, data_folders(), cache_folder())}
    except Ambiguous as several:
        return set(several.choices)
