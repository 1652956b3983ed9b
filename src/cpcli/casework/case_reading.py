"""Reading a case that comes from elsewhere: every fault is named, and only a case without any is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from cpcli.casework.case_form import COMMON, FORM, stamp
from cpcli.casework.case_values import day_of, fault_of, has_shape, text_fault
from cpcli.casework.entry import Draft, Entry, imported
from cpcli.casework.layout import Rules, is_ahead
from cpcli.casework.odd_dates import long_ago
from cpcli.clock.errors import ClockError
from cpcli.clock.when import LONDON, from_iso, iso, parse_when, say_when
from cpcli.procedures.catalogue import CatalogueError
from cpcli.procedures.model import BIRTH, CHILD, Pathway, Step
from cpcli.procedures.words import did_you_mean, id_of
from cpcli.walk.answers import AnswerError, births, read_answer

SLACK = timedelta(days=1)
"""How far ahead of ours the clock may be by which an entry was recorded."""


class Fault(NamedTuple):
    """Something that keeps a case out."""

    entry: int
    """The entry's place in the file's list, from 1; 0 where it is the case's own fault."""
    says: str


class CaseGiven(NamedTuple):
    """A case as a file gives it, with everything said that the journal says."""

    reference: str
    """Where it has one such as 2026-0001; "" where it needs one."""
    known_as: str
    """Its reference elsewhere, where that is another."""
    entries: tuple[Entry, ...]
    """Numbered from 1, case-opened first."""

    def drafts(self, first: int) -> list[Draft]:
        """Its entries for a journal in which the first of them has that number."""
        return [imported(_moved(each, first), stamp(each.at), each.who) for each in self.entries]


class Reader(NamedTuple):
    """What a case is read by."""

    rules: Rules
    find_pathway: Callable[[str], str]
    """From a name, perhaps a short one, to set/pathway. Raises CatalogueError."""
    who: str
    """Who brings it in, and is taken to have recorded what nobody is said to have."""
    now: datetime
    keep_unknown: bool = False
    """Take what the procedures do not know, or no longer."""

    def steps(self, pathway: str) -> Mapping[str, Step]:
        """The steps of the pathway by id; none where there is no such pathway."""
        try:
            return {step.id: step for step in self.rules.pathway(self.find_pathway(pathway)).steps}
        except CatalogueError:
            return {}


class _Fault(Exception):
    """One thing that is wrong with an entry. The message is one line."""


def read_case(given: Any, by: Reader) -> tuple[CaseGiven | None, list[Fault]]:
    """The case that a JSON object gives, or everything that is wrong with it."""
    if not isinstance(given, dict):
        return None, [Fault(0, "this is not a JSON object with case and entries.")]
    listed = given.get("entries")
    faults = [
        Fault(0, _no_key(key, ("case", "entries")))
        for key in given
        if key not in ("case", "marking", "entries")
    ]
    reference = given.get("case", "")
    if not isinstance(reference, str) or text_fault(reference):
        return None, [*faults, Fault(0, "`case` is not a text.")]
    if not isinstance(listed, list) or not listed:
        return None, [*faults, Fault(0, "`entries` is missing, or is not a list with something in it.")]
    reading = _Reading(by)
    for number, each in enumerate(listed, 1):
        try:
            reading.take(each, number)
        except (_Fault, ClockError, CatalogueError) as fault:
            faults.append(Fault(number, str(fault)))
        except RecursionError:
            faults.append(Fault(number, "it is nested too deep."))
    if not by.keep_unknown and reading.all_begun:
        faults += reading.unknown_events()
    faults += reading.long_ago()
    if faults:
        return None, sorted(faults)
    ours = _is_reference(reference)
    entries = reading.whole("" if ours else reference)
    known_as = str(entries[0].body.get("known as", ""))
    named = [entry._replace(case=reference if ours else "") for entry in entries]
    return CaseGiven(reference if ours else "", known_as, tuple(named)), []


def _is_reference(text: str) -> bool:
    """Whether it is written as ours are: 2026-0001."""
    return re.fullmatch(r"(19|20|21)\d\d-(?!0000)(\d{4}|[1-9]\d{4,8})", text, re.ASCII) is not None


