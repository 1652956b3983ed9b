"""The current state: always what the journal comes to, whatever was recorded in whatever order."""

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_help import add, answer, begin, behind, behind_its_back, derive, filled, open_store

from cpcli.casework.case import fold
from cpcli.casework.entry import Draft, departed, duty_done, event_recorded, noted, walk_finished
from cpcli.store.faults import StoreProblem
from cpcli.store.state import COLUMNS
from cpcli.store.store import Store

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
PEOPLE = st.fixed_dictionaries({"name": TEXT})
WALKS = st.integers(1, 2)
DAYS = st.dates().map(str)
DRAFTS = st.one_of(
    st.builds(answer, st.sampled_from(["danger", "child", "concern"]), VALUES | PEOPLE, WALKS),
    st.builds(begin, WALKS),
    st.builds(walk_finished, WALKS),
    st.builds(event_recorded, TEXT, DAYS, TEXT),
    st.builds(duty_done, WALKS, st.sampled_from(["rang#1", "rang#2"]), DAYS),
    st.builds(departed, WALKS, TEXT, TEXT, TEXT, TEXT, DAYS),
    st.builds(noted, TEXT, st.integers(0, 2)),
)

pytestmark = pytest.mark.usefixtures("kind")
CHANGES = st.lists(st.tuples(st.integers(0, 2), st.lists(DRAFTS, max_size=4)), max_size=6)


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = (*COLUMNS, "due_days")
    return {t: store._connection.execute(f"SELECT * FROM {t} ORDER BY 1, 2, 3").fetchall() for t in tables}


@settings(max_examples=60, deadline=None)
@given(CHANGES)
def test_the_state_is_what_a_rebuild_gives_after_any_changes(changes: list[tuple[int, list[Draft]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "cpcli.db") as store:
        cases = [add(store, None, begin(1), begin(2)).reference for _ in range(3)]
        for which, drafts in changes:
            given_back = add(store, cases[which], *drafts)
            assert given_back == store.case(cases[which]) == fold(store.entries(cases[which]))
        before = contents(store)
        assert store.check(derive) == []
        store.rebuild(derive)
        assert contents(store) == before
        assert store.check(derive) == []


def test_every_table_has_something_of_a_full_case(store: Store) -> None:
    reference = filled(store)
    add(store, reference, departed(1, "rang", "Rang later", "No signal", "A Manager", "2026-12-24"))
    assert [table for table, rows in contents(store).items() if not rows] == ["marks", "erasures"]


def test_the_latest_answer_stands_with_who_gave_it_and_since_when(store: Store) -> None:
    filled(store)
    row = store._connection.execute(
        "SELECT question, value, at, who, seq, changed FROM answers WHERE step = 'danger'"
    ).fetchone()
    assert row == ("What about danger?", '"yes"', "2026-12-24T16:40:00.000000Z", "A. Adviser", 5, 5)


STATE = [t for t in COLUMNS if t not in ("departures", "marks", "erasures")]


@pytest.mark.parametrize("table", STATE)
def test_a_changed_state_row_is_found_and_a_rebuild_mends_it(store: Store, path: Path, table: str) -> None:
    filled(store)
    right = contents(store)
    column = COLUMNS[table].split()[1]
    with behind_its_back(path) as connection:
        connection.execute(f"UPDATE {table} SET {column} = {column} || '9'")
    assert store.check(derive) == [
        f"Case 2026-0001: the table {table} is not what the journal gives (first in row 1: {column}). "
        "Mend it with: cpcli store rebuild"
    ]
    store.rebuild(derive)
    assert store.check(derive) == []
    assert contents(store) == right


@pytest.mark.parametrize("table", STATE[1:])
def test_a_missing_state_row_is_found(store: Store, path: Path, table: str) -> None:
    filled(store)
    with behind_its_back(path) as connection:
        connection.execute(f"DELETE FROM {table}")
    assert f"the table {table} is not what the journal gives" in store.check(derive)[0]


def test_the_days_that_duties_fall_on_are_counted(store: Store) -> None:
    case = add(store, None, *(event_recorded("rang", f"2026-12-2{day}") for day in (4, 4, 8))).reference
    add(store, None, event_recorded("rang", "2026-12-24T09:30"))
    assert contents(store)["due_days"] == [("open", "2026-12-24", 3), ("open", "2026-12-28", 1)]
    add(store, case, duty_done(0, "rang#3", "2026-12-28"))
    assert contents(store)["due_days"] == [("met", "2026-12-28", 1), ("open", "2026-12-24", 3)]


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE due_days SET duties = duties + 1",
        "DELETE FROM due_days",
        "INSERT INTO due_days VALUES ('open', '2099-01-01', 1)",
    ],
)
def test_a_wrong_count_of_due_days_is_found_and_a_rebuild_mends_it(store: Store, wrong: str) -> None:
    filled(store)
    other = filled(store)
    store._connection.execute(wrong)
    add(store, other, event_recorded("rang", "2026-12-31"))
    assert store.check(derive) == [
        "The table due_days is not what the duties come to. Mend it with: cpcli store rebuild"
    ]
    store.rebuild(derive)
    assert store.check(derive) == []


