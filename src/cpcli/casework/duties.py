"""From a case's events and answers to its duties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from cpcli.casework.case import Case, Walk
from cpcli.casework.duty_state import DutyState
from cpcli.clock.calendar import Calendar
from cpcli.clock.due import Due, was_in_time, work_out
from cpcli.clock.limit import URGENCIES, Limit
from cpcli.clock.when import from_iso, iso, say_date, say_when
from cpcli.procedures.model import Duty, Pathway, ProcedureSet
from cpcli.walk.answers import births
from cpcli.walk.conditions import Place, holds
from cpcli.walk.facts import Facts
from cpcli.walk.route import route, view_of

BIRTH = "date-of-birth"
"""The event that the date of birth of each child in the case is."""


class Rules(NamedTuple):
    """What the duties of a case are worked out by."""

    pathway: Callable[[str], Pathway]
    """From "cafcass-2017/referral" to the pathway."""
    procedure_set: Callable[[str], ProcedureSet]
    calendar: Callable[[str], Calendar]
    """From a nation to its calendar."""


class Occurrence(NamedTuple):
    """One time that an event happened, or is planned for."""

    event: str
    at: str
    """Local date or date and time, ISO."""
    walk: int
    """The walk that says so; 0 where it was recorded by itself."""
    source: str
    """The step or duty that says so; "" where it was recorded by itself."""
    seq: int


class WalkState(NamedTuple):
    """A walk of the case, laid out."""

    walk: Walk
    pathway: Pathway
    facts: Facts
    places: tuple[Place, ...]


def lay_out(case: Case, rules: Rules, now: datetime) -> tuple[tuple[WalkState, ...], tuple[Occurrence, ...]]:
    """Every walk of the case as it stands, and every event of the case in the order of when it happened."""
    outside = _outside_events(case, rules)
    states: list[WalkState] = []
    # A walk may compare events that another walk dates: walks are laid out in turn, each knowing those before it.
    for walk in case.walks.values():
        pathway = rules.pathway(walk.pathway)
        born = tuple(day for state in states for day in _births(state.places))
        facts = Facts(now, walk.role, date.fromisoformat(walk.on), _by_event(outside), born)
        places = route(pathway, walk.answers, facts)
        states.append(WalkState(walk, pathway, facts, places))
        outside += _events_of(walk, places)
    events = tuple(sorted(outside, key=lambda o: (o.at, o.seq)))
    by_event = _by_event(events)
    born = tuple(day for state in states for day in _births(state.places))
    return tuple(s._replace(facts=s.facts._replace(events=by_event, born=born)) for s in states), events


def duties_of(case: Case, rules: Rules, now: datetime) -> tuple[DutyState, ...]:
    """Every duty that the case has now, worst first."""
    states, events = lay_out(case, rules, now)
    found: list[DutyState] = []
    for state in states:
        calendar = rules.calendar(rules.procedure_set(state.pathway.source).nation)
        first_day = rules.procedure_set(state.pathway.source).first_day
        view = view_of(state.places, state.facts)
        for duty in state.pathway.duties:
            if holds(duty.when, view):
                found += _instances(duty, state, case, events, calendar, first_day, now)
    return tuple(sorted(found, key=lambda d: (d.sort, d.walk, d.key)))


def _outside_events(case: Case, rules: Rules) -> list[Occurrence]:
    found = [Occurrence(e.event, e.at, 0, "", e.seq) for e in case.events]
    for done in case.done:
        duty_id = done.duty.split("#")[0]
        pathway = rules.pathway(case.walks[done.walk].pathway)
        duty = next((d for d in pathway.duties if d.id == duty_id), None)
        event = duty.met_by if duty else duty_id
        found.append(Occurrence(event, done.at, done.walk, duty_id, done.seq))
    return found


def _events_of(walk: Walk, places: tuple[Place, ...]) -> list[Occurrence]:
    found = []
    for place in places:
        if place.step.kind == "happened" and place.value is not None and isinstance(place.value, str):
            if place.value != "not yet":
                seq = walk.answers[place.step.id].seq
                found.append(Occurrence(place.step.event, place.value, walk.number, place.step.id, seq))
        elif place.step.person_part == "child":
            seq = walk.answers[place.step.id].seq if place.step.id in walk.answers else 0
            found += [
                Occurrence(BIRTH, day, walk.number, place.step.id, seq) for day in births(place.value)
            ]
    return found


def _births(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(day for p in places if p.step.person_part == "child" for day in births(p.value))


def _by_event(events: list[Occurrence] | tuple[Occurrence, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in events:
        found[one.event] = (*found.get(one.event, ()), one.at)
    return found


def _instances(
    duty: Duty,
    state: WalkState,
    case: Case,
    events: tuple[Occurrence, ...],
    calendar: Calendar,
    first_day: int,
    now: datetime,
) -> list[DutyState]:
    """The duty once for each time that its event happened; once, waiting or open at once, where it has not."""
    starts: list[str] = [o.at for o in events if o.event == duty.of] if duty.of else [""]
    if duty.first_only:
        starts = starts[:1]
    if duty.limit and duty.limit.relation == "every" and starts:
        starts = starts[:1] + [o.at for o in events if o.event == duty.met_by and o.at > starts[0]]
    found = []
    for number, start in enumerate(starts or [""], 1):
        key = duty.id if number == 1 else f"{duty.id}#{number}"
        found.append(_instance(duty, key, start, bool(starts), state, case, events, calendar, first_day, now))
    return found


def _instance(
    duty: Duty,
    key: str,
    start: str,
    begun: bool,
    state: WalkState,
    case: Case,
    events: tuple[Occurrence, ...],
    calendar: Calendar,
    first_day: int,
    now: datetime,
) -> DutyState:
    due, counted, note = _due(duty, start, events, calendar, first_day)
    looks_back = duty.limit is not None and duty.limit.relation in ("before", "at_least_before", "not_before")
    after = "" if looks_back else start
    met = next((o for o in events if o.event == duty.met_by and _on_or_after(o.at, after, duty)), None)
    done = next((d for d in case.done if d.walk == state.walk.number and _same_key(d.duty, key)), None)
    needless = next((o for o in events if o.event in duty.unless and _on_or_after(o.at, after, duty)), None)
    departure = next(
        (d for d in case.departures if d.walk == state.walk.number and _same_key(d.duty, key)), None
    )
    met_at = done.at if done else met.at if met else ""
    if met_at:
        late = due is not None and due.due is not None and not was_in_time(due, from_iso(met_at)).in_time
        status, since = ("met late" if late else "met"), met_at
        why = f"done {_say(met_at)}" + (f", due {_say_at(due.due)}" if late and due and due.due else "")
    elif departure:
        status, since = "departed from", departure.at
        why = f"agreed by {departure.agreed_by}" if departure.agreed_by else "recorded as a departure"
    elif needless:
        status, since, why = "lapsed", needless.at, f"no longer needed: {needless.event}"
    elif duty.of and not begun and not looks_back:
        status, since, why = "waiting", "", f"waits for: {duty.of}"
    elif start and _ahead(start, now) and not looks_back:
        status, since, why = "waiting", "", f"counts from {_say(start)}, which is still to come"
    elif duty.limit and duty.limit.relation in ("at_least_before", "not_before") and not begun:
        status, since, why = "waiting", "", f"waits for: {duty.of}"
    else:
        status, since, why = "open", start or state.walk.on, ""
    due_at = iso(due.due) if due is not None and due.due is not None else ""
    urgency = duty.limit.urgency or "" if duty.limit else ""
    return DutyState(
        case=case.reference,
        walk=state.walk.number,
        key=key,
        source=state.pathway.source,
        pathway=state.pathway.id,
        duty=duty.id,
        do=duty.do,
        by=duty.by,
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
        counted=counted,
        projected=bool(due and due.projected),
        sort=_sort(status, urgency, due_at),
        note=note,
    )


def _due(
    duty: Duty, start: str, events: tuple[Occurrence, ...], calendar: Calendar, first_day: int
) -> tuple[Due | None, str, str]:
    """The due date, how it was counted, and the note. Of several readings, the stricter is the due date."""
    if duty.limit is None or duty.limit.urgency:
        return None, "", _readings(duty)
    latest = {o.event: from_iso(o.at) for o in events}
    found: list[Due] = []
    if start:
        found.append(work_out(duty.limit, _start(start, duty.limit), calendar, events=latest, first_day=first_day))
    for reading in duty.differs:
        of = from_iso(start) if reading.of == duty.of and start else latest.get(reading.of)
        if of is not None and not reading.says.urgency:
            found.append(work_out(reading.says, of, calendar, events=latest, first_day=first_day))
    dated = [d for d in found if d.due is not None]
    if not dated:
        return None, "", _readings(duty)
    strictest = min(dated, key=lambda d: iso(d.due) if d.due else "")
    return strictest, strictest.counted, _readings(duty)


def _start(start: str, limit: Limit) -> date | datetime:
    """Where counting starts. Hours from a day without a time count from its first minute: the stricter reading."""
    at = from_iso(start)
    if limit.unit in ("hour", "minute") and not isinstance(at, datetime):
        return from_iso(f"{start}T00:00")
    return at


def _readings(duty: Duty) -> str:
    """The pathway's note, with the other readings of the same document."""
    others = [f"{', '.join(r.cite)} says {r.says.text}" + (f" ({r.note})" if r.note else "") for r in duty.differs]
    return " ".join(part for part in [duty.note, *(f"{other}." for other in others)] if part)


def _on_or_after(at: str, start: str, duty: Duty) -> bool:
    """Whether something done `at` can meet a duty that started at `start`: the same day is enough."""
    if not start:
        return True
    if duty.limit and duty.limit.relation == "every":
        return at > start
    return at[:10] >= start[:10]


def _same_key(said: str, key: str) -> bool:
    return said == key


def _ahead(start: str, now: datetime) -> bool:
    at = from_iso(start)
    return at > now if isinstance(at, datetime) else at > now.date()


def _sort(status: str, urgency: str, due: str) -> str:
    if status == "open":
        if urgency:
            return f"0{URGENCIES.index(urgency)}"
        return f"1 {due}" if due else "2"
    return f"3 {due}" if status == "waiting" else "9"


def _say(at: str) -> str:
    return _say_at(from_iso(at))


def _say_at(at: date) -> str:
    return say_when(at) if isinstance(at, datetime) else say_date(at)
