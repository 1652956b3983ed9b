"""cpcli lint: problems on standard output, the tally on standard error, an exit code for scripts."""

import json

import pytest

from cpcli.cli.root import run
from small_set import SETS, SOUND, change, copy


def test_a_whole_set_says_so_and_succeeds(capsys):
    assert run(["lint", str(SOUND), "--sources", str(SETS)]) == 0
    assert tuple(capsys.readouterr()) == ("", "6 files, no problems\n")


def test_each_problem_is_a_line_with_its_place_and_its_mend(tmp_path, capsys):
    path = change(copy(tmp_path), "begin.yaml", "come up?", "come up")
    assert run(["lint", str(tmp_path)]) == 1
    assert tuple(capsys.readouterr()) == (
        f"{path}:9: The question does not end with a question mark. Ask a question.\n",
        "6 files, 1 problem\n",
    )


def test_a_schema_of_no_kind_is_refused_with_the_kinds(capsys):
    assert run(["lint", "--schema"]) == 2
    said = capsys.readouterr().err
    assert "set, events, shared, pathway or topics" in said
    assert said.endswith("See `cpcli lint --help`.\n")


def test_one_file_alone(tmp_path, capsys):
    path = change(copy(tmp_path), "begin.yaml", 'cite: "1.1"', 'cite: "1.7"')
    assert run(["lint", str(path)]) == 1
    assert run(["lint", str(path.with_name("concern.yaml"))]) == 0
    assert capsys.readouterr().err == "1 file, 1 problem\n1 file, no problems\n"


def test_json_has_an_object_a_problem(tmp_path, capsys):
    path = change(copy(tmp_path), "begin.yaml", "come up?", "come up")
    assert run(["lint", str(tmp_path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "file": str(path),
        "line": 9,
        "message": "The question does not end with a question mark.",
        "mend": "Ask a question.",
    }


def test_without_a_path_every_set_at_hand_is_checked(tmp_path, monkeypatch, capsys):
    change(copy(tmp_path), "begin.yaml", "come up?", "come up")
    monkeypatch.setenv("CPCLI_PROCEDURES", str(tmp_path))
    assert run(["lint"]) == 1
    out, err = capsys.readouterr()
    assert str(tmp_path) in out
    assert int(err.split()[0]) > 6


@pytest.mark.parametrize("option", [["nowhere"], ["--sources", "nowhere"]])
def test_a_path_that_does_not_exist_is_wrong_usage(option, capsys):
    assert run(["lint", *option]) == 2
    assert capsys.readouterr().err == "There is no file or folder nowhere. Check the name.\n"


def test_a_folder_without_a_set_is_wrong_usage(tmp_path, capsys):
    assert run(["lint", str(tmp_path)]) == 2
    assert "There is no procedure set in" in capsys.readouterr().err


def test_a_file_that_is_not_of_a_set_is_wrong_usage(tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("hello")
    assert run(["lint", str(tmp_path / "notes.txt")]) == 2
    assert "There is no procedure set in" in capsys.readouterr().err


def test_the_sets_that_come_with_the_toolkit_are_whole(capsys):
    assert run(["lint"]) == 0, capsys.readouterr().out
