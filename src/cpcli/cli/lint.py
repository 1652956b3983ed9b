"""cpcli lint: whether the files of a procedure set are whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cpcli.output.tell import put, tell

KINDS = ("set", "events", "shared", "pathway", "topics")


def lint(
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A set's folder, a folder of sets, or one file.")
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="DIR", help="The texts of the documents, to check citations by."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object a problem.")] = False,
    schema: Annotated[
        str | None,
        typer.Option(
            "--schema",
            metavar="KIND",
            help="Print the JSON Schema of a kind of file: set, events, shared, pathway or topics.",
            autocompletion=lambda: list(KINDS),
        ),
    ] = None,
) -> None:
    """Check the files of a procedure set: every step, condition, event and citation.

    Without a path, every set at hand is checked. The exit code is 1 if anything is wrong. With --schema,
    nothing is checked: an editor that has the schema completes and checks a file while you type.

    \b
    Example:
      cpcli lint data/cafcass-2017
      cpcli lint my-set --sources texts
      cpcli lint --schema pathway > pathway.schema.json
    """
    if schema is not None:
        _print_schema(schema, alone=path is None and sources is None)
        return
    from cpcli.cli.errors import UsageFault
    from cpcli.cli.folders import data_folders
    from cpcli.procedures.lint import check

    for given in (path, sources):
        if given is not None and not given.exists():
            raise UsageFault(f"There is no file or folder {given}. Check the name.")
    checked = check([path] if path is not None else data_folders(), sources)
    if not checked.files:
        raise UsageFault(f"There is no procedure set in {path}. A set is a folder with a set.yaml in it.")
    if as_json:
        from cpcli.output.data import write_lines

        write_lines(problem._asdict() for problem in checked.problems)
    else:
        for problem in checked.problems:
            put(str(problem))
    count = len(checked.problems)
    said = "no problems" if not count else "1 problem" if count == 1 else f"{count} problems"
    tell(f"{checked.files} file{'' if checked.files == 1 else 's'}, {said}")
    if count:
        raise typer.Exit(1)


def _print_schema(kind: str, *, alone: bool) -> None:
    from cpcli.cli.errors import UsageFault
    from cpcli.output.data import write_object
    from cpcli.procedures.schema import schema
    from cpcli.procedures.words import did_you_mean

    if kind not in KINDS:
        raise UsageFault(f"--schema {kind}: there is no such kind of file. {did_you_mean(kind, KINDS)}")
    if not alone:
        raise UsageFault("--schema checks nothing: leave the path and --sources out.")
    write_object(schema(kind))
