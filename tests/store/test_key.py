"""A key as it is written down and typed in again, and as it is made of a passphrase."""

import os
import re
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2
from stepped import dies_at, forked

from cpcli.store import driver, key_file
from cpcli.store.key import Key, KeyProblem, from_passphrase, new_key, new_salt, read, understood, written
from cpcli.store.sealed import fits, salt_of

SALT = bytes(range(16))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEYS = st.binary(min_size=32, max_size=32).map(lambda raw: Key(raw, SALT))


@given(KEYS)
def test_a_written_key_is_read_as_the_same_key(key: Key) -> None:
    text = written(key)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){12}[0-9A-HJKMNP-TV-Z]{5}", text)
    assert read(text, SALT).opens_as(key)


@given(KEYS)
def test_how_it_is_typed_does_not_matter(key: Key) -> None:
    text = written(key)
    for typed in (
        text.lower(),
        text.replace("-", ""),
        text.replace("-", "  "),
        text.replace("-", "\n", 4),
        text.replace("0", "O").replace("1", "l"),
        text.replace("0", "o").replace("1", "I"),
        f"# Kept in the safe\n{text}\n",
    ):
        assert read(typed, SALT).opens_as(key)


@given(KEYS, st.integers(0, 64), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found_and_its_group_named(key: Key, place: int, letter: str) -> None:
    text = written(key).replace("-", "")
    if letter != text[place]:
        with pytest.raises(KeyProblem, match=rf"has a mistake in group {place // 5 + 1} of 13\."):
            read(text[:place] + letter + text[place + 1 :], SALT)


@given(KEYS, st.integers(0, 63))
def test_two_exchanged_letters_are_found(key: Key, place: int) -> None:
    text = written(key).replace("-", "")
    one, other = text[place : place + 2]
    if one != other:
        with pytest.raises(KeyProblem, match="has a mistake in group"):
            read(text[:place] + other + one + text[place + 2 :], SALT)


@given(KEYS, st.integers(0, 11))
def test_two_exchanged_groups_are_found(key: Key, place: int) -> None:
    groups = written(key).split("-")
    one, other = groups[place : place + 2]
    if one != other:
        groups[place : place + 2] = [other, one]
        with pytest.raises(KeyProblem, match=f"has a mistake in group {place + 1} of 13"):
            read("-".join(groups), SALT)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "has 0 letters and digits: a key is 65 of them, in 13 groups of five"),
        ("ABCDE-FGHJK", "has 10 letters and digits"),
        ("A" * 66, "has 66 letters and digits"),
        ("é" * 65, "has signs that are no letters or digits"),
        ("U" * 65, "has a mistake in group 1 of 13"),
    ],
)
def test_what_is_no_key_is_refused_with_what_a_key_is(typed: str, said: str) -> None:
    with pytest.raises(KeyProblem, match=said):
        read(typed, SALT, "what was typed")


def test_a_passphrase_makes_the_key_that_sqlcipher_itself_makes_of_it(tmp_path: Path) -> None:
    path = tmp_path / "made-by-sqlcipher.db"
    with closing(dbapi2.connect(str(path))) as connection:
        connection.execute("PRAGMA key = 'four words of mine'")
        connection.execute("CREATE TABLE t (a)")
    salt = salt_of(path)
    assert salt
    assert fits(path, from_passphrase("four words of mine", salt))
    assert not fits(path, from_passphrase("four words of thine", salt))


def test_a_passphrase_is_the_same_however_the_system_writes_its_letters() -> None:
    assert from_passphrase("cafe\u0301 au lait", SALT).opens_as(from_passphrase("caf\xe9 au lait", SALT))


@pytest.mark.parametrize(
    "passphrase", ["four words of mine", "apple grape lemon mango peach plums olive dates limes figs1"]
)
def test_a_text_that_is_no_key_is_a_passphrase(passphrase: str) -> None:
    for text in (passphrase, f"{passphrase}\r\n", f"# in the safe\n{passphrase}\nmore"):
        assert understood(text, SALT).opens_as(from_passphrase(passphrase, SALT))


def test_a_mistyped_key_is_not_taken_for_a_passphrase() -> None:
    text = written(new_key(SALT))
    wrong = "2" if text[0] != "2" else "3"
    for typed in (wrong + text[1:], text[:-1], text[6:]):
        with pytest.raises(KeyProblem):
            understood(typed, SALT)


def test_a_key_does_not_show_itself() -> None:
    key = new_key(new_salt())
    secrets = (written(key), key.raw().hex())
    assert not any(secret in repr(key) + str(key) + f"{key!r:>40}" for secret in secrets)
    try:
        driver.connect("file:/no/such/folder/cpcli.db", key)
    except driver.errors() as error:
        assert not any(secret in "".join(traceback.format_exception(error)) for secret in secrets)
    else:
        raise AssertionError("it opened")


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
def test_a_key_file_whose_writing_is_killed_at_any_step_is_whole_or_not_there(tmp_path: Path) -> None:
    key, file, step, killed = new_key(SALT), tmp_path / "cpcli.key", 0, True

    def write() -> None:
        with dies_at(step, "key_file.py", "making.py", "connect.py"):
            key_file.write(file, key)

    while killed:
        step += 1
        killed = forked(write).end() != 0
        if file.exists():
            assert key_file.read(file, SALT).opens_as(key)
        for left in tmp_path.iterdir():
            left.unlink()
    assert step > 10


def test_half_a_sign_in_a_passphrase_is_refused_in_words() -> None:
    with pytest.raises(KeyProblem, match="not whole"):
        from_passphrase("four words and \ud800", SALT)
