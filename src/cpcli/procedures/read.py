"""A data file as a plain tree that knows its lines. Whatever is in the file, the answer is a value.

YAML is read with every scalar as text, so that 3.10 stays 3.10 and yes stays yes; anchors, aliases and
tags are refused, since a file of procedures has no use for them and they can be made to fill the memory.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpcli.procedures.from_disk import read_file
from cpcli.procedures.problem import Problem

if TYPE_CHECKING:
    from yaml.error import YAMLError

MAX_DEPTH = 20

_TIDY = "Split it: one file holds one pathway."
_PLAIN = "Write the value out where it is needed, as plain text."
_MENDS = (
    (
        r"cannot start any token",
        "Indent with spaces, not tabs, and put text that begins with a sign in quotes.",
    ),
    (r"mapping values are not allowed", "Put text that has a colon in it between quotation marks."),
    (r"quoted scalar", "Close the quotation mark that was opened."),
    (r"simple key|':'", "Write `key: value`, with a space after the colon, one to a line."),
    (r"flow (sequence|mapping)", "Close the bracket that was opened."),
    (r"block (collection|mapping|sequence)", "Line it up with the lines that it belongs to."),
    (r"acceptable|not allowed|control char", "Take the invisible character out."),
)


_OPENED = re.compile(r"quoted scalar|simple key|flow (sequence|mapping)")


class Mapping(dict[str, "Node"]):
    """A mapping that knows its own line and the line of each of its keys, both from 1.

    What a set that extends another takes from it knows its file too: see layers.py and vary.py.
    """

    __slots__ = ("file", "files", "line", "lines")

    def __init__(self, line: int, file: str = "") -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}
        self.file = file
        """Where it stands; "" for the file that is being read."""
        self.files: dict[str, str] | None = None
        """Where those of its keys stand that stand in another file than the mapping."""

    def line_of(self, key: str) -> int:
        """Where the key stands; the mapping's own line for a key that it lacks."""
        return self.lines.get(key, self.line)

    def file_of(self, key: str) -> str:
        """The file that the key stands in; "" for the file that is being read."""
        return self.file if self.files is None else self.files.get(key, self.file)

    def put(self, key: str, value: Node, line: int, file: str = "") -> None:
        """Set a key that stands at this line of this file."""
        self[key] = value
        self.lines[key] = line
        if file != self.file:
            self.files = {**(self.files or {}), key: file}
        elif self.files:
            self.files.pop(key, None)


class Sequence(list["Node"]):
    """A list that knows its own line and the line of each of its members, both from 1."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


Node = str | Mapping | Sequence


class _Refused(Exception):
    """What is wrong, at which line, and what to do about it."""

    def __init__(self, line: int, message: str, mend: str) -> None:
        super().__init__(line, message, mend)


def read(path: Path) -> tuple[Node, list[Problem]]:
    """The tree of the file, and what is wrong with it. What cannot be read is an empty mapping."""
    name = str(path)
    try:
        data = read_file(path)
    except OSError as error:
        if error.errno == errno.EFBIG:
            return Mapping(1), [Problem(name, 1, "It is larger than 1 MB.", _TIDY)]
        reason = error.strerror or "unknown reason"
        return Mapping(1), [
            Problem(name, 1, f"It cannot be read: {reason}.", "Check the name and who may read it.")
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Mapping(1), [
            Problem(name, line, "It is not UTF-8 text.", "Save it again with the encoding UTF-8.")
        ]
    return read_text(text, name)


def read_text(text: str, file: str) -> tuple[Node, list[Problem]]:
    """The tree of the text, and what is wrong with it; `file` is the name to give in the problems."""
    import yaml

    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    problems: list[Problem] = []
    try:
        tree = _tree(yaml.parse(text, Loader=loader), file, problems)
    except _Refused as refused:
        line, message, mend = refused.args
        return Mapping(1), [*problems, Problem(file, line, message, mend)]
    except yaml.YAMLError as error:
        return Mapping(1), [*problems, _broken(error, text, file)]
    except UnicodeError:
        return Mapping(1), [
            *problems,
            Problem(file, 1, "It holds a broken character.", "Save it again as UTF-8."),
        ]
    return tree, problems


def _tree(events: Iterator[Any], file: str, problems: list[Problem]) -> Node:
    """One pass over the parser's events, with a stack in place of recursion."""
    top = Sequence(1)
    stack: list[tuple[Mapping | Sequence, list[tuple[str, int]]]] = [(top, [])]
    for event in events:
        kind = type(event).__name__
        line = event.start_mark.line + 1
        if kind == "DocumentStartEvent" and top:
            raise _Refused(line, "A second document begins here.", "Take out the line `---`.")
        if kind == "AliasEvent" or getattr(event, "anchor", None) is not None:
            raise _Refused(line, "Anchors (&) and aliases (*) are not used here.", _PLAIN + _quote_it(kind))
        if getattr(event, "tag", None) is not None:
            raise _Refused(line, f"The tag {event.tag} is not used here.", _PLAIN)
        if kind == "ScalarEvent":
            _put(stack[-1], event.value, line, file, problems)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            if len(stack) > MAX_DEPTH:
                raise _Refused(line, f"It is nested more than {MAX_DEPTH} deep.", "Check the indentation.")
            inside = Mapping(line) if kind == "MappingStartEvent" else Sequence(line)
            _put(stack[-1], inside, line, file, problems)
            stack.append((inside, []))
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            stack.pop()
    return top[0] if top else Mapping(1)


