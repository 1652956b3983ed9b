"""`--key-file`, which every command has that opens a store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer


def key_file() -> Path | None:
    """The key file that --key-file names, or CPCLI_KEY_FILE; - is the first line of standard input."""
    named = os.environ.get("CPCLI_KEY_FILE")
    return Path(named).expanduser() if named else None


def with_key_file(command: Any) -> Any:
    """The command, with --key-file after --store; one that has no --store is left as it is."""
    from typer.main import get_command_from_info
    from typer.models import CommandInfo

    options = [option for param in command.params for option in param.opts]
    if "--store" in options and "--key-file" not in options:
        made = get_command_from_info(
            CommandInfo(callback=_only), pretty_exceptions_short=False, rich_markup_mode=None
        )
        after = next(place for place, param in enumerate(command.params, 1) if "--store" in param.opts)
        command.params.insert(after, made.params[0])
    return command


def _remember(file: Path | None) -> None:
    if file is not None:
        os.environ["CPCLI_KEY_FILE"] = str(file)


def _only(
    at_key_file: Annotated[
        Path | None,
        typer.Option(
            "--key-file",
            metavar="FILE",
            help="Its key file, if it is encrypted, instead of CPCLI_KEY_FILE.",
            callback=_remember,
            expose_value=False,
        ),
    ] = None,
) -> None:
    pass
