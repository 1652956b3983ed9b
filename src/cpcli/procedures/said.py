"""What a condition asks for, in the words of the questions that it looks at."""

from __future__ import annotations

from collections.abc import Iterable

from cpcli.procedures.model import Event, Role, Step, Test, When

_STATES = {
    "answered": "is answered",
    "not answered": "is not answered",
    "skipped": "is left out",
    "complete": "is complete",
    "not complete": "is not complete",
    "ticked": "is ticked",
    "not ticked": "is not ticked",
}


def condition(when: When, steps: Iterable[Step], events: Iterable[Event], roles: Iterable[Role]) -> str:
    """ "Do you refer it?": Yes; "When did you ring?" is answered. "" where it always holds."""
    by_id = {step.id: step for step in steps}
    names = {event.id: event.name for event in events} | {role.id: role.name for role in roles}
    return ", or ".join("; ".join(_test(test, by_id, names) for test in tests) for tests in when)


def _test(test: Test, steps: dict[str, Step], names: dict[str, str]) -> str:
    if test.subject == "role":
        who = " or ".join(names.get(value, value) for value in test.values)
        return f"whoever walks is {'not ' if test.verb == 'is not' else ''}{who}"
    if test.subject == "age" or test.subject.startswith("age on "):
        return f"the child is {test.verb} {test.values[0]}"
    if test.verb in ("has happened", "has not happened"):
        said = names.get(test.subject) or next(
            (step.text for step in steps.values() if step.event == test.subject), test.subject
        )
        return said if test.verb == "has happened" else f"not yet: {said}"
    name, _, item = test.subject.partition(".")
    step = steps.get(name)
    if step is None:
        return " ".join((test.subject, test.verb, *test.values))
    label = next((each.label for each in step.items if each.key == item), "")
    said = f'"{label or step.text}"'
    if test.verb in _STATES:
        return f"{said} {_STATES[test.verb]}"
    values = " or ".join(_value(step, value) for value in test.values)
    verb = {"is": "", "is not": "not "}.get(test.verb, f"{test.verb} ")
    return f"{said}: {verb}{values}"


def _value(step: Step, value: str) -> str:
    """An option as people read it, up to its first comma or colon."""
    label = next((each.label for each in step.options if each.key == value), value.capitalize())
    return label.split(":")[0].split(",")[0].strip()
