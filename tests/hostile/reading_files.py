"""Readers of files: procedures, settings, keys, and what is remembered; and whole commands."""

import atexit
import shutil
import tempfile
from contextlib import chdir
from functools import cache
from pathlib import Path

from cpcli.cli import settings as settings_file
from cpcli.cli.config_typed import typed
from cpcli.cli.errors import Fault
from cpcli.cli.settings import KEYS
from cpcli.clock.errors import ClockError
from cpcli.procedures import catalogue, layers
from cpcli.procedures.catalogue import CatalogueError
from cpcli.procedures.lint import check
from cpcli.procedures.read import from_json, read_text, to_json
from cpcli.store import key_file, key_place
from cpcli.store.faults import StoreProblem
from hostile.harness import Reader
from hostile.inputs import any_text, near, near_bytes, spoilt
from hostile.inside import cpcli, promised

TESTS = Path(__file__).parent.parent
SETS = TESTS / "cli" / "sets"
SOUND, TEAM = TESTS / "procedures" / "sets" / "sound", TESTS / "procedures" / "local" / "team"
TOPICS = TESTS.parent / "data" / "topics.yaml"
SETTINGS = (
    'set = "set-2025"\nnation = "Wales"\noffice-hours = "08:45 to 17:00"\nafter-close = "next working day"\n'
    'terms = ["2026-09-02 to 2026-10-23"]\nfirst-day = 1\n[closures]\n2026-12-29 = "Closed"\n',
)
PLACE = ('{"kept": "file", "file": "/media/key/cpcli.key", "recovery": "2026-12-24"}',)
TYPED = (
    *("set set-2025", "nation Wales", "office-hours 08:45 to 17:00", "closures 29/12/2026=Council day"),
    *("terms 02/09/2026 to 23/10/2026", "first-day 0", "after-close next working day", "procedures ~/sets"),
)
WORDS = ("extends: ", "when:", "use:", "steps:", "duties:", "limit:", "cite:", "not ", "2 of [a]", "under 13")
SALT = bytes(range(16))
LINES = (
    "yes\n\n1, 3\nAnna Example\n1/5/2014\n\n2\nBen Example\n\nbrother\n1\n/skip\nWhy\n1\nThe school\n.\n",
    "/why\n/back\n/leave\n", "no\n1\n\n/b\n/w\n/s\n.\n.\n",
)  # fmt: skip
COMMANDS = (
    *("due within 15 working days --from yesterday", "due between 1/12/2026 24/12/2026", "duties letter"),
    *("due desk/concern --event call-made=yesterday", "pathways concern", "compare desk --from today"),
    *("agenda --until tomorrow --person Jo", "export --format csv --case 1", "case show 1", "lint nowhere"),
    *("case event 1 letter-sent --at now", "case amend 1 3 --never", "start desk/concern --template"),
    *("calendar 2026 --nation Wales", "config set nation Wales", "completion bash", "store check --json"),
    *("case export 1", "case history 1", "case duty 1 send-letter", "due --batch nothing.csv", "resume 1"),
)


@cache
def place():
    """A folder of one's own for as long as the process lasts."""
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def file_of(data, name):
    """A file with these bytes."""
    path = place() / name
    path.write_bytes(data)
    return path


def a_tree(text):
    """YAML becomes a tree, and what is wrong with it is said; what is kept of it is the same tree."""
    node, problems = read_text(text, "a.yaml")
    assert from_json(to_json(node)) == node
    for problem in problems:
        assert problem.line >= 1
        assert str(problem)


@cache
def _folder(name):
    """The set of that name, copied where it can be spoilt; beside the one that it extends."""
    folder = place() / f"sets-{name}"
    shutil.copytree(SOUND, folder / "sound")
    shutil.copytree(TEAM, folder / "team")
    return folder / name


def a_set_file(name):
    """A reader of one file after the other of that set: it is linted and read, or its faults are told."""
    files = sorted((SOUND if name == "sound" else TEAM).iterdir())

    def make(chance):
        file = chance.one(files)
        return file.name, near_bytes([file.read_text(encoding="utf-8")], WORDS)(chance)

    def read(spoilt_file):
        file, data = spoilt_file
        folder = _folder(name)
        good = (folder / file).read_bytes()
        (folder / file).write_bytes(data)
        try:
            for problem in check([folder]).problems:
                assert problem.line >= 1
                assert str(problem)
            roots = [folder]
            catalogue.procedure_set(roots, name)
            for each in layers.pathway_names(layers.chain(folder)):
                catalogue.pathway(roots, f"{name}/{each}")
        finally:
            (folder / file).write_bytes(good)

    return read, make


