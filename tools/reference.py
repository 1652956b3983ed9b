"""Write docs/reference.md from the commands themselves: python tools/reference.py

tests/cli/test_reference.py fails where the page is not what this would write.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "reference.md"

ENVIRONMENT = {
    "CPCLI_STORE": "The store's file, in place of the usual place. `--store` goes before it.",
    "CPCLI_KEY_FILE": "The key file of an encrypted store: its key, or its passphrase. `--key-file` goes before "
    "it; `-` is the first line of standard input.",
    "CPCLI_USER": "The name under which entries are recorded, in place of the system's name for you.",
    "CPCLI_ROLE": "Your role in the procedures, so that it is not asked.",
    "CPCLI_PROCEDURES": "Folders with further procedure sets, separated as in PATH; besides the one in the settings.",
    "CPCLI_CACHE": "The folder for what can be made again.",
    "CPCLI_CONFIG": "The folder for settings.",
    "CPCLI_NOW": "The time to take for now (`2026-12-24T16:40`), for tests and training.",
    "CPCLI_DEBUG": "Set to 1, a fault of cpcli shows its traceback.",
    "NO_COLOR": "Set to anything, nothing is coloured.",
    "COLUMNS": "The width to write for, in place of the terminal's.",
}
EXITS = {
    0: "Done.",
    1: "A check that was asked for failed: something is overdue, a file is wrong, a duty was met late.",
    2: "Wrong usage or bad input.",
    3: "The store is unusable or locked, or the system cannot go on.",
    130: "Interrupted.",
}
DATA = """\
Data goes to standard output and everything else to standard error. Keys do not change without the changelog
saying so.

- `case show --json`, `start --json` and `resume --json` write one object, the record:
  [record.schema.json](record.schema.json) is its schema.
- `agenda --json` writes one object: `marking`, who may not see each case in it that is marked; `as_at`, the moment; `until`, the last of the next five working days;
  `counts` (`overdue`, `today`, `later`, `undated`, `waiting`), whatever `--limit` says;
  then the duties, at most `--limit` in each part: `overdue`, `now` (urgent, without a date), `today`,
  `soon` (up to `until`), `later`, `undated` and `waiting` (only with `--waiting`), each a duty as in the
  record with `working_days_left`, negative where it is late, or null; and `unfinished`, the walks that were left (`case`, `walk`, `pathway`, `begun`).
- `agenda --csv` and `export --format csv` write a row for each duty, with `part`, the part of the agenda that
  it stands in; a text that a spreadsheet would take for a formula has an apostrophe before it.
  `export --format ndjson` writes the same as a line each.
- `agenda --ics` and `export --format ics` write iCalendar: a task (VTODO) for each duty and, where it has a
  date, an event (VEVENT). Times are in UTC; identities (UID) stay.
- `pathways --json` and `duties --json` write a line each. `also` is what it is called for short. `file` is where a pathway is written. `topics` of a duty
  are those of topics.yaml that it is about, or null.
- In a set that extends another, each entry of `cite` says whose paragraph it is: `essex-team (local): 2.1`,
  `set-2025: A 2.4.11`. Everywhere else it is the paragraph alone.
- `compare --json` writes one object: `topic`, `name` and `procedure`, the topic that it is part of; `from` and
  `events`, the dates that were given, or null and {}; `sets`, in order (`source`, `title`, `edition`, `nation`,
  `extends`); `pathways` (`source`, `pathway`, `topics`, `title`, `about`, `open_to`, `varied`); and `duties`, each
  with its `topic` and `name`, `differs` (any of `limit`, `level`, and `has` where one has it and another has not)
  and `sets`. Of each set: `source`; `state` (`has`; `has no`; `elsewhere`, where the rule may be in what is not
  here; `not said`), `why`; `same_as`, the set that it extends where it says the same; and `duties`, each with the
  keys of `duties --json`, `topics`, `pathways`, `by_name`, `you`, `event_name`, `unless_names`, `condition` in
  words and `extends`, and `event_name` in each of `differs`. With dates also `due`, `counted_from`, `counted`,
  `nation`, `projected`, `waits_for` (events whose dates are missing) and `problem`. Without a topic it writes
  `topics`: `topic`, `name`, `also`, `sets` and `duties` (`topic`, `name`, `also`, `sets`).
- `case export` writes a case a line, and `case import` takes it: [import.md](import.md). `case import --json`
  writes one object: `dry_run`, and `cases`, each with its `line`, `given`, its reference in the file, `case`,
  its reference here, `state` (brought in, here already, left out), `idle`, whether nothing is to be done in
  it before something is answered, `faults` (`line`, `says`), and `cautions` of the same form: of CSV, what
  ended before it began.
- `case list --json` writes one object with `marking`, as in the agenda, and `cases`, each with `reference`, `pathways` (their titles),
  `status`, `opened`, `changed`, `unfinished` (numbers of walks), `open_duties`, `overdue_duties`, and
  `next`, the duty that presses most, or null.
