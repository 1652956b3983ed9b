"""The chain of a journal, proved entry by entry. docs/store.md says how anybody can do the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from cpcli.store.hashing import START, hash_body, hash_entry

ERASED = "erased"
"""The kind of an entry that says that the content of its case's earlier entries was erased."""


class Link(NamedTuple):
    """An entry of the journal as it is written there."""

    seq: int
    at: str
    who: str
    case: str
    walk: int
    kind: str
    body_hash: str
    previous_hash: str
    hash: str
    salt: str = ""
    body: str = ""
    """Both "" where the content was erased, or is held back."""


LINKS = (
    "SELECT seq, at, who, case_reference, walk, kind, body_hash, previous_hash, hash, salt, body FROM journal"
)
"""What gives them."""


class Wrong(NamedTuple):
    """What is wrong with an entry."""

    seq: int
    what: str


class Chain:
    """What has been read of a journal so far, and what was wrong with it."""

    def __init__(self, seals: Mapping[int, str] | None = None, case: str = "") -> None:
        """`seals` are hashes that were kept elsewhere, by the entry's number. Only the entries of `case` have
        to have their content; "" is every case.
        """
        self.last, self.hash = 0, START
        """The number and the hash of the last entry that was read."""
        self.erased = 0
        """How many entries have had their content erased, as a later one says."""
        self._case = case
        self._seals = dict(seals or {})
        self.first = 0
        """The number of the first that was; 0 where there was none."""
        self._bare: dict[str, tuple[int, int]] = {}
        """By case, the first entry without its content and how many there are, until one says why."""

    def read(self, link: Link) -> Iterator[Wrong]:
        """What is wrong with the entry that comes next."""
        seq = link.seq
        self.first = self.first or seq
        if seq > self.last + 1:
            gap = (
                f"entry {self.last + 1} is"
                if seq == self.last + 2
                else f"entries {self.last + 1} to {seq - 1} are"
            )
            yield Wrong(self.last + 1, f"The journal has a gap: {gap} missing.")
        elif seq <= self.last:
            yield Wrong(seq, f"Journal entry {seq} stands after entry {self.last}.")
        elif link.previous_hash != self.hash:
            yield Wrong(
                seq, f"Journal entry {seq} does not follow from the one before it, which is another now."
            )
        if link.kind == ERASED:
            self.erased += self._bare.pop(link.case, (0, 0))[1]
        if link.salt or link.body:
            content = _same(link.body_hash, lambda: hash_body(link.salt, link.body))
        else:
            content = True
            if link.case == (self._case or link.case):
                first, number = self._bare.get(link.case, (seq, 0))
                self._bare[link.case] = (first, number + 1)
        if not content:
            yield Wrong(seq, f"Journal entry {seq} was changed after it was recorded: what it says.")
        elif not _same(link.hash, lambda: hash_entry([*link[:8]])):
            yield Wrong(
                seq, f"Journal entry {seq} was changed after it was recorded: who, when, case or place."
            )
        self.last, self.hash = seq, link.hash
        seal = self._seals.pop(seq, link.hash)
        if seal != link.hash:
            yield Wrong(
                seq,
                f"Journal entry {seq} is not the one that was sealed: it, or one before it, is another now.",
            )

    def end(self) -> Iterator[Wrong]:
        """What is wrong now that there are no more entries."""
        for seq, _ in self._bare.values():
            yield Wrong(
                seq, f"What journal entry {seq} says is missing, and no later entry says that it was erased."
            )
        for number in sorted(self._seals):
            if number < self.first:
                yield Wrong(
                    number, f"It begins at entry {self.first}, so nothing proves the seal of entry {number}."
                )
                continue
            ends = f"it ends at entry {self.last}, and entry {number} had been sealed"
            yield Wrong(self.last + 1, f"The journal is cut short: {ends}.")


def seal(number: int, last: str) -> str:
    """The last entry's number and hash as a person keeps them: "12:5f0c…"."""
    return f"{number}:{last}"


def understood(text: str) -> tuple[int, str]:
    """The number and the hash of a seal. Raises ValueError."""
    parts = re.fullmatch(r"([0-9]{1,15}):([0-9a-fA-F]{64})", text.strip())
    if parts is None:
        raise ValueError(
            "a seal is the number of an entry, a colon, and the 64 letters and digits of its hash"
        )
    return int(parts[1]), parts[2].lower()


def _same(given: str, made: Callable[[], str]) -> bool:
    try:
        return made() == given
    except (ValueError, TypeError):  # what was put there is no text, or no number
        return False
