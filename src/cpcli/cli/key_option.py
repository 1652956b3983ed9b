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

    for place, param in enumerate(command.params):
        if "--store" in param.opts and not any("--key-file" in other.opts for other in command.params):
            info = CommandInfo(callback=_only)
            option = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None).params[
                0
            ]
            command.params.insert(place + 1, option)
            break
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
