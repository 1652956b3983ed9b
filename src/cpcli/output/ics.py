"""Due dates as iCalendar (RFC 5545), for Outlook, Google, khal and todoman: references, never a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cpcli.clock.when import from_iso, say_when
from cpcli.output.safe import safe
from cpcli.procedures.cites import say_cites

if TYPE_CHECKING:
    from cpcli.casework.duty_state import DutyState

PRIORITIES = {"must": 3, "should": 5, "may": 9}
"""Of a duty by its level, where 1 is the highest and 9 the lowest; a statement has none."""
AT_ONCE = 1
Lines = dict[str, str]
"""By property, the line as it is written."""
OPEN, DONE, OFF = "open", "done", "off"
BECOMES = {"met": DONE, "met late": DONE, "lapsed": OFF, "departed from": OFF, "not applicable": OFF}
"""What a task is by the state of its duty, where it is not open."""
_STATUS = {OPEN: "NEEDS-ACTION", DONE: "COMPLETED", OFF: "CANCELLED"}
_LONG = 75
"""Bytes from which a line is folded."""


class Entry(NamedTuple):
    """One thing to do, as a task and, where it is due then, as an entry in the calendar of that day."""

    uid: str
    """The same for the same thing each time, and no other's: letters, figures, points and hyphens."""
    summary: str
    due: date | datetime | None = None
    """A day, or a moment with its time zone."""
    description: str = ""
    priority: int = 0
    categories: tuple[str, ...] = ()
    state: str = OPEN
    """open, done, or off where it need not be done."""
    done: date | datetime | None = None
    firm: bool = True
    """Whether the date stands; it may rest on bank holidays that are not proclaimed yet."""
    private: bool = False
    """It is of a case that not everybody may see."""


def calendar_text(entries: Iterable[Entry], stamp: datetime) -> str:
    """One calendar with all of them. `stamp` is when it is made, with a time zone."""
    return "".join(calendar_parts(entries, stamp))


def calendar_parts(entries: Iterable[Entry], stamp: datetime) -> Iterator[str]:
    """The calendar in pieces, each as its entry comes, so that any number can be written."""
    from icalendar import Calendar

    whole = Calendar()
    whole.add("prodid", "-//cpcli//Due dates//EN")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", "Child protection: due")
    head, end, _ = whole.to_ical().decode().partition("END:VCALENDAR")
    yield head
    for entry in entries:
        yield entry_text(entry, stamp)
    yield f"{end}\r\n"


def entry_text(entry: Entry, stamp: datetime) -> str:
    """Its task and, where it is due at some time, its entry in the calendar, as they stand in one."""
    alike = _alike(entry, stamp)
    task = _component("todo", {**alike, **_task(entry)}, entry.uid)
    if entry.due is None:
        return task
    return task + _component("event", {**alike, **_event(entry, entry.due)}, entry.uid)


def duty_entry(duty: DutyState, marking: Sequence[str] = ()) -> Entry:
    """A duty of a case: its reference, what is to be done, by which role, and on whose word; and at its head
    `marking`, who may not see the case.
    """
    from cpcli.output.words import binding, plain_role

    state = BECOMES.get(duty.state, OPEN)
    by = "You" if duty.you else plain_role(duty.by)
    return Entry(
        uid=f"{duty.case}.{duty.walk}.{duty.key.replace('#', '.')}",
        summary=f"{duty.case}: {duty.do}",
        due=from_iso(duty.due) if duty.due else None,
        description="\n".join(
            line for line in (*marking, f"{binding(by, duty.level)} {duty.do}", *_why(duty)) if line
        ),
        priority=AT_ONCE if duty.urgency else PRIORITIES.get(duty.level, 0),
        categories=(duty.source, duty.pathway, duty.level),
        state=state,
        done=from_iso(duty.since) if state == DONE and duty.since else None,
        firm=not duty.projected and duty.state != "waiting",
        private=bool(marking),
    )


