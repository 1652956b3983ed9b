"""What a procedure set is made of. Immutable; docs/writing-a-procedure.md says how it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from cpcli.clock.limit import Limit

STEP_KINDS = ("ask", "checklist", "tell", "happened")
ANSWER_KINDS = (
    "yes or no",
    "one of",
    "several of",
    "short text",
    "long text",
    "number",
    "date",
    "date and time",
    "person",
    "people",
)
LEVELS = ("must", "should", "may", "statement")
KEEPS = ("until then", "provisionally", "not said")
"""Of a duty to keep the record: its limit gives the day; gives it as far as is known yet; there is none."""
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")

BIRTH = "date-of-birth"
"""The event that every set has: the date of birth of each person whose part in the case is child."""
CHILD = "child"


class Test(NamedTuple):
    """One comparison in a `when`: a subject and what it must be."""

    subject: str
    """A step's id, `checklist.item`, an event's id, `role`, `age` or `age on EVENT`."""
    verb: str
    """is, is not, answered, not answered, skipped, ticked, not ticked, complete, not complete,
    under, at least, has happened, has not happened."""
    values: tuple[str, ...] = ()
    """For is and is not: any of these. For under and at least: one whole number, in years or as it stands."""


When = tuple[tuple[Test, ...], ...]
"""Alternatives, any of which is enough; in each, every test must hold. () always holds."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a person can say in answer to a question."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One fact of a checklist."""

    key: str
    label: str
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Needs:
    """What is enough of a checklist: at least `count` of `keys`."""

    count: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the walk does."""

    kind: str
    id: str
    text: str
    """The question, the instruction or the name of the checklist; lines are one action each."""
    cite: tuple[str, ...]
    when: When = ()
    why: str = ""
    """Why it is asked, for whoever wants to know."""
    note: str = ""
    """Where the document is unclear: what it says, how it was read, the other reading."""
    part: str = ""
    """The heading under which this and the following steps stand."""
    answer: str = ""
    """For ask, one of ANSWER_KINDS; for happened, "date" or "date and time"."""
    options: tuple[Option, ...] = ()
    items: tuple[Item, ...] = ()
    needs: Needs | None = None
    if_short: str = ""
    """What to do when a checklist has less than it needs."""
    may_skip: bool = False
    urgent: bool = False
    prohibits: bool = False
    """For tell: it says what must not be done, and is said again at the end."""
    marks: bool = False
    """For tell: it says who may not see the record, and stands at the head of whatever is written of it."""
    decision: bool = False
    """The practitioner's decision: it heads the record."""
    reason_for: str = ""
    """The id of the decision that this answer gives the reason for."""
    event: str = ""
    """For happened: the event that it dates. For a date of birth it belongs to the person."""
    may_be_not_yet: bool = False
    """For happened: "not yet" is an answer, and leaves the event waited for."""
    planned: bool = False
    """For happened: the date may lie ahead."""
    person_part: str = ""
    """For person and people: their part in the case (child, parent, member of staff)."""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """Another limit that the same document gives for the same thing."""

    says: Limit
    of: str
    cite: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that somebody must, should or may do."""

    id: str
    do: str
    by: str
    level: str
    cite: tuple[str, ...]
    limit: Limit | None = None
    of: str = ""
    """The event that the limit is counted from, or that opens a duty without one."""
    first_only: bool = False
    """Only the first time that event happens counts; otherwise each time starts a duty of its own."""
    met_by: str = ""
    """The event that ends it; the duty's own id where the file names none."""
    unless: tuple[str, ...] = ()
    """Events, any of which makes it needless."""
    when: When = ()
    differs: tuple[Reading, ...] = ()
    note: str = ""
    extends: str = ""
    """Who may agree a later date, where the procedure has such a rule."""
    keeps: str = ""
    """Where it is about how long the record is kept, one of KEEPS."""
    topics: tuple[str, ...] = ()
    """What other sets have too: the ids of topics.yaml that it is about."""
    also: tuple[str, ...] = ()
    """What people call it for short, as it is written."""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """Where the case goes from here."""

    pathway: str
    because: str
    when: When = ()
    carrying: tuple[str, ...] = ()
    """Step ids whose answers go along; the other pathway has steps of the same ids."""
    cite: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What somebody is told who may not carry the pathway out."""

    text: str
    cite: tuple[str, ...]
    roles: tuple[str, ...] = ()
    """Whom it is for; () for everybody whom no other line names."""


@dataclass(frozen=True, slots=True)
class Pathway:
    """One procedure that a person can walk."""

    id: str
    source: str
    """The procedure set's id."""
    title: str
    about: str
    """One sentence for somebody choosing: when to use it."""
    cites: tuple[str, ...]
    open_to: tuple[str, ...] = ()
    """Roles that may carry it out; () for everybody."""
    otherwise: tuple[Otherwise, ...] = ()
    steps: tuple[Step, ...] = ()
    duties: tuple[Duty, ...] = ()
    leads_to: tuple[LeadsTo, ...] = ()
    note: str = ""
    standalone_checklist: bool = False
    """A list to check against, rather than a procedure."""
    marking: str = ""
    """What the head of the record must say of who may not see it."""
    walker: str = ""
    """Whose walk it is; "" for the set's walker."""
    marking_cite: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """Which procedures of topics.yaml it is."""
    also: tuple[str, ...] = ()
    """What people call it for short, as it is written."""
    varied: tuple[str, ...] = ()
    """Where the set extends another: what it leaves out or replaces, in a few sentences each."""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact that clocks start from or end with."""

    id: str
    name: str
    """As a person would say it, in the past tense: "The written referral was sent"."""
    from_outside: bool = False
    """No step of a walk asks for it: it is recorded when it happens."""
    also: tuple[str, ...] = ()
    """What people call it for short, as it is written."""


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who may walk a pathway, or who does something in one."""

    id: str
    name: str
    can_walk: bool = False
    takes_in: tuple[str, ...] = ()
    """The roles that it means too: "professional" takes in the social worker and the police officer."""


@dataclass(frozen=True, slots=True)
class Departure:
    """How the document lets a practitioner vary from it."""

    tell: str
    level: str
    cite: tuple[str, ...]


class Lack(NamedTuple):
    """A topic on which a set has nothing."""

    topic: str
    why: str
    """In a sentence, for whoever compares the sets."""
    elsewhere: bool = False
    """The rule may be in another document, or in a part of this one that is not walked."""


@dataclass(frozen=True, slots=True)
class ProcedureSet:
    """One published document in one edition, or a team's own."""

    id: str
    title: str
    edition: str
    nation: str
    """England, Wales, Scotland or Northern Ireland: whose bank holidays count."""
    first_day: int = 0
    """What the day of the event itself counts as: 0 or 1."""
    walker: str = "practitioner"
    """Whose walks they are, where a pathway does not say."""
    begin_with: str = ""
    """The pathway that `cpcli start` opens when none is named."""
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = ()
    departure: Departure | None = None
    notes: tuple[str, ...] = ()
    extends: str = ""
    """The id of the set that it varies; "" where it stands by itself."""
    lacks: tuple[Lack, ...] = ()
