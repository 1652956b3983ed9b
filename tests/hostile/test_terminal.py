"""Text from a record, a procedure or a mistake is shown, never obeyed: no byte of it drives the terminal."""

import ast
import csv
import io
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

import practice
from cpcli.cli import root
from hostile.every_command import looks, mistakes, told
from hostile.inside import cpcli, promised
from hostile.records import cases, ndjson
from terminal import Terminal

SETS = Path(__file__).parent.parent / "cli" / "sets"
SOURCE = Path(root.__file__).parent.parent
OSC = "\x1b]52;c;cm0=\x07\x1b]8;;http://example.org\x07\x1bP"
WILD_TEXT = (
    f"=1+1 \x1b[2J{OSC}\x9b31m\x9d0;t\x9c a\rb\b\b\x00\x7f \u202egpj\u2066x\u2069\u200b\ufeff\u2028\U000e0041"
    " [red]no[/red] <b> &amp; *x* | `c` é"
)


def _name(value):
    return ascii(" ".join(value))[1:40] if isinstance(value, tuple) else ""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Variables for a store that holds such texts and nothing else."""
    folder = tmp_path_factory.mktemp("wild")
    variables = {
        "CPCLI_STORE": folder / "cpcli.db",
        "CPCLI_CACHE": folder / "cache",
        "CPCLI_CONFIG": folder / "config",
        "CPCLI_NOW": "2026-12-24T16:40",
        "CPCLI_USER": f"ada {WILD_TEXT}".replace("\0", ""),
        "CPCLI_ROLE": "worker",
        "CPCLI_PROCEDURES": os.pathsep.join([str(SETS), str(practice.SETS)]),
        "TERM": "dumb",
    }
    done = promised(cpcli("case", "import", "-", given=ndjson(WILD_TEXT), **variables))
    assert done.code == 0, done.err
    return variables


@pytest.fixture
def own(home, tmp_path):
    """The same with a store of one's own, which no other test has changed."""
    variables = {**home, "CPCLI_STORE": tmp_path / "own.db"}
    assert run(variables, ("case", "import", "-"), ndjson(WILD_TEXT)).code == 0
    return variables


def run(home, words, given=b""):
    """Run it, and see that it kept what is promised of every command."""
    return promised(cpcli(*words, given=given, **home))


@pytest.mark.parametrize("words", looks(WILD_TEXT.replace("\0", "")), ids=_name)
def test_what_was_recorded_is_shown_and_not_obeyed(home, words):
    said = run(home, words)
    assert said.code in (0, 2), said.err


def test_it_is_shown(home):
    for words in (("case", "show", "1"), ("case", "history", "1"), ("case", "show", "2")):
        assert "\\x1b[2J" in run(home, words).out


@pytest.mark.parametrize(("words", "given"), told(WILD_TEXT), ids=_name)
def test_what_is_told_is_shown_and_not_obeyed(home, words, given):
    run(home, words, given)


@pytest.mark.parametrize(
    "given", [b"\xff\x9b2J", b'{"text": "\\ud800"}', b"[" * 5000, b"9" * 5000, b"\x1b[2J"]
)
def test_bytes_that_are_no_text_are_refused(home, given):
    for words in (("case", "note", "1", "--json-in", "-"), ("start", "practice/concern", "--answers", "-")):
        assert run(home, words, given).code == 2


@pytest.mark.parametrize("words", mistakes(WILD_TEXT + "\udcff"), ids=_name)
def test_a_mistake_is_quoted_and_not_obeyed(home, words):
    assert len(run(home, words).err) < 3000


def test_json_is_whole_and_loses_nothing(home):
    shown = json.loads(run(home, ("case", "show", "1", "--json")).out)
    assert f"A note {WILD_TEXT}" in [each["text"] for each in shown["notes"]]
    for words in (("agenda", "--json"), ("case", "history", "1", "--json"), ("export", "--format", "json")):
        json.loads(run(home, words).out)


def test_a_case_comes_back_letter_for_letter(home, tmp_path):
    elsewhere = {**home, "CPCLI_STORE": tmp_path / "other.db"}
    given = run(home, ("case", "export", "2")).out
    assert run(elsewhere, ("case", "import", "-"), given.encode()).code == 0
    assert run(elsewhere, ("case", "export", "2")).out == given
    facts = [[e["value"] for e in case["entries"] if e.get("step") == "facts"] for case in cases(WILD_TEXT)]
    assert [e["value"] for e in json.loads(given)["entries"] if e.get("step") == "facts"] == facts[1]