def topics(data):
    """The topics that sets are compared by."""
    from cpcli.procedures.topics import topics

    file_of(data, "topics.yaml")
    for problem in topics([place()])[1]:
        assert str(problem)


def settings(data):
    """The team's settings."""
    settings_file.read(file_of(data, "settings.toml"))


def a_setting(text):
    """A setting as it is typed."""
    name, _, value = text.partition(" ")
    if name in KEYS:
        settings_file.understood_one(name, typed(name, value.split(" "), {}), "cpcli config set")


def a_key_file(data):
    """A file with a key in it."""
    file = file_of(data, "key")
    file.chmod(0o600)
    key_file.read_key(file, SALT)


def a_note_of_a_key(data):
    """The note of where a key is: a spoilt one is as none."""
    folder = place() / "key-places"
    folder.mkdir(exist_ok=True)
    (folder / f"{SALT.hex()}.json").write_bytes(data)
    key_place.read(place(), SALT)


@cache
def _remembered():
    """What a cache has after a set was read."""
    kept = place() / "good"
    catalogue.pathway([SETS], "desk/concern", kept)
    return {path.name: path.read_bytes() for path in kept.iterdir()}, catalogue.pathway(
        [SETS], "desk/concern"
    )


def a_cache(spoilt_file):
    """A spoilt cache is as none: the procedure is what its file says."""
    name, data = spoilt_file
    kept = place() / "kept"
    kept.mkdir(exist_ok=True)
    (kept / name).write_bytes(data)
    assert catalogue.pathway([SETS], "desk/concern", kept) == _remembered()[1]


def _spoilt_cache(chance):
    files = _remembered()[0]
    name = chance.one(sorted(files))
    return name, spoilt([files[name]])(chance)


@cache
def _home():
    """Variables for commands that are run in this process."""
    home = place() / "home"
    home.mkdir()
    return {
        "CPCLI_STORE": home / "cpcli.db",
        "CPCLI_CACHE": home / "cache",
        "CPCLI_CONFIG": home / "config",
        "CPCLI_NOW": "2026-12-24T16:40",
        "CPCLI_USER": "ada",
        "CPCLI_ROLE": "worker",
        "CPCLI_PROCEDURES": f"{SETS}:{TESTS / 'prompts' / 'sets'}",
        "TERM": "dumb",
    }


def a_walk(text):
    """Lines typed at a walk, one after the other."""
    given = text.encode("utf-8", "surrogatepass")
    promised(cpcli("start", "practice/concern", "--plain", given=given, **_home()))


def a_command(words):
    """Any command with any arguments."""
    with chdir(_home()["CPCLI_STORE"].parent):
        promised(cpcli(*words, given=b"{}", **_home()))


def _words(chance):
    words = chance.one(COMMANDS).split()
    for _ in range(chance.number(0, 2)):
        at = chance.number(0, len(words))
        words[at : at + chance.number(0, 1)] = [
            near(words)(chance) if chance.number(0, 2) else any_text(chance, 20)
        ]
    return [word.replace("\0", "") for word in words if "key-file" not in word]


READERS = (
    Reader("YAML", a_tree, near([(SOUND / "concern.yaml").read_text(encoding="utf-8")], WORDS), cost=2),
    Reader("files of a set", *a_set_file("sound"), (CatalogueError,), cost=100),
    Reader("files of a local set", *a_set_file("team"), (CatalogueError,), cost=100),
    Reader("topics", topics, near_bytes([TOPICS.read_text(encoding="utf-8")[:3000]]), cost=20),
    Reader("settings", settings, near_bytes(SETTINGS), (Fault,), cost=2),
    Reader("settings typed", a_setting, near(TYPED), (Fault, ClockError, CatalogueError)),
    Reader("key files", a_key_file, near_bytes(["# a key\n" + "0" * 65]), (StoreProblem,), cost=2),
    Reader("notes of where a key is", a_note_of_a_key, near_bytes(PLACE), cost=2),
    Reader("the cache", a_cache, _spoilt_cache, cost=20),
    Reader("lines typed at a walk", a_walk, near(LINES), cost=500),
    Reader("commands", a_command, _words, cost=300),
)
