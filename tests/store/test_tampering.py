"""Every change behind the store's back is found, to each column and row of each table; the first is named.

The store holds whole walks by the practice procedures, with other kinds of entry besides. A copy of it in
memory is changed, without the triggers, in some thousand ways, and checked each time.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from cpcli.casework import entry
from cpcli.cli.derive import derived
from cpcli.store.check import check
from cpcli.store.hashing import canonical, hash_body, hash_entry
from cpcli.store.store import open_store
from practice import NOW, RULES, environment, walked_as_far_as

STATE = ("cases", "walks", "answers", "people", "events", "duties", "notes", "departures")
Change = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with two cases, a row at least in every table, and every kind of entry."""
    env = environment(tmp_path_factory.mktemp("real"))
    for _ in range(2):
        walked_as_far_as(env)
    with open_store(Path(env["CPCLI_STORE"])) as store:
        duty = next(each.key for each in store.duties(states=("open",)))
        drafts = [
            entry.noted("They rang back"),
            entry.event_recorded("school-told", "2026-12-24T16:00"),
            entry.event_recorded("school-told", "2026-12-23"),
            entry.event_recorded("call-made", "2026-12-23T10:00"),
            entry.departed(1, duty, "Not today", "The office is closed", "A. Manager", "2026-12-24"),
            entry.departed(1, "", "By telephone", "The line was bad", "A. Manager", "2026-12-24"),
            entry.noted("Nobody answered", 1),
            entry.assigned("B. Colleague"),
            entry.closed("All is done"),
            entry.reopened("It is not"),
            entry.walk_finished(1),
            entry.walk_begun(2, "practice/concern", "1", "worker", "2026-12-24"),
            entry.answered(2, "danger", "no", question="Is the child in danger now?", cite=("1",)),
        ]
        for reference in ("2026-0001", "2026-0002"):
            store.append(reference, drafts, who="Jo Field", at=NOW, derive=derive)
    return Path(env["CPCLI_STORE"])


def derive(case):  # type: ignore[no-untyped-def]
    return derived(case, RULES)