def test_why_a_case_was_erased_is_shown_and_not_obeyed(own):
    # It shares no word with a name of the case, since such a reason is refused.
    why = "=1+1 \x1b[2J\x1b]52;c;eA==\x07\x1b]8;;x:y\x07\x9b7m\x9d0;t\x9c a\rb\b\b\x00\x7f"
    why += " \u202egp\u2066\u200b\u2028."
    given = json.dumps(dict.fromkeys(("why", "agreed_by", "although"), why)).encode()
    erased = run(own, ("case", "erase", "1", "--yes", "--json-in", "-"), given)
    assert erased.code == 0, erased.err
    for words in (("case", "show", "1"), ("case", "history", "1")):
        assert "\\x1b[2J" in run(own, words).out
    for words in looks(WILD_TEXT.replace("\0", "")):
        run(own, words)
    shown = json.loads(run(own, ("case", "show", "1", "--json")).out)["case"]["erased"]
    assert [shown[key] for key in ("why", "agreed_by", "although")] == [why.strip()] * 3


def test_a_reason_with_a_name_is_refused_without_saying_which(own):
    given = json.dumps({"why": WILD_TEXT, "agreed_by": "B", "although": "x"}).encode()
    refused = run(own, ("case", "erase", "1", "--yes", "--json-in", "-"), given)
    assert (refused.code, refused.out) == (2, "")
    assert "\x1b" not in refused.err


@pytest.mark.parametrize("words", [("export", "--format", "csv"), ("agenda", "--csv")], ids=_name)
def test_no_cell_is_a_formula(own, words):
    run(own, ("case", "assign", "1", "--to", "-"), b"=HYPERLINK(1)")
    rows = list(csv.reader(io.StringIO(run(own, words).out)))
    assert any("'=HYPERLINK(1)" in row for row in rows)
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "@", "-"))]


def test_no_cell_of_a_batch_is_a_formula(home):
    given = b"id,limit,from\n=1+1,within 2 days,today\n@x,+1,today\n"
    rows = list(csv.reader(io.StringIO(run(home, ("due", "--batch", "-", "--format", "csv"), given).out)))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'@x"]
    assert rows[2][1] == "'+1"


@pytest.fixture(scope="module")
def wild_set(tmp_path_factory):
    """A set in which every title, question and note commands the terminal, as YAML's escapes can have it."""
    folder = tmp_path_factory.mktemp("sets") / "wild"
    shutil.copytree(SETS / "desk", folder)
    for file in folder.glob("*.yaml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join(map(_wild_line, lines)) + "\n", encoding="utf-8")
    return folder


def _wild_line(line):
    key, colon, value = line.partition(": ")
    texts = ("ask", "tell", "happened", "do", "title", "about", "because", "name", "edition", "note")
    if key.strip(" -") in texts:
        return f'{key}{colon}"{value} \\e[2J\\e]52;c;cm0=\\a\\x9b31m\\u202Egpj\\u200B"'
    return line


OF_A_SET = """
pathways
pathways --set wild
pathways --map
duties
duties --json
start wild/concern --template
start wild/concern --plain
compare wild desk
due wild/concern --event call-made=yesterday
due wild/send-letter --from now
due wild/send-letter --event call-made=now --explain
lint
lint --json
"""


@pytest.mark.parametrize("line", OF_A_SET.strip().splitlines())
def test_what_a_procedure_says_is_shown_and_not_obeyed(home, wild_set, line):
    where = os.pathsep.join([str(wild_set), str(SETS)])
    run({**home, "CPCLI_PROCEDURES": where}, line.split(), b"yes\n")


def test_a_broken_file_is_quoted_and_not_obeyed(home, wild_set, tmp_path):
    shutil.copytree(wild_set, tmp_path / "wild")
    broken = '"\\e[2J\\a\\u202E": [x]\nsteps: "\\x9b"\n'
    (tmp_path / "wild" / "concern.yaml").write_text(broken, encoding="utf-8")
    for words in (("lint", tmp_path), ("start", "wild/concern"), ("pathways",), ("lint", tmp_path, "--json")):
        run({**home, "CPCLI_PROCEDURES": tmp_path}, words)


SCREENS = {
    "case show 2": "\\x1b[2J",
    "case history 1": "\\x1b[2J",
    "case note 1": "Note, of any length",
    "case assign 1": "is with",
    "resume 1": "\\x1b[2J",
}
OBEYED = ("\x1b]52", "\x1b]8;;http", "\x9b31m", "\x9d", "\u202e", "\u2066", "\u200b", "\b\b\b", "[2J\x1b]")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
@pytest.mark.parametrize(("line", "wait"), SCREENS.items())
def test_on_a_terminal_it_is_not_obeyed_either(home, line, wait):
    run(home, ("case", "assign", "1", "--to", "-"), WILD_TEXT.encode())
    variables = {name: str(value) for name, value in home.items()} | {"TERM": "xterm-256color"}
    screen = Terminal(line.split(), variables, rows=500).wait(wait)
    screen.kill()
    assert not [bad for bad in OBEYED if bad in screen.seen]


@pytest.mark.parametrize("file", sorted((SOURCE / "cli").glob("*.py")), ids=lambda file: file.stem)
def test_no_command_writes_but_in_the_way_that_makes_safe(file):
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    assert not [node for node in nodes if isinstance(node, ast.Name) and node.id == "print"]
