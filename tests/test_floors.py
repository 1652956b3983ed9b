"""The house: a room imports from lower floors only, and nothing heavy is imported before it is needed."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "cpcli"
FLOORS = {
    "clock": 0,
    "procedures": 1,
    "walk": 2,
    "casework": 2,
    "store": 3,
    "prompts": 4,
    "output": 4,
    "cli": 5,
}
SIDEWAYS = {("casework", "walk"), ("prompts", "output")}
"""Rooms on one floor: the first may import from the second, and not the other way round."""
HEAVY = {
    "rich",
    "questionary",
    "yaml",
    "holidays",
    "sqlite_utils",
    "prompt_toolkit",
    "platformdirs",
    "hypothesis",
    "numpy",
    "tomllib",
    "icalendar",
    "keyring",
    "sqlcipher3",
}
DRAWN = ("prompts/guided.py", "prompts/keys.py")
"""These draw on the screen, and are themselves imported when there is something to draw."""
PURE = ("clock", "procedures", "walk", "casework")
MODULES = sorted(SOURCE.rglob("*.py"))


def room_of(path):
    inside = path.relative_to(SOURCE).parts
    return inside[0] if len(inside) > 1 else ""


def imports(nodes):
    """The whole names of the modules that these nodes import."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_top(tree):
    """What is imported as soon as the module is: not in functions, and not for types alone."""
    for node in tree.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from ast.walk(node)


def ids(path):
    return str(path.relative_to(SOURCE))


def test_every_room_has_a_floor():
    assert {room_of(path) for path in MODULES} - {""} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_a_room_imports_from_lower_floors_only(path):
    room = room_of(path)
    for name in imports(ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        parts = name.split(".")
        if not room or parts[0] != "cpcli" or len(parts) < 2 or parts[1] not in FLOORS or parts[1] == room:
            continue
        other = parts[1]
        assert FLOORS[other] < FLOORS[room] or (room, other) in SIDEWAYS, f"{room} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_nothing_heavy_is_imported_with_a_module(path):
    names = set(imports(at_top(ast.parse(path.read_text(encoding="utf-8")))))
    if str(path.relative_to(SOURCE)) not in DRAWN:
        assert not HEAVY & {name.split(".")[0] for name in names}
        assert not [name for name in names if name.startswith(("cpcli.prompts.guided", "cpcli.prompts.keys"))]


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) in PURE], ids=ids)
def test_the_rules_read_no_environment_and_no_clock(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & {"environ", "getenv", "today", "utcnow"}
    assert not [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func) in ("datetime.now", "time.time", "date.today")
    ]
