"""Completion in the shell: the scripts, and what they are told."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from cpcli.cli.completion import Shell, script

FOLDER = Path(__file__).parents[2] / "completions"
FILES = {
    Shell.BASH: "cpcli.bash",
    Shell.ZSH: "_cpcli",
    Shell.FISH: "cpcli.fish",
    Shell.POWERSHELL: "cpcli.ps1",
}


@pytest.mark.parametrize("shell", Shell)
def test_the_file_that_is_shipped_is_what_the_command_makes(desk, shell):
    made = desk("completion", shell.value)
    assert made.stdout == (FOLDER / FILES[shell]).read_text(encoding="utf-8")
    assert script(shell.value) + "\n" == made.stdout


def complete(desk, line):
    words = line.split(" ")
    done = desk(_CPCLI_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert "Traceback" not in done.stderr
    return done.stdout.split()


def test_commands_are_completed(desk):
    assert complete(desk, "cpcli a") == ["agenda"]
    assert complete(desk, "cpcli case d") == ["duty", "done", "depart"]


def test_what_can_be_compared_is_completed(desk):
    assert complete(desk, "cpcli compare first-") == ["first-core-group", "first-review"]
    assert complete(desk, "cpcli compare referral --set wal") == ["wales-vol5"]


def test_options_are_completed(desk):
    assert complete(desk, "cpcli agenda --w") == ["--waiting"]


def test_references_are_completed_and_never_a_name(case):
    assert complete(case, "cpcli case show 2026") == ["2026-0001"]


def test_the_duties_and_events_of_the_case_are_completed(case):
    assert complete(case, "cpcli case done 1 send") == ["send-letter"]
    assert complete(case, "cpcli case depart 1 tell") == ["tell-manager"]
    assert complete(case, "cpcli case event 1 letter") == ["letter-sent"]


def test_what_the_duties_and_events_of_the_case_are_called_for_short_is_completed(case):
    assert complete(case, "cpcli case done 1 the") == ["the-letter"]
    assert complete(case, "cpcli case event 1 ra") == ["rang"]


def test_no_duty_is_offered_of_a_case_that_is_not_there(case):
    assert complete(case, "cpcli case done 9 send") == []


def test_nothing_is_offered_and_nothing_goes_wrong_without_a_store(desk):
    assert complete(desk, "cpcli case show 2026") == []


@pytest.mark.skipif(which("bash") is None, reason="no bash here")
def test_bash_can_read_the_script():
    subprocess.run(["bash", "-n", str(FOLDER / "cpcli.bash")], check=True)


def test_short_names_are_completed(desk):
    assert complete(desk, "cpcli start desk/c") == ["desk/child-concern", "desk/concern", "desk/cp1"]
    assert complete(desk, "cpcli due the") == ["the-letter"]
    assert complete(desk, "cpcli agenda --pathway cp") == [
        "cp-information-enquiry",
        "cp-medical",
        "cp-plan",
        "cp1",
    ]
