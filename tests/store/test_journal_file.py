"""The journal in a file: it proves order and completeness, also of one case; anything else is told."""

import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_help import add, answer, begin, filled, found, open_store

from cpcli.casework.entry import noted
from cpcli.store import journal_file
from cpcli.store.faults import NoSuchCase
from cpcli.store.hashing import START, canonical, hash_entry
from cpcli.store.journal_file import NoJournalFile, Verified, lines, verify

CASE, OTHER = "2026-0002", "2026-0001"
Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three cases whose entries take turns."""
    path = tmp_path_factory.mktemp("full") / "cpcli.db"
    with open_store(path) as store:
        filled(store)
        add(store, None, begin(), answer("child", {"name": "Robin Sample"}))
        for number in range(3):
            for case in (OTHER, CASE):
                add(store, case, noted(f"{case} {number}: Zoë said “no”\u2028"))
        filled(store)
    return path


def whole(path: Path) -> Lines:
    return json.loads(exported(path, ""))  # type: ignore[no-any-return]


def of_case(path: Path) -> Lines:
    return json.loads(exported(path, CASE))  # type: ignore[no-any-return]


@cache
def exported(path: Path, case: str) -> str:
    with open_store(path) as store:
        return json.dumps(list(lines(store, case)))


def file_of(given: Lines) -> io.BytesIO:
    return io.BytesIO("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in given).encode())


def wrong(given: Lines) -> str:
    return verify(file_of(given)).wrong


def test_the_whole_journal_is_proved_with_its_seal(full: Path) -> None:
    with open_store(full) as store:
        last, its_hash = store.head()
    assert verify(file_of(whole(full))) == Verified("", "", last, 0, last, its_hash)
    assert last == 8 + 3 + 6 + 8


def test_one_case_is_proved_from_its_opening_to_the_journals_end(full: Path) -> None:
    given = of_case(full)
    assert [line["seq"] for line in given[1:]] == list(range(9, 26))
    found = verify(file_of(given))
    assert (found.wrong, found.case, found.entries, found.last) == ("", CASE, 6, 25)


def test_what_is_recorded_of_other_cases_is_not_in_the_file_of_one(full: Path, tmp_path: Path) -> None:
    (tmp_path / "case.ndjson").write_bytes(file_of(of_case(full)).getvalue())
    assert found(tmp_path) == {"case.ndjson": ["2026-0001", "A. Adviser"]}
    assert "Robin Sample" in (tmp_path / "case.ndjson").read_text(encoding="utf-8")
    assert {line["case"] for line in of_case(full)[1:] if "body" in line} == {CASE}


def test_a_case_that_is_not_there_is_refused(full: Path) -> None:
    with open_store(full) as store, pytest.raises(NoSuchCase):
        list(lines(store, "2026-0009"))


def test_an_empty_journal_is_proved_too(tmp_path: Path) -> None:
    assert verify(file_of(whole(tmp_path / "new.db"))) == Verified("", "", 0, 0, 0, START)


@pytest.mark.parametrize("export", [whole, of_case])
def test_a_change_to_any_key_of_any_entry_names_the_entry(
    full: Path, export: Callable[[Path], Lines]
) -> None:
    right = export(full)
    for number, line in enumerate(right[1:], 1):
        for key, value in line.items():
            other = value + 1 if isinstance(value, int) else value + "x"
            said = wrong([*right[:number], {**line, key: other}, *right[number + 1 :]])
            # What other cases' entries say is not there, so only their hashes are.
            named = f"({value}|{value + 1})" if key == "seq" else line["seq"]
            assert re.search(rf"entry {named}\b|opened the case", said), (line["seq"], key, said)


@pytest.mark.parametrize("export", [whole, of_case])
def test_an_entry_that_is_missing_put_in_or_moved_is_named(
    full: Path, export: Callable[[Path], Lines]
) -> None:
    right = export(full)
    first, last = right[1]["seq"], right[-1]["seq"]
    for number, line in enumerate(right[1:], 1):
        seq = line["seq"]
        without = wrong([*right[:number], *right[number + 1 :]])
        assert re.search(rf"entry {min(seq, last)}\b|opened the case|begin", without), (seq, without)
        twice = wrong([*right[: number + 1], line, *right[number + 1 :]])
        assert f"entry {seq} stands after entry {seq}" in twice
        if seq < last:
            moved = wrong([*right[:number], right[number + 1], line, *right[number + 2 :]])
            assert re.search(rf"entry {seq}\b|entry {seq + 1}\b|opened the case", moved), (seq, moved)
    assert first < last


def test_a_file_that_was_cut_off_says_how_far_it_should_go(full: Path) -> None:
    assert wrong(whole(full)[:-3]) == "The file ends at entry 22, and should go on to entry 25."
    whole_bytes = file_of(whole(full)).getvalue()
    assert verify(io.BytesIO(whole_bytes[:-40])).wrong == (
        "A line of the file is no entry of a journal: the one after entry 24."
    )


def test_a_head_that_promises_less_is_found_with_the_seal(full: Path) -> None:
    """Whoever cuts the file off can mend its first line; what was sealed elsewhere they cannot."""
    right = whole(full)
    cut = [{**right[0], "last": 22, "hash": right[22]["hash"]}, *right[1:23]]
    assert wrong(cut) == ""
    assert verify(file_of(cut), {25: right[25]["hash"]}).wrong == (
        "The journal is cut short: it ends at entry 22, and entry 25 had been sealed."
    )


def test_a_journal_made_anew_does_not_keep_its_seal(full: Path) -> None:
    made, last = whole(full), START
    for line in made[1:]:
        line |= {"who": "Somebody Else", "previous_hash": last}
        names = ("seq", "at", "who", "case", "walk", "kind", "body_hash", "previous_hash")
        last = line["hash"] = hash_entry([line[name] for name in names])
    made[0]["hash"] = last
    assert wrong(made) == ""
    assert verify(file_of(made), {3: whole(full)[3]["hash"]}).wrong.startswith(
        "Journal entry 3 is not the one"
    )
    assert verify(file_of(whole(full)), {n: whole(full)[n]["hash"] for n in (3, 25)}).wrong == ""


def test_a_seal_from_before_the_case_was_opened_is_not_passed_over(full: Path) -> None:
    assert verify(file_of(of_case(full)), {3: whole(full)[3]["hash"]}).wrong == (
        "It begins at entry 9, so nothing proves the seal of entry 3."
    )


def bare(line: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if key not in ("salt", "body")}


def erasing(right: Lines, case: str) -> Lines:
    """The journal with an entry at its end that says that this case's content was erased."""
    head, last = dict(right[0]), right[-1]
    entry = {**last, "seq": last["seq"] + 1, "case": case, "kind": "erased", "previous_hash": last["hash"]}
    names = ("seq", "at", "who", "case", "walk", "kind", "body_hash", "previous_hash")
    entry["hash"] = hash_entry([entry[name] for name in names])
    return [{**head, "last": entry["seq"], "hash": entry["hash"]}, *right[1:], entry]