- `case duty --json` writes one object: `duty`, as in the record; `event`, `met_by` and `unless`, what it
  counts from, ends with and is needless after (`event` and `name`); `condition`, in words, and `decided_by`,
  the answers that decide that it does not apply (`step`, `question`, `says`, `by`, `since`); `counted_to`, the
  date that was counted, with `rule` and `working` (`at`, `counted`, `n`, `reason`); `readings`, where the
  document says several things (`says`, `of`, `cite`, `note`, `due`, `counted`, `problem`); `extends`, who may
  agree a later date; and the `extensions` and `departures` of it, as in the record.
- `case history --json` writes one object with `case`, its reference, and `history`, every entry in order:
  `entry`, its number, `at`, `who`, `walk`, `kind`, `what`, `old`, `new`, `why`, `brought_in`, and `erased`,
  whether what it said is gone.
- `case event`, `done`, `note`, `amend`, `assign`, `extend`, `depart`, `close` and `reopen` write one object:
  `case`, as in the record; `changed`, the duties that are not what they were, as they are now; `was`, the
  same duties as they were, and those that the case has no longer; `cautions`, what to look at again, in
  words. `case amend --dry-run --json` writes the same, and records nothing.
- `case history --json`, `case duty --json`, what a change writes with --json and `case export` have `marking`, who may not see the case, as in the
  record (`case export` the texts alone, and only where there are some). So has each line of `export --format ndjson`
  and each row of CSV; entries of a calendar say it at their head, and are confidential.
- `case erase --json` writes one object: `case`, as in the record; `beside`, files beside the store that may hold
  it still; and `out_of_reach`, what else may, in words.
- `store due-for-review --json` writes one object: `marking`, as in the agenda, `as_at`, the day, and `cases`, each with `case`, `status`,
  `pathways` (their titles), `state` (`reached`, `not known`, `no period given`, and with `--to-come` also
  `to come`), `keep_until`, the latest of its days, or null, `not_known`, what could make it later, in words, and
  `rules`, the longest first (`walk`, `key`, `do`, `limit`, `keep_until`, `not_known`, `source`, `pathway`, `cite`,
  `note`). `--csv` writes a row for each rule.
- `store encrypt`, `store decrypt` and `store key change` write one object: `store`, `encrypted`, `entries` and
  `hash`, the last entry's number and hash, `overwritten`, whether the old file could be overwritten, and `key`:
  null, or `kept` (`keyring`, `file` or `passphrase`), `file`, and `recovery`, the day on which a recovery key
  was last written out, or null. `store new` and `store key` write `store`, `encrypted` and `key`; `store key`
  also `name`, which the recovery key has too. No key is ever in JSON.
- With `--json-in -` these commands read one object from standard input, in place of being asked: texts, but
  true or false for `planned`, `again` and `never`. Each command's help names its keys. Where one text alone
  is missing, standard input can simply be that text.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Made from the code by `python tools/reference.py`; the [guide](guide.md) says how to work with it."
    yield ""
    yield "## Commands"
    for words, text in _helps():
        yield ""
        yield f"### {' '.join(['cpcli', *words])}"
        yield ""
        yield "```text"
        yield from text.splitlines()
        yield "```"
    yield ""
    yield "## Data in and out"
    yield ""
    yield from DATA.splitlines()
    yield ""
    yield "## Exit codes"
    yield ""
    yield "| Code | Meaning |"
    yield "| ---: | --- |"
    yield from (f"| {code} | {meaning} |" for code, meaning in EXITS.items())
    yield ""
    yield "## Environment"
    yield ""
    yield "| Variable | What it sets |"
    yield "| --- | --- |"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in ENVIRONMENT.items())


def _helps() -> Iterator[tuple[list[str], str]]:
    """Each command's words and its help, as wide as a terminal of 80 columns."""
    from typer.main import get_command

    from cpcli.cli.root import COMMANDS, Group, app

    def text(words: list[str]) -> str:
        command, context = get_command(app), None
        for name in ["cpcli", *words]:
            if name != "cpcli":
                command = command.get_command(context, name)
            context = command.context_class(
                command, info_name=name, parent=context, **command.context_settings
            )
        return command.get_help(context)

    def below(words: list[str], table: Mapping[str, Any]) -> Iterator[list[str]]:
        for name, entry in table.items():
            yield [*words, name]
            if isinstance(entry, Group):
                yield from below([*words, name], entry.commands)

    yield [], text([])
    for words in below([], COMMANDS):
        yield words, text(words)


def undocumented() -> set[str]:
    """Variables that the code names and this page does not."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (TOP / "src").rglob("*.py"))
    return set(re.findall(r"\bCPCLI_[A-Z]+\b", code)) - set(ENVIRONMENT) - {"CPCLI_COMPLETE"}


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    sys.path.insert(0, str(TOP / "src"))
    if undocumented():
        sys.exit(f"ENVIRONMENT says nothing of {', '.join(sorted(undocumented()))}.")
    PAGE.write_text(page(), encoding="utf-8")
