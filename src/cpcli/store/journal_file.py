"""The journal as a file that proves itself: written from a store, and verified where there is none.

docs/journal-file.md says what is in it. Such a file may hold anything: nothing in it is believed before it is
looked at, and no more of it is in memory than a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, NamedTuple

from cpcli.store import journal
from cpcli.store.chain import LINKS, Chain, Link, Wrong
from cpcli.store.faults import plainly
from cpcli.store.store import Store

FORMAT = "cpcli journal"
VERSION = 1
LONGEST = 1 << 24
"""Bytes of a line. No entry that cpcli records comes near."""
_CONTENT = ("salt", "body")
_FROM = " WHERE seq >= coalesce((SELECT min(seq) FROM journal WHERE case_reference = ?), 1) ORDER BY seq"


class NoJournalFile(Exception):
    """The file is not a journal that was exported."""


class Verified(NamedTuple):
    """What a file holds, and what is wrong with it."""

    wrong: str
    """What is wrong with the first entry that is; "" where the file is whole and unchanged."""
    case: str
    """The case that it is of; "" where it is the whole journal."""
    entries: int
    """How many entries it has of that case, or of all."""
    erased: int
    """How many of them have had their content erased since, as a later one says."""
    last: int
    hash: str
    """Number and hash of the last entry in it: its seal."""


def lines(store: Store, case: str = "") -> Iterator[dict[str, Any]]:
    """The journal as it stands at one moment, an object for each line: the whole of it, or one case.

    For a case there is every entry from the one that opened it, since the chain goes through all of them; but
    what those of other cases say is held back. Raises NoSuchCase and StoreProblem.
    """
    connection = store._connection
    with plainly(store.path), store.one_moment():
        if case:
            journal.refuse_unknown(connection, case)
        last, its_hash = journal.head(connection)
        marking = {each: texts for each, texts in store.marks().items() if each == (case or each)}
        yield {FORMAT: VERSION, "case": case or None, "last": last, "hash": its_hash, "marking": marking}
        for row in connection.execute(LINKS + _FROM, [case]):
            link = Link(*row)
            says = link.body and link.case == (case or link.case)
            yield {name: value for name, value in link._asdict().items() if says or name not in _CONTENT}


def verify(file: IO[bytes], seals: Mapping[int, str] | None = None) -> Verified:
    """Prove such a file, line by line. `seals` are hashes that were kept elsewhere, by the entry's number.

    Raises NoJournalFile.
    """
    case, last, its_hash = _head(file)
    chain = Chain(seals, case)
    found = _Found()
    entries = 0
    for link in _links(file, found):
        if case and not chain.first:
            if (link.case, link.kind) != (case, "case-opened"):
                found.add(Wrong(link.seq, "The file does not begin with the entry that opened the case."))
            chain.last, chain.hash = link.seq - 1, link.previous_hash
        entries += link.case == (case or link.case)
        found.add(*chain.read(link))
    found.add(*chain.end())
    if chain.last < last:
        ends = f"The file ends at entry {chain.last}, and should go on to entry {last}."
        found.add(Wrong(chain.last + 1, ends))
    elif (chain.last, chain.hash) != (last, its_hash):
        found.add(Wrong(last, f"The file does not end with entry {last} as its first line has it."))
    wrong = found.first.what if found.first else ""
    return Verified(wrong, case, entries, chain.erased, chain.last, chain.hash)


class _Found:
    """What is wrong with the first entry that is."""

    first: Wrong | None = None

    def add(self, *wrong: Wrong) -> None:
        for each in wrong:
            if self.first is None or each.seq < self.first.seq:
                self.first = each


def _head(file: IO[bytes]) -> tuple[str, int, str]:
    """What the first line says: the case, and the number and the hash of the last entry."""
    try:
        head = json.loads(file.readline(LONGEST).decode(), object_pairs_hook=_once)
        version = head[FORMAT]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise NoJournalFile("is no journal that cpcli exported") from None
    if type(version) is int and version > VERSION:
        raise NoJournalFile(f"was exported by a newer cpcli (form {version}; this one knows {VERSION})")
    found = (head.get("case"), head.get("last"), head.get("hash"))
    right = version == VERSION and set(head) - {"marking"} == {FORMAT, "case", "last", "hash"}
    if not right or type(found[1]) is not int or not isinstance(found[0], str | None):
        raise NoJournalFile("is no journal that cpcli exported: its first line is another")
    return found[0] or "", found[1], str(found[2])


def _links(file: IO[bytes], found: _Found) -> Iterator[Link]:
    """The entries, as far as they can be read."""
    seq = 0
    while line := file.readline(LONGEST + 1):
        link = _link(line)
        if link is None:
            where = f"the one after entry {seq}" if seq else "the second"
            found.add(Wrong(seq + 1, f"A line of the file is no entry of a journal: {where}."))
            return
        seq = link.seq
        yield link


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; one that says a key twice would show something else to whoever looks at the file."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _link(line: bytes) -> Link | None:
    try:
        link = Link(**json.loads(line.decode(), object_pairs_hook=_once))
    except (ValueError, RecursionError, TypeError):
        return None
    numbers = (link.seq, link.walk)
    right = all(type(each) is int for each in numbers) and all(
        isinstance(each, str) for name, each in link._asdict().items() if name not in ("seq", "walk")
    )
    return link if right and link.seq > 0 and len(line) <= LONGEST else None
