"""cpcli pathways: what there is to walk."""

import json

import pytest

from cpcli.cli.root import run
from small_set import change, copy


@pytest.fixture(autouse=True)
def small_set(tmp_path, monkeypatch):
    """The sound set beside those of the toolkit, and a cache of its own."""
    monkeypatch.setenv("CPCLI_PROCEDURES", str(tmp_path / "sets"))
    monkeypatch.setenv("CPCLI_CACHE", str(tmp_path / "cache"))
    (tmp_path / "sets").mkdir()
    return copy(tmp_path / "sets")


def test_people_get_a_table_that_is_plain_in_a_pipe(capsys):
    assert run(["pathways", "--set", "sound"]) == 0
    out, err = capsys.readouterr()
    assert [line.split(maxsplit=1) for line in out.splitlines() if "sound/" in line] == [
        ["sound/begin", "Where to begin"],
        ["sound/concern", "A concern about a child"],
        ["sound/quorum", "Who has to be there"],
    ]
    assert "\x1b" not in out + err


def test_what_to_know_about_a_set_stands_below_its_pathways(capsys, small_set):
    assert run(["pathways", "--set", "sound"]) == 0
    out = capsys.readouterr().out
    assert out.index("sound/quorum") < out.index("Made for the tests.")


def test_json_has_an_object_a_line_with_the_promised_keys(capsys, small_set):
    assert run(["pathways", "--set", "sound", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found[0] == {
        "id": "begin",
        "source": "sound",
        "title": "Where to begin",
        "also": [],
        "open_to": [],
        "cites": ["1", "1.1", "1.2", "2.1"],
        "file": str(small_set / "begin.yaml"),
    }
    assert [each["id"] for each in found] == ["begin", "concern", "quorum"]


def test_every_set_is_listed_where_none_is_named(capsys):
    assert run(["pathways", "--json"]) == 0
    found = {json.loads(line)["source"] for line in capsys.readouterr().out.splitlines()}
    assert {"sound", "cafcass-2017"} <= found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["MEETING"], ["quorum"]),  # in whatever case; it stands in what it is about
        (["child", "concern"], ["concern"]),  # all of them
        (["annex", "1"], ["concern"]),  # by paragraph
    ],
)
def test_words_choose(words, found, capsys):
    assert run(["pathways", *words, "--set", "sound", "--json"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == found


def test_finding_nothing_is_said_on_standard_error(capsys):
    assert run(["pathways", "zebra", "--json"]) == 0
    assert tuple(capsys.readouterr()) == ("", "No pathway has these words.\n")


def test_an_unknown_set_is_answered_with_the_nearest(capsys):
    assert run(["pathways", "--set", "sond"]) == 2
    assert capsys.readouterr().err == "There is no procedure set 'sond'. Did you mean sound?\n"


def test_a_broken_file_is_left_out_and_said_to_be(small_set, capsys):
    change(small_set, "begin.yaml", "title: ", "title: [")
    assert run(["pathways", "--set", "sound", "--json"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err.startswith(f"Left out: {small_set / 'begin.yaml'}:")


def test_the_map_draws_how_they_lead_to_one_another(capsys):
    assert run(["pathways", "--set", "sound", "--map"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[1].startswith("begin  Where to begin")
    assert "└─ " in out


def test_the_map_as_json_has_the_ways_of_each(capsys):
    assert run(["pathways", "--set", "sound", "--map", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {each["pathway"]: each["leads_to"] for each in found}["begin"] == ["concern", "quorum"]
