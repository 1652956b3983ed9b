"""A small record of a case, for the tests of what is shown of it."""

from cpcli.procedures.model import Event, ProcedureSet, Role

SET = ProcedureSet(
    "test",
    "Test",
    "1",
    "England",
    walker="worker",
    roles=(Role("worker", "Worker"), Role("manager", "Team Manager")),
    events=(Event("letter-sent", "You sent the letter"), Event("meeting", "The meeting")),
)


def duty(key="ring", state="open", **more):
    return {
        "case": "2026-0001",
        "walk": 1,
        "key": key,
        "source": "test",
        "pathway": "concern",
        "duty": key,
        "do": "Ring them",
        "by": "worker",
        "you": more.get("by", "worker") == "worker",
        "level": "should",
        "cite": ["3.9"],
        "state": state,
        "projected": False,
        **dict.fromkeys(
            ("why", "since", "limit", "urgency", "event", "started", "due", "counted", "assigned", "note")
        ),
        **more,
    }


def record(*duties, **more):
    walk = {"number": 1, "title": "A concern", "source": "test", "role": "worker"}
    return {
        "case": {"reference": "2026-0001", "as_at": "2026-12-24T16:40"},
        "walks": [walk],
        "marking": [],
        "not_at_hand": [],
        "decisions": [],
        "must_not": [],
        "leads_to": [],
        "duties": list(duties),
        **more,
    }
