"""cpcli duties: who, what, by when, on whose word."""

import json

import pytest

from cpcli.cli.root import run
from cpcli.procedures.duty_rows import duty_rows
from small_set import change, copy


@pytest.fixture(autouse=True)
def small_set(tmp_path, monkeypatch):
    """The sound set beside those of the toolkit, and a cache of its own."""
    monkeypatch.setenv("CPCLI_PROCEDURES", str(tmp_path / "sets"))
    monkeypatch.setenv("CPCLI_CACHE", str(tmp_path / "cache"))
    (tmp_path / "sets").mkdir()
    return copy(tmp_path / "sets")


def test_people_get_who_what_its_name_limit_and_citation(capsys):
    assert run(["duties", "ring", "again"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split("  ")[-6:] == [
        "concern",
        "Worker should",
        "Ring again if nobody has acknowledged the letter (chase)",
        "within 1 working day",
        "letter-sent",
        "sound 2.3",
    ]


def test_json_has_an_object_a_duty(small_set, capsys):
    assert run(["duties", "--set", "sound", "--json"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == duty_rows(small_set)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["keep"], ["keep"]),  # the id
        (["AUTHORITY"], ["ring"]),  # what is to be done, in whatever case
        (["manager"], ["keep"]),  # who
        (["annex 1"], ["keep"]),  # the paragraph
        (["letter", "send"], ["send-letter"]),  # all of them
    ],
)
def test_words_choose(words, found, capsys):
    assert run(["duties", *words, "--set", "sound", "--json"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == found


def test_an_unknown_set_is_answered_with_the_nearest(capsys):
    assert run(["duties", "--set", "cafcas-2017"]) == 2
    assert capsys.readouterr().err == "There is no procedure set 'cafcas-2017'. Did you mean cafcass-2017?\n"


def test_duties_are_not_given_out_from_broken_files(small_set, capsys):
    path = change(small_set, "concern.yaml", "within 1 working day", "within a while")
    assert run(["duties", "--set", "sound"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}:") and "See `cpcli lint`" in err