def _quote_it(kind: str) -> str:
    return (
        " Text that begins with * or & goes between quotation marks."
        if kind in {"AliasEvent", "ScalarEvent"}
        else ""
    )


def _put(
    top: tuple[Mapping | Sequence, list[tuple[str, int]]],
    node: Node,
    line: int,
    file: str,
    problems: list[Problem],
) -> None:
    """Add the node to the innermost list or mapping; in a mapping, keys and values come by turns."""
    inside, waiting = top
    if isinstance(inside, Sequence):
        inside.append(node)
        inside.lines.append(line)
    elif waiting:
        key, key_line = waiting.pop()
        if key in inside:
            message = f"`{key}` stands here twice, first in line {inside.lines[key]}."
            problems.append(Problem(file, key_line, message, "Keep one of them."))
        else:
            inside[key] = node
            inside.lines[key] = key_line
    elif isinstance(node, str) and node:
        waiting.append((node, line))
    else:
        raise _Refused(line, "A key must be a word or a few words of text.", "Write `key: value`.")


def _broken(error: YAMLError, text: str, file: str) -> Problem:
    """The parser's complaint, in the words of somebody who writes procedures."""
    context = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or context
    # What was opened and never closed is better looked for where it was opened.
    if context is not None and _OPENED.search(str(error)):
        mark = context
    position = getattr(error, "position", None)
    if mark is not None:
        line = mark.line + 1
    elif isinstance(position, int):
        line = text.count("\n", 0, position) + 1
    else:
        line = 1
    said = " ".join(
        str(getattr(error, part, None) or "") for part in ("context", "problem", "reason")
    ).strip()
    mend = next(
        (mend for pattern, mend in _MENDS if re.search(pattern, said)), "Check the indentation and quotes."
    )
    return Problem(file, line, f"It cannot be read as YAML: {said or 'unknown reason'}.", mend)


def to_json(node: Node) -> Any:
    """The tree as JSON values: a mapping keeps its lines under "", a key that it cannot have."""
    if isinstance(node, Mapping):
        return {"": [node.line, *node.lines.values()], **{key: to_json(value) for key, value in node.items()}}
    if isinstance(node, Sequence):
        return [[node.line, *node.lines], *(to_json(value) for value in node)]
    return node


def from_json(value: Any) -> Node:
    """The tree that `to_json` wrote."""
    if isinstance(value, dict):
        lines = value.pop("")
        mapping = Mapping(lines[0])
        for key, inner in value.items():
            mapping[key] = inner if isinstance(inner, str) else from_json(inner)
        mapping.lines = dict(zip(mapping, lines[1:], strict=True))
        return mapping
    if isinstance(value, list):
        sequence = Sequence(value[0][0])
        sequence.lines = value[0][1:]
        sequence.extend(inner if isinstance(inner, str) else from_json(inner) for inner in value[1:])
        return sequence
    return str(value)