def test_content_that_a_later_entry_says_was_erased_may_be_missing(full: Path) -> None:
    right = erasing(whole(full), CASE)
    gone = [bare(line) if line.get("case") == CASE and line["kind"] != "erased" else line for line in right]
    found = verify(file_of(gone))
    assert (found.wrong, found.erased) == ("", 6)


@pytest.mark.parametrize("case", [None, OTHER])
def test_content_that_is_missing_otherwise_is_told(full: Path, case: str | None) -> None:
    right = whole(full) if case is None else erasing(whole(full), case)
    gone = [bare(line) if line.get("seq") == 10 else line for line in right]
    assert wrong(gone) == "What journal entry 10 says is missing, and no later entry says that it was erased."


NO_JOURNAL = [
    b"",
    b"\n",
    b"[]\n",
    b"null",
    b"\xff\xfe{\x00",
    b"SQLite format 3\0" + bytes(5000),
    b"[" * 100_000,
    b'{"cpcli journal": "1", "last": 1, "hash": "x"}\n',
    b'{"cpcli journal": 1, "case": 5, "last": 1, "hash": "x"}\n',
    b'{"cpcli journal": 1, "case": null, "last": "1", "hash": "x"}\n',
    b'{"cpcli journal": 1, "case": null, "last": 1e999, "hash": "x"}\n',
    b'{"cpcli journal": 1, "last": ' + b"9" * 5000 + b"}\n",
]


