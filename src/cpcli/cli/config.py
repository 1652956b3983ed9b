"""`cpcli config`: what the team has set, and setting it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from cpcli.cli.context import JsonOption
from cpcli.cli.settings import KEYS
from cpcli.output.tell import put, tell

KeyArgument = Annotated[
    str,
    typer.Argument(metavar="KEY", help="`cpcli config` lists them.", autocompletion=lambda: list(KEYS)),
]


def show(as_json: JsonOption = False) -> None:
    """Show what is set, where, and what could be.

    \b
    Example:
      cpcli config
      cpcli config show --json
    """
    from cpcli.cli.context import settings
    from cpcli.cli.settings_write import plain

    file = _file()
    given = plain(settings())
    if as_json:
        from cpcli.output.data import write_object

        write_object({"file": str(file), "settings": {name: given.get(name) for name in KEYS}})
        return
    from cpcli.output.blocks import Block, Cell, Gap, Item, Items, Para, Table, Title
    from cpcli.output.people import show as to_person

    items = []
    for name, key in KEYS.items():
        said = _lines(given[name]) if name in given else ("not set",)
        items.append(Item(name, said[0], (*said[1:], _about(name, key.about)), text_tone="strong"))
    there = "In this file:" if file.exists() else "Nothing is set. What is set goes into this file:"
    screen: list[Block] = [
        Title("Settings"),
        Para(there, indent=0),
        Table(("",), ((Cell(str(file)),),)),
        Gap(),
        Items(tuple(items)),
        Gap(),
        Para("To set one: cpcli config set KEY VALUE", indent=0),
    ]
    to_person(screen)


def set_(
    name: KeyArgument,
    values: Annotated[list[str], typer.Argument(metavar="VALUE", help="What it is to be.")],
) -> None:
    """Set something. Closures and terms are added to those there are.

    \b
    Example:
      cpcli config set set set-2025
      cpcli config set nation Wales
      cpcli config set office-hours "08:45 to 17:00"
      cpcli config set after-close "next working day"
      cpcli config set closures "29/12/2026=Council closure day"
      cpcli config set terms "02/09/2026 to 23/10/2026" "02/11/2026 to 18/12/2026"
    """
    from cpcli.cli.config_typed import check_name, typed
    from cpcli.cli.context import settings
    from cpcli.cli.settings import known, understood, understood_one
    from cpcli.cli.settings_write import plain, write

    key = known(name, "cpcli config set")
    before = plain(settings())
    given = typed(name, values, before)
    understood_one(name, given, "cpcli config set")
    check_name(name, given, before)
    file = _file()
    after = plain(understood({**before, name: given}, file))
    write(file, {each: after[each] for each in KEYS if each in after})
    put(f"{name}: {'; '.join(_lines(after.get(name, given)))}")
    if key.moves_dates and after.get(name) != before.get(name):
        _say_rebuild()
    if name == "set" and "role" in after:
        _say_role(after["set"], after["role"])


def unset(
    name: KeyArgument,
    dates: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DATE]", help="Of closures and terms, only these; a term by its first day."),
    ] = None,
) -> None:
    """Take a setting out again.

    \b
    Example:
      cpcli config unset nation
      cpcli config unset closures 29/12/2026
    """
    from cpcli.cli.config_typed import without
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.settings import raw, understood
    from cpcli.cli.settings_write import write

    file = _file()
    given = raw(file)
    was_good = _is_good(given, file)
    if name not in given:
        from cpcli.procedures.words import did_you_mean

        raise UsageFault(f"{file}: `{name}` is not set. {did_you_mean(name, given)}")
    if dates:
        given[name] = without(name, given[name], dates)
    else:
        del given[name]
    if was_good:
        understood(given, file)  # what rests on it has to go first
    write(file, given)
    put(f"{name}: {'; '.join(_lines(given[name])) if given.get(name) else 'not set'}")
    if name in KEYS and KEYS[name].moves_dates:
        _say_rebuild()


def path() -> None:
    """Say where the settings are.

    \b
    Example:
      cpcli config path
    """
    put(str(_file()))


def _is_good(given: dict[str, Any], file: Path) -> bool:
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.settings import understood

    try:
        understood(given, file)
    except UsageFault:
        return False
    return True


def _file() -> Path:
    from cpcli.cli.folders import config_folder
    from cpcli.cli.settings import path as file

    return file(config_folder())


def _about(name: str, about: str) -> str:
    said = os.environ.get("CPCLI_ROLE", "").strip() if name == "role" else ""
    return f"{about}. CPCLI_ROLE says {said}, which goes before it." if said else f"{about}."


def _lines(value: Any) -> tuple[str, ...]:
    """A setting as a person reads it, a line for each thing of several."""
    from cpcli.clock.when import from_iso, say_when

    if isinstance(value, dict):
        return tuple(f"{say_when(from_iso(day))}: {text}" for day, text in value.items())
    if isinstance(value, list):
        ends = (term.partition(" to ") for term in value)
        return tuple(f"{say_when(from_iso(first))} to {say_when(from_iso(last))}" for first, _, last in ends)
    return (str(value),)


def _say_role(source: str, role: str) -> None:
    from cpcli.cli.context import rules

    roles = [each.id for each in rules().procedure_set(source).roles if each.can_walk]
    if roles and role not in roles:
        tell(f"{source} has no role {role}. Set yours: cpcli config set role {roles[0]}")


def _say_rebuild() -> None:
    from cpcli.cli.context import stands, store_path

    if stands(store_path()):
        tell(
            "Due dates that are in the store were worked out before this. To work them out anew: "
            "cpcli store rebuild",
        )