def _why(duty: DutyState) -> Iterator[str]:
    """What is said below it. Not `counted` nor `why`, which may say who agreed to something."""
    since = f" ({say_when(from_iso(duty.started))})" if duty.started else ""
    event = duty.event.replace("-", " ")
    yield f"{duty.limit}, from: {event}{since}" if duty.limit and event else duty.limit
    if duty.was_due:
        yield f"Extended from {say_when(from_iso(duty.was_due))}"
    if duty.projected:
        yield "Projected: it rests on bank holidays that are not published yet."
    yield duty.note
    yield say_cites(duty.source, duty.cite) or duty.source
    yield f"cpcli case show {duty.case}"


def _alike(entry: Entry, stamp: datetime) -> Lines:
    """The lines that a task and its entry in the calendar have alike."""
    lines = {"DTSTAMP": _at("DTSTAMP", stamp), "SUMMARY": _text("SUMMARY", entry.summary)}
    if entry.description:
        lines["DESCRIPTION"] = _text("DESCRIPTION", entry.description)
    if entry.private:
        lines["CLASS"] = "CLASS:CONFIDENTIAL"
    if entry.priority:
        lines["PRIORITY"] = f"PRIORITY:{entry.priority}"
    if entry.categories:
        lines["CATEGORIES"] = _categories(entry.categories)
    return lines


def _task(entry: Entry) -> Lines:
    lines = {"STATUS": f"STATUS:{_STATUS[entry.state]}"}
    if entry.due is not None:
        lines["DUE"] = _at("DUE", entry.due)
    if entry.state == DONE:
        lines["PERCENT-COMPLETE"] = "PERCENT-COMPLETE:100"
        if isinstance(entry.done, datetime):
            lines["COMPLETED"] = _at("COMPLETED", entry.done)
    return lines


def _event(entry: Entry, due: date | datetime) -> Lines:
    status = "CANCELLED" if entry.state == OFF else "CONFIRMED" if entry.firm else "TENTATIVE"
    lines = {"DTSTART": _at("DTSTART", due), "STATUS": f"STATUS:{status}"}
    if not isinstance(due, datetime):
        lines["DTEND"] = _at("DTEND", due + timedelta(1))
    return {**lines, "TRANSP": "TRANSP:TRANSPARENT"}  # a due date leaves the day free


def _component(kind: str, lines: Lines, uid: str) -> str:
    # The library's own components would do all this, and take ten times as long.
    lines = {**lines, "UID": _folded(f"UID:{uid}.{kind}@cpcli")}
    name = f"V{kind.upper()}"
    inner = [lines[each] for each in _order(kind, tuple(lines))]
    return "\r\n".join([f"BEGIN:{name}", *inner, f"END:{name}", ""])


@lru_cache
def _order(kind: str, names: tuple[str, ...]) -> list[str]:
    """The order in which icalendar writes these properties."""
    from icalendar import Event, Todo

    return (Todo if kind == "todo" else Event)(dict.fromkeys(names, "")).sorted_keys()


@lru_cache
def _categories(names: tuple[str, ...]) -> str:
    return _folded(f"CATEGORIES:{','.join(_escaped(each) for each in names if each)}")


def _text(name: str, said: str) -> str:
    return _folded(f"{name}:{_escaped(safe(said))}")


def _escaped(said: str) -> str:
    from icalendar import vText

    return vText(said).to_ical().decode()


def _folded(line: str) -> str:
    if len(line) < _LONG and line.isascii():
        return line
    from icalendar.parser import Contentline

    folded: bytes = Contentline(line).to_ical()  # type: ignore[no-untyped-call]
    return folded.decode()


def _at(name: str, when: date | datetime) -> str:
    """A day; or a moment in UTC, which every client shows in its own time, with no time zone beside it."""
    if isinstance(when, datetime):
        return f"{name}:{when.astimezone(UTC):%Y%m%dT%H%M%S}Z"
    return f"{name};VALUE=DATE:{when:%Y%m%d}"
