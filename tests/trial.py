"""Whole commands that are cut short: what they had said is there, nothing is half there, and they can be gone
on with.

A command runs in a process that begins at once, since it is a copy of this one. How it goes undisturbed is
the measure: what the journal holds after each of its transactions, and how much had been said by then.
"""

import json
import os
import pkgutil
import random
import select
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import cpcli
from cpcli.cli.derive import derived
from cpcli.store.key import Key
from cpcli.store.key_file import read
from cpcli.store.making import left
from cpcli.store.store import Store, open_store
from practice import ANSWERS, RULES, environment
from trial_commands import BEGUN, COMMANDS, IMPORT

sys.path.append(str(Path(__file__).parent / "store"))

from stepped import Child, dies_at, forked

STEPS_OF = tuple(str(file) for file in (Path(cpcli.__file__).parent / "store").glob("*.py"))


class Place:
    """A folder with a store, and the commands that are run there."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind, self.store = folder, kind, folder / "cpcli.db"
        self.said = folder.with_name("said")
        self.env = {
            **environment(folder),
            "CPCLI_CACHE": str(folder.with_name("cache")),
            "CPCLI_CONFIG": str(folder / "config"),
            "CPCLI_KEY_FILE": str(folder / "cpcli.key"),
        }

    def prepare(self) -> None:
        """Make the folder, with what commands read there; an encrypted store is made, a plain one is not."""
        self.clear()
        (self.folder / "answers.json").write_text(json.dumps(ANSWERS), encoding="utf-8")
        (self.folder / "cases.ndjson").write_text(IMPORT, encoding="utf-8")
        if self.kind == "encrypted":
            assert self.run("store new --encrypted --recovery {folder}/first.txt") == 0

    def clear(self) -> None:
        """Have the folder, which may be where a file system is mounted, with nothing in it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for there in self.folder.iterdir():
            shutil.rmtree(there) if there.is_dir() else there.unlink()

    def begin(self, words: str, given: str, around: Callable[[], Any]) -> Child:
        """Begin the command, with what is given on standard input; what it says goes to the file `said`."""
        arguments = [word.format(folder=self.folder) for word in shlex.split(words)]
        self.said.write_bytes(b"")

        def work() -> None:
            from cpcli.__main__ import main

            self.folder.with_name("given").write_text(given, encoding="utf-8")
            into = os.open(self.said, os.O_WRONLY | os.O_APPEND)
            out_of = os.open(self.folder.with_name("given"), os.O_RDONLY)
            for number, file in enumerate((out_of, into, into)):
                os.dup2(file, number)
            sys.stdin, sys.stdout, sys.stderr = (
                open(number, mode, encoding="utf-8")  # noqa: SIM115, PTH123
                for number, mode in enumerate("rww")
            )
            os.environ.update(self.env)
            sys.argv = ["cpcli", *arguments]
            with around():
                code = main()
                sys.stdout.flush()
            os._exit(code)

        return forked(work)

    def run(self, words: str, given: str = "") -> int:
        """Run the command to its end, and give its exit code."""
        return self.begin(words, given, ExitStack).end()

    def opened(self, file: Path | None = None) -> Store:
        """The store, or another, opened as a command opens it."""

        def find_key(path: Path, salt: bytes) -> Key:
            return read(self.folder / "cpcli.key", salt)

        return open_store(file or self.store, create=False, find_key=find_key)

    def entries(self, file: Path | None = None) -> list[Any]:
        """All that the journal says; nothing where there is no store."""
        if not (file or self.store).exists():
            return []
        with self.opened(file) as store:
            return said_by(store)

    def check(self, file: Path | None = None) -> None:
        """Open the store, and prove it; what a killed making left is what `store check` says to delete."""
        file = file or self.store
        if file.exists():
            self.opened(file).close()
            for draft in left(file):
                draft.unlink()
            with self.opened(file) as store:
                wrong = store.check(lambda case: derived(case, RULES))
            assert wrong == []

    def files_with(self, text: str) -> list[str]:
        """The store and the files beside it in which this can be read."""
        return [
            file.name
            for file in self.folder.rglob("*")
            if file.is_file()
            and file.suffix not in (".json", ".ndjson")
            and text.encode() in file.read_bytes()
        ]


def said_by(store: Store) -> list[Any]:
    """All that its journal says, as it comes out of JSON."""
    return [
        [each.seq, each.at.isoformat(), each.who, each.case, each.walk, each.kind, each.body, each.erased]
        for each in store.entries()
    ]


