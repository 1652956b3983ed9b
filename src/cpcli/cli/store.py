"""`cpcli store`: proving the store, and making anew what is derived from its journal."""

from __future__ import annotations

import typer

from cpcli.cli.context import JsonOption, StoreOption, derive, rules
from cpcli.cli.context import store as opened
from cpcli.cli.open_to_others import open_to_others
from cpcli.output.tell import put


def check(as_json: JsonOption = False, at_store: StoreOption = None) -> None:
    """Prove the store: the file, the journal's chain, the tables against the journal, and who may get at it.

    The last number and hash, kept elsewhere, prove later that nothing has gone. The exit code is 1 if
    anything is wrong.

    \b
    Example:
      cpcli store check
    """
    with opened(at_store, read_only=True) as store:
        wrong = [*store.check(derive(rules())), *open_to_others(store.path)]
        number, last = store.head()
    if as_json:
        from cpcli.output.data import write_object

        write_object({"sound": not wrong, "problems": wrong, "entries": number, "hash": last})
    else:
        for line in wrong:
            put(line)
        entries = f"{number:,} {'entry' if number == 1 else 'entries'}"
        if not wrong:
            put(f"Sound: {entries}, whole and unchanged.\nThe last hash is {last}.")
    if wrong:
        raise typer.Exit(1)


def rebuild(at_store: StoreOption = None) -> None:
    """Make everything that is derived from the journal anew; the journal stays as it is.

    Due dates are worked out again by the procedures and the settings as they are now.

    \b
    Example:
      cpcli store rebuild
    """
    with opened(at_store) as store:
        store.rebuild(derive(rules()))
        number = len(store.cases())
    put(f"Made anew from the journal: {number:,} {'case' if number == 1 else 'cases'}.")
