"""Erasing a case: nothing of it is found in any file, the chain is whole, and nothing else can be changed."""

import signal
import sqlite3
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
import store_help
from stepped import dies_at, forked
from store_help import AT, WHO, add, behind, behind_its_back, derive, filled, open_store

from cpcli.casework.case import Case
from cpcli.casework.entry import noted
from cpcli.store import driver, schema
from cpcli.store.check import check
from cpcli.store.erasing import copies_beside, erase, finish, is_pending
from cpcli.store.faults import CaseChanged, CaseErased, CaseTaken
from cpcli.store.state import COLUMNS
from cpcli.store.store import Store

NEEDLES = ("Sam Example", "Mrs Quill", "Rang at once", "danger")
"""A name, a name in a note, a note, a question."""
no_kill = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def found(*folders: Path) -> list[str]:
    """The files that one of the needles can be read in."""
    return sorted(store_help.found(*folders, needles=NEEDLES))


def erased(store: Store, reference: str = "2026-0001", seen: int = 0) -> tuple[Case, bool]:
    last = seen or store.case(reference).last_seq
    said = {"why": "Kept long enough", "agreed_by": "B. Manager", "although": ""}
    return erase(store, reference, **said, who=WHO, at=AT, derive=derive, seen=last)


def told(store: Store) -> str:
    """A case as filled() makes it, and a note on it with a name."""
    reference = filled(store)
    add(store, reference, noted("Mrs Quill rang. " * 3000))
    return reference


def changes(path: Path, statement: str) -> str:
    """What the store says to somebody who has the file and tries this."""
    with closing(behind(path)) as connection:
        before = connection.execute("SELECT * FROM journal ORDER BY seq").fetchall()
        said = ""
        try:
            connection.execute(statement)
        except driver.errors() as error:
            said = str(error)
        assert (connection.execute("SELECT * FROM journal ORDER BY seq").fetchall() == before) == bool(said)
    return said


