"""A cache is never wrong and never missed."""

import json
import os
import stat
import subprocess
import sys

import pytest

from cpcli.procedures.cache import remember
from cpcli.procedures.catalogue import pathway
from cpcli.procedures.duty_rows import duty_rows
from cpcli.procedures.layers import read_tree
from cpcli.procedures.listing import index
from small_set import change, copy

posix = pytest.mark.skipif(os.name != "posix", reason="Windows gives files to their owner by the profile")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("a: b\n")
    return path


def made(cache, file, values):
    """What is remembered of the file, where each making takes the next of the values."""
    return remember(cache, "k", [file], lambda: values.pop(0))


def test_what_has_not_changed_is_made_once(tmp_path, file):
    values = [["first"], ["second"]]
    assert [made(tmp_path / "c", file, values) for _ in range(3)] == [["first"]] * 3


def test_without_a_folder_nothing_is_kept(tmp_path, file):
    assert [made(None, file, [1, 2][at:]) for at in range(2)] == [1, 2]
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("change_it", ["size", "time", "gone", "version"])
def test_what_has_changed_is_made_again(tmp_path, file, monkeypatch, change_it):
    values = ["first", "second"]
    made(tmp_path / "c", file, values)
    match change_it:
        case "size":
            file.write_text("a: bc\n")
        case "time":
            os.utime(file, ns=(1, 1))
        case "gone":
            file.unlink()
        case "version":
            monkeypatch.setattr("cpcli.procedures.cache.__version__", "another")
    assert made(tmp_path / "c", file, values) == "second"


@pytest.mark.parametrize("spoilt", [b"", b"\xff\xfe", b"{}", b"[1]\n{", b"[" * 100_000])
def test_a_cache_that_cannot_be_read_is_made_again(tmp_path, file, spoilt):
    made(tmp_path / "c", file, ["first"])
    (kept,) = (tmp_path / "c").iterdir()
    stamp = kept.read_bytes().partition(b"\n")[0] + b"\n"
    for data in (spoilt, stamp + spoilt):
        kept.write_bytes(data)
        assert made(tmp_path / "c", file, ["again"]) == "again"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path, file):
    (tmp_path / "c").write_text("a file where the folder should be")
    assert made(tmp_path / "c", file, ["made"]) == "made"


@posix
def test_a_cache_is_its_owners_alone(tmp_path, file):
    made(tmp_path / "c", file, ["made"])
    (kept,) = (tmp_path / "c").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_two_files_of_one_name_are_kept_apart(tmp_path, file):
    other = tmp_path / "other" / "f.yaml"
    other.parent.mkdir()
    other.write_text("a: b\n")
    assert made(tmp_path / "c", file, ["one"]) == "one"
    assert made(tmp_path / "c", other, ["two"]) == "two"
    assert made(tmp_path / "c", file, ["three"]) == "one"


def test_everything_is_the_same_with_a_cold_cache_a_warm_one_and_none(tmp_path):
    folder, cache = copy(tmp_path), tmp_path / "c"

    def everything(kept):
        return pathway([folder], "sound/concern", kept), index(folder, kept), duty_rows(folder, kept)

    assert everything(cache) == everything(cache) == everything(None)


def test_problems_are_remembered_with_their_lines(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_text("a: 1\na: 2\n")
    cold, warm = (read_tree(path, tmp_path / "c") for _ in range(2))
    assert warm == cold
    assert warm.problems[0].line == 2
    assert warm.node.lines == {"a": 1}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("concern.yaml", "A concern about", "A worry about"),
        ("shared.yaml", "2.1", "2.3"),  # begin cites it by way of the group alone
        ("paragraphs.txt", "2.1\n", "2.1\n2.1a\n"),  # within a range that concern cites
    ],
)
def test_a_listing_follows_every_file_that_it_rests_on(tmp_path, file, old, new):
    folder, cache = copy(tmp_path), tmp_path / "c"
    before = index(folder, cache)
    change(folder, file, old, new)
    assert index(folder, cache) != before


def test_a_new_pathway_is_listed_and_one_that_is_gone_is_not(tmp_path):
    folder, cache = copy(tmp_path), tmp_path / "c"
    index(folder, cache)
    (folder / "quorum.yaml").rename(folder / "members.yaml")
    assert [each.id for each in index(folder, cache).pathways] == ["begin", "concern", "members"]


def test_a_warm_cache_needs_no_yaml(tmp_path):
    folder, cache = copy(tmp_path), tmp_path / "c"
    code = (
        "import sys; from pathlib import Path; from cpcli.procedures import catalogue, listing, duty_rows\n"
        f"folder, cache = Path({str(folder)!r}), Path({str(cache)!r})\n"
        "listing.index(folder, cache); duty_rows.duty_rows(folder, cache)\n"
        "catalogue.pathway([folder], 'concern', cache)\n"
        "print('yaml' in sys.modules)"
    )
    said = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert [run.stdout for run in said] == ["True\n", "False\n"]


def test_what_is_kept_is_json_that_anybody_can_read(tmp_path, file):
    made(tmp_path / "c", file, [{"a": "é"}])
    (kept,) = (tmp_path / "c").iterdir()
    stamp, value = kept.read_text(encoding="utf-8").split("\n")
    assert json.loads(stamp.partition(" ")[2])[2][0][0] == str(file)
    assert json.loads(value) == {"a": "é"}
