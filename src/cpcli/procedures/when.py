"""Reading a `when`: from a mapping, or a list of mappings, to tests."""

from __future__ import annotations

import re

from cpcli.procedures.form import Form, Page
from cpcli.procedures.model import Test, When
from cpcli.procedures.read import Mapping, Node, Sequence

STATES = (
    "answered",
    "not answered",
    "skipped",
    "ticked",
    "not ticked",
    "complete",
    "not complete",
    "has happened",
    "has not happened",
)
"""What a `when` can say of something without naming a value; no option can be called so."""
_FIGURE = re.compile(r"(under|at least)\s+(\d{1,4})")
_NOT_ANY = re.compile(r"not\s+\[(.*)\]")
_POSSIBLE = (
    "Possible: yes, no, an option, a list of options, not OPTION, "
    + ", ".join(STATES)
    + ", under 13, at least 16."
)


def read_when(form: Form, key: str = "when") -> When:
    """The condition under the key; () where there is none, or nothing of it can be read."""
    node = form.node.get(key)
    if node is None:
        return ()
    line = form.node.line_of(key)
    alternatives = list(zip(node, node.lines, strict=True)) if isinstance(node, Sequence) else [(node, line)]
    if not alternatives:
        form.wrong(key, "`when` is an empty list.", "Write a condition, or take the line out.")
    return tuple(tests for each, at in alternatives if (tests := _tests(each, form.page_of(key), at)))


def _tests(node: Node, page: Page, line: int) -> tuple[Test, ...]:
    if not isinstance(node, Mapping) or not node:
        page.wrong(
            line, "`when` should say what must be so.", "Write `step-id: value`, for example `{danger: yes}`."
        )
        return ()
    tests = [_test(subject, value, page, node.line_of(subject)) for subject, value in node.items()]
    return tuple(test for test in tests if test)


def _test(subject: str, value: Node, page: Page, line: int) -> Test | None:
    if isinstance(value, Sequence) and value and all(isinstance(one, str) and one for one in value):
        if not any(_special(str(one)) for one in value):
            return Test(subject, "is", tuple(str(one) for one in value))
    elif isinstance(value, str):
        value = " ".join(value.split())
        if value in STATES:
            return Test(subject, value)
        if figure := _FIGURE.fullmatch(value):
            return Test(subject, figure[1], (str(int(figure[2])),))
        if none_of := _NOT_ANY.fullmatch(value):
            names = tuple(name.strip() for name in none_of[1].split(","))
            if all(names):
                return Test(subject, "is not", names)
        elif not _special(value.removeprefix("not ")):
            return Test(
                subject, *(("is not", (value[4:],)) if value.startswith("not ") else ("is", (value,)))
            )
    page.wrong(line, f"A `when` cannot say this of {subject!r}.", _POSSIBLE)
    return None


def _special(value: str) -> bool:
    """Whether the text is anything but one plain value."""
    return not value or " " in value or value in STATES or "[" in value
