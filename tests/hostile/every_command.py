"""Every command over the cases of records.py: looking, telling, and erring with a text (here: @)."""

import json

from cpcli.cli.root import COMMANDS, Group
from hostile.records import ndjson

LOOKS = """
agenda
agenda --json
agenda --csv
agenda --ics
agenda --person @
case list
case list --json
case show 1 --all
case show 2
case show 1 --timeline
case show 2 --timeline
case show 1 --json
case history 1
case history 2
case history 1 --json
case duty 1 send-letter
case duty 1 read-file --json
case export --all
export --format csv
export --format ics
export --format ndjson
export --format json --case 2026-0001
store check
store check --json
store rebuild
store due-for-review
store key
resume 2
config path
completion bash
case show --help
"""
MISTAKES = """
@
--@
case @
case show @
case duty 1 @
case event 1 @ --at now
case event 1 meeting --at @
case done 1 @ --at now
case amend 1 @ --never
case amend 1 3 --at @
case assign 1 @ --to x
case depart 1 @
case extend 1 @
case extend 1 send-letter --to @
case note @
case close @
case reopen @
case close 1 --json-in @
case import @
case export @
case export --format @
due @
due within 2 days --from @
due within 2 days --nation @
due within 2 days --from today --event @
due within 2 days --from today --format @
due between @ today
due --batch @
start @
start --set @
start desk/concern --role @
start desk/concern --answers no/@
start desk/concern --case @
compare @
lint @
lint --schema @
lint nowhere --sources @
pathways @
duties @
calendar @
config @
config set @ x
config set set @
config set role @
config set team @
config set nation @
config set procedures @
config set closures 1/1/2027=@
config set terms @
config set office-hours @
config unset @
export --format @
export --format csv --case @
agenda --until @
agenda --level @
agenda --set @
completion @
case list --store @
store check --store /dev/null/@
store new --store no/no/@
store new @
store encrypt --key-file @
store decrypt @
store rebuild @
store key @
resume @
resume 1 --answers @
"""


def looks(text=""):
    """Commands that show what is recorded: the words of each."""
    return [(), *_lines(LOOKS, text)]


def mistakes(text):
    """Commands that are given the text where something else should be: those above, and each there is."""
    text = text.replace("\0", "")
    more = [(*path, word) for path in _paths(COMMANDS) for word in (text, f"--{text}")]
    return [*_lines(MISTAKES, text), *more]


def _paths(table, before=()):
    for name, entry in table.items():
        yield from _paths(entry.commands, (*before, name)) if isinstance(entry, Group) else [(*before, name)]


def _lines(table, text):
    return [tuple(word.replace("@", text) for word in line.split(" ")) for line in table.strip().splitlines()]


def told(text):
    """Commands that are told the text on standard input: the words of each, and what it is given."""

    def as_json(*keys, **more):
        return json.dumps(dict.fromkeys(keys, text) | more)

    form = as_json("id", limit="within 2 days", **{"from": "today"})
    found = {
        "case note 1": text,
        "case note 2 --json-in - --json": as_json("text"),
        "case event 1 answer-received --at now --note": text,
        "case done 1 read-file --json-in -": as_json("note", at="now"),
        "case depart 1 --json-in -": as_json("what", "why", "agreed_by", at="now"),
        "case assign 2 --to -": text,
        "case extend 1 send-letter --to 15/01/2027 --json-in -": as_json("authority", "why"),
        "case amend 1 12 --never --dry-run": text,
        "case amend 1 12 --at 24/12/2026 --yes": text,
        "case close 1 --yes": text,
        "case reopen 1": text,
        "case event 1 @ --json-in -": as_json("at"),
        "case note 1 --json-in -": as_json("text", text),
        "case import - --renumber": ndjson(f"{text}!"),
        "case import -": f"case,pathway,event,at,{text}\n{text},{text},{text},{text},x\n",
        "start practice/concern --plain": f"yes\n\n1\n{text}\n\n\n1\n{text}\n",
        "start practice/concern --answers -": as_json(text, "danger", role="worker"),
        "due --batch -": as_json("id", "limit", text),
        **{f"due --batch - --format {each}": form for each in ("table", "json", "ndjson", "csv", "ics")},
    }
    every = [(words.replace("@", "answer-received").split(), given) for words, given in found.items()]
    return [
        (tuple(words), given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass"))
        for words, given in every
    ]
