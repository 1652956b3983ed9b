"""Proving a set that extends another: what is wrong because of what it varies, and what needs a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cpcli.clock.calendar import Calendar
from cpcli.clock.later import can_be_later
from cpcli.procedures.build import Built
from cpcli.procedures.layers import SHARED, Chain, pathways_in, read_tree
from cpcli.procedures.model import LEVELS, Duty, ProcedureSet
from cpcli.procedures.problem import Problem
from cpcli.procedures.read import Mapping, Node
from cpcli.procedures.read import Sequence as Listed


def own_problems(problems: Sequence[Problem], of_base: Sequence[Problem], folders: Chain) -> list[Problem]:
    """The problems where whoever wrote this set can mend them.

    What is wrong in a file of the base's, and was not before this set varied it, is told at the line that
    takes away what is missing there; but only once the set's own files are right, as it may come of them.
    """
    theirs = {str(folder) for folder in folders[1:]}
    own = [each for each in problems if str(Path(each.file).parent) not in theirs]
    if own:
        return own
    known = {(each.file, each.line, each.message) for each in of_base}
    takings = list(_takings(folders[0]))
    found = []
    for problem in problems:
        if (problem.file, problem.line, problem.message) not in known:
            file, line = _cause(problem, takings, folders)
            said = problem.message[0].lower() + problem.message[1:]
            message = f"With what is varied here, something is wrong in {problem.file}:{problem.line}: {said}"
            found.append(Problem(file, line, message, "Vary that too, or leave this as it was."))
    return found


def _takings(folder: Path) -> Iterator[tuple[str, str, int]]:
    """What is taken from the base, then what is changed: its name, and the file and line that say so."""
    found = []
    for path in [*pathways_in(folder), folder / SHARED]:
        tree = read_tree(path).node if path.is_file() else Mapping(1)
        for entry in _entries(tree):
            for place, verb in enumerate(("leaves out", "instead of", "varies")):
                name = entry.get(verb)
                if isinstance(name, str):
                    found.append((place, (name, str(path), entry.line_of(verb))))
    yield from (taking for _, taking in sorted(found))


def _entries(node: Node) -> Iterator[Mapping]:
    for value in node.values() if isinstance(node, Mapping) else ():
        for each in value if isinstance(value, Listed) else ():
            if isinstance(each, Mapping):
                yield each


def _cause(problem: Problem, takings: list[tuple[str, str, int]], folders: Chain) -> tuple[str, int]:
    """The file and line of this set's that the problem comes of."""
    for name, file, line in takings:
        if f"'{name}'" in problem.message or f"'{name}." in problem.message:
            return file, line
    varied = folders[0] / Path(problem.file).name
    return (str(varied), 1) if varied.is_file() else (str(folders[0] / "set.yaml"), 1)


def check_reasons(
    every: Iterable[Built], of_base: Iterable[Built], folders: Chain, made: ProcedureSet
) -> Iterator[Problem]:
    """A duty may be varied so that it can fall later, or bind less, only where `because` says why."""
    before, after = _duties(of_base), _duties(every)
    calendar = Calendar(made.nation)
    for path, entry, name in _varied_duties(folders[0]):
        old, new = before.get((path.stem, name)), after.get((path.stem, name))
        if old is None or new is None:
            continue
        if not entry.get("because"):
            for key, said in _weaker(new, old, calendar, made.first_day):
                mend = "Add `because:` and the reason, which people are told."
                yield Problem(str(path), entry.line_of(key), f"{said}, and does not say why.", mend)
        for (pathway, other), duty in after.items():
            if other == name and _clock(duty) == _clock(old) != _clock(new):
                message = f"The duty {name!r} stands in {pathway!r} too, and keeps its limit there."
                mend = f"Vary it in {pathway}.yaml too."
                yield Problem(str(path), entry.line_of("varies"), message, mend)


def _duties(every: Iterable[Built]) -> dict[tuple[str, str], Duty]:
    return {(built.pathway.id, duty.id): duty for built in every for duty in built.pathway.duties}


def _clock(duty: Duty) -> tuple[object, ...]:
    return duty.limit, duty.of, duty.level


def _varied_duties(folder: Path) -> Iterator[tuple[Path, Mapping, str]]:
    """Each duty that a file of the folder varies, with the file and the duty's id."""
    for path in pathways_in(folder):
        tree = read_tree(path).node
        entries = tree.get("duties") if isinstance(tree, Mapping) else None
        for entry in entries if isinstance(entries, Listed) else ():
            if isinstance(entry, Mapping) and isinstance(entry.get("varies"), str):
                yield path, entry, str(entry["varies"])


def _weaker(new: Duty, old: Duty, calendar: Calendar, first_day: int) -> Iterator[tuple[str, str]]:
    """The keys by which the duty can come later or bind less than the base's, and how."""
    if LEVELS.index(new.level) > LEVELS.index(old.level):
        yield "level", f"This makes {new.level!r} of what {old.level!r} be done"
    limits = [old.limit, *(reading.says for reading in old.differs)]
    for limit in limits:
        if limit and (new.limit is None or can_be_later(new.limit, limit, calendar, first_day)):
            yield "limit", f"This can fall later than '{limit.text}', which it replaces"
            break
    changed = {
        "of": (new.of, new.first_only) != (old.of, old.first_only),
        "when": new.when != old.when,
        "unless": bool(set(new.unless) - set(old.unless)),
        "met by": new.met_by != old.met_by,
    }
    for key, differs in changed.items():
        if differs:
            yield key, f"This changes when the duty is owed (`{key}`)"
