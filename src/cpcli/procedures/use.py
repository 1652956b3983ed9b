"""A group of steps that a pathway uses on a condition: `use: danger-now` with `when`."""

from __future__ import annotations

from cpcli.procedures.form import Form
from cpcli.procedures.read import Mapping, Node, Sequence

USE_KEYS = ("use", "when", "part")


def on_condition(step: Mapping, use: Mapping, file: str = "") -> Mapping:
    """A step of the group, which applies where its own `when` holds and the one beside `use` too.

    `file` is where the use stands, where it does not know itself.
    """
    if "when" not in use:
        return step
    found = Mapping(step.line, step.file)
    for key, value in step.items():
        found.put(key, value, step.line_of(key), step.file_of(key))
    when = _both(use["when"], step["when"]) if "when" in step else use["when"]
    found.put("when", when, use.line_of("when"), use.file_of("when") or file)
    return found


def clashes(step: Mapping, use: Form) -> None:
    """Note what a step of the group asks of the same thing as the `when` beside `use` does."""
    asked = {key for tests in _alternatives(use.node.get("when")) for key in tests}
    again = sorted(asked & {key for tests in _alternatives(step.get("when")) for key in tests})
    if again:
        mend = "Ask it in one of the two."
        use.wrong("when", f"A step of the group has {again[0]!r} in its own `when` already.", mend)


def _both(one: Node, other: Node) -> Node:
    """What holds where both do: each alternative of the one with each of the other."""
    together = Sequence(1)
    for first in _alternatives(one):
        for second in _alternatives(other):
            tests = Mapping(first.line, first.file)
            for each in (first, second):
                for key, value in each.items():
                    tests.put(key, value, each.line_of(key), each.file_of(key))
            together.append(tests)
            together.lines.append(first.line)
    return together[0] if len(together) == 1 else together


def _alternatives(when: Node | None) -> list[Mapping]:
    listed = when if isinstance(when, Sequence) else [when]
    return [each for each in listed if isinstance(each, Mapping)]
