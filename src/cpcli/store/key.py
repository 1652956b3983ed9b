"""The key to an encrypted store: 256 bits, as SQLCipher takes them and as a person can type them.

Written, it is thirteen groups of five letters and digits. The fifth of each group is a check on the other
four and on the group's place, so that a mistyped group is named. Letters that look like others (I, L, O) are
read as what they look like, and U is not used: base32 after Crockford.
"""

from __future__ import annotations

import os

from cpcli.store.faults import StoreProblem

LENGTH = 32
"""Bytes of a key."""
SALT = 16
"""Bytes of a store's salt, which stands at the head of its file and is no secret."""
GROUPS = 13
SHORTEST = 12
"""The fewest characters of a passphrase."""
ROUNDS = 256_000
"""SQLCipher 4's own number for passphrases (PBKDF2, HMAC-SHA512)."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("IiLlOo", "111100")


class KeyProblem(StoreProblem):
    """What was given is no key, or not the key to this store."""


class Key:
    """A key, and the salt of the store that it opens. It never shows itself: written() does, where asked."""

    __slots__ = ("_raw", "salt", "whence")

    def __init__(self, raw: bytes, salt: bytes, whence: str = "this key") -> None:
        if len(raw) != LENGTH or len(salt) != SALT:
            raise ValueError("a key has 32 bytes and a salt 16")
        self._raw = raw
        self.salt = salt
        self.whence = whence
        """Where it was found, for a message: "the key in the system keyring"."""

    def __repr__(self) -> str:
        return f"<{self.whence}>"

    def raw(self) -> bytes:
        """The 256 bits."""
        return self._raw

    def for_cipher(self) -> str:
        """The key and the salt as SQLCipher takes them without working anything out."""
        return f"x'{(self._raw + self.salt).hex()}'"

    def opens_as(self, other: Key) -> bool:
        """Whether it is the same key to the same store."""
        return (self._raw, self.salt) == (other._raw, other.salt)


def new_salt() -> bytes:
    """The salt for a store that is to be made: it also tells one store's key from another's."""
    return os.urandom(SALT)


def new_key(salt: bytes) -> Key:
    """A random key."""
    return Key(os.urandom(LENGTH), salt)


def from_passphrase(passphrase: str, salt: bytes, whence: str = "this passphrase") -> Key:
    """The key that SQLCipher itself would make of a passphrase. It takes a tenth of a second, on purpose.

    Raises KeyProblem for what no keyboard types, such as half a sign.
    """
    import hashlib
    import unicodedata

    # The same letters can be typed as other bytes on another system.
    try:
        text = unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError:
        raise KeyProblem(f"{_begin(whence)} has a sign that is not whole. Type it again.") from None
    return Key(hashlib.pbkdf2_hmac("sha512", text, salt, ROUNDS, LENGTH), salt, whence)


def written(key: Key) -> str:
    """The key as a person types it: the recovery key, and what stands in a key file."""
    number = int.from_bytes(key.raw(), "big") << 4  # 260 bits: 52 letters of 5
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(255, -5, -5))
    groups = [letters[at : at + 4] for at in range(0, 52, 4)]
    return "-".join(group + _check(place, group) for place, group in enumerate(groups))


def understood(text: str, salt: bytes, whence: str = "this key") -> Key:
    """The key that a text is: one that is written out, or else a passphrase, which is its first line. Lines
    that begin with # are passed over. Raises KeyProblem for a mistyped key.
    """
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    try:
        return read(" ".join(lines), salt, whence)
    except KeyProblem:
        if _meant_for_a_key(" ".join(lines)):
            raise
    if not lines or not lines[0].strip():
        raise KeyProblem(f"{_begin(whence)} is empty.")
    return from_passphrase(lines[0], salt, whence)


def read(text: str, salt: bytes, whence: str = "this key") -> Key:
    """The key that was written so. Raises KeyProblem that names the group to look at."""
    letters = _letters("\n".join(line for line in text.splitlines() if not line.startswith("#"))).upper()
    wrong = next((letter for letter in letters if not (letter.isascii() and letter.isalnum())), "")
    if wrong or len(letters) != 5 * GROUPS:
        found = "signs that are no letters or digits" if wrong else f"{len(letters)} letters and digits"
        raise KeyProblem(
            f"{_begin(whence)} has {found}: a key is {5 * GROUPS} of them, in {GROUPS} groups of five. "
            "Give it as it was written."
        )
    groups = [letters[at : at + 5] for at in range(0, 5 * GROUPS, 5)]
    for place, group in enumerate(groups):
        if "U" in group or _check(place, group[:4]) != group[4]:
            raise KeyProblem(
                f"{_begin(whence)} has a mistake in group {place + 1} of {GROUPS}. Look at it again."
            )
    number = 0
    for letter in "".join(group[:4] for group in groups):
        number = number << 5 | _ALPHABET.index(letter)
    return Key((number >> 4).to_bytes(LENGTH, "big"), salt, whence)


def _meant_for_a_key(text: str) -> bool:
    """A passphrase is hardly as long and as full of digits."""
    letters = "".join(text.split()).replace("-", "")
    return letters.isalnum() and 50 <= len(letters) <= 80 and sum(map(str.isdigit, letters)) >= 6


def _letters(text: str) -> str:
    return "".join(text.split()).replace("-", "").translate(_READ_AS)


def _check(place: int, group: str) -> str:
    """The fifth letter of a group: another one if any of the four is wrong, or two that stand together are
    exchanged, or the group stands elsewhere. (A sum in a field of 32, each place worth twice the next.)
    """
    number = place
    for letter in group:
        number = _twice(number) ^ _ALPHABET.index(letter)
    return _ALPHABET[_twice(number)]


def _twice(number: int) -> int:
    number <<= 1
    return number ^ 0b100101 if number > 31 else number


def _begin(whence: str) -> str:
    return whence[:1].upper() + whence[1:]
