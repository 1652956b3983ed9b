"""`cpcli completion`: the script that makes a shell complete commands, options and cases."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cpcli.output.tell import put


class Shell(StrEnum):
    """The shells that it is made for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="Which shell the script is for.")],
) -> None:
    """Print the script that completes commands, options and cases in your shell.

    \b
    Example:
      cpcli completion bash > ~/.local/share/bash-completion/completions/cpcli
      cpcli completion zsh > ~/.zfunc/_cpcli
      cpcli completion fish > ~/.config/fish/completions/cpcli.fish
      cpcli completion powershell >> $PROFILE
    """
    put(script(shell.value))


def script(shell: str) -> str:
    """The script for one of the shells."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    return str(get_completion_script(prog_name="cpcli", complete_var="_CPCLI_COMPLETE", shell=shell))
