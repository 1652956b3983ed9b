"""Readers of the store's own file: bits turned, pages changed about, cut short, with another store's -wal."""

import io
import json
from contextlib import suppress
from functools import cache

from cpcli.store import store
from cpcli.store.backup import restore
from cpcli.store.faults import CaseErased, NoSuchCase, StoreProblem
from cpcli.store.journal_file import NoJournalFile, lines, verify
from hostile.harness import Reader
from hostile.inputs import spoilt
from hostile.reading_files import place
from store import store_help
from store.store_help import add, answer, begin, derive, filled, key

ENDINGS = ("-wal", "-shm", "-journal")


@cache
def _good(encrypted):
    """The bytes of a store of that kind, and of a -wal that a killed process leaves beside it."""
    path = place() / f"good-{encrypted}.db"
    if encrypted:
        store.make_encrypted(path, key(path, bytes(range(16))))
    with store_help.open_store(path) as opened:
        filled(opened)
        filled(opened)
    with store_help.open_store(path) as opened:
        add(opened, None, begin(), answer("child", {"name": "Sam Example"}))
        left = path.with_name(path.name + "-wal").read_bytes()
        whole = path.read_bytes()
    return whole, left


def a_store(encrypted):
    """A reader of a spoilt store: it is read, checked and written to, or refused and left as it was."""

    def make(chance):
        whole, left = _good(encrypted)
        beside = b""
        if chance.number(0, 3) == 0:
            beside = chance.one((left, _good(not encrypted)[1], spoilt([left])(chance)))
        return (spoilt([whole])(chance) if chance.number(0, 7) or not beside else whole), beside

    def read(files):
        data, beside = files
        path = place() / f"spoilt-{encrypted}.db"
        for ending in ("", *ENDINGS):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        path.write_bytes(data)
        if beside:
            path.with_name(path.name + "-wal").write_bytes(beside)
        for read_only in (True, False):
            _use(path, read_only, data, beside)

    return read, make


def _use(path, read_only, data, beside):
    before = path.read_bytes()
    try:
        opened = store_help.open_store(path, create=False, read_only=read_only, wait=0.2)
    except StoreProblem:
        assert path.read_bytes() == before, "a refused store was written to"
        if read_only:
            return
        raise
    with opened:
        problems = opened.check(derive)
        for each in (
            lambda: [opened.case(row.reference) for row in opened.cases()],
            lambda: [list(opened.entries()), opened.references(), opened.head()],
            lambda: [*opened.duties(limit=50), opened.duty_counts("2026-12-24")],
            lambda: [opened.people_with_duties(), opened.pathways_with_duties(), opened.find("1")],
        ):
            try:
                each()
            except CaseErased:
                assert problems, "nothing in it was ever erased"
            except (StoreProblem, NoSuchCase):
                pass
        if not read_only and not problems:
            with suppress(StoreProblem, NoSuchCase):
                add(opened, "2026-0001", answer("danger", "no"))
            opened.rebuild(derive)


def a_backup(data):
    """A spoilt backup is restored whole, or nothing stands in its place."""
    file, to = place() / "backup.db", place() / "restored.db"
    for ending in ("", *ENDINGS):
        to.with_name(to.name + ending).unlink(missing_ok=True)
    file.write_bytes(data)
    try:
        restore(file, to, key)
    except StoreProblem:
        assert not to.exists()
    assert file.read_bytes() == data


def _spoilt_backup(chance):
    return spoilt([_good(chance.one((True, False)))[0]])(chance)


@cache
def _journals():
    """A journal that was exported, and one case of it."""
    path = place() / "journal.db"
    with store_help.open_store(path) as opened:
        filled(opened)
        filled(opened)
        return tuple(
            "".join(json.dumps(line) + "\n" for line in lines(opened, case)).encode()
            for case in ("", "2026-0002")
        )


def a_journal(data):
    """A spoilt journal file is found wrong, or says what one of the two said."""
    found = verify(io.BytesIO(data))
    if not found.wrong:
        right = [verify(io.BytesIO(each)) for each in _journals()]
        assert (found.last, found.hash) in [(each.last, each.hash) for each in right]


def _spoilt_journal(chance):
    return spoilt([chance.one(_journals())])(chance)


READERS = (
    Reader("journal files", a_journal, _spoilt_journal, (NoJournalFile,), cost=5),
    Reader("restoring a backup", a_backup, _spoilt_backup, cost=200),
    Reader("the store", *a_store(False), (StoreProblem,), cost=200),
    Reader("the store, encrypted", *a_store(True), (StoreProblem,), cost=200),
)
