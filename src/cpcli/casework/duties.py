"""From a case's events and answers to its duties."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from cpcli.casework.case import Case, Extension
from cpcli.casework.duty_state import DutyState
from cpcli.casework.layout import Occurrence, Rules, WalkState, is_ahead, lay_out
from cpcli.clock.calendar import Calendar
from cpcli.clock.counting import DueError
from cpcli.clock.due import Due, EventNeeded, was_in_time, work_out
from cpcli.clock.errors import ClockError
from cpcli.clock.limit import URGENCIES, Limit
from cpcli.clock.when import LONDON, from_iso, iso, say_date, say_when
from cpcli.procedures.model import Duty
from cpcli.walk.conditions import holds
from cpcli.walk.route import view_of

LOOKING_BACK = ("before", "at_least_before", "not_before")
"""Relations whose duty can be done ahead of the event that it is counted from."""


class _Around(NamedTuple):
    """What a duty is worked out among."""

    case: Case
    state: WalkState
    events: tuple[Occurrence, ...]
    calendar: Calendar
    first_day: int
    now: datetime


def duties_of(case: Case, rules: Rules, now: datetime) -> tuple[DutyState, ...]:
    """Every duty that the case has now, worst first."""
    states, events = lay_out(case, rules, now)
    found: list[DutyState] = []
    for state in states:
        source = rules.procedure_set(state.pathway.source)
        around = _Around(case, state, events, rules.calendar(source.nation), source.first_day, now)
        view = view_of(state.places, state.facts)
        for duty in state.pathway.duties:
            if holds(duty.when, view):
                found += _instances(duty, around)
    return tuple(sorted(_once_each(found), key=lambda d: (d.sort, d.walk, d.key)))


def _once_each(found: list[DutyState]) -> list[DutyState]:
    """A duty that several walks lay on is one duty: departed from if any is, else the strictest."""
    kept: dict[tuple[str, str, str], DutyState] = {}
    for one in found:
        same = (one.source, one.duty, one.started)
        other = kept.get(same)
        if other is None or _strictness(one) < _strictness(other):
            kept[same] = one
    return list(kept.values())


def _strictness(duty: DutyState) -> tuple[bool, str, int]:
    return duty.state != "departed from", _end_of(duty.due) or "~", duty.walk


def _end_of(due: str) -> str:
    """A due date or time for comparing: a day is due by its end."""
    return f"{due}T24:00" if len(due) == 10 else due


def _instances(duty: Duty, around: _Around) -> list[DutyState]:
    """The duty once for each time that its event happened; once where it has not."""
    starts = [o.at for o in around.events if o.event == duty.of] if duty.of else [""]
    if duty.first_only:
        starts = starts[:1]
    if duty.limit and duty.limit.relation == "every" and starts:
        starts = starts[:1] + [o.at for o in around.events if o.event == duty.met_by and o.at > starts[0]]
    return [
        _instance(duty, duty.id if number == 1 else f"{duty.id}#{number}", start, around)
        for number, start in enumerate(starts or [""], 1)
    ]


def _instance(duty: Duty, key: str, start: str, around: _Around) -> DutyState:
    state = around.state
    due, counted, note = _due(duty, start, around)
    extension = _extension(duty, key, around)
    was_due = iso(due.due) if extension and due is not None and due.due is not None else ""
    if extension and due is not None:
        due = due._replace(due=from_iso(extension.to))
        counted = f"extended from {_say(was_due)}, agreed by {extension.authority}" if was_due else counted
    status, since, why = _standing(duty, key, start, due, around)
    due_at = iso(due.due) if due is not None and due.due is not None else ""
    urgency = duty.limit.urgency or "" if duty.limit else ""
    return DutyState(
        case=around.case.reference,
        walk=state.walk.number,
        key=key,
        source=state.pathway.source,
        pathway=state.pathway.id,
        duty=duty.id,
        do=duty.do,
        by=duty.by,
        you=duty.by == state.walker,
        level=duty.level,
        cite=duty.cite,
        state=status,
        why=why,
        since=since,
        limit=duty.limit.text if duty.limit else "",
        urgency=urgency,
        event=duty.of,
        started=start,
        due=due_at,
        was_due=was_due,
        counted=counted,
        projected=bool(due and due.projected),
        assigned=around.case.assigned.get((state.walk.number, key)) or around.case.assigned.get((0, ""), ""),
        sort=_sort(status, urgency, due_at),
        note=note,
    )


def _extension(duty: Duty, key: str, around: _Around) -> Extension | None:
    """The last later date that was agreed for it, where the procedure lets one be agreed."""
    walk = around.state.walk.number
    found = [e for e in around.case.extensions if e.walk == walk and e.duty == key and duty.extends]
    return found[-1] if found else None


def _standing(duty: Duty, key: str, start: str, due: Due | None, around: _Around) -> tuple[str, str, str]:
    """The state that the duty is in, since when, and why."""
    walk, case, events = around.state.walk, around.case, around.events
    looks_back = duty.limit is not None and duty.limit.relation in LOOKING_BACK
    # What is done ahead of an event is done since that event's last time.
    earlier = [o.at for o in events if o.event == duty.of and o.at < start]
    after = max(earlier, default="") if looks_back else start
    done = next((d for d in case.done if d.walk == walk.number and d.duty == key and d.at), None)
    met = next((o for o in events if o.event == duty.met_by and _on_or_after(o.at, after, duty)), None)
    if done or met:
        at = done.at if done else met.at if met else ""
        late, why = _lateness(due, at)
        return "met late" if late else "met", at, why
    departure = next((d for d in case.departures if d.walk == walk.number and d.duty == key), None)
    if departure:
        agreed = f"agreed by {departure.agreed_by}" if departure.agreed_by else "recorded as a departure"
        return "departed from", departure.at, agreed
    needless = next((o for o in events if o.event in duty.unless and _on_or_after(o.at, after, duty)), None)
    if needless:
        return "lapsed", needless.at, f"no longer needed: {needless.event}"
    counts_back = duty.limit is not None and duty.limit.relation in ("at_least_before", "not_before")
    if case.closed:
        return "lapsed", iso(case.closed.astimezone(LONDON)), "the case was closed"
    if duty.of and not start and (not looks_back or counts_back):
        return "waiting", "", f"waits for: {duty.of}"
    if start and not looks_back and is_ahead(start, around.now):
        return "waiting", "", f"counts from {_say(start)}, which is still to come"
    return "open", start or walk.on, ""


def _lateness(due: Due | None, met_at: str) -> tuple[bool, str]:
    """Whether what was done then was late, and what is to be said of it."""
    why = f"done {_say(met_at)}"
    if due is None or due.due is None:
        return False, why
    try:
        met = was_in_time(due, from_iso(met_at))
    except DueError:  # a time was due, and only the day is known
        return False, f"{why}; no time was recorded, and it was due {_say_at(due.due)}"
    return not met.in_time, why if met.in_time else f"{why}, {met.words}; due {_say_at(due.due)}"


def _due(duty: Duty, start: str, around: _Around) -> tuple[Due | None, str, str]:
    """The due date, how it was counted, and the note. Of several readings, the stricter is the due date."""
    if duty.limit is None:
        return None, "", _readings(duty)
    latest = {o.event: from_iso(o.at) for o in around.events}
    found: list[Due] = []
    notes = [_readings(duty)]
    for limit, of in [(duty.limit, duty.of), *((each.says, each.of) for each in duty.differs)]:
        at = _start(start, limit) if of == duty.of and start else latest.get(of)
        counts = limit.relation is not None or _names_events(limit)
        if not counts or (at is None and (of or not _names_events(limit))):
            continue
        try:
            found.append(work_out(limit, at, around.calendar, events=latest, first_day=around.first_day))
        except EventNeeded:
            continue
        except ClockError as problem:  # a calendar that cannot tell, such as school days without term dates
            notes.append(f"No date can be worked out: {problem}")
    note = " ".join(each for each in notes if each)
    dated = [each for each in found if each.due is not None]
    if not dated:
        return None, "", note
    strictest = min(dated, key=lambda each: _end_of(iso(each.due) if each.due else ""))
    return strictest, strictest.counted, note


def _names_events(limit: Limit) -> bool:
    """Whether the limit's own words say what it is counted from."""
    return bool(limit.event or limit.later_of or limit.earlier_of)


