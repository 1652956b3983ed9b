"""Reading one mapping of a data file key by key. What is wrong is collected, never raised."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from pathlib import PurePath

from cpcli.procedures.cites import Paragraphs, expand
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node
from cpcli.procedures.read import Sequence as Listed
from cpcli.procedures.words import did_you_mean, short

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CITE = 'Add the paragraph that says so, for example `cite: "3.9"`.'
VARYING = ("varies", "after", "before", "instead of", "leaves out")
"""Keys of what is varied, which vary.py has taken out where they stand as they should."""
_VARIES = "It is for a set that `extends` another, in a file that says what it `varies`."


@dataclass(frozen=True, slots=True)
class Page:
    """The file that is being read, the paragraphs that it may cite, and what has been found wrong in it."""

    file: str
    paragraphs: Paragraphs = field(default_factory=Paragraphs)
    problems: list[Problem] = field(default_factory=list)
    below: Mapped[str, Paragraphs] = field(default_factory=dict)
    """The paragraphs of each set that this one extends, by its folder."""

    def of(self, file: str) -> Page:
        """The page of the file that something on this one was taken from; this one for ""."""
        if file in {"", self.file}:
            return self
        paragraphs = self.below.get(str(PurePath(file).parent), self.paragraphs)
        return Page(file, paragraphs, self.problems, self.below)

    def wrong(self, line: int, message: str, mend: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, line, message, mend))


class Form:
    """One mapping, asked for its keys. `what` is what people call it: "a duty", "a step that asks"."""

    def __init__(self, node: Node, page: Page, what: str, keys: Collection[str], line: int = 1) -> None:
        self.page = page
        self.what = what
        if isinstance(node, Mapping):
            self.node = node
            self.page = page.of(node.file)
        else:
            self.node = Mapping(line)
            page.wrong(
                line, f"This is not {what}: it should be lines of `key: value`.", f"Keys: {', '.join(keys)}."
            )
        for key in self.node:
            if key not in keys:
                mend = _VARIES if key in VARYING else did_you_mean(key, keys)
                self.wrong(key, f"`{key}` is not a key of {what}.", mend)

    def __contains__(self, key: str) -> bool:
        return key in self.node

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.node.line

    def wrong(self, key: str, message: str, mend: str) -> None:
        """Note a problem at the line of the key."""
        self.page_of(key).wrong(self.node.line_of(key), message, mend)

    def page_of(self, key: str) -> Page:
        """The page of the file that the key stands in."""
        return self.page.of(self.node.file_of(key))

    def text(self, key: str, *, required: bool = False) -> str:
        """The text under the key, "" where there is none."""
        value = self.node.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if key not in self.node:
            if required:
                self.wrong(key, f"`{key}` is missing from {self.what}.", f"Add `{key}: …`.")
        elif isinstance(value, str):
            self.wrong(key, f"`{key}` is empty.", "Write something, or take the line out.")
        else:
            self.wrong(
                key, f"`{key}` should be one text.", "Write it on one line, in quotes if it has a colon."
            )
        return ""

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """One text or a list of texts."""
        value = self.node.get(key)
        if not isinstance(value, Listed):
            one = self.text(key, required=required)
            return (one,) if one else ()
        texts = []
        for member, line in zip(value, value.lines, strict=True):
            if isinstance(member, str) and member.strip():
                texts.append(member.strip())
            else:
                page = self.page_of(key)
                page.wrong(line, f"A line of `{key}` is not text.", "Write something, or take it out.")
        if not value:
            self.wrong(key, f"`{key}` is an empty list.", "Write something, or take it out.")
        return tuple(texts)

    def flag(self, key: str) -> bool:
        """yes or no; no where it is left out."""
        return self.choice(key, ("yes", "no"), default="no") == "yes"

    def choice(self, key: str, values: Sequence[str], *, default: str = "", required: bool = False) -> str:
        """One of the values, the default where it is left out or wrong."""
        value = self.text(key, required=required)
        if value in values:
            return value
        if value:
            self.wrong(key, f"`{key}` cannot be {value!r}.", "Possible: " + ", ".join(values) + ".")
        return default

    def name(self, key: str, *, required: bool = False) -> str:
        """An id: small letters, digits and single hyphens."""
        value = self.text(key, required=required)
        self.check_name(key, value)
        return value

    def short_names(self) -> tuple[str, ...]:
        """What people call it for short, under `also`."""
        names = self.texts("also")
        for name in names:
            if not short(name):
                self.wrong("also", f"{name!r} cannot be typed as a name.", "Use letters and digits.")
        return tuple(name for name in names if short(name))

    def check_name(self, key: str, value: str) -> None:
        """Note it if the value is there and is not an id."""
        if value and not SLUG.fullmatch(value):
            mend = "Use small letters, digits and hyphens, for example `written-referral`."
            self.wrong(key, f"{value!r} cannot be an id.", mend)

    def cite(self, key: str = "cite", *, required: bool = True) -> tuple[str, ...]:
        """The paragraphs that the citation under the key names."""
        if required and key not in self.node:
            self.wrong(key, f"{self.what[0].upper()}{self.what[1:]} has no `{key}`.", _CITE)
            return ()
        found: list[str] = []
        known = self.page_of(key).paragraphs
        for text in self.texts(key):
            cited = expand(text, known)
            found += cited.paragraphs
            for name in cited.unknown:
                mend = did_you_mean(name, known.names())
                self.wrong(key, f"The document has no paragraph {name!r}.", mend)
        return tuple(dict.fromkeys(found))

    def members(self, key: str, what: str, *, required: bool = False) -> Iterator[tuple[Node, int]]:
        """The members of the list under the key, each with its line."""
        value = self.node.get(key)
        if isinstance(value, Listed):
            if not value:
                self.wrong(key, f"`{key}` is an empty list.", "Write something, or take it out.")
            yield from zip(value, value.lines, strict=True)
        elif value is not None:
            self.wrong(key, f"`{key}` should be a list of {what}.", "Begin each with `- `, indented below.")
        elif required:
            self.wrong(key, f"`{key}` is missing from {self.what}.", f"Add `{key}:` and a list of {what}.")

    def pairs(self, key: str, what: str, *, required: bool = False) -> Iterator[tuple[str, Node, int]]:
        """The keys and values of the mapping under the key, each with its line."""
        value = self.node.get(key)
        if isinstance(value, Mapping):
            if not value:
                self.wrong(key, f"`{key}` is empty.", "Write something, or take it out.")
            for name, inner in value.items():
                if not SLUG.fullmatch(name):
                    message = f"{name!r} cannot be the short name of {what}."
                    page = self.page.of(value.file_of(name))
                    page.wrong(value.line_of(name), message, "Use small letters, digits and hyphens.")
                yield name, inner, value.line_of(name)
        elif value is not None:
            self.wrong(
                key,
                f"`{key}` should be lines of `short-name: text`.",
                f"One line for {what}, indented below.",
            )
        elif required:
            self.wrong(key, f"`{key}` is missing from {self.what}.", f"Add `{key}:` and a line for {what}.")
