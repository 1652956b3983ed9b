"""The store goes away in the middle of a walk, or between two commands: a stick that is pulled out."""

import os
import shutil
from pathlib import Path

import pytest

from practice import DANGER, READ, WALK, cpcli, entries, environment
from terminal import ENTER, SPACE, Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows moves no file that is open")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "stick"


@pytest.fixture
def env(tmp_path, folder):
    """The store is on the stick, and nothing else."""
    return {**environment(tmp_path), "CPCLI_STORE": str(folder / "cpcli.db")}


def pull_out(folder):
    folder.rename(folder.with_name("pulled-out"))


def put_back(folder):
    folder.with_name("pulled-out").rename(folder)


def walk_until_it_is_gone(env, gone):
    """The walk's third answer is typed when the store is gone; what stands on the screen then."""
    terminal = Terminal(WALK, env).do(*DANGER, *READ).wait("What does the child need?")
    gone()
    terminal.type(SPACE + ENTER)
    assert terminal.end() == 3
    return " ".join(terminal.screen.split())


def test_in_the_middle_of_a_walk_it_is_said_and_what_was_answered_before_is_kept(env, folder):
    said = walk_until_it_is_gone(env, lambda: pull_out(folder))
    store = env["CPCLI_STORE"]
    assert f"{store} was moved or deleted meanwhile, so this was not recorded. Put it back." in said
    assert not folder.exists()
    put_back(folder)
    assert entries(env) == ["danger", "ring"]
    Terminal(["resume"], env).wait("What does the child need?").kill()
    assert cpcli(env, "store", "check").returncode == 0


def test_a_store_that_is_deleted_in_the_middle_of_a_walk_is_not_made_anew(env, folder):
    said = walk_until_it_is_gone(env, lambda: shutil.rmtree(folder))
    assert "was moved or deleted meanwhile, so this was not recorded." in said
    assert not folder.exists()


@pytest.mark.parametrize(
    "words", [["resume", "1"], ["case", "list"], ["case", "note", "1"], ["store", "check"]]
)
def test_between_two_commands_it_is_said_that_there_is_none(env, folder, words):
    cpcli(env, *WALK, given="yes\n\n1,3\n")
    pull_out(folder)
    done = cpcli(env, *words, given="She likes the garden")
    assert (done.returncode, done.stdout.decode()) == (3, "")
    assert done.stderr.decode().startswith(f"There is no store at {Path(env['CPCLI_STORE'])} yet.")
    assert not folder.exists()
