"""Each command that changes a store, killed at random: a share of what tests/long/commands.py does."""

import os
import random

import pytest

from trial import Trial
from trial_commands import COMMANDS, kinds

KILLS = 2


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_has_done_what_it_said_and_nothing_by_half_and_can_be_gone_on_with(name, tmp_path):
    dice = random.Random()
    trial = Trial(tmp_path, name, dice.choice(kinds(name)))
    for _ in range(KILLS):
        trial.kill(dice)
