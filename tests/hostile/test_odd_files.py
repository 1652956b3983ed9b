"""A pipe, a device, a folder or a file without end where a file should be: told at once, in one line."""

import os
import sys

import pytest

from cpcli.procedures import catalogue, layers
from cpcli.procedures.lint import check
from cpcli.procedures.read import read
from small_set import change, copy, team

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def put(kind, at):
    """Something of this kind at that path, in place of what is there."""
    at.unlink(missing_ok=True)
    match kind:
        case "pipe":
            os.mkfifo(at)
        case "device":
            at.symlink_to("/dev/zero")
        case "folder":
            at.mkdir()
        case "loop":
            at.symlink_to(at)
        case "huge":
            with at.open("wb") as file:
                file.truncate(3_000_000_000)
        case "nul":
            at.write_bytes(b"\0" * 1000)
        case "utf-16":
            at.write_text("set: desk\nkey = 'x'\n" * 50, encoding="utf-16")
        case "deep":
            at.write_text("[" * 100_000)
        case "aliases":
            lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
            at.write_text("\n".join(lines))


KINDS = ("pipe", "device", "folder", "loop", "huge", "nul", "utf-16", "deep", "aliases")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["set.yaml", "events.yaml", "shared.yaml", "concern.yaml", "paragraphs.txt"])
def test_a_file_of_a_set_that_is_none_is_a_problem(tmp_path, name, kind):
    folder = copy(tmp_path)
    put(kind, folder / name)
    is_there = name not in ("events.yaml", "shared.yaml", "set.yaml") or (folder / name).is_file()
    if is_there:
        assert check([folder]).problems or kind == "folder"
        if name != "paragraphs.txt":  # which the linter alone needs
            with pytest.raises(catalogue.CatalogueError):
                catalogue.pathways(folder)


@pytest.mark.parametrize("kind", KINDS)
def test_a_tree_of_what_is_no_file_is_empty_and_says_why(tmp_path, kind):
    put(kind, tmp_path / "a.yaml")
    node, problems = read(tmp_path / "a.yaml")
    assert not node
    assert len(problems) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_settings_that_are_no_file_are_refused(cpcli, tmp_path, kind):
    (tmp_path / "config").mkdir()
    put(kind, tmp_path / "config" / "settings.toml")
    done = cpcli("config")
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.splitlines()) <= 1


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pipe"])
@pytest.mark.parametrize(
    "words",
    [
        ("start", "cafcass-2017/referral", "--answers"),
        ("case", "import"),
        ("due", "--batch"),
        ("lint",),
        ("case", "list", "--store"),
        ("store", "check", "--store"),
    ],
    ids=" ".join,
)
def test_a_command_is_given_what_is_no_file(cpcli, tmp_path, words, kind):
    put(kind, tmp_path / "given.yaml")
    done = cpcli(*words, tmp_path / "given.yaml")
    assert done.returncode in (2, 3) or (words[0], kind) == ("due", "nul"), (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert "fault of cpcli" not in done.stderr
    assert len(done.stderr) < 3000


def test_a_store_that_is_a_pipe_is_no_store(cpcli, tmp_path):
    put("pipe", tmp_path / "cpcli.db")
    assert cpcli("case", "list").returncode == 3


@pytest.mark.parametrize("name", ["..", ".", "../sound", "/etc", "sound/../../sound", "~", ".hidden"])
def test_a_set_extends_by_name_and_reaches_no_other_folder(tmp_path, name):
    (tmp_path / "outside").mkdir()
    folder = team(tmp_path / "outside")
    copy(tmp_path)
    change(folder, "set.yaml", "extends: sound", f"extends: {name}")
    assert not [each for each in layers.chain(folder) if tmp_path / "outside" not in each.parents]
    assert check([folder]).problems


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "a/../../secret.txt"])
def test_a_source_text_is_a_name_and_reaches_no_other_folder(tmp_path, name):
    folder = copy(tmp_path)
    (tmp_path / "secret.txt").write_text("1 A secret\n")
    (tmp_path / "texts").mkdir()
    text = (folder / "set.yaml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("source text:"))
    change(folder, "set.yaml", line, f"source text: {name}")
    told = [str(problem) for problem in check([folder], tmp_path / "texts").problems]
    assert any("Write the file's name alone" in each for each in told)
    assert not any("has no paragraph" in each for each in told)


def test_a_symbolic_link_is_followed_as_whoever_made_it_wants(tmp_path):
    real = copy(tmp_path / "real")
    (tmp_path / "sets").mkdir()
    (tmp_path / "sets" / "sound").symlink_to(real)
    assert catalogue.pathways(tmp_path / "sets" / "sound")
