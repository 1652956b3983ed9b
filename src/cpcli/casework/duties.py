"""From a case's events and answers to its duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from cpcli.casework import deciding
from cpcli.casework.case import Case
from cpcli.casework.dating import end_of, note_of, readings, strictest
from cpcli.casework.duty_state import NOT_APPLICABLE, DutyState
from cpcli.casework.layout import Around, Rules, is_plan, lay_out
from cpcli.casework.standing import Standing, standing
from cpcli.casework.told import Extension
from cpcli.clock.limit import URGENCIES
from cpcli.clock.when import from_iso, iso, say_when
from cpcli.procedures.model import LEVELS, Duty
from cpcli.walk.conditions import Known, holds
from cpcli.walk.route import view_of


class Instance(NamedTuple):
    """A duty that a walk lays down, once for each time that its event happened."""

    duty: Duty
    key: str
    start: str
    """When its event happened, ISO; "" where it has not, or where there is none."""
    applies: Known
    """Whether its condition holds; None where that is not known yet."""
    around: Around


def duties_of(case: Case, rules: Rules, now: datetime, *, every: bool = False) -> tuple[DutyState, ...]:
    """Every duty that the case has now, worst first; with `every`, also those that do not apply, or that are
    not known to apply before something more is answered. Those of pathways that are not at hand are among
    them as they were last worked out.
    """
    found, others = list(rules.last), []
    for instance in instances_of(case, rules, now):
        if instance.applies:
            found.append(state_of(instance))
        elif every:
            others.append(state_of(instance))
    kept = _once_each(found, case)
    have = {(one.source, one.duty) for one in kept}
    for one in others:
        if (one.source, one.duty) not in have:
            have.add((one.source, one.duty))
            kept.append(one)
    return tuple(sorted(kept, key=lambda d: (d.sort, d.walk, d.key)))


def instances_of(case: Case, rules: Rules, now: datetime) -> Iterator[Instance]:
    """Every duty that the pathways at hand lay down, once for each time that its event happened."""
    states, events = lay_out(case, rules, now)
    planned = frozenset(step.event for each in states for step in each.pathway.steps if step.planned)
    for state in states:
        if state.walk.pathway in rules.missing:
            continue
        source = rules.procedure_set(state.pathway.source)
        calendar = rules.calendar(source.nation)
        around = Around(case, state, events, calendar, source.first_day, now, planned)
        view = view_of(state.places, state.facts)
        for duty in state.pathway.duties:
            applies = holds(duty.when, view)
            starts = _starts(duty, around) if applies else []
            for number, start in enumerate(starts or [""], 1):
                key = duty.id if number == 1 else f"{duty.id}#{number}"
                yield Instance(duty, key, start, applies, around)


def _starts(duty: Duty, around: Around) -> list[str]:
    starts = [o.at for o in around.events if o.event == duty.of] if duty.of else [""]
    if duty.first_only:
        starts = starts[:1]
    if duty.limit and duty.limit.relation == "every" and starts:
        done = [o.at for o in around.events if o.event == duty.met_by and not is_plan(o)]
        starts = starts[:1] + [at for at in done if at > starts[0]]
    return starts


def _once_each(found: list[DutyState], case: Case) -> list[DutyState]:
    """A duty that several walks lay on is one duty: departed from if any is, else as extended, else the
    strictest. Whoever was named for it in any walk has it.
    """
    kept: dict[tuple[str, str, str], DutyState] = {}
    everybody = case.assigned.get((0, ""), "")
    for one in found:
        same = (one.source, one.duty, one.started)
        other = kept.get(same)
        if other is None:
            kept[same] = one
            continue
        first, second = sorted((one, other), key=_strictness)
        named = next((each.assigned for each in (first, second) if each.assigned != everybody), everybody)
        kept[same] = first._replace(assigned=named)
    return list(kept.values())


def _strictness(duty: DutyState) -> tuple[bool, bool, str, int]:
    return duty.state != "departed from", not duty.was_due, end_of(duty.due) or "~", duty.walk


def state_of(instance: Instance) -> DutyState:
    """What one duty has come to."""
    duty, key, start, applies, around = instance
    state = around.state
    found = readings(duty, start, around) if applies else ()
    due = strictest(found)
    counted = due.counted if due else ""
    extension = extension_of(instance)
    was_due = iso(due.due) if extension and due is not None and due.due is not None else ""
    if extension and due is not None:
        due = due._replace(due=from_iso(extension.to))
        counted = f"extended from {say_when(from_iso(was_due))}, agreed by {extension.authority}"
    status, since, why = standing(duty, key, start, due, around) if applies else _idle(instance)
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
        you=duty.by in state.yours,
        level=duty.level,
        cite=duty.cite,
        state=status,
        why=why,
        since=since,
        limit=duty.limit.text if duty.limit else "",
        urgency=urgency,
        event=duty.of if applies is not None else "",  # that it waits for: an answer comes first
        started=start,
        due=due_at,
        was_due=was_due,
        counted=counted,
        projected=bool(due and due.projected),
        assigned=around.case.assigned.get((state.walk.number, key)) or around.case.assigned.get((0, ""), ""),
        sort=sort_of(status, urgency, due_at, duty.level),
        note=note_of(duty, found),
    )


def extension_of(instance: Instance) -> Extension | None:
    """The last later date that was agreed for it, where the procedure lets one be agreed."""
    walk, key = instance.around.state.walk.number, instance.key
    agreed = instance.around.case.extensions
    found = [e for e in agreed if e.walk == walk and e.duty == key and instance.duty.extends]
    return found[-1] if found else None


def _idle(instance: Instance) -> Standing:
    """Why a duty does not apply, and since when; or what is to be answered before that is known."""
    duty, state = instance.duty, instance.around.state
    only = f"only where {state.condition(duty)}"
    if instance.applies is None:
        waits = " and ".join(f'"{one.question}"' for one in deciding.undecided(duty.when, state))
        return Standing("waiting", state.walk.on, f"waits for the answer to {waits}; it applies {only}")
    found = deciding.deciders(duty.when, state)
    answers = "; ".join(one.in_words() for one in found)
    return Standing(NOT_APPLICABLE, deciding.since(found), f"{only}; {answers}" if answers else only)


def sort_of(status: str, urgency: str, due: str, level: str) -> str:
    """What sorts duties worst first; of those that are alike, a must stands before a should."""
    return f"{_sort(status, urgency, due)} {LEVELS.index(level)}"


def _sort(status: str, urgency: str, due: str) -> str:
    if status == "open":
        if urgency:
            return f"0{URGENCIES.index(urgency)}"
        return f"1 {end_of(due)}" if due else "2"
    if status == "waiting":
        return f"3 {end_of(due)}"
    return "9~" if status == NOT_APPLICABLE else "9"