def test_what_pages_out_of_use_still_held_is_gone_too(path: Path) -> None:
    with open_store(path) as store:
        told(store)
    with closing(behind(path)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE other AS SELECT ? AS text", ["Mrs Quill " * 3000])
        connection.commit()
        connection.execute("DROP TABLE other")
        connection.commit()
    with open_store(path) as store:
        erased(store)
        assert store._connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert found(path.parent) == []


def test_nothing_of_it_can_be_found_in_any_file(path: Path, temporary: Path) -> None:
    with open_store(path) as store:
        told(store)
        assert found(path.parent, temporary) == ["cpcli.db-wal"]
        case, cleaned = erased(store)
        assert cleaned
        assert found(path.parent, temporary) == []
        assert store.check(derive) == []
    assert found(path.parent, temporary) == []
    assert (case.status, case.walks, case.notes) == ("erased", {}, [])


def test_another_case_is_left_as_it_was(path: Path, kind: str) -> None:
    with open_store(path) as store:
        told(store)
        other = filled(store)
        before = [store.case(other), list(store.entries(other)), list(store.duties())[1:]]
        assert erased(store)[1]
        assert [store.case(other), list(store.entries(other)), list(store.duties())] == before
        assert store.check(derive) == []
        add(store, other, noted("It goes on"))
        assert store.check(derive) == []


def test_an_entry_says_that_it_was_done_and_the_chain_is_whole(store: Store) -> None:
    told(store)
    before = [tuple(row) for row in store._connection.execute("SELECT seq, body_hash, hash FROM journal")]
    erased(store)
    after = [tuple(row) for row in store._connection.execute("SELECT seq, body_hash, hash FROM journal")]
    assert after[:-1] == before
    *gone, last = store.entries("2026-0001")
    assert {(entry.erased, *entry.body) for entry in gone} == {(True,)}
    assert (last.kind, last.seq, last.who) == ("erased", 10, WHO)
    assert last.body == {"why": "Kept long enough", "agreed by": "B. Manager", "although": "", "entries": 9}
    assert store._connection.execute("SELECT DISTINCT body, salt FROM journal WHERE seq < 10").fetchall() == [
        ("", "")
    ]


def test_of_the_tables_only_a_stub_is_left(store: Store) -> None:
    told(store)
    erased(store)
    counts = {
        table: store._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COLUMNS
    }
    assert {table for table, count in counts.items() if count} == {"cases", "erasures"}
    assert [(row.reference, row.status) for row in store.cases()] == [("2026-0001", "erased")]
    assert store.erased() == ["2026-0001"]


def test_a_changed_stub_is_found(store: Store, path: Path) -> None:
    told(store)
    erased(store)
    with behind_its_back(path) as connection:
        connection.execute("UPDATE erasures SET why = 'Nobody knows'")
    assert store.check(derive) == [
        "Case 2026-0001: the table erasures is not what the journal gives (first in row 1: why). "
        "Mend it with: cpcli store rebuild"
    ]
    store.rebuild(derive)
    assert store.check(derive) == []


def test_rebuilt_it_is_the_same(store: Store) -> None:
    told(store)
    erased(store)
    before = store.cases()
    store.rebuild(derive)
    assert store.cases() == before
    assert store.check(derive) == []


def test_nothing_is_added_to_it_and_nobody_gets_its_reference(store: Store) -> None:
    told(store)
    erased(store)
    with pytest.raises(CaseErased, match="Case 2026-0001 was erased"):
        add(store, "2026-0001", noted("More"))
    with pytest.raises(CaseErased):
        store.case("2026-0001")
    with pytest.raises(CaseErased):
        erased(store, seen=10)
    with pytest.raises(CaseTaken):
        store.bring_in(
            lambda first: [noted("x")], reference="2026-0001", opened=AT, who=WHO, at=AT, derive=derive
        )
    assert add(store, None).reference == "2026-0002"
    assert store.case("2026-0001", even_erased=True).erased


def test_who_agreed_to_something_else_erases_nothing(store: Store) -> None:
    told(store)
    with pytest.raises(CaseChanged, match=r"changed meanwhile \(entry 9\)"):
        erased(store, seen=8)
    assert len(store.case("2026-0001").notes) == 2


# --- the one way in which an entry can be emptied


@pytest.fixture
def half(path: Path) -> Path:
    """A store with two cases, the first of them erased."""
    with open_store(path) as store:
        told(store)
        filled(store)
        erased(store)
    return path


NEVER = [
    "UPDATE journal SET body = '', salt = '' WHERE seq = 12",  # of a case that was not erased
    "UPDATE journal SET body = '', salt = ''",
    "UPDATE journal SET body = '{}', salt = '' WHERE seq = 3",
    "UPDATE journal SET body = '', salt = 'a' WHERE seq = 3",
    "UPDATE journal SET body = NULL, salt = NULL WHERE seq = 3",
    "UPDATE journal SET body = '', salt = NULL WHERE seq = 3",
    "UPDATE journal SET body = x'', salt = x'' WHERE seq = 3",
    "UPDATE journal SET body = '' WHERE kind = 'erased'",
    "UPDATE journal SET body = '', salt = '' WHERE kind = 'erased'",
    *(
        f"UPDATE journal SET body = '', salt = '', {change} WHERE seq = 3"
        for change in (
            *("seq = 99", "at = '2026'", "who = 'X'", "who = NULL", "case_reference = '2026-0002'"),
            *("walk = 7", "walk = NULL", "kind = 'noted'", "body_hash = 'x'", "previous_hash = 'x'"),
            *("hash = 'x'", "hash = NULL", "rowid = 99"),
        )
    ),
    "UPDATE OR REPLACE journal SET seq = 12, body = '', salt = '' WHERE seq = 3",
    "DELETE FROM journal WHERE seq = 3",
    "DELETE FROM journal WHERE kind = 'erased'",
    "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE kind = 'erased'",
    "INSERT OR REPLACE INTO journal SELECT seq, at, who, case_reference, walk, kind, '', '', body_hash, "
    "previous_hash, hash FROM journal WHERE seq = 12",
    "INSERT INTO journal SELECT seq, at, who, case_reference, walk, kind, body, salt, body_hash, "
    "previous_hash, hash FROM journal WHERE seq = 12 ON CONFLICT (seq) DO UPDATE SET body = '', salt = ''",
    "INSERT INTO journal SELECT (SELECT seq + 1 FROM journal_head), at, who, case_reference, walk, kind, "
    "'{}', '', '', (SELECT hash FROM journal_head), '' FROM journal WHERE seq = 3",  # to the erased case
]


@pytest.mark.parametrize("statement", NEVER)
def test_nothing_else_passes(half: Path, statement: str) -> None:
    assert changes(half, statement)


def test_before_a_case_is_erased_none_of_its_entries_can_be_emptied(path: Path) -> None:
    with open_store(path) as store:
        told(store)
    assert "never changed" in changes(path, "UPDATE journal SET body = '', salt = '' WHERE seq = 3")


@pytest.mark.parametrize("name", schema.GUARDS)
def test_check_says_where_its_protection_is_another_one(half: Path, name: str) -> None:
    with closing(behind(half)) as connection:
        connection.execute(f"DROP TRIGGER {name}")
        connection.execute(f"CREATE TRIGGER {name} AFTER INSERT ON notes BEGIN SELECT 1; END")
        assert f"The journal is not protected: its trigger {name} has been changed." in [
            *check(connection, half, derive)
        ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "UPDATE journal SET body = '', salt = '' WHERE seq = 12",
            "What journal entry 12 says is missing, and no later entry says that it was erased.",
        ),
        (
            "UPDATE journal SET body = '{}' WHERE seq = 3",
            "Journal entry 3 was changed after it was recorded: what it says.",
        ),
        (
            "UPDATE journal SET who = 'X' WHERE seq = 3",
            "Journal entry 3 was changed after it was recorded: who, when, case or place.",
        ),
        (
            "UPDATE journal SET body = '', salt = '' WHERE kind = 'erased'",
            "What journal entry 18 says is missing, and no later entry says that it was erased.",
        ),
        (
            "UPDATE journal SET case_reference = '2026-0002' WHERE kind = 'erased'",
            "What journal entry 1 says is missing, and no later entry says that it was erased.",
        ),
    ],
)
def test_check_finds_what_was_emptied_without_an_entry_that_says_so(
    half: Path, change: str, says: str
) -> None:
    with behind_its_back(half) as connection:
        connection.execute(change)
    with open_store(half, read_only=True) as store:
        assert store.check(derive)[0] == says