class Undisturbed(NamedTuple):
    """How a command goes that nothing cuts short."""

    commits: list[tuple[int, list[Any]]]
    """After each transaction, how much had been said before it, and what the journal then holds."""
    entries: list[Any]
    """What the journal holds in the end."""
    said: bytes
    took: float
    steps: int


class Trial:
    """One command of COMMANDS, cut short as often as it is asked for."""

    def __init__(self, folder: Path, name: str, kind: str) -> None:
        load()
        self.name, self.command = name, COMMANDS[name]
        self.ready, self.place = folder / "ready", Place(folder / "at", kind)
        self._prepare()
        self.renew()
        self.undisturbed = self._undisturbed()

    def _prepare(self) -> None:
        place = self.place
        place.prepare()
        for words, given in self.command.before:
            code = place.run(words, given)
            assert (code == 0) is ((words, given) != BEGUN), place.said.read_text()
        if self.command.gone:
            (place.folder / self.command.gone).unlink()
        shutil.rmtree(self.ready, ignore_errors=True)
        shutil.copytree(place.folder, self.ready)

    def renew(self) -> None:
        """Have everything as it is before the command."""
        self.place.clear()
        shutil.copytree(self.ready, self.place.folder, dirs_exist_ok=True)

    def _undisturbed(self) -> Undisturbed:
        place, notes = self.place, self.ready.with_name("notes")
        notes.write_text("")
        commits = [(-1, place.entries())]
        began = time.monotonic()
        assert place.run(self.command.words, self.command.given) == 0, place.said.read_text()
        took = time.monotonic() - began
        self.renew()
        place.begin(self.command.words, self.command.given, lambda: _noted(place, notes)).end()
        *lines, steps = map(json.loads, notes.read_text().splitlines())
        commits += [(said, entries) for said, entries in lines]
        assert self._is_done(place.entries())
        return Undisturbed(commits, place.entries(), place.said.read_bytes(), took, steps)

    def _is_done(self, final: list[Any]) -> bool:
        also = self.command.also
        return also(self.place) if also else self.place.entries() == final

    def kill(self, dice: random.Random) -> bool:
        """Kill it once, at a step or at any moment, and see what is there; False where it was done before."""
        self.renew()
        place, words, given = self.place, self.command.words, self.command.given
        if dice.random() < 0.5:
            last = dice.randint(1, self.undisturbed.steps)
            child = place.begin(words, given, lambda: dies_at(last, *STEPS_OF))
        else:
            child = place.begin(words, given, ExitStack)
            select.select([], [], [], dice.random() * self.undisturbed.took)
            child.kill()
        killed = child.end() != 0
        self.see()
        return killed

    def see(self) -> None:
        """See that what it had said is there and nothing is half there, and go on with it to its end."""
        place, (commits, final, all_said, *_) = self.place, self.undisturbed
        place.check()
        said = _alike(place.said.read_bytes(), all_said)
        least = max(n for n, (before, _) in enumerate(commits) if said > before)
        there, done = place.entries(), self._is_done(final)
        assert done or there in [entries for _, entries in commits[least:]], (least, there)
        assert done or said < len(all_said), "it was said to be done, and is not"
        if not done:
            self._go_on(begun=there != commits[0][1])
            assert self._is_done(final), place.said.read_text()
            place.check()

    def _go_on(self, *, begun: bool) -> None:
        command = self.command
        if begun and command.then:
            code = self.place.run(command.then)
        else:
            code = self.place.run(command.again or command.words, command.given)
        assert code == 0, self.place.said.read_text()


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes the two begin with that are the same."""
    both = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(both) if a != b), min(len(one), len(other)))


@contextmanager
def _noted(place: Place, notes: Path) -> Iterator[None]:
    """Write down what stands in Undisturbed.commits, a line each, and at last how many steps there were."""
    usual = Store._writing

    @contextmanager
    def writing(store: Store) -> Iterator[Any]:
        with usual(store) as connection:
            yield connection
        with notes.open("a") as file:
            print(json.dumps([place.said.stat().st_size, said_by(store)]), file=file)

    Store._writing = writing  # type: ignore[method-assign]
    with dies_at(0, *STEPS_OF) as steps:
        yield
    with notes.open("a") as file:
        print(steps(), file=file)


@cache
def load() -> None:
    """Import all that commands import, so that a copy of this process need not."""
    for module in pkgutil.walk_packages(cpcli.__path__, "cpcli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in ("rich.console", "rich.table", "sqlite_utils", "sqlcipher3", "questionary", "yaml"):
        import_module(name)
