"""`cpcli store`: proving the store, and making anew what is derived."""

import json
import sqlite3

import pytest


def test_a_sound_store_says_so_with_its_last_hash(case):
    done = case("store", "check")
    found = json.loads(case("store", "check", "--json").stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"Sound: {found['entries']} entries, whole and unchanged.\n"
        f"Its seal is {found['entries']}:{found['hash']}\n"
    )
    assert (found["sound"], found["problems"], len(found["hash"])) == (True, [], 64)


def test_what_is_wrong_is_said_and_the_exit_code_is_1(case):
    with sqlite3.connect(case.store) as store:
        store.execute("UPDATE duties SET due = '2030-01-01'")
    store.close()
    done = case("store", "check")
    assert done.returncode == 1
    assert "Case 2026-0001: the table duties is not what the journal gives" in done.stdout
    assert json.loads(case("store", "check", "--json").stdout)["sound"] is False


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM journal_head", "The store no longer knows where its journal ends."),
        ("UPDATE journal_head SET seq = 'x'", "The store no longer knows where its journal ends."),
        ("DROP TABLE walks", "The file is damaged: no such table: walks."),
    ],
)
def test_damage_to_what_it_reads_itself_is_among_what_is_wrong(case, statement, found):
    with sqlite3.connect(case.store) as store:
        guards = store.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'journal_head'")
        guards = [(name, sql) for name, sql in guards.fetchall() if sql.startswith("CREATE TRIGGER")]
        for name, _ in guards:
            store.execute(f"DROP TRIGGER {name}")
        store.execute(statement)
        for _, sql in guards:
            store.execute(sql)
    store.close()
    done = case("store", "check", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    assert any(line.startswith(found) for line in json.loads(done.stdout)["problems"])


def test_a_rebuild_makes_the_tables_what_the_journal_gives(case):
    before = case.json("case", "show", "1")
    with sqlite3.connect(case.store) as store:
        store.execute("UPDATE duties SET due = '2030-01-01'")
        store.execute("DELETE FROM events")
    store.close()
    assert case("store", "rebuild").stdout == "Made anew from the journal: 1 case.\n"
    assert case("store", "check").returncode == 0
    assert case.json("case", "show", "1") == before


@pytest.mark.parametrize("command", ["check", "rebuild"])
def test_without_a_store_it_says_so(desk, command):
    done = desk("store", command)
    assert (done.returncode, done.stdout) == (3, "")
    assert not desk.store.exists()
