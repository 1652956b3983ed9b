"""The command line as a whole: what it says, where it says it, and how it ends."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from cpcli import __version__
from cpcli.cli.root import COMMANDS, Group

EVERY = [
    [],
    *([name] for name in COMMANDS),
    *(
        [name, inner]
        for name, entry in COMMANDS.items()
        if isinstance(entry, Group)
        for inner in entry.commands
    ),
]


def one_line(text):
    return len(text.splitlines()) == 1 and "Traceback" not in text


def test_version_is_said_without_importing_typer(desk):
    looked = "import sys; sys.argv = ['cpcli', '--version']; from cpcli.__main__ import main; main()"
    looked += "; print('typer' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", looked], env=desk.environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"cpcli {__version__}\nFalse\n"


def test_a_command_imports_no_other_command(desk):
    looked = "import sys; from cpcli.cli.root import run; run(['agenda']); "
    looked += "print([n for n in ('rich', 'yaml', 'questionary', 'holidays', 'pydantic', 'sqlite_utils', "
    looked += "'cpcli.cli.start', 'cpcli.cli.due', 'cpcli.cli.case') if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", looked], env=desk.environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", EVERY, ids=lambda words: " ".join(["cpcli", *words]))
def test_every_command_explains_itself_with_an_example(desk, words, capsys):
    from cpcli.cli.root import run

    assert run([*words, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Usage: cpcli")
    assert "Example" in said
    assert " ".join(["  cpcli", *words]) in said.partition("Example")[2]


@pytest.mark.parametrize("group", ["case", "store"])
def test_a_group_alone_shows_its_help(desk, group):
    done = desk(group)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == desk(group, "--help").stdout


def test_what_may_be_given_several_times_has_no_stray_brackets(desk):
    usage = desk("config", "set", "--help").stdout.splitlines()[0]
    assert usage == "Usage: cpcli config set [OPTIONS] KEY VALUE..."


def test_help_is_given_for_h_too(desk):
    assert desk("agenda", "-h").stdout == desk("agenda", "--help").stdout


def test_help_fits_a_narrow_window(desk):
    assert all(len(line) <= 60 for line in desk("--help", COLUMNS="60").stdout.splitlines())


def test_alone_it_says_how_to_begin(desk):
    done = desk()
    assert (done.returncode, done.stderr) == (0, f"There is no store at {desk.store} yet.\n")
    assert "Nothing is due." in done.stdout
    assert "cpcli start" in done.stdout
    assert not desk.store.exists()


def test_alone_it_says_what_is_due_and_what_was_left(case, walk):
    case("start", "desk/concern", "--plain", given="Zebedee Quill\n\n\n")
    done = case()
    assert "Tue 29 Dec 2026" in done.stdout
    assert "Send the letter" in done.stdout
    assert "cpcli resume" in done.stdout
    assert "Quill" not in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["agnda"], "cpcli has no command `agnda`. Did you mean `agenda`?"),
        (["case", "shw"], "cpcli case has no command `shw`. Did you mean `show`?"),
        (["xyzzy"], "cpcli has no command `xyzzy`. Possible: start"),
        (
            ["agenda", "--jsn"],
            "cpcli agenda has no option --jsn. Did you mean --json? See `cpcli agenda --help`.",
        ),
        (["--verzion"], "cpcli has no option --verzion. Did you mean --version?"),
        (["case", "show"], "Missing argument 'CASE'. See `cpcli case show --help`."),
        (["agenda", "--limit", "many"], "--limit"),
        (["agenda", "--level"], "--level needs a value. Only must, should, may or statement. See `cpcli ag"),
        (["agenda", "--json=3"], "'--json' does not take a value. See `cpcli agenda --help`."),
        (["agenda", "--limit", "-3"], "--limit -3"),
        (["agenda", "extra"], "extra"),
        (["start", "desk/concrn"], "Did you mean desk/concern?"),
        (["completion", "basher"], "basher"),
    ],
)
def test_what_was_mistyped_is_answered_in_a_line_with_what_may_have_been_meant(desk, words, said):
    done = desk(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert one_line(done.stderr)


def test_a_store_that_is_some_other_file_is_code_3(desk):
    desk.store.write_text("Dear all, this is a letter.\n" * 50)
    for words in (["agenda"], [], ["case", "list"], ["start", "desk/concern", "--answers", "-"]):
        done = desk(*words, given="{}" if words[-1:] == ["-"] else "")
        if words[:1] != ["start"]:
            assert done.returncode == 3, words
            assert one_line(done.stderr), words


def test_a_store_from_a_newer_version_is_code_3(case):
    import sqlite3

    with sqlite3.connect(case.store) as connection:
        connection.execute("PRAGMA user_version = 999")
    done = case("agenda")
    assert done.returncode == 3
    assert "newer" in done.stderr


def test_a_missing_store_is_no_fault_of_the_agenda_and_code_3_for_a_case(desk):
    assert desk("agenda").returncode == 0
    done = desk("case", "show", "1")
    assert done.returncode == 3
    assert one_line(done.stderr)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk that is always full")  # noqa: PTH110
def test_a_full_disk_under_standard_output_is_a_line_and_code_3(case):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "cpcli", "agenda", "--json"],
            env=case.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    assert "is full" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
def test_a_pipe_that_nobody_reads_is_no_error(case):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "cpcli", "case", "show", "1", "--json"],
        env=case.environment,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="shells differ there")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", ["agenda", "case show 1", "case show 9", "case note 1", "case close 1"])
def test_a_stream_that_is_closed_is_no_fault(case, closed, words):
    done = subprocess.run(
        f"{sys.executable} -m cpcli {words} {closed}",
        shell=True,
        env=case.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (0 if words in {"agenda", "case show 1"} else 2)
    assert "Traceback" not in done.stderr
    assert "fault" not in done.stderr
    if words == "case show 9":
        assert done.stdout == ""


@pytest.mark.skipif(os.name == "nt", reason="signals differ there")
def test_ctrl_c_is_a_line_and_code_130(case):
    process = subprocess.Popen(
        [sys.executable, "-m", "cpcli", "case", "note", "1"],
        env=case.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.set_blocking(process.stdin.fileno(), True)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not _waits(process.pid):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "")
    assert err == "Interrupted. What was acknowledged is kept.\n"


def _waits(pid):
    """Whether the process sleeps in a read of its standard input; where nobody can see, after a while."""
    try:
        with open(f"/proc/{pid}/wchan") as file:  # noqa: PTH123
            return "pipe" in file.read()
    except OSError:
        time.sleep(1)
        return True


def test_a_fault_of_the_program_is_a_line_and_shows_its_place_when_asked(desk, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import cpcli.store.where\n"
        "def broken(environment): return 1 / 0\n"
        "cpcli.store.where.default_path = broken\n"
    )  # fmt: skip
    path = os.pathsep.join([str(tmp_path), desk.environment["PYTHONPATH"]])
    done = desk("agenda", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "a fault of cpcli (ZeroDivisionError)" in done.stderr
    assert one_line(done.stderr)
    assert "Traceback" in desk("agenda", PYTHONPATH=path, CPCLI_DEBUG="1").stderr


def test_what_was_typed_cannot_command_the_terminal_by_way_of_an_error(desk):
    done = desk("\x1b[31mred")
    assert "\x1b" not in done.stderr
    assert "\\x1b[31mred" in done.stderr


def test_a_terminal_of_few_letters_gets_escapes_and_no_traceback(case):
    done = case("case", "show", "1", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "\\xb7" in done.stdout


def test_a_person_gets_colour_and_a_pipe_gets_none(case):
    pexpect = pytest.importorskip("pexpect")

    def drawn(**environment):
        return pexpect.run(
            f"{sys.executable} -m cpcli agenda",
            env={**case.environment, "TERM": "xterm-256color", **environment},
            encoding="utf-8",
        )

    coloured = drawn()
    assert "\x1b[1" in coloured
    assert "\x1b" not in case("agenda").stdout
    words = " ".join(re.sub(r"\x1b\[[0-9;]*m", "", coloured).split())
    for word in ("Agenda", "Tell the manager", "Tue 29 Dec 2026", "in 1 working day"):
        assert word in words
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", drawn(NO_COLOR="1"))
    assert "\x1b" not in drawn(TERM="dumb")


def test_python_m_cpcli_and_the_installed_script_are_the_same_function():
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"]["cpcli"] == "cpcli.__main__:main"