def found_after(real: Path, change: Change, seals: dict[int, str] | None = None) -> list[str]:
    """What is found wrong when the store has been changed so, behind its back."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        with closing(sqlite3.connect(real)) as store:
            store.backup(copy)
        triggers = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            copy.execute(f"DROP TRIGGER {name}")
        change(copy)
        for _, sql in triggers:
            copy.execute(sql)
        return list(check(copy, real, derive, seals))


def rows(real: Path, query: str) -> list[tuple]:  # type: ignore[type-arg]
    with closing(sqlite3.connect(real)) as store:
        return store.execute(query).fetchall()


def changed(value: object) -> object:
    return value + 1000 if isinstance(value, int) else f"{value or ''}x"


def each_change(real: Path, table: str) -> Iterator[tuple[str, int, Change]]:
    """A change to each column of each row of a table: the column, the row, and the change."""
    columns = [row[1] for row in rows(real, f"PRAGMA table_info({table})")]
    for rowid, *values in rows(real, f"SELECT rowid, * FROM {table} ORDER BY rowid"):
        for column, value in zip(columns, values, strict=True):
            yield (
                column,
                rowid,
                lambda copy, column=column, rowid=rowid, value=value: copy.execute(
                    f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', [changed(value), rowid]
                ),
            )


def test_the_store_has_rows_in_every_table_and_every_kind_of_entry_that_they_hold(real: Path) -> None:
    assert all(rows(real, f"SELECT count(*) FROM {table}")[0][0] > 1 for table in STATE)
    assert found_after(real, lambda copy: None) == []


def test_a_change_to_any_column_of_the_journal_names_its_entry(real: Path) -> None:
    last = rows(real, "SELECT max(seq) FROM journal")[0][0]
    for column, seq, change in each_change(real, "journal"):
        problems = found_after(real, change)
        names = f"ends at entry {seq - 1}," if column == "seq" and seq == last else rf"entry {seq}\b"
        names = rf"entries {last} to" if column == "seq" and seq == last else names
        assert problems, (column, seq)
        assert re.search(names, problems[0]), (column, seq, problems)


@pytest.mark.parametrize("table", STATE)
def test_a_change_to_any_column_of_the_state_names_its_table(real: Path, table: str) -> None:
    for column, rowid, change in each_change(real, table):
        problems = found_after(real, change)
        assert any(f"table {table} " in problem for problem in problems), (column, rowid, problems)
        if column not in ("case_reference", "reference"):
            assert f": {column}" in " ".join(problems) or f" {column}" in " ".join(problems), (
                column,
                problems,
            )


@pytest.mark.parametrize("table", ["about", "due_days", "journal_head"])
def test_a_change_to_any_column_of_the_other_tables_is_found(real: Path, table: str) -> None:
    for column, rowid, change in each_change(real, table):
        assert found_after(real, change), (column, rowid)


@pytest.mark.parametrize("table", ["journal", *STATE, "about", "due_days", "journal_head"])
def test_any_row_that_is_removed_is_missed(real: Path, table: str) -> None:
    for (rowid,) in rows(real, f"SELECT rowid FROM {table}"):
        problems = found_after(
            real, lambda copy, rowid=rowid: copy.execute(f"DELETE FROM {table} WHERE rowid = ?", [rowid])
        )
        names = rf"entry {rowid}\b" if table == "journal" else "table|no longer knows"
        assert problems, rowid
        assert re.search(names, problems[0]), (rowid, problems)


@pytest.mark.parametrize("table", ["journal", *STATE, "about", "due_days", "journal_head"])
def test_any_row_that_is_put_in_is_found(real: Path, table: str) -> None:
    """A copy of each row, with another key where it has to have one."""
    info = rows(real, f"PRAGMA table_info({table})")
    names = ", ".join(f'"{row[1]}"' for row in info)
    (key,) = [row[1] for row in info if row[5]][-1:] or [""]
    other = {"INTEGER": "{} + 1000", "TEXT": "{} || 'x'"}[{row[1]: row[2] for row in info}.get(key, "TEXT")]
    values = names.replace(f'"{key}"', other.format(f'"{key}"')) if key else names
    for (rowid,) in rows(real, f"SELECT rowid FROM {table}"):
        problems = found_after(
            real,
            lambda copy, rowid=rowid: copy.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE rowid = ?", [rowid]
            ),
        )
        assert problems, rowid


def test_a_row_that_is_put_into_the_table_of_what_is_to_be_done_is_found(real: Path) -> None:
    put_in = found_after(real, lambda copy: copy.execute("INSERT INTO to_finish VALUES ('Rang at once')"))
    assert put_in == ["The table to_finish has a row that is none of its own."]


def swap(copy: sqlite3.Connection, table: str, one: int, other: int) -> None:
    for old, new in ((one, -1), (other, one), (-1, other)):
        copy.execute(f"UPDATE {table} SET rowid = ? WHERE rowid = ?", [new, old])


@pytest.mark.parametrize("table", ["journal", *STATE[1:]])
def test_any_two_neighbours_that_are_exchanged_are_found(real: Path, table: str) -> None:
    places = rows(real, f"SELECT rowid, case_reference, * FROM {table} ORDER BY rowid")
    pairs = 0
    for one, other in pairwise(places):
        if one[1] == other[1] and one[2:] != other[2:]:  # of two cases, each keeps its own order
            pairs += 1
            problems = found_after(
                real, lambda copy, one=one, other=other: swap(copy, table, one[0], other[0])
            )
            names = rf"entry {one[0]}\b" if table == "journal" else f"table {table} "
            assert problems, (one[0], other[0])
            assert re.search(names, problems[0]), (one[0], problems)
    assert pairs


def cut_off(copy: sqlite3.Connection, last: int) -> None:
    """Remove the last entries as somebody would who knows all about it, and make the tables fit."""
    copy.execute("DELETE FROM journal WHERE seq > ?", [last])
    copy.execute(
        "UPDATE journal_head SET (seq, hash) = (SELECT seq, hash FROM journal WHERE seq = ?)", [last]
    )


def made_anew(copy: sqlite3.Connection, first: int) -> None:
    """Change what an entry says, and make every hash from there on anew."""
    columns = "seq, at, who, case_reference, walk, kind, body, salt, body_hash, previous_hash"
    found = copy.execute(f"SELECT {columns} FROM journal WHERE seq >= ? ORDER BY seq", [first]).fetchall()
    previous = found[0][-1]
    for seq, at, who, case, walk, kind, old, salt, _, _ in found:
        body = canonical({**json.loads(old), "forged": 1}) if seq == first else old
        body_hash = hash_body(salt, body)
        own = hash_entry([seq, at, who, case, walk, kind, body_hash, previous])
        copy.execute(
            "UPDATE journal SET body = ?, body_hash = ?, previous_hash = ?, hash = ? WHERE seq = ?",
            [body, body_hash, previous, own, seq],
        )
        previous = own
    copy.execute("UPDATE journal_head SET hash = ?", [previous])


def the_chain(problems: list[str]) -> list[str]:
    return [problem for problem in problems if "ournal" in problem and "table" not in problem]


def test_entries_that_were_cut_off_with_everything_made_to_fit_are_missed_by_a_seal(real: Path) -> None:
    seals = dict(rows(real, "SELECT seq, hash FROM journal"))
    last = max(seals)
    for kept in range(1, last):
        assert the_chain(found_after(real, lambda copy, kept=kept: cut_off(copy, kept))) == []
        problems = found_after(real, lambda copy, kept=kept: cut_off(copy, kept), {last: seals[last]})
        assert problems[0] == (
            f"The journal is cut short: it ends at entry {kept}, and entry {last} had been sealed."
        )


def test_a_journal_that_was_made_anew_from_some_entry_on_does_not_keep_its_seal(real: Path) -> None:
    seals = dict(rows(real, "SELECT seq, hash FROM journal"))
    last = max(seals)
    for first in range(1, last + 1):
        assert the_chain(found_after(real, lambda copy, first=first: made_anew(copy, first))) == []
        assert found_after(
            real, lambda copy, first=first: made_anew(copy, first), {first: seals[first], last: seals[last]}
        )[0].startswith(f"Journal entry {first} is not the one that was sealed")


def test_seals_of_an_untouched_journal_hold(real: Path) -> None:
    assert found_after(real, lambda copy: None, dict(rows(real, "SELECT seq, hash FROM journal"))) == []


STRUCTURE = [
    ("CREATE TABLE extra (x)", "it has a table extra that is none of its own"),
    ("CREATE VIEW extra AS SELECT * FROM journal", "it has a view extra"),
    ("CREATE INDEX extra ON notes (text)", "it has a index extra"),
    ("DROP INDEX journal_cases_opened", "its index journal_cases_opened has been removed"),
    ("ALTER TABLE notes ADD COLUMN extra", "its table notes has been changed"),
    ("DROP TABLE about", "about"),
]


@pytest.mark.parametrize(("statement", "named"), STRUCTURE)
def test_other_tables_and_indexes_than_its_own_are_found(real: Path, statement: str, named: str) -> None:
    assert named in " ".join(found_after(real, lambda copy: copy.execute(statement)))


WEAKENED = "CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal BEGIN SELECT 1; END"


def test_a_trigger_that_was_weakened_or_added_is_found(real: Path) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        with closing(sqlite3.connect(real)) as store:
            store.backup(copy)
        copy.execute("DROP TRIGGER journal_is_not_changed")
        copy.execute(WEAKENED)
        copy.execute("CREATE TRIGGER extra AFTER INSERT ON notes BEGIN SELECT 1; END")
        assert list(check(copy, real, derive)) == [
            "The journal is not protected: its trigger journal_is_not_changed has been changed.",
            "The store is not as it was made: it has a trigger extra that is none of its own.",
        ]


@pytest.mark.parametrize(
    "put", [b"\xff\xfe", b"", None, 2.5, "half \udcff a pair".encode("utf-8", "replace")]
)
def test_what_is_no_text_in_the_journal_is_found_in_its_place(real: Path, put: object) -> None:
    for column in ("at", "who", "kind", "body", "salt", "body_hash", "hash"):

        def change(copy: sqlite3.Connection, column: str = column) -> None:
            copy.execute("PRAGMA ignore_check_constraints = ON")
            copy.execute(f"UPDATE OR IGNORE journal SET {column} = CAST(? AS TEXT) WHERE seq = 5", [put])

        problems = found_after(real, change)
        if put is not None:  # which the column refuses
            assert "entry 5 " in problems[0], (column, problems)