def test_check_finds_what_was_put_back(path: Path) -> None:
    with open_store(path) as store:
        told(store)
        kept = store._connection.execute("SELECT body, salt FROM journal WHERE seq = 6").fetchone()
        erased(store)
    with behind_its_back(path) as connection:
        connection.execute("UPDATE journal SET body = ?, salt = ? WHERE seq = 6", kept)
    with open_store(path) as store:
        assert store.check(derive)[0] == (
            "Case 2026-0001 was erased, and journal entry 6 still says what was recorded in it."
        )


# --- cut short


def erase_or_finish(path: Path, last: int) -> None:
    """Erase the case, or finish what was cut short; killed at step `last` of it, 0 for none."""
    files = ("erasing.py", "journal.py", "state.py", "store.py", "connect.py")
    with dies_at(last, *files), open_store(path) as store:
        if store.case("2026-0001", even_erased=True).erased:
            assert finish(store)
        else:
            erased(store)


@no_kill
def test_killed_at_any_of_its_steps_it_is_whole_or_erased_and_done_again_it_is_done(
    path: Path, kind: str
) -> None:
    with open_store(path) as store:
        told(store)
    kept = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    done = []
    for step in range(1, 400):
        for file in path.parent.iterdir():
            file.unlink()
        for name, data in kept.items():
            (path.parent / name).write_bytes(data)
        path.chmod(0o600)
        ended = forked(partial(erase_or_finish, path, step)).end()
        assert ended in (0, -signal.SIGKILL)
        with open_store(path, read_only=True) as store:
            case = store.case("2026-0001", even_erased=True)
            done.append(case.erased is not None)
            assert len(case.notes) == (0 if case.erased else 2)
            problems = store.check(derive)
            assert problems == (
                ["Something was erased, and old pages of the file may hold it still: erase it again."]
                if is_pending(store._connection)
                else []
            )
        assert forked(partial(erase_or_finish, path, 0)).end() == 0
        assert found(path.parent) == []
        if ended == 0:
            break
    # First it is whole, from some step on erased.
    assert done == sorted(done)
    assert done.count(False) > 20
    assert done.count(True) > 5


def test_what_was_cut_short_is_finished_by_whoever_opens_it_next(path: Path) -> None:
    with open_store(path) as store, open_store(path) as reader:
        told(store)
        store._wait = 0
        reader._connection.execute("BEGIN")
        reader._connection.execute("SELECT * FROM notes").fetchall()
        assert erased(store)[1] is False  # somebody reads what was there before
        assert found(path.parent) == ["cpcli.db-wal"]
        reader._connection.execute("ROLLBACK")
        open_store(path).close()
        assert not is_pending(store._connection)
        assert finish(store)
        assert found(path.parent) == []


def test_a_full_disk_leaves_it_to_be_finished(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path) as store:
        told(store)
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count={pages}")
        case, _ = erased(store)
        assert case.erased
    open_store(path).close()
    assert found(path.parent) == []


# --- what it does not reach


def test_stores_beside_it_are_named(path: Path, kind: str) -> None:
    with open_store(path) as store:
        told(store)
        assert copies_beside(path, store.key) == []
        copy = path.with_name("backup of May.db")
        with closing(driver.connect(f"{copy.as_uri()}?mode=rwc", store.key)) as target:
            store._connection.backup(target)
        path.with_name("cpcli.db.old").write_bytes(b"x")
        path.with_name("notes.txt").write_bytes(b"x" * 200)
        sqlite3.connect(path.with_name("other.db")).execute("CREATE TABLE x (y)").connection.close()
    assert [file.name for file in copies_beside(path, store.key)] == ["backup of May.db", "cpcli.db.old"]
