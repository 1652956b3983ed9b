"""`cpcli store`: proving the store, and making anew what is derived from its journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpcli.cli.context import JsonOption, StoreOption, derive, rules, say_left
from cpcli.cli.context import store as opened
from cpcli.cli.open_to_others import open_to_others
from cpcli.output.tell import put

if TYPE_CHECKING:
    from cpcli.store.key import Key
    from cpcli.store.store import Store

SealOption = Annotated[
    list[str] | None,
    typer.Option(
        "--seal", metavar="N:HASH", help="A seal that was kept elsewhere; may be given several times."
    ),
]


def check(seal: SealOption = None, as_json: JsonOption = False, at_store: StoreOption = None) -> None:
    """Prove the store: the file, the journal's chain, the tables against the journal, and who may get at it.

    The seal is the number and the hash of the last entry. Kept elsewhere (in an email, on the paper file) and
    given back one day, it proves that everything up to it is still there, and as it was. The exit code is 1
    if anything is wrong. Where procedures of a case are not at hand, what was recorded in it is proved, and
    what follows from it cannot be: that is said, and is nothing wrong.

    \b
    Example:
      cpcli store check
      cpcli store check --seal 12:5f0c9b7e...
    """
    from cpcli.store.keeping import not_at_hand

    seals = read_seals(seal)
    with opened(at_store, read_only=True) as store:
        # Others may write meanwhile: first the end, so that everything up to it is proved.
        number, last = _unless_damaged(store.head, (None, None))
        wrong = [*store.check(derive(store), seals), *open_to_others(store.path)]
        wrong += [*_left_of(store.key), *_readable(store)]
        missing = _unless_damaged(lambda: not_at_hand(store, rules()), {})
    not_proved = [
        f"Case {reference}: what follows from it cannot be proved. {' '.join(whys)}"
        for reference, whys in sorted(missing.items())
    ]
    if as_json:
        from cpcli.output.data import write_object

        said = {"sound": not wrong, "problems": wrong, "not_proved": not_proved}
        write_object({**said, "entries": number, "hash": last})
    else:
        for line in wrong:
            put(line)
        if not wrong:
            put(f"Sound: {entries(number)}, whole and unchanged{kept_seals(seals)}.\n{sealed(number, last)}")
        for line in not_proved:
            put(line)
    if wrong:
        raise typer.Exit(1)


def _left_of(key: Key | None) -> Iterator[str]:
    """A line for each draft of the key file that a killed program left beside it."""
    if key is None:
        return
    from cpcli.cli.unlock import file_of
    from cpcli.store.making import left

    file = file_of(key.salt)
    if file is not None and str(file) != "-":
        with suppress(OSError):  # a folder that may be passed through but not read
            for draft in left(file.absolute()):
                yield f"{draft} was left when the key was written, and may hold it too. Delete it."


def _readable(store: Store) -> Iterator[str]:
    """A line for each copy kept before an update that can be read though the store is encrypted: whoever
    encrypted it was cut short.
    """
    if store.key is not None:
        from cpcli.store.kept import plain

        for file in plain(store.path):
            yield f"{file} was kept before an update, and is not encrypted. Wipe it: cpcli store encrypt"


def _unless_damaged(read: Callable[[], Any], damaged: Any) -> Any:
    """What can be read of the store; `damaged` where it cannot, which check() then says in its own words."""
    from cpcli.store.faults import StoreProblem

    try:
        return read()
    except StoreProblem:
        return damaged


def read_seals(given: Sequence[str] | None) -> dict[int, str]:
    """The seals that were given, by the number of the entry. Raises UsageFault."""
    from cpcli.cli.errors import UsageFault
    from cpcli.store.chain import understood

    try:
        return dict(understood(text) for text in given or ())
    except ValueError as problem:
        raise UsageFault(f"That is no seal: {problem}. Write --seal 12:5f0c...") from None


def kept_seals(seals: Mapping[int, str]) -> str:
    """That seals which were given hold, in a few words; "" where there was none."""
    if not seals:
        return ""
    numbers = ", ".join(f"{number:,}" for number in sorted(seals))
    return f", as sealed at entry {numbers}"


def sealed(number: int, last: str) -> str:
    """The seal in words, to be kept."""
    return f"Its seal is {number}:{last}"


def entries(number: int) -> str:
    """That many, in words."""
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def rebuild(at_store: StoreOption = None) -> None:
    """Make everything that is derived from the journal anew; the journal stays as it is.

    Due dates are worked out again by the procedures and the settings as they are now. Where procedures of a
    case are not at hand, what follows is left as it was, and the case is named; the exit code is then 1.

    \b
    Example:
      cpcli store rebuild
    """
    with opened(at_store) as store:
        left = store.rebuild(derive(store))
        number = len(store.cases()) - len(left)
    put(f"Made anew from the journal: {number:,} {'case' if number == 1 else 'cases'}.")
    if left:
        say_left(left)
        raise typer.Exit(1)