def test_without_the_trigger_that_counts_them_both_are_found(store: Store) -> None:
    case = filled(store)
    store._connection.execute("DROP TRIGGER duties_counted_insert")
    add(store, case, event_recorded("rang", "2026-12-31"))
    lost = "The store is not as it was made: its trigger duties_counted_insert has been removed."
    counts = "The table due_days is not what the duties come to. Mend it with: cpcli store rebuild"
    assert store.check(derive) == [lost, counts]
    store.rebuild(derive)
    assert store.check(derive) == [lost]


def test_a_case_that_the_journal_does_not_know_is_found(store: Store) -> None:
    filled(store)
    store._connection.execute(
        "INSERT INTO cases SELECT '2026-0666', title, status, opened, '', changed, 1 FROM cases"
    )
    assert store.check(derive) == [
        "Case 2026-0666: the table cases has it, but the journal has not. Mend it with: cpcli store rebuild"
    ]
    store.rebuild(derive)
    assert store.check(derive) == []


@pytest.mark.parametrize("column", ["since", "started", "due", "was_due"])
def test_a_time_that_somebody_made_up_is_no_fault_of_the_program(
    store: Store, path: Path, column: str
) -> None:
    filled(store)
    with behind_its_back(path) as connection:
        connection.execute(f"UPDATE duties SET {column} = '2026-12-29T99:99'")
    with pytest.raises(StoreProblem, match=r"cannot be read.*cpcli store check"):
        list(store.duties())


def test_a_journal_that_cannot_be_read_as_a_case_is_reported(store: Store, path: Path) -> None:
    filled(store)
    with behind_its_back(path) as connection:
        connection.execute("UPDATE journal SET body = 'not JSON' WHERE seq = 5")
    assert "The journal of case 2026-0001 cannot be read as a case" in store.check(derive)[-1]


def test_a_rebuild_that_fails_leaves_the_state_as_it_was(store: Store) -> None:
    filled(store)
    filled(store)
    before = contents(store)

    def fails_later(case: object) -> object:
        if case == store.case("2026-0002"):
            raise LookupError("no such pathway")
        return derive(case)  # type: ignore[arg-type]

    with pytest.raises(LookupError):
        store.rebuild(fails_later)  # type: ignore[arg-type]
    assert contents(store) == before


def test_check_reads_one_moment_while_others_write(store: Store, path: Path) -> None:
    reference = filled(store)
    checked: list[int] = []

    def derive_while_another_writes(case: object) -> object:
        with open_store(path) as other:
            checked.append(add(other, reference, noted("meanwhile")).last_seq)
        return derive(case)  # type: ignore[arg-type]

    assert store.check(derive_while_another_writes) == []  # type: ignore[arg-type]
    assert checked == [9]


def test_the_file_holds_plain_json_that_sqlite_reads(store: Store, path: Path) -> None:
    filled(store)
    with closing(behind(path)) as connection:
        rows = connection.execute(
            "SELECT json_extract(body, '$.value') FROM journal WHERE seq = 5"
        ).fetchall()
    assert rows == [("yes",)]


def test_where_the_journal_was_changed_nobody_is_told_to_rebuild(store: Store) -> None:
    filled(store)
    with behind_its_back(store.path) as connection:
        connection.execute("UPDATE journal SET who = 'Mrs Quill' WHERE seq = 2")
    found = store.check(derive)
    assert found[0].startswith("Journal entry 2 was changed after it was recorded")
    assert any("Leave it so: it may show what the journal said before." in line for line in found)
    assert not any("rebuild" in line for line in found)