def _start(start: str, limit: Limit) -> date | datetime:
    """Where counting starts. Hours from a day without a time count from its first minute, the stricter."""
    at = from_iso(start)
    if limit.unit in ("hour", "minute") and not isinstance(at, datetime):
        return from_iso(f"{start}T00:00")
    return at


def _readings(duty: Duty) -> str:
    """The pathway's note, with the other readings of the same document."""
    others = [
        f"{', '.join(r.cite)} says {r.says.text}" + (f" ({r.note})" if r.note else "") for r in duty.differs
    ]
    return " ".join(part for part in [duty.note, *(f"{other}." for other in others)] if part)


def _on_or_after(at: str, start: str, duty: Duty) -> bool:
    """Whether something done `at` can meet a duty that started at `start`: the same day is enough."""
    if not start:
        return True
    if duty.limit and duty.limit.relation == "every":
        return at > start
    return at[:10] >= start[:10]


def _sort(status: str, urgency: str, due: str) -> str:
    if status == "open":
        if urgency:
            return f"0{URGENCIES.index(urgency)}"
        return f"1 {_end_of(due)}" if due else "2"
    return f"3 {_end_of(due)}" if status == "waiting" else "9"


def _say(at: str) -> str:
    return _say_at(from_iso(at))


def _say_at(at: date) -> str:
    return say_when(at) if isinstance(at, datetime) else say_date(at)
