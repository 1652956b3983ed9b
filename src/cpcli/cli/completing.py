"""The names of pathways and duties, for a shell that completes them. It never fails, and never says a name of
anybody's.
"""

from __future__ import annotations

from collections.abc import Iterator


def complete_pathway(incomplete: str) -> list[tuple[str, str]]:
    """The pathways whose id, or what they are called for short, begins so."""
    return _beginning(incomplete, duties=False)


def complete_named(incomplete: str) -> list[tuple[str, str]]:
    """The pathways and duties whose id, or what they are called for short, begins so."""
    return _beginning(incomplete, duties=True)


def _beginning(incomplete: str, *, duties: bool) -> list[tuple[str, str]]:
    try:
        whole = "/" in incomplete
        found: dict[str, str] = {}
        for source, name, says in _names(duties=duties):
            found.setdefault(f"{source}/{name}" if whole else name, says)
    except Exception:
        return []
    return [(name, says) for name, says in sorted(found.items()) if name.startswith(incomplete.lower())]


def _names(*, duties: bool) -> Iterator[tuple[str, str, str]]:
    """Set, name and what it is, of each."""
    from cpcli.cli.choosing import chosen_sets
    from cpcli.cli.folders import cache_folder
    from cpcli.procedures.duty_rows import duty_rows
    from cpcli.procedures.listing import index
    from cpcli.procedures.words import short

    kept = cache_folder()
    for source, folder in chosen_sets(None).items():
        for each in index(folder, kept).pathways:
            yield from ((source, name, each.title) for name in (each.id, *map(short, each.also)))
        for row in duty_rows(folder, kept) if duties else ():
            yield from ((source, name, row["do"]) for name in (row["id"], *map(short, row["also"] or ())))
