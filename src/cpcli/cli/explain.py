"""Whatever went wrong, as one line for the person at the prompt, and the exit code for the script."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

from cpcli.output.tell import tell

DONE, FAILED, USAGE, STORE, INTERRUPTED = 0, 1, 2, 3, 130


def explain(error: BaseException) -> int:
    """Say on standard error what went wrong, in one line, and give the exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else FAILED
    try:
        sys.stdout.flush()
    except OSError:
        _hush()
    if isinstance(error, BrokenPipeError):
        return DONE  # `cpcli agenda | head` is not an error
    line, code = _words(error)

    with suppress(OSError):
        if code == INTERRUPTED and sys.stderr.isatty():
            tell("")  # the terminal has ^C, or the question, on this line
        tell(" ".join(line.split()))
    return code


def _hush() -> None:
    """Send standard output nowhere: Python would try again at the end, and complain."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _words(error: BaseException) -> tuple[str, int]:
    from typer import Abort

    from cpcli.cli.errors import Fault
    from cpcli.clock.errors import ClockError
    from cpcli.procedures.catalogue import CatalogueError
    from cpcli.store.faults import CaseChanged, CaseErased, Conflict, NoSuchCase, StoreProblem
    from cpcli.walk.answers import AnswerError

    if isinstance(error, Fault):
        return str(error), error.exit_code
    if isinstance(error, StoreProblem | Conflict):
        return str(error), STORE
    if isinstance(error, ClockError | CatalogueError | NoSuchCase | CaseErased | CaseChanged | AnswerError):
        return str(error), USAGE
    if isinstance(error, KeyboardInterrupt | Abort | EOFError):
        return "Interrupted. What was acknowledged is kept.", INTERRUPTED
    if hasattr(error, "format_message"):
        return _usage(error), USAGE
    if isinstance(error, OSError):
        return _system(error)
    if isinstance(error, RuntimeError) and "home directory" in str(error):
        return "There is nobody of the name that follows the ~. Write the whole path.", USAGE
    return (
        f"This is a fault of cpcli ({type(error).__name__}). What was acknowledged is kept. "
        "CPCLI_DEBUG=1 shows where it is, for a report; `cpcli store check` says whether the store is whole."
    ), STORE


def _usage(error: BaseException) -> str:
    """A complaint of typer's about the arguments, with the way to the help."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "cpcli"
    option = getattr(error, "option_name", "")
    if option and type(error).__name__ == "NoSuchOption":
        near = sorted(getattr(error, "possibilities", None) or ())
        said = f"{path} has no option {option}." + (f" Did you mean {near[0]}?" if near else "")
    elif option and type(error).__name__ == "BadOptionUsage" and (about := _about(ctx, option)):
        said = f"{option} needs a value. {about}"
    else:
        said = str(error.format_message()).rstrip(".") + "."  # type: ignore[attr-defined]
    return f"{said} See `{path} --help`."


def _about(ctx: object, option: str) -> str:
    """What the help says of an option that takes a value."""
    params = getattr(getattr(ctx, "command", None), "params", ())
    takes = (each for each in params if option in each.opts and not getattr(each, "is_flag", False))
    return next((str(getattr(each, "help", "") or "") for each in takes), "")


def _system(error: OSError) -> tuple[str, int]:
    """A file that is not there or not ours is bad input; a disk that is full or broken is not."""
    said = error.strerror or str(error)
    if isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError | PermissionError):
        return (
            f"{error.filename or 'A file'} cannot be used: {said}. Check the name and who may use it.",
            USAGE,
        )
    if error.errno == errno.ENOSPC:
        return "The disk is full, and not all was written: make room. What was recorded is kept.", STORE
    return f"The system could not go on{f' with {error.filename}' if error.filename else ''}: {said}.", STORE
