"""A name that was recorded stays in the record: not in file names, errors, calendars, lists, processes."""

import json
import os
import sys

import pytest

import practice
from hostile.every_command import looks, mistakes, told
from hostile.inside import cpcli, promised
from hostile.records import cases
from hostile.test_terminal import SETS

NEEDLE = "Zebedee-Quillfeather"
OPEN = ("case show", "case history", "case duty", "case export", "resume", "agenda", "export --format csv")
"""Commands that show a record, or who has a duty; `agenda --ics` and `case list` are none of them."""
STARTED = []
"""What was started besides: the arguments of each process."""


def _audit(event, arguments):
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        STARTED.append(repr(arguments))


sys.addaudithook(_audit)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Variables for a store in which every text has the name."""
    folder = tmp_path_factory.mktemp("names")
    variables = {
        "CPCLI_STORE": folder / "cpcli.db",
        "CPCLI_CACHE": folder / "cache",
        "CPCLI_CONFIG": folder / "config",
        "CPCLI_NOW": "2026-12-24T16:40",
        "CPCLI_USER": "ada",
        "CPCLI_ROLE": "worker",
        "CPCLI_PROCEDURES": os.pathsep.join([str(SETS), str(practice.SETS)]),
        "TERM": "dumb",
    }
    given = cases(NEEDLE)
    for entry in (entry for case in given for entry in case["entries"]):
        if "question" in entry:  # the procedure's words
            entry["question"] = entry["question"].replace(NEEDLE, "")
    file = "".join(json.dumps(case) + "\n" for case in given).encode()
    assert promised(cpcli("case", "import", "-", given=file, **variables)).code == 0
    return variables


def _name(value):
    return " ".join(value)[:40] if isinstance(value, tuple) else ""


def run(home, words, given=b"", *, may_quote=False):
    """Run it, and see that no error has the name, nor anything that it leaves or starts."""
    del STARTED[:]
    said = promised(cpcli(*words, given=given, **home))
    assert NEEDLE not in said.err or may_quote, said.err
    assert not [name for name in _files(home) if NEEDLE in name]
    assert not [each for each in STARTED if NEEDLE in each]
    return said


def _files(home):
    return [str(path) for path in home["CPCLI_STORE"].parent.rglob("*")]


@pytest.mark.parametrize("words", looks("Jo"), ids=_name)
def test_what_lists_and_counts_has_no_name(home, words):
    said = run(home, words)
    line = " ".join(words)
    shows = line.startswith(OPEN) or "--json" in words or "json" in words or "ndjson" in words
    if not shows or "--ics" in words:
        assert NEEDLE not in said.out


@pytest.mark.parametrize("words", mistakes("oops"), ids=_name)
def test_no_mistake_brings_a_name_into_an_error(home, words):
    assert NEEDLE not in run(home, words).out or words[:2] in (("case", "assign"), ("case", "show"))


@pytest.mark.parametrize(("words", "given"), told(NEEDLE), ids=_name)
def test_what_is_told_leaves_no_trace_outside_the_record(home, words, given):
    # What stands where a date or a name of the procedures should be is quoted to whoever gave it.
    said = run(home, words, given, may_quote=True)
    assert NEEDLE not in said.err or said.code == 2


@pytest.mark.parametrize("step", ["child", "informant", "who-knows", "facts", "refer-reason"])
def test_a_wrong_answer_that_is_a_name_or_a_text_is_not_repeated(home, step):
    for wrong in ([[NEEDLE]], {"born": NEEDLE}, {"name": NEEDLE, "born": NEEDLE}, {"skipped": [NEEDLE]}):
        given = json.dumps({**practice.ANSWERS, step: wrong, "role": "worker"})
        run(home, ("start", "practice/concern", "--answers", "-"), given.encode())


def test_a_case_that_is_called_by_a_name_is_not_named_in_an_error(home):
    given = f"case,pathway,event,at\n{NEEDLE},desk/concern,nonsense,today\n"
    said = run(home, ("case", "import", "-"), given.encode())
    assert "line 2: the procedures of this case have no event" in said.err


@pytest.mark.parametrize(
    "words", ["agenda --person -", "export --format json --person -", "case assign 2 --to -"]
)
def test_a_name_need_not_stand_on_the_command_line(home, words):
    assert run(home, ["case", "assign", "1", "--to", "-"], b"Jo Marsh").code in (0, 2)
    done = run(home, words.split(), b"Jo Marsh\n")
    assert done.code in (0, 1), done.err
    assert "Jo Marsh" in done.out


def test_nothing_is_completed_with_a_name(home):
    for words in ("cpcli case show ", "cpcli case done 1 ", "cpcli case event 1 ", "cpcli export --case "):
        said = cpcli(_CPCLI_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=words, **home)
        assert NEEDLE not in said.out + said.err


def test_a_store_is_damaged_and_no_name_is_said(home, tmp_path):
    whole = bytearray(home["CPCLI_STORE"].read_bytes())
    for at in range(100, len(whole), 997):
        whole[at] ^= 0xFF
    spoilt = tmp_path / "spoilt.db"
    spoilt.write_bytes(whole)
    for words in (("store", "check"), ("case", "show", "1"), ("agenda",), ("case", "note", "1")):
        said = promised(cpcli(*words, given=b"x", **{**home, "CPCLI_STORE": spoilt}))
        assert NEEDLE not in said.err
