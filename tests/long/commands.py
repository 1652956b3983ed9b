"""Every command that changes a store, and a walk at a terminal, killed at random; plain and encrypted."""

import math
import random
import select
import tempfile
from pathlib import Path

from practice import ANSWERS, TYPED, WALK
from terminal import Terminal
from trial import Place, Trial, load
from trial_commands import COMMANDS, kinds

STEPS = (
    *("danger", "ring", "needs", "child", "informant", "kind", "who-knows", "facts", "how-many", "seen"),
    *("refer", "refer-reason", "ready", "called", "review"),
)
"""What is answered by each of TYPED."""
TOLD = {"not-yet"}
"""What is only told on the way."""


KILLS = 1000
"""Of all the commands together."""


def run(share=1.0, seed="1"):
    """Kill them so many times in all, or a share of that, and say what was found."""
    load()
    dice = random.Random(seed)
    works = [(name, kind) for name in COMMANDS for kind in kinds(name)]
    each = math.ceil(KILLS * share / (len(works) + 2))
    total = 0
    for name, kind in works:
        with tempfile.TemporaryDirectory() as folder:
            trial = Trial(Path(folder), name, kind)
            killed = sum(trial.kill(dice) for _ in range(each))
        total += each
        yield f"{name}, {kind}: {each} times, {killed} of them killed before the end"
        assert killed, "it was always done before it was killed"
    for kind in ("plain", "encrypted"):
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(each):
                _at_a_terminal(Path(folder), kind, dice)
        total += each
        yield f"a walk at a terminal, {kind}: {each} times"
    yield f"{total:,} kills: nothing said was lost, nothing was half there, and each was brought to its end"


def _at_a_terminal(folder, kind, dice):
    """Type some answers, and one more; kill the walk at any moment of that, and go on to the end."""
    place = Place(folder / "at", kind)
    place.prepare()
    number = dice.randrange(len(TYPED))
    screen = Terminal(WALK, place.env)
    for answer in TYPED[:number]:
        screen.do(*answer)
    screen.wait(TYPED[number][0][0])  # so that the answers before it are kept
    screen.do(*TYPED[number])
    select.select([], [], [], dice.random() * 0.1)
    screen.kill()
    place.check()
    answered = [entry[6]["step"] for entry in place.entries() if entry[5] == "answered"]
    assert len(set(answered)) == len(answered)
    assert {*STEPS[:number]} <= {*answered} <= {*STEPS[: number + 1]} | TOLD, (number, answered)
    begun = any(entry[3] == "2026-0001" for entry in place.entries())
    words = "resume 1" if begun else " ".join(WALK)
    assert place.run(words + " --answers {folder}/answers.json") == 0, place.said.read_text()
    place.check()
    with place.opened() as store:
        said = store.case("2026-0001").walks[1].answers
    assert {step: one.value for step, one in said.items() if one.value != "read"} == ANSWERS
