"""One whole walk of the practice procedures, with every kind of step: typed, line by line, and as a file."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

from cpcli.casework.entry import answered
from cpcli.casework.layout import Rules
from cpcli.cli.derive import derived
from cpcli.clock.calendar import Calendar
from cpcli.clock.when import LONDON
from cpcli.procedures import catalogue
from cpcli.prompts.sitting import Desk, begin
from cpcli.store.store import open_store
from cpcli.walk.route import next_step
from terminal import DOWN, ENTER, SPACE

SETS = Path(__file__).parent / "prompts" / "sets"
WALK = ["start", "practice/concern", "--role", "worker"]

# What is typed for each answer: (text on the screen, keys). It is recorded when the next one's text is up.
DANGER = [("Is the child in danger now?", "y" + ENTER)]
READ = [("DO THIS NOW", ENTER)]
NEEDS = [("What does the child need?", SPACE + DOWN + DOWN + SPACE + ENTER)]
CHILD = [
    ("Full name", "Anna Example" + ENTER),
    ("Date of birth (Anna Example)", "1/5/2014" + ENTER),
    ("Thu 1 May 2014: is that right?", ENTER),
    ("Relationship or part in this", ENTER),
    ("Add another person", "2" + ENTER),
    ("Full name", "Ben Example" + ENTER),
    ("Date of birth (Ben Example)", ENTER),
    ("Relationship or part in this", "brother" + ENTER),
    ("Take off the list: Ben Example (brother)", ENTER),
]
INFORMANT = [
    ("Who told you?", "/skip" + ENTER),
    ("Why do you skip this?", "They asked not to be named" + ENTER),
]
KIND = [("What kind of concern is it?", "2" + ENTER)]
WHO_KNOWS = [("Who knows of it already?", "The school" + ENTER)]
FACTS = [("What have you seen or heard?", f"It was dark.{ENTER}Nobody came.{ENTER}{ENTER}")]
HOW_MANY = [("How many children live there?", "2" + ENTER)]
SEEN = [
    ("When did you see the child last?", "23/12/2026" + ENTER),
    ("Wed 23 Dec 2026: is that right?", ENTER),
]
REFER = [("Do you refer it?", "y" + ENTER)]
REASON = [("Why do you decide so?", "Two signs of neglect." + ENTER + ENTER)]
READY = [
    ("What to have ready", SPACE + DOWN + SPACE + ENTER),
    ("Not ticked: The school", "Not at school" + ENTER),
]
CALLED = [
    ("When did you ring the duty desk?", "today 16:30" + ENTER),
    ("Thu 24 Dec 2026 16:30: is that right?", ENTER),
]
REVIEW = [("When is the review?", "not yet" + ENTER)]
FINISH = [("Finish: this is right", ENTER), ("Where do you go on?", "2" + ENTER)]

TYPED = [
    *(DANGER, READ, NEEDS, CHILD, INFORMANT, KIND, WHO_KNOWS, FACTS, HOW_MANY, SEEN),
    *(REFER, REASON, READY, CALLED, REVIEW),
]
MOVES = [move for answer in TYPED for move in answer]

LINES = """\
yes

1, 3
Anna Example
1/5/2014

2
Ben Example

brother
1
/skip
They asked not to be named
Something known already
The school
It was dark.
Nobody came.
.
2
23/12/2026
y
Two signs of neglect.
.
1,2
Not at school
today 16:30
not yet
1
2
"""

ANSWERS = {
    "danger": "yes",
    "needs": ["doctor", "company"],
    "child": [
        {"name": "Anna Example", "born": "2014-05-01"},
        {"name": "Ben Example", "relationship": "brother"},
    ],
    "informant": {"skipped": "They asked not to be named"},
    "kind": "known",
    "who-knows": "The school",
    "facts": "It was dark.\nNobody came.",
    "how-many": 2,
    "seen": "2026-12-23",
    "refer": "yes",
    "refer-reason": "Two signs of neglect.",
    "ready": {"ticked": ["names", "address"], "why not": {"school": "Not at school"}},
    "called": "2026-12-24T16:30",
    "review": "not yet",
}


def environment(folder):
    """The variables for a store of one's own, at a known time."""
    return {
        "CPCLI_PROCEDURES": str(SETS),
        "CPCLI_STORE": str(folder / "cpcli.db"),
        "CPCLI_CACHE": str(folder / "cache"),
        "CPCLI_NOW": "2026-12-24T16:40",
        "CPCLI_USER": "Jo Field",
        "CPCLI_ROLE": "",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }


RULES = Rules(
    cache(lambda name: catalogue.pathway([SETS], name)),
    cache(lambda name: catalogue.procedure_set([SETS], name)),
    cache(Calendar),
)
NOW = datetime(2026, 12, 24, 16, 40, tzinfo=LONDON)


@contextmanager
def desk(env, who="Jo Field"):
    """What a walk needs, without a command: the same store, rules and time."""
    with open_store(Path(env["CPCLI_STORE"])) as store:
        yield Desk(store, RULES, who, lambda: NOW, lambda case: derived(case, RULES))


def walked_as_far_as(env, step=""):
    """A case whose walk stands before this step; before the end where none is named."""
    with desk(env) as at:
        sitting = begin(at, RULES.pathway("practice/concern"), "worker")
        while (following := next_step(sitting.state().places)) and following.id != step:
            value = "read" if following.kind == "tell" else ANSWERS[following.id]
            sitting.record(answered(1, following.id, value, question=following.text, cite=following.cite))


def case(env, number=1):
    """A case as the store has it."""
    with open_store(Path(env["CPCLI_STORE"])) as store:
        return store.case(f"2026-{number:04}")


def answers(env, walk=1):
    """What was answered in a walk, by step, without what was only read."""
    said = case(env).walks[walk].answers
    return {step: answer.value for step, answer in said.items() if answer.value != "read"}


def entries(env):
    """Which steps were answered, in order, each as often as it was."""
    with open_store(Path(env["CPCLI_STORE"])) as store:
        return [entry.body["step"] for entry in store.entries() if entry.kind == "answered"]


def cpcli(env, *arguments, given=""):
    """Run a command with this on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "cpcli", *arguments],
        input=given.encode() if isinstance(given, str) else given,
        env={**os.environ, **env},
        capture_output=True,
        check=False,
        timeout=60,
    )


def shown(env, case="1"):
    """The whole record of a case."""
    done = cpcli(env, "case", "show", case, "--json")
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def facts(record):
    """The record without what differs between two people who record the same: times and entry numbers."""
    if isinstance(record, dict):
        return {
            key: facts(value)
            for key, value in record.items()
            if key not in ("entry", "opened", "changed", "finished")
        }
    if isinstance(record, list):
        return [facts(one) for one in record]
    return record
