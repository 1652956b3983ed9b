"""Your set: what is usual for you is meant where you do not say, and never guessed where it is not set."""

import json
import sys

import pytest

from small_set import change, copy, team

needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


@pytest.fixture
def two(cpcli, tmp_path):
    """`cpcli` with two sets that both have the pathways begin and concern: sound, and other, of Wales."""
    root = tmp_path / "sets"
    root.mkdir()
    copy(root).rename(root / "other")
    change(root / "other", "set.yaml", "set: sound", "set: other")
    change(root / "other", "set.yaml", "nation: England", "nation: Wales")
    change(root / "other", "set.yaml", "title: A small", "title: Another small")
    copy(root)
    cpcli.environment |= {"CPCLI_PROCEDURES": str(root)}
    cpcli.root = root
    return cpcli


def test_a_name_that_several_sets_have_is_never_guessed(two):
    done = two("start", "concern", "--role", "worker")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("'concern' is in several sets. Say which: other/concern, sound/concern.")
    assert len(done.stderr.splitlines()) == 1


def test_it_means_yours_once_that_is_set(two):
    assert two("config", "set", "set", "other").returncode == 0
    assert "# Another small procedure" in two("start", "concern", "--template").stdout
    assert two.json("due", "chase", "--from", "2026-12-23")["duty"]["source"] == "other"


def test_another_set_can_be_named_all_the_same(two):
    two("config", "set", "set", "other")
    assert "# A small procedure" in two("start", "concern", "--set", "sound", "--template").stdout
    assert "# A small procedure" in two("start", "sound/concern", "--template").stdout
    assert two.json("due", "chase", "--set", "sound", "--from", "2026-12-23")["duty"]["source"] == "sound"


def test_what_your_set_lacks_is_not_taken_from_another(two):
    two("config", "set", "set", "other")
    change(two.root / "sound", "quorum.yaml", "pathway: quorum", "pathway: members")
    (two.root / "sound" / "quorum.yaml").rename(two.root / "sound" / "members.yaml")
    done = two("start", "members", "--template")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Your set, other, has no pathway 'members'. To walk another's: cpcli start sound/members\n"
    )


def test_the_name_of_a_set_is_no_pathway_and_says_how_to_begin(two):
    done = two("start", "other")
    assert done.returncode == 2
    assert done.stderr == "other is a procedure set. To begin with it: cpcli start --set other\n"


def test_the_nearest_name_is_one_of_your_set(two):
    two("config", "set", "set", "other")
    assert "Did you mean other/quorum?" in two("start", "qorum").stderr


def test_without_a_name_it_begins_where_your_set_begins(two):
    two("config", "set", "set", "other")
    two("config", "set", "role", "worker")
    begun = two("start", "--plain", given="no\n").stdout
    assert "Another small procedure, edition first" in begun
    assert "What is your role?" not in begun


def test_a_role_that_the_set_does_not_have_is_said_when_the_set_is_changed(two):
    two("config", "set", "role", "worker")
    walks = "  worker: {name: Worker, can walk: yes, takes in: everybody}"
    change(two.root / "other", "set.yaml", walks, "  worker: Worker")
    done = two("config", "set", "set", "other")
    assert done.returncode == 0
    assert done.stderr == "other has no role worker. Set yours: cpcli config set role student\n"


@needs_terminal
def test_at_a_terminal_the_set_of_a_walk_is_asked(two):
    from terminal import DOWN, ENTER, Terminal

    env = two.environment | {"CPCLI_ROLE": "worker"}
    terminal = Terminal(["start", "concern"], env)
    terminal.wait("Which procedures do you work by?", "Another small procedure, Wales").type(DOWN, ENTER)
    terminal.wait("A small procedure, edition first")


@needs_terminal
def test_at_a_terminal_the_set_of_a_due_date_is_asked(two):
    from terminal import ENTER, Terminal

    terminal = Terminal(["due", "chase", "--from", "2026-12-23"], two.environment)
    terminal.wait("chase is in several places. Which do you mean?").type(ENTER)
    assert terminal.end() == 0
    assert "within 1 working day (Wales)" in terminal.seen


def test_a_due_date_goes_by_the_nation_of_the_set_that_is_named(two):
    found = two.json("due", "within 5 working days", "--from", "2026-12-23", "--set", "other")
    assert found["nation"] == "Wales"
    found = two.json("due", "within 5 days", "--from", "2026-12-23", "--set", "other", "--nation", "Scotland")
    assert found["nation"] == "Scotland"
    done = two("due", "within 5 days", "--from", "today", "--set", "othr")
    assert (done.returncode, done.stderr) == (2, "There is no procedure set 'othr'. Did you mean other?\n")


def test_a_batch_goes_by_the_set_that_is_named(two):
    row = json.dumps({"id": 1, "duty": "chase", "from": "2026-12-23"})
    assert "is in several places" in two("due", "--batch", "-", given=row).stdout
    found = json.loads(two("due", "--batch", "-", "--set", "other", given=row).stdout)
    assert found["due"] == "2026-12-24"


def test_the_folder_of_your_own_sets_can_be_set(cpcli, tmp_path):
    (tmp_path / "own").mkdir()
    team(tmp_path / "own")
    done = cpcli("config", "set", "procedures", tmp_path / "own")
    assert (done.returncode, done.stdout) == (0, f"procedures: {tmp_path / 'own'}\n")
    assert cpcli("start", "team/desk", "--template").returncode == 0
    assert cpcli("config", "set", "set", "team").returncode == 0
    assert "The North team" in cpcli("start", "--template").stdout


def test_a_folder_without_a_set_is_not_taken(cpcli, tmp_path):
    done = cpcli("config", "set", "procedures", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"There is no procedure set in {tmp_path}.")
    assert cpcli.json("config")["settings"]["procedures"] is None


def test_a_folder_that_is_gone_is_said_where_it_matters_and_nowhere_else(cpcli, tmp_path):
    (tmp_path / "own").mkdir()
    team(tmp_path / "own")
    cpcli("config", "set", "procedures", tmp_path / "own")
    (tmp_path / "own").rename(tmp_path / "away")
    done = cpcli("pathways")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"The folder of your own procedures, {tmp_path / 'own'}, is not there." in done.stderr
    assert cpcli("agenda").returncode == 0
    assert cpcli("config").returncode == 0
    assert cpcli("config", "set", "procedures", tmp_path / "away").returncode == 0


def test_the_teams_name_stands_on_what_is_yours(two):
    two("config", "set", "team", "Duty team, North")
    assert two("").returncode == 2
    assert "cpcli · Duty team, North · " in two().stdout
