"""Due dates as iCalendar (RFC 5545), for Outlook, Google, khal and todoman: references, never a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from cpcli.clock.when import from_iso, say_when
from cpcli.output.safe import safe
from cpcli.procedures.cites import say_cites

if TYPE_CHECKING:
    from icalendar import Component

    from cpcli.casework.duty_state import DutyState

PRIORITIES = {"must": 3, "should": 5, "may": 9}
"""Of a duty by its level, where 1 is the highest and 9 the lowest; a statement has none."""
AT_ONCE = 1
OPEN, DONE, OFF = "open", "done", "off"
BECOMES = {"met": DONE, "met late": DONE, "lapsed": OFF, "departed from": OFF, "not applicable": OFF}
"""What a task is by the state of its duty, where it is not open."""


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
        yield _task(entry, stamp).to_ical().decode()
        if entry.due is not None:
            yield _event(entry, entry.due, stamp).to_ical().decode()
    yield f"{end}\r\n"


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


def _task(entry: Entry, stamp: datetime) -> Component:
    from icalendar import Todo

    task = _common(Todo(), entry, "todo", stamp)
    if entry.due is not None:
        task.add("due", _at(entry.due))
    task.add("status", {OPEN: "NEEDS-ACTION", DONE: "COMPLETED", OFF: "CANCELLED"}[entry.state])
    if entry.state == DONE:
        task.add("percent-complete", 100)
        if isinstance(entry.done, datetime):
            task.add("completed", entry.done.astimezone(UTC))
    return task


def _event(entry: Entry, due: date | datetime, stamp: datetime) -> Component:
    from icalendar import Event

    event = _common(Event(), entry, "event", stamp)
    event.add("dtstart", _at(due))
    if not isinstance(due, datetime):
        event.add("dtend", due + timedelta(1))
    event.add("status", "CANCELLED" if entry.state == OFF else "CONFIRMED" if entry.firm else "TENTATIVE")
    event.add("transp", "TRANSPARENT")  # a due date leaves the day free
    return event


def _common(into: Component, entry: Entry, kind: str, stamp: datetime) -> Component:
    into.add("uid", f"{entry.uid}.{kind}@cpcli")
    into.add("dtstamp", stamp.astimezone(UTC))
    into.add("summary", safe(entry.summary))
    if entry.description:
        into.add("description", safe(entry.description))
    if entry.private:
        into.add("class", "CONFIDENTIAL")
    if entry.priority:
        into.add("priority", entry.priority)
    if entry.categories:
        into.add("categories", [each for each in entry.categories if each])
    return into


def _at(when: date | datetime) -> date | datetime:
    """A moment in UTC, which every client shows in its own time, and which needs no time zone beside it."""
    return when.astimezone(UTC) if isinstance(when, datetime) else when