@pytest.mark.parametrize("text", NO_JOURNAL)
def test_a_file_that_is_none_is_refused(text: bytes) -> None:
    with pytest.raises(NoJournalFile):
        verify(io.BytesIO(text))


def test_a_file_of_a_newer_form_says_so() -> None:
    with pytest.raises(NoJournalFile, match="by a newer cpcli"):
        verify(io.BytesIO(b'{"cpcli journal": 2}\n'))


def test_a_first_line_with_other_keys_is_no_journals(full: Path) -> None:
    right = file_of(whole(full)).getvalue()
    for put in (b'" case"', b'"more": 1, "case"'):
        with pytest.raises(NoJournalFile, match="its first line is another"):
            verify(io.BytesIO(right.replace(b'"case"', put, 1)))


@settings(deadline=None)
@given(st.data())
def test_no_file_that_begins_like_one_is_believed_or_breaks_it(full: Path, data: st.DataObject) -> None:
    """Bytes changed, cut out and put in anywhere: either it is the same file, or it is found wrong."""
    right = file_of(whole(full)).getvalue()
    at = data.draw(st.integers(0, len(right)))
    put, gone = data.draw(st.binary(max_size=20)), data.draw(st.integers(0, 20))
    spoiled = right[:at] + put + right[at + gone :]
    try:
        said = verify(io.BytesIO(spoiled)).wrong
    except NoJournalFile:
        said = "none"
    assert said or same(spoiled) == same(right)
    assert "\n" not in said


def same(file: bytes) -> list[str]:
    """What the lines of a file say, however they are written."""
    return [canonical(json.loads(line)) for line in file.splitlines()]


@settings(deadline=None)
@given(st.lists(st.recursive(st.none() | st.integers() | st.text() | st.floats(), st.lists)))
def test_lines_of_anything_are_told_from_entries(values: list[object]) -> None:
    head = b'{"cpcli journal": 1, "case": null, "last": 1, "hash": "x"}\n'
    assert verify(io.BytesIO(head + "\n".join(map(json.dumps, values)).encode())).wrong


def test_a_line_longer_than_any_entry_is_not_read_whole(monkeypatch: pytest.MonkeyPatch, full: Path) -> None:
    monkeypatch.setattr(journal_file, "LONGEST", 1000)
    right = whole(full)
    right[5]["body"] += " " * 2000
    assert wrong(right) == "A line of the file is no entry of a journal: the one after entry 4."


def test_a_key_that_is_said_twice_is_found(full: Path) -> None:
    """Somebody who looks at the file would see the first; the last is what was proved."""
    said = file_of(whole(full)).getvalue().decode()
    twice = said.replace('"who": ', '"who": "somebody else", "who": ', 1)
    assert verify(io.BytesIO(twice.encode())).wrong == (
        "A line of the file is no entry of a journal: the second."
    )


def test_the_manual_shows_how_to_verify_such_a_file_without_this_program(full: Path, tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "journal-file.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", manual, re.DOTALL)
    assert code
    file = tmp_path / "journal.ndjson"
    program = compile(code[1].replace("journal.ndjson", file.as_posix()), "docs/journal-file.md", "exec")
    said: list[object] = []
    for right in (whole(full), of_case(full), erasing(whole(full), CASE)):
        file.write_bytes(file_of(right).getvalue())
        exec(program, {"print": said.append})
        assert said[-1] == f"{right[0]['last']} is the last entry; its hash is {right[0]['hash']}"
        right[3]["at"] = "2026-12-23T16:40:00.000000Z"
        file.write_bytes(file_of(right).getvalue())
        with pytest.raises(AssertionError, match=str(right[3]["seq"])):
            exec(program, {"print": said.append})
    cut = of_case(full)
    del cut[1:3]  # so that it does not begin with the opening of the case
    file.write_bytes(file_of(cut).getvalue())
    with pytest.raises(AssertionError):
        exec(program, {"print": said.append})
