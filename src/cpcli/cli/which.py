"""A name that could mean several things: somebody at a terminal is asked, and nobody's is guessed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import typer

from cpcli.cli.errors import UsageFault
from cpcli.output.tell import tell


def can_ask() -> bool:
    """Whether somebody is there who can be asked, without standard output being used for it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def which(question: str, choices: Mapping[str, str], otherwise: str) -> str:
    """The key of the choice that the person makes, each with what it says.

    Where nobody can be asked, lists the choices on standard error and raises UsageFault with `otherwise`.
    """
    if not can_ask():
        width = max(len(key) for key in choices)
        for key, says in choices.items():
            tell(f"  {key:<{width}}  {says}")
        raise UsageFault(otherwise)
    from cpcli.prompts.asker import Asker, Choice, Command, Prompt, can_be_drawn

    asker: Asker
    term = os.environ.get("TERM", "" if os.name == "nt" else "dumb")
    if can_be_drawn(plain=False, stdin_is_terminal=True, stdout_is_terminal=True, term=term):
        from cpcli.prompts.guided import Guided

        asker = Guided(sys.stderr)
    else:
        from cpcli.prompts.plain import Plain

        asker = Plain(sys.stdin, sys.stderr)
    listed = [Choice(key, f"{key}: {says}") for key, says in choices.items()]
    said = asker.pick(Prompt(question), listed)
    if isinstance(said, Command):
        raise typer.Exit
    return said
