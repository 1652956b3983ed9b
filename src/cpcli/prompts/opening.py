"""Before a walk begins: which pathway, by whom, and whether they may."""

from __future__ import annotations

from collections.abc import Sequence

from cpcli.procedures.model import Pathway, ProcedureSet, Role
from cpcli.prompts.asker import Asker, Choice, Command, Prompt
from cpcli.prompts.reply import source


def roles_of(procedures: ProcedureSet) -> tuple[Role, ...]:
    """The roles that may walk the set's pathways."""
    return tuple(role for role in procedures.roles if role.can_walk) or procedures.roles


def ask_role(procedures: ProcedureSet, asker: Asker) -> str | None:
    """The id of the role that the person says is theirs; None where they leave."""
    choices = [Choice(role.id, role.name) for role in roles_of(procedures)]
    if len(choices) == 1:
        return choices[0].key
    said = asker.pick(Prompt("What is your role?", source=procedures.title), choices)
    return None if isinstance(said, Command) else said


def ask_set(installed: Sequence[ProcedureSet], asker: Asker) -> str | None:
    """The id of the set that the person wants to go by; None where they leave."""
    choices = [Choice(one.id, f"{one.title}, edition {one.edition} ({one.nation})") for one in installed]
    said = asker.pick(Prompt("Which procedures do you work by?"), choices)
    return None if isinstance(said, Command) else said


def ask_pathway(found: Sequence[tuple[str, Pathway, ProcedureSet]], asker: Asker) -> str | None:
    """The whole name of the pathway that the person means, of several of one name; None where they leave."""
    choices = [Choice(name, f"{pathway.title}. {one.title}, {one.nation}") for name, pathway, one in found]
    said = asker.pick(Prompt("Which procedures do you work by?"), choices)
    return None if isinstance(said, Command) else said


def instead(pathway: Pathway, role: str, procedures: ProcedureSet) -> str | None:
    """What this role does in place of the pathway, in one line; None where it may carry it out."""
    if not pathway.open_to or role in pathway.open_to:
        return None
    own = [one for one in pathway.otherwise if role in one.roles]
    found = own or [one for one in pathway.otherwise if not one.roles]
    name = next((one.name for one in procedures.roles if one.id == role), role)
    said = (
        " ".join(f"{' '.join(one.text.split())} ({source(procedures.title, one.cite)})" for one in found)
        or f"Ask somebody who may. ({source(procedures.title, pathway.cites)})"
    )
    return f"{pathway.title} is not for this role ({name}). {said}"
