"""A store: the journal and the state derived from it, in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from cpcli.casework.duty_state import STATES, DutyState
from cpcli.casework.entry import Draft, Entry, case_opened
from cpcli.store import agenda, connect, erasing, journal, making, schema, state
from cpcli.store import only as wanted
from cpcli.store.agenda import DutyCounts, Pressing
from cpcli.store.connect import FindKey
from cpcli.store.driver import errors
from cpcli.store.faults import NoStore, StoreProblem, plainly, reading
from cpcli.store.only import ALL, Only
from cpcli.store.schema_marks import REBUILD
from cpcli.store.turn import WAIT, Waiting, patiently
from cpcli.store.where import identity

if TYPE_CHECKING:
    from cpcli.casework.case import Case
    from cpcli.casework.derived import Derive, Derived
    from cpcli.store.key import Key


class CaseRow(NamedTuple):
    """A case as it stands in a list."""

    reference: str
    title: str
    status: str
    """open, closed or erased."""
    opened: datetime
    opened_by: str
    changed: datetime
    last_seq: int
    """The number of its last journal entry."""


def open_store(
    path: Path,
    *,
    create: bool = True,
    read_only: bool = False,
    wait: float = WAIT,
    waiting: Waiting = None,
    find_key: FindKey | None = None,
) -> Store:
    """The store at `path`, made there if `create` and there is none, and brought to the latest version.

    `read_only` changes nothing, and also opens a store on a disk that cannot be written. `wait` is how many
    seconds to wait for other writers; `waiting` is called when a change has waited for long. `find_key` is
    asked for the key to one that is encrypted; one that is made here is not. Close it, or use it in a `with`.
    Raises StoreProblem; NoStore where there is none.
    """
    path = path.absolute()
    while True:
        file = identity(path)
        try:
            opened = _open(path, read_only, wait, waiting, find_key)
        except NoStore:
            if read_only or not create:
                raise
            making.make(path, schema.migrate)
        except StoreProblem:
            if identity(path) == file:
                raise
        else:
            if opened._file == file:
                return opened
            opened.close()
        # It was made, encrypted or decrypted just now, and another file stands there.


def make_encrypted(path: Path, key: Key) -> bool:
    """Make a new store at `path` that opens with this key; False where another came to stand there first,
    which does not. Raises StoreProblem.
    """
    return making.make(path.absolute(), schema.migrate, key)


def _open(path: Path, read_only: bool, wait: float, waiting: Waiting, find_key: FindKey | None) -> Store:
    key = connect.key_to(path, find_key)
    connection = connect.connect(path, schema.LATEST, read_only=read_only, wait=wait, key=key)
    try:
        with plainly(path):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        kept = _migrate(connection, path, wait, key) if version < schema.LATEST else None
        if not read_only:
            erasing.clean_in_passing(connection)
        return Store(connection, path, wait, key, kept, waiting=waiting)
    except BaseException:
        connection.close()
        raise


def _migrate(connection: sqlite3.Connection, path: Path, wait: float, key: Key | None) -> Path | None:
    """Bring it to the latest version; gives the copy that was kept, None where somebody else came first."""
    from cpcli.store.backup import keep

    kept: list[Path] = []
    with plainly(path), _though_only_read(connection):
        schema.migrate(
            connection, wait, before=lambda version: kept.append(keep(connection, path, key, version))
        )
    return kept[0] if kept else None


@contextmanager
def _though_only_read(connection: sqlite3.Connection) -> Iterator[None]:
    """Let what the block does be written, also where the store was opened to be read alone."""
    (only_read,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only=OFF")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA query_only={only_read}")


class Store:
    """Open with open_store(). Every method raises StoreProblem where the file cannot be used."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        wait: float,
        key: Key | None,
        kept: Path | None = None,
        *,
        waiting: Waiting = None,
    ) -> None:
        self.path = path
        self.key = key
        """What it opens with; None where it is not encrypted. A copy of it is opened with the same."""
        self.kept = kept
        """The copy of it as it was, where it was of an older version and has been brought up to date."""
        self._connection = connection
        self._wait = wait
        self._waiting = waiting
        self._file = identity(path)
        self._numbers: dict[int, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. What was recorded is on the disk already."""
        with suppress(*errors()):
            self._connection.close()

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Whatever is read in the block is what stood there at one moment, also while others write."""
        with plainly(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            with suppress(*errors()):  # it may have been closed
                self._connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on the disk when the block has ended, or undone."""
        with plainly(self.path):
            patiently(self._connection, "BEGIN IMMEDIATE", self._wait, self._waiting)
            try:
                yield self._connection
                self._refuse_moved()
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    with suppress(*errors()):
                        self._connection.execute("ROLLBACK")
                raise
        self._refuse_moved()  # while it was being recorded

    def _refuse_moved(self) -> None:
        """SQLite goes on writing to a file that has been deleted or replaced."""
        if identity(self.path) != self._file:
            raise StoreProblem(
                f"{self.path} was moved or deleted meanwhile, so this was not recorded. Put it back."
            )

    def append(
        self,
        case: str | None,
        drafts: Sequence[Draft],
        *,
        who: str,
        at: datetime,
        derive: Derive,
        seen: int | None = None,
    ) -> Case:
        """Record changes to a case, all or none, and give the case as it then is, when it is on the disk.

        `case` is a whole reference; None opens a new case, referenced by the year in London and the next
        number in it (2026-0001). `at` is when it is recorded, with a time zone. `seen` is the last entry of
        the case that the caller had read: where somebody has added to the same walk since, Conflict is
        raised. `derive` is called while others wait to write. Raises NoSuchCase, Conflict, StoreProblem, and
        ValueError for a body that is not JSON or a time without a zone; nothing has then been recorded.
        """
        when = state.stamp(at)
        with self._writing() as connection:
            if case is None:
                reference = journal.next_reference(connection, at, self._numbers)
                drafts = [case_opened(), *drafts]
            else:
                reference = case
                journal.refuse_unknown(connection, reference)
                journal.refuse_erased(connection, reference)
                if seen is not None:
                    journal.refuse_conflict(connection, reference, {draft.walk for draft in drafts}, seen)
            for draft in drafts:
                journal.write(connection, reference, draft, who, when)
            return self._derive(reference, derive)

    def bring_in(
        self,
        drafts: Callable[[int], Sequence[Draft]],
        *,
        reference: str = "",
        opened: datetime,
        who: str,
        at: datetime,
        derive: Derive,
    ) -> Case:
        """Record a whole case from elsewhere, all of it or nothing, and give it as it then is.

        `drafts` gives its entries, case-opened first, from the number that the first of them will have.
        `reference` is kept; where it is "", the case has the next one of the year in which it was `opened`.
        `who` brings it in, and `at` is now, with a time zone. Raises CaseTaken where another case has the
        reference, and what append() raises.
        """
        when = state.stamp(at)
        with self._writing() as connection:
            if reference:
                journal.refuse_taken(connection, reference)
            else:
                reference = journal.next_reference(connection, opened, self._numbers)
            for draft in drafts(journal.head(connection)[0] + 1):
                journal.write(connection, reference, draft, who, when)
            return self._derive(reference, derive)

    def erased(self) -> list[str]:
        """The references of the cases that were erased."""
        with reading(self.path):
            return sorted(journal.erased(self._connection))

    def marks(self) -> dict[str, list[str]]:
        """Of each case that is marked, who may not see it."""
        found: dict[str, list[str]] = {}
        with plainly(self.path):
            for reference, text in self._connection.execute("SELECT case_reference, text FROM marks"):
                if text not in found.setdefault(reference, []):
                    found[reference].append(text)
        return found

    def names_in_marked(self) -> dict[str, list[str]]:
        """Of each case that is marked, the names of the people in it."""
        found: dict[str, list[str]] = {}
        with plainly(self.path):
            for reference, name in self._connection.execute(
                "SELECT case_reference, name FROM people "
                "WHERE case_reference IN (SELECT case_reference FROM marks)"
            ):
                found.setdefault(reference, []).append(name)
        return found

    def is_out_of_date(self) -> bool:
        """Whether a table was added since it was last used, which rebuild() fills."""
        with plainly(self.path):
            rows = self._connection.execute("SELECT 1 FROM to_finish WHERE what = ?", [REBUILD])
            return rows.fetchone() is not None

    def references(self) -> list[tuple[str, str]]:
        """Every case in the order of opening: its reference, and the one that it had elsewhere, or ""."""
        with reading(self.path):
            return list(journal.references(self._connection))

    def _derive(self, reference: str, derive: Derive) -> Case:
        case = _fold(journal.entries(self._connection, reference))
        state.replace(self._connection, reference, state.rows_of(case, derive(case)))
        return case

    def entries(self, case: str | None = None, after: int = 0) -> Iterator[Entry]:
        """Journal entries after number `after`, of one case or of all, in order."""
        with reading(self.path):
            yield from journal.entries(self._connection, case, after)

    def head(self) -> tuple[int, str]:
        """The number and hash of the last journal entry. Kept elsewhere, they prove that nothing is gone."""
        with reading(self.path):
            return journal.head(self._connection)

    def case(self, reference: str, *, even_erased: bool = False) -> Case:
        """The case with this whole reference. Raises NoSuchCase, and CaseErased unless that may be."""
        with reading(self.path):
            journal.refuse_unknown(self._connection, reference)
            if not even_erased:
                journal.refuse_erased(self._connection, reference)
            return _fold(journal.entries(self._connection, reference))

    def last_known(self, reference: str) -> Derived:
        """What the case came to when it was last worked out."""
        with reading(self.path):
            return state.last_known(self._connection, reference)

    def find(self, text: str) -> str:
        """The reference that `text` is, or is short for: 2026-0001, 2026-1, 0001 or 1. Raises NoSuchCase."""
        with reading(self.path):
            return journal.find(self._connection, text)

    def cases(self, status: str | None = None) -> list[CaseRow]:
        """All cases, or those open or closed; the one changed last comes first."""
        with reading(self.path):
            rows = self._connection.execute(
                f"{state.SELECT['cases']} WHERE :status IS NULL OR status = :status "
                "ORDER BY changed DESC, reference DESC",
                {"status": status},
            )
            return [
                CaseRow(
                    reference,
                    title,
                    status,
                    datetime.fromisoformat(opened),
                    by,
                    datetime.fromisoformat(changed),
                    n,
                )
                for reference, title, status, opened, by, changed, n in rows
            ]

    def events_in(self, case: str) -> set[str]:
        """Every event that has happened in the case, or is planned."""
        with plainly(self.path):
            rows = self._connection.execute("SELECT event FROM events WHERE case_reference = ?", [case])
            return {event for (event,) in rows}

    def duties(
        self,
        *,
        states: Sequence[str] = STATES,
        due_from: str = "",
        due_before: str = "",
        started_by: str = "",
        undated: bool = False,
        only: Only = ALL,
        limit: int | None = None,
    ) -> Iterator[DutyState]:
        """Duties of all cases, or `only` some of them, in the order of their `sort`; at most `limit` of them.

        `due_from` (included) and `due_before` (left out) are ISO dates or local times, compared as text: they
        leave out duties without a due date and put the one due first at the head, as `only` does where it
        narrows. `undated` leaves out those with a due date, and `started_by`, a local time, those whose event
        has not happened by then. The first screen costs the same however many
        duties there are.
        """
        with reading(self.path):
            yield from agenda.duties(
                self._connection,
                states=states,
                due_from=due_from,
                due_before=due_before,
                started_by=started_by,
                undated=undated,
                only=only,
                limit=limit,
            )

    def duty_counts(self, today: str, now: str = "", most: int | None = None, only: Only = ALL) -> DutyCounts:
        """How many duties are overdue, due today, due later, undated and waiting.

        `today` is the local date and `now` the local date and time, ISO. What is due on a day is overdue when
        the day is over; what is due at a time, when that has passed (only where `now` is given). Of all the
        duties there is a count to look up; of `only` some, counting stops at about `most`.
        """
        with reading(self.path):
            return agenda.duty_counts(self._connection, today, now, most, only)

    def pressing(self, now: str) -> dict[str, Pressing]:
        """By reference, what is open in each case at this local time (ISO); of cases that have something."""
        with plainly(self.path):
            return agenda.pressing(self._connection, now)

    def people_with_duties(self) -> list[str]:
        """Everybody who has or had a duty; "" among them where there is one that nobody has."""
        with reading(self.path):
            return wanted.people(self._connection)

    def pathways_with_duties(self) -> list[tuple[str, str]]:
        """Set and pathway of each that has laid down a duty in some case."""
        with reading(self.path):
            return wanted.pathways(self._connection)

    def check(self, derive: Derive, seals: Mapping[int, str] | None = None) -> list[str]:
        """What is wrong, one line each: in the file, the journal, and the state against the journal.

        `seals` are what head() once gave: hashes by the number of the entry.
        """
        from cpcli.store.check import check

        with reading(self.path), self.one_moment():
            return list(check(self._connection, self.path, derive, seals))

    def rebuild(self, derive: Derive) -> dict[str, str]:
        """Make the state tables again from the journal, which is left as it is, also in a store that is only
        read: it says the same afterwards. Gives, by reference, why what follows in a case was left as it
        stood: because procedures of it are not at hand.
        """
        from cpcli.store.rebuild import rebuild

        with _though_only_read(self._connection), self._writing() as connection:
            return rebuild(connection, derive)


def _fold(entries: Iterator[Entry]) -> Case:
    # Imported late: it takes as long as the agenda, which needs none of it.
    from cpcli.casework.case import fold

    return fold(entries)
