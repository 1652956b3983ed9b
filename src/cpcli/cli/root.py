"""The command line's root: which commands there are. A command's module is imported when it is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_command_from_info
from typer.models import CommandInfo

from cpcli import __version__
from cpcli.cli.key_option import with_key_file
from cpcli.cli.quick import quicken

_HELP = {"help_option_names": ["-h", "--help"]}


class Command(NamedTuple):
    """Where a command is, and what it does in one line."""

    target: str
    """Its module and function: "due:due"."""
    about: str


class Group(NamedTuple):
    """A command that has commands of its own."""

    about: str
    commands: Mapping[str, Command | Group]
    example: str
    alone: str = ""
    """The command of it that is meant where none is named."""


COMMANDS: Mapping[str, Command | Group] = {
    "start": Command("start:start", "Walk through a procedure, question by question."),
    "resume": Command("start:resume", "Go on with a walk that was left."),
    "agenda": Command("agenda:agenda", "Say what is overdue and due, over every open case."),
    "due": Command("due:due", "Work out a due date, and show how it was counted."),
    "case": Group(
        "Look at a case, and record what has happened in it.",
        {
            "list": Command("case_look:list_cases", "List the cases, with what is due next in each."),
            "show": Command("case_look:show", "Show the whole record of a case, on a page to be signed."),
            "duty": Command("case_look:duty", "Show one duty in full, with how its due date was counted."),
            "history": Command("case_look:history", "Show who did what and when, with old and new."),
            "event": Command("case_happened:event", "Record that something has happened, or is planned."),
            "done": Command("case_happened:done", "Record that a duty was done."),
            "note": Command("case_happened:note", "Add a note to a case."),
            "amend": Command("case_amend:amend", "Correct when something happened, or that it did not."),
            "assign": Command("case_status:assign", "Say who has a case, or one duty of it."),
            "extend": Command("case_decide:extend", "Record a later date that was agreed for a duty."),
            "depart": Command("case_decide:depart", "Record a decision to depart from the procedure."),
            "close": Command("case_status:close", "Close a case."),
            "reopen": Command("case_status:reopen", "Open a closed case again."),
            "mark": Command("case_mark:mark", "Say who may not see the record, or take such a mark off."),
            "erase": Command("case_erase:erase", "Erase all that was recorded in a case, beyond recovery."),
            "import": Command("case_import:case_import", "Bring in cases from elsewhere."),
            "export": Command("case_export:case_export", "Write whole cases, for another store to bring in."),
        },
        "cpcli case show 2026-0001",
    ),
    "export": Command("export:export", "Write what is due to a calendar, a spreadsheet or a script."),
    "pathways": Command("pathways:pathways", "List the procedures that can be walked."),
    "duties": Command("duties:duties", "List the duties that the procedures lay down."),
    "compare": Command("compare:compare", "Show side by side how the procedure sets differ."),
    "calendar": Command("calendar:calendar", "Show a year's days off, and where each comes from."),
    "config": Group(
        "Show and change the settings: your team's calendar, and what is usual for you.",
        {
            "show": Command("config:show", "Show what is set, where, and what could be."),
            "set": Command("config:set_", "Set something."),
            "unset": Command("config:unset", "Take a setting out again."),
            "path": Command("config:path", "Say where the settings are."),
        },
        "cpcli config",
        alone="show",
    ),
    "store": Group(
        "Prove the store, back it up and restore it, make anew what is derived, and encrypt it.",
        {
            "check": Command("store:check", "Prove the store."),
            "due-for-review": Command(
                "store_review:due_for_review", "List the cases whose record has been kept long enough."
            ),
            "rebuild": Command("store:rebuild", "Work everything out anew from the journal."),
            "backup": Command("store_backup:backup", "Copy the store to a file, also while others write."),
            "restore": Command("store_backup:restore", "Make the store again from a backup."),
            "export": Command("store_journal:export", "Write the journal to a file that proves itself."),
            "verify": Command("store_journal:verify", "Prove such a file, where there is no store."),
            "new": Command("store_encrypt:new", "Make a new store, encrypted or not."),
            "encrypt": Command("store_encrypt:encrypt", "Encrypt the store."),
            "decrypt": Command("store_encrypt:decrypt", "Take the encryption off again."),
            "key": Group(
                "Say where the key to the store is, move or change it, and put it back.",
                {
                    "show": Command("store_key:show", "Say where the key is, and whether it fits."),
                    "recovery": Command("store_key:recovery", "Write out the recovery key again."),
                    "restore": Command("store_key:restore", "Put a lost key back from the recovery key."),
                    "move": Command("store_key:move", "Keep the key in another place."),
                    "change": Command("store_key:change", "Give the store another key."),
                },
                "cpcli store key",
                alone="show",
            ),
        },
        "cpcli store check",
    ),
    "lint": Command("lint:lint", "Check the files of a procedure set."),
    "completion": Command("completion:completion", "Print the script that completes commands in your shell."),
}


class Quick(TyperCommand):
    """A command whose plain arguments are read without typer's slow machinery, and shown without types."""

    def get_params(self, ctx: Any) -> list[Any]:
        return quicken(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined]  # so that what is said can name the command
            raise

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [_once(piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        shown: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                name = record[0].partition(" <")[0] if param.param_type_name == "argument" else record[0]
                about = record[1].removesuffix("[required]").rstrip()
                shown[param.param_type_name].append((name.strip("[]{}"), about))
        for kind, rows in shown.items():
            if rows:
                with formatter.section(f"{kind.capitalize()}s"):
                    formatter.write_dl(rows)


class Lazy(TyperGroup):
    """A group of commands, each imported when it is asked for and not before."""

    table: Mapping[str, Command | Group] = COMMANDS
    alone = ""

    def get_params(self, ctx: Any) -> list[Any]:
        return quicken(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = self.table.get(cmd_name)
        match entry:
            case None:
                return None
            case Group(about, commands, example, alone):
                epilog = _example(example)
                group = Lazy(
                    name=cmd_name, help=about, epilog=epilog, rich_markup_mode=None, context_settings=_HELP
                )
                group.table, group.alone = commands, alone
                group.no_args_is_help = not alone
                return group
            case Command(target, about):
                module, _, function = target.partition(":")
                callback = getattr(import_module(f"cpcli.cli.{module}"), function)
                info = CommandInfo(name=cmd_name, cls=Quick, callback=callback, context_settings=_HELP)
                command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
                return with_key_file(command)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        meant = not args or (args[0].startswith("-") and args[0] not in ("-h", "--help"))
        if self.alone and not ctx.resilient_parsing and meant:
            args = [self.alone, *args]
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            args = ["--help"]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name not in self.table and not name.startswith("-") and not ctx.resilient_parsing:
            from cpcli.cli.errors import UsageFault
            from cpcli.procedures.words import did_you_mean

            raise UsageFault(f"{ctx.command_path} has no command `{name}`. {did_you_mean(name, self.table)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.about) for name, entry in self.table.items()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        from typer.core import CompletionItem  # type: ignore[attr-defined]

        found = [
            CompletionItem(name, help=entry.about)
            for name, entry in self.table.items()
            if name.startswith(incomplete) and incomplete[:1] != "-"
        ]
        return [*found, *super().shell_complete(ctx, incomplete)] if incomplete[:1] == "-" else found


def _once(piece: str) -> str:
    """An argument in a usage line, with the one pair of brackets that it needs."""
    return piece.replace("[[", "[").replace("]]", "]").replace("{", "").replace("}", "")


def _example(*lines: str) -> str:
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


app = typer.Typer(
    cls=Lazy,
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings=_HELP,
    epilog=_example("cpcli start", "cpcli agenda", 'cpcli due "within 15 working days" --from "Fri 17:00"'),
)


def _say_version(asked: bool) -> None:
    if asked:
        from cpcli.output.tell import put

        put(f"cpcli {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is."),
    ] = False,
) -> None:
    """Walk through a child-protection procedure, keep the record, and know what is due and when.

    On its own, it says what is due and how to begin.
    """
    if ctx.invoked_subcommand is None:
        from cpcli.cli.home import home

        home()


def run(arguments: Sequence[str]) -> int:
    """Run one command, and give its exit code. Whatever goes wrong is one line on standard error."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _done(get_command(app), list(arguments))
        sys.stdout.flush()
    except BaseException as error:
        if os.environ.get("CPCLI_DEBUG"):
            raise
        from cpcli.cli.explain import explain

        return explain(error)
    return code


def _open_closed_streams() -> None:
    """Where somebody has closed a stream (`>&-`, a service), nothing is read from it, and nothing is shown.

    They are opened in their order, so that no file of ours gets their numbers.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _done(command: Any, arguments: list[str]) -> int:
    if "_CPCLI_COMPLETE" in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
        command.main(args=arguments, prog_name="cpcli")
    try:
        # Not command.main(), which would say for itself what went wrong.
        with command.make_context("cpcli", arguments) as context:
            command.invoke(context)
    except typer.Exit as ended:
        return ended.exit_code
    return 0