class _Reading:
    """A case as far as it has been read."""

    def __init__(self, by: Reader) -> None:
        self.by = by
        self.taken: list[tuple[int, Entry]] = []
        """Each with its place in the file."""
        self.walks: dict[int, Pathway] = {}
        self.events: list[tuple[int, str]] = []
        self.dated: list[tuple[int, str]] = []
        """When something happened that nobody recorded before, nor says anything of."""
        self.born: list[str] = []
        """The dates of birth of its children."""
        self.all_begun = True
        """No walk of it is of a pathway that is not there."""

    def take(self, given: Any, number: int) -> None:
        """Take one more entry. Raises _Fault, ClockError, CatalogueError."""
        if not isinstance(given, dict):
            raise _Fault("this is not a JSON object with kind and what goes with it.")
        kind = given.get("kind")
        if not isinstance(kind, str) or kind not in FORM:
            raise _Fault(
                f"`kind` is missing. It is one of {', '.join(FORM)}."
                if kind is None
                else f"there is no kind {str(kind)[:60]!r}. {did_you_mean(str(kind)[:60], FORM)}"
            )
        if kind == "case-opened" and self.taken:
            raise _Fault("only the first entry can be case-opened.")
        if FORM[kind].of_walk and kind != "walk-begun" and not self.all_begun:
            return  # it could not be checked, and the walk's own fault is told
        body = self._body(kind, given)
        at, who = self._recorded(given)
        walk = self._walk(kind, given)
        body = self._checked(kind, body, walk, at, number)
        happened = kind == "duty-done" or (kind == "event-recorded" and body["event"] != BIRTH)
        if happened and "recorded_at" not in given and not body.get("note"):
            self.dated.append((number, body["at"]))
        self.taken.append((number, Entry(0, at, who, "", walk, kind, body)))

    def _body(self, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
        keys = FORM[kind]
        sorts = {**keys.needed, **keys.may}
        body = {}
        for key, value in given.items():
            if key in COMMON:
                continue
            if key not in sorts:
                raise _Fault(
                    f"an entry {kind} has no `{key[:60]}`. {did_you_mean(key[:60], (*COMMON, *sorts))}"
                )
            if fault := fault_of(value, sorts[key]):
                raise _Fault(f"`{key}` {fault}")
            body[key.replace("_", " ")] = value
        missing = [key for key in keys.needed if key not in given]
        if missing:
            raise _Fault(f"an entry {kind} needs `{missing[0]}`.")
        return body

    def _recorded(self, given: Mapping[str, Any]) -> tuple[datetime, str]:
        who = given.get("recorded_by", self.by.who)
        if fault := fault_of(who, "text"):
            raise _Fault(f"`recorded_by` {fault}")
        said = given.get("recorded_at")
        if said is None:
            return self.by.now, who
        if fault := fault_of(said, "text"):
            raise _Fault(f"`recorded_at` {fault}")
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            raise _Fault("`recorded_at` is not a date and time, such as 2026-12-24T16:40:00Z.") from None
        at = at if at.tzinfo else at.replace(tzinfo=LONDON)
        if not 1900 <= at.year <= 2199:
            raise _Fault("`recorded_at` is out of reach. Years go from 1900 to 2199.")
        if at > self.by.now + SLACK:
            raise _Fault("`recorded_at` has not come yet.")
        return at, who

    def _walk(self, kind: str, given: Mapping[str, Any]) -> int:
        walk = given.get("walk")
        if walk is not None and (isinstance(walk, bool) or not isinstance(walk, int) or walk < 0):
            raise _Fault("`walk` is not the number of a walk.")
        if kind == "walk-begun":
            if walk not in (None, len(self.walks) + 1):
                raise _Fault(f"`walk` is {walk}, and the next walk of the case is {len(self.walks) + 1}.")
            return len(self.walks) + 1
        if walk is None and FORM[kind].of_walk and len(self.walks) == 1:
            return 1
        if not walk and FORM[kind].of_walk:
            raise _Fault(f"an entry {kind} needs `walk`: the number of a walk that was begun before it.")
        if walk and walk not in self.walks:
            raise _Fault(f"`walk` is {walk}, and no walk of that number was begun before it.")
        return walk or 0

    def _checked(
        self, kind: str, body: dict[str, Any], walk: int, at: datetime, number: int
    ) -> dict[str, Any]:
        """The body, whole, with what the procedures have to say of it."""
        moment = at.astimezone(LONDON)
        for key, sort in {**FORM[kind].needed, **FORM[kind].may}.items():
            name = key.replace("_", " ")
            if sort in ("when", "when or null", "day") and body.get(name):
                when = parse_when(body[name], moment)
                body[name] = iso(day_of(when) if sort == "day" else when)
        match kind:
            case "walk-begun":
                return self._begun(body, walk, moment)
            case "answered":
                return self._answered(body, walk, moment)
            case "duty-done" if is_ahead(body["at"], moment):
                raise _Fault(f"`at` is {body['at']}, and that had not come when it was recorded.")
            case "event-recorded":
                self.events.append((number, body["event"]))
            case "duty-done" | "extended" | "departed" | "assigned":
                body.setdefault("duty", "")
                if kind == "departed":
                    body.setdefault("agreed by", "")
                if body["duty"]:
                    self._duty(body["duty"], walk)
            case "amended":
                body["entry"] = self._place(
                    body["entry"], "event or duty done", "event-recorded", "duty-done"
                )
            case "unmarked":
                body["entry"] = self._place(body["entry"], "mark", "marked")
        return body

    def _begun(self, body: dict[str, Any], walk: int, moment: datetime) -> dict[str, Any]:
        was_begun, self.all_begun = self.all_begun, False
        pathway, known = _known(body["pathway"], self.by)
        role = body.get("role", pathway.walker or known.walker)
        roles = [each.id for each in known.roles]
        if role and role not in roles and not self.by.keep_unknown:
            raise _Fault(f"{pathway.source} has no role `{role[:60]}`. {did_you_mean(role[:60], roles)}")
        self.walks[walk], self.all_begun = pathway, was_begun
        edition, on = body.get("edition", known.edition), body.get("on", moment.date().isoformat())
        name = f"{pathway.source}/{pathway.id}"
        return {**body, "pathway": name, "edition": edition, "role": role, "on": on}

    def _answered(self, body: dict[str, Any], walk: int, moment: datetime) -> dict[str, Any]:
        """An answer that comes with its question is as it was recorded; any other is read as if typed now."""
        pathway = self.walks[walk]
        step = next((each for each in pathway.steps if each.id == body["step"]), None)
        if step is None:
            if not self.by.keep_unknown:
                near = did_you_mean(body["step"][:60], [each.id for each in pathway.steps])
                raise _Fault(f"{pathway.id} has no step `{body['step'][:60]}`. {near}")
            return {"question": body["step"], **body}
        try:
            value = read_answer(step, body["value"], moment)
        except AnswerError as fault:
            if not self.by.keep_unknown or not has_shape(step, body["value"]):
                raise _Fault(f"{step.id}: {fault}.") from None
            value = body["value"]
        if step.person_part == CHILD:
            self.born += births(value)
        if "question" in body:
            return {**body, "value": body["value"] if has_shape(step, body["value"]) else value}
        return {**body, "value": value, "question": step.text, "cite": list(step.cite)}

    def _duty(self, key: str, walk: int) -> None:
        if walk not in self.walks:
            raise _Fault("it names a duty, so it needs the `walk` that the duty is of.")
        ids = [each.id for each in self.walks[walk].duties]
        if not self.by.keep_unknown and (
            key.partition("#")[0] not in ids or re.fullmatch(r"[^#]+(#\d{1,6})?", key) is None
        ):
            near = did_you_mean(key[:60], ids)
            raise _Fault(f"{self.walks[walk].id} has no duty `{key[:60]}`. {near}")

    def _place(self, place: int, what: str, *kinds: str) -> int:
        """The number among the entries taken of the one at that place in the file, of one of these kinds."""
        for number, (found, entry) in enumerate(self.taken, 1):
            if found == place and entry.kind in kinds:
                return number
        raise _Fault(f"`entry` is {place}, and that is no {what} before it.")

    def unknown_events(self) -> list[Fault]:
        """The events that no procedure of the case knows: they would start no clock. Those that were given by
        what they are called for short have their ids afterwards.
        """
        known = {name: also for pathway in self.walks.values() for name, also in _events_of(pathway, self.by)}
        for _, entry in self.taken:
            if entry.kind == "event-recorded":
                entry.body["event"] = id_of(entry.body["event"], known) or entry.body["event"]
        return [
            Fault(
                number,
                f"the procedures of this case have no event `{name[:60]}`. {did_you_mean(name[:60], known)}",
            )
            for number, name in self.events
            if not id_of(name, known)
        ]

    def long_ago(self) -> Iterator[Fault]:
        """What is too long ago to be taken without a word. What was recorded before was asked about then."""
        for number, at in self.dated:
            if odd := long_ago(at, tuple(self.born), self.by.now.date()):
                said = say_when(from_iso(at))
                yield Fault(number, f"`at`: {said} {odd}. Check it; where it is right, say why in `note`.")

    def whole(self, known_as: str) -> list[Entry]:
        """The entries, case-opened first, numbered from 1."""
        entries = [entry for _, entry in self.taken]
        if entries[0].kind != "case-opened":
            entries.insert(0, entries[0]._replace(kind="case-opened", walk=0, body={}))
            for entry in entries:
                if entry.kind in ("amended", "unmarked"):
                    entry.body["entry"] += 1
        if known_as:
            entries[0].body.setdefault("known as", known_as)
        return [entry._replace(seq=number) for number, entry in enumerate(entries, 1)]


def _known(name: str, by: Reader) -> tuple[Pathway, Any]:
    pathway = by.rules.pathway(by.find_pathway(name))
    return pathway, by.rules.procedure_set(pathway.source)


def _events_of(pathway: Pathway, by: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each with what it is called for short."""
    events = {each.id: each.also for each in by.rules.procedure_set(pathway.source).events}
    yield from events.items()
    yield from ((each.id, ()) for each in pathway.duties if each.id not in events)


def _no_key(key: str, keys: Sequence[str]) -> str:
    return f"a case has no `{key[:60]}`. {did_you_mean(key[:60], keys)}"


def _moved(entry: Entry, first: int) -> Draft:
    body = entry.body
    if entry.kind in ("amended", "unmarked"):
        body = {**body, "entry": first + body["entry"] - 1}
    return Draft(entry.kind, body, entry.walk)
