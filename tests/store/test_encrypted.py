"""An encrypted store: nothing of it can be read without its key, and a wrong key is told from damage."""

import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from store_help import NEEDLES, add, behind, derive, filled, found, key, open_store, start

from cpcli.casework.entry import noted
from cpcli.store import driver, key_file, schema
from cpcli.store.connect import salt_at
from cpcli.store.faults import StoreProblem
from cpcli.store.key import Key
from cpcli.store.sealed import PAGE
from cpcli.store.store import open_store as open_with


@pytest.fixture
def sealed(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed encrypted store with one case in eight entries."""
    monkeypatch.setenv("CPCLI_TEST_KIND", "encrypted")
    with open_store(path) as store:
        filled(store)
    return path


def backed_up(path: Path) -> Path:
    """A backup by SQLite's own means, which is made of an encrypted store with the same key."""
    copy = path.with_name("backup.db")
    with open_store(path) as store:
        copy.touch(0o600)
        with closing(driver.connect(f"{copy.as_uri()}?mode=rw", store.key)) as target:
            store._connection.backup(target)
    return copy


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_nothing_can_be_read_in_any_file_at_any_moment(
    path: Path, temporary: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPCLI_TEST_KIND", kind)
    folders = (path.parent, temporary)
    looks = []
    with open_store(path) as store:
        filled(store)
        looks.append(found(*folders))
    looks.append(found(*folders))
    writer = start("half_way.py", path, given=subprocess.PIPE)
    assert writer.stdout
    assert writer.stdout.readline() == "half way\n"
    assert path.with_name("cpcli.db-wal").stat().st_size > 200_000
    looks.append(found(*folders))
    writer.kill()
    writer.communicate()
    assert path.with_name("cpcli.db-wal").exists()
    looks.append(found(*folders))
    backup = backed_up(path)
    looks.append(found(*folders))
    with open_store(path) as store:
        assert store.check(derive) == []
        assert len(list(store.entries())) == 8
        store.rebuild(derive)
        looks.append(found(*folders))
    with open_store(backup) as store:
        assert store.check(derive) == []
    looks.append(found(*folders))
    if kind == "encrypted":
        assert looks == [{}] * 7
    else:  # so the search does find what there is
        assert all(looks)
        assert looks[2]["cpcli.db-wal"] == list(NEEDLES)
        assert set(looks[4]["backup.db"]) >= {"Sam Example", "Rang at once"}


def test_its_file_is_noise_but_for_the_salt(sealed: Path) -> None:
    data = sealed.read_bytes()
    assert not data.startswith(b"SQLite")
    assert all(len(set(data[at : at + PAGE])) > 240 for at in range(0, len(data), PAGE))
    assert len({data[at : at + 16] for at in range(0, len(data), 16)}) == len(data) / 16
    assert salt_at(sealed) == data[:16]


@pytest.mark.skipif(os.name != "posix", reason="Windows gives files to their owner by the profile")
def test_its_files_are_the_owners_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPCLI_TEST_KIND", "encrypted")
    old = os.umask(0)
    try:
        with open_store(path) as store:
            add(store, None)
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    finally:
        os.umask(old)
    assert modes == {"cpcli.db": 0o600, "cpcli.db-wal": 0o600, "cpcli.db-shm": 0o600}


def refusal(path: Path, find_key: object = None) -> str:
    """Why it is refused: in one line, with the file and its folder left as they were."""

    def state() -> dict[str, bytes]:
        return {file.name: hashlib.sha256(file.read_bytes()).digest() for file in path.parent.iterdir()}

    before = state()
    messages = set()
    for read_only in (True, False):
        with pytest.raises(StoreProblem) as caught:
            open_with(path, read_only=read_only, find_key=find_key)  # type: ignore[arg-type]
        messages.add(str(caught.value))
    (message,) = messages
    assert "\n" not in message
    assert state() == before
    return message


def test_a_wrong_key_is_said_and_nothing_is_touched(sealed: Path) -> None:
    message = refusal(sealed, lambda _, salt: Key(bytes(32), salt, "the key in my.key"))
    assert message.startswith(
        f"{sealed} does not open with the key in my.key: that is the key to another store"
    )


def test_without_a_key_nothing_is_touched(sealed: Path) -> None:
    assert refusal(sealed) == f"{sealed} is encrypted, and its key was not given."


def test_a_wrong_key_leaves_what_a_killed_process_left(sealed: Path) -> None:
    writer = start("half_way.py", sealed, given=subprocess.PIPE)
    assert writer.stdout
    writer.stdout.readline()
    writer.kill()
    writer.communicate()
    sealed.with_name("cpcli.db-shm").unlink()
    assert "does not open with" in refusal(sealed, lambda _, salt: Key(bytes(32), salt))
    with open_store(sealed) as store:
        assert len(list(store.entries())) == 8
        assert store.check(derive) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_damaged_one_keeps_what_a_killed_process_left(sealed: Path) -> None:
    with open_store(sealed) as store:
        add(store, "2026-0001", noted("Kept"))
        left = sealed.with_name("cpcli.db-wal").read_bytes()
    with sealed.open("r+b") as file:
        file.seek(200)
        file.write(os.urandom(64))
    sealed.with_name("cpcli.db-wal").write_bytes(left[:32])  # nothing in it that would mend the beginning
    with pytest.raises(StoreProblem, match="its key fits, its beginning does not"):
        open_store(sealed)
    assert sealed.with_name("cpcli.db-wal").read_bytes() == left[:32]


def test_a_damaged_beginning_is_told_from_a_wrong_key(sealed: Path) -> None:
    with sealed.open("r+b") as file:
        file.seek(200)
        file.write(os.urandom(64))
    assert refusal(sealed, key) == (
        f"{sealed} is damaged (its key fits, its beginning does not). "
        "Leave it as it is, and put back a backup."
    )


def test_a_damaged_page_is_said_when_it_is_read_and_named_by_check(sealed: Path) -> None:
    with closing(behind(sealed)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'journal'").fetchone()
    with sealed.open("r+b") as file:
        file.seek((page - 1) * PAGE + 100)
        file.write(b"\xff")
    with open_store(sealed) as store, pytest.raises(StoreProblem, match="is damaged"):
        list(store.entries())
    with open_store(sealed) as store:
        problems = store.check(derive)
    assert problems[0] == f"The file is damaged: HMAC verification failed for page {page}."
    assert len(problems) < 4


def test_a_change_behind_its_back_is_found_even_without_the_chain(sealed: Path) -> None:
    """Not a byte of it can be another without the key: each page is hashed with it."""
    data = bytearray(sealed.read_bytes())
    for at in range(16 + 7, len(data), 4001):
        data[at] ^= 1
        sealed.write_bytes(data)
        data[at] ^= 1
        try:
            with open_store(sealed) as store:
                assert store.check(derive)[0].startswith("The file is damaged: ")
        except StoreProblem as problem:
            assert "is damaged" in str(problem)


@pytest.mark.parametrize("kept", [100, 600, 4096, 5000, 20_000])
def test_a_truncated_one_is_refused(sealed: Path, kept: int) -> None:
    os.truncate(sealed, kept)
    with pytest.raises(StoreProblem, match=r"is damaged|is not a store"), open_store(sealed) as store:
        list(store.entries())


def test_pages_of_an_older_copy_put_in_are_found(sealed: Path) -> None:
    """Each page is hashed with its own number, so it fits in no other place."""
    data = bytearray(sealed.read_bytes())
    data[PAGE : 2 * PAGE], data[2 * PAGE : 3 * PAGE] = data[2 * PAGE : 3 * PAGE], data[PAGE : 2 * PAGE]
    sealed.write_bytes(data)
    with open_store(sealed) as store:
        assert store.check(derive)[0].startswith("The file is damaged: ")


def test_a_backup_opens_with_the_same_key_and_under_the_same_name(sealed: Path) -> None:
    backup = backed_up(sealed)
    assert salt_at(backup) == salt_at(sealed)


def test_check_finds_nothing_wrong_while_others_have_written(sealed: Path) -> None:
    """What is in the -wal and not yet in the file is no damage of the file."""
    with open_store(sealed) as store:
        for number in range(20):
            add(store, "2026-0001", noted(f"{number} " * 5000))
        with open_store(sealed, read_only=True) as other:
            assert other.check(derive) == []


def test_check_passes_over_a_page_that_is_in_the_wal_alone_so_far(sealed: Path) -> None:
    """While somebody reads, SQLite writes only some pages into the file, and leaves gaps for the others."""
    with open_store(sealed) as store, closing(behind(sealed)) as reader:
        for _ in range(2):
            for _ in range(20):
                add(store, "2026-0001", noted("What was said. " * 200))
            reader.execute("ROLLBACK") if reader.in_transaction else None
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM journal").fetchone()
        add(store, "2026-0001", noted("And this."))
        store._connection.execute("PRAGMA wal_checkpoint").fetchone()
        assert store._connection.execute("PRAGMA cipher_integrity_check").fetchall() != []
        assert store.check(derive) == []


WITHOUT = """
import sys
sys.modules["sqlcipher3"] = None  # as where it is not installed
from pathlib import Path
from cpcli.store.faults import StoreProblem
from cpcli.store.store import open_store
try:
    open_store(Path(sys.argv[1]))
except StoreProblem as problem:
    print(problem)
"""


def test_where_sqlcipher_is_not_installed_it_says_what_to_install(sealed: Path) -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT, sealed], capture_output=True, text=True, check=True)
    assert run.stdout == (
        f"{sealed} is encrypted, or is no store. Encryption needs a part of cpcli that is not installed. "
        "Add it: pip install 'cpcli[encryption]'\n"
    )


def test_sqlcipher_says_nothing_of_its_own_on_standard_error(
    sealed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    refusal(sealed, lambda _, salt: Key(bytes(32), salt))
    assert capfd.readouterr() == ("", "")


def test_the_words_for_errors_are_known_in_one_place() -> None:
    """SQLCipher's errors are no errors of Python's sqlite3, so nobody catches those by name."""
    source = Path(driver.__file__).parents[1]
    names = [
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        if "sqlite3." in (text := file.read_text(encoding="utf-8"))
        and any(
            f"sqlite3.{name}Error" in text
            for name in ("", "Operational", "Database", "Integrity", "Interface")
        )
    ]
    assert names == []


def test_the_manual_shows_how_to_open_and_verify_it_without_this_program(
    sealed: Path, tmp_path: Path
) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")
    proof, opening = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)
    key_file.write(tmp_path / "recovery.txt", key(sealed, bytes(16)))
    program = opening + proof.replace('store = sqlite3.connect("cpcli.db")\n', "")
    said: list[object] = []
    for name, file in (("cpcli.db", sealed), ("recovery.txt", tmp_path / "recovery.txt")):
        assert name in program
        program = program.replace(name, file.as_posix())
    exec(compile(program, "docs/store.md", "exec"), {"print": said.append})
    with open_store(sealed) as store:
        assert said == [f"8 entries, whole and unchanged; the last hash is {store.head()[1]}"]


def test_an_encrypted_store_of_an_older_version_is_brought_to_the_latest(sealed: Path) -> None:
    def add_colour(database: Any) -> None:
        database.table("cases").add_column("colour", str)
        database.execute("UPDATE cases SET colour = hex(zeroblob(3000000))")  # more than stays in memory

    with closing(behind(sealed)) as connection:
        schema.migrate(connection, migrations=[*schema.MIGRATIONS, add_colour])
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.LATEST + 1,)
        assert connection.execute("SELECT length(colour) FROM cases").fetchone() == (6_000_000,)
    assert found(sealed.parent) == {}
    with pytest.raises(StoreProblem, match="made by a newer cpcli"):
        open_store(sealed)


def test_a_copied_store_needs_nothing_beside_it(sealed: Path, tmp_path: Path) -> None:
    shutil.copy(sealed, tmp_path / "elsewhere.db")
    with open_store(tmp_path / "elsewhere.db") as store:
        assert store.check(derive) == []
