"""Welsh walks that go on by themselves, and show only what fits what was answered."""

import json
from pathlib import Path

import yaml

EXAMPLES = Path(__file__).parents[2] / "examples" / "wales-vol5"


def test_a_report_that_is_recorded_after_the_walk_is_asked_about_and_has_its_24_hours(cpcli):
    given = yaml.safe_load((EXAMPLES / "report-on-christmas-eve.yaml").read_text(encoding="utf-8"))
    after = list(given)[list(given).index("report-how") :]
    before = {key: value for key, value in given.items() if key not in after} | {"report-made": "not yet"}
    start = cpcli("start", "wales-vol5/report", "--answers", "-", given=json.dumps(before, default=str))
    assert start.returncode == 0, start.stderr
    cpcli("case", "event", "1", "report-made", "--at", "24/12/2026 15:10", now="2026-12-24T17:00")
    rest = json.dumps({key: given[key] for key in after}, default=str)
    done = cpcli("resume", "1", "--answers", "-", given=rest, now="2026-12-24T17:05")
    assert done.returncode == 0, done.stderr
    duties = {duty["duty"]: duty["due"] for duty in cpcli.json("case", "show", "1")["duties"]}
    assert duties["confirm-in-writing"] == "2026-12-25T15:10"


def test_only_the_power_that_was_chosen_waits_for_its_end(cpcli):
    given = {
        "role": "police-officer",
        "danger-now": False,
        "child": [{"name": "Elis Rowlands"}],
        "power": ["police"],
        "police-ground": True,
        "police-did": "nothing-yet",
        "police-protection-began": "not yet",
        "child-words": {"skipped": "Asleep"},
    }
    done = cpcli("start", "wales-vol5/emergency-powers", "--answers", "-", given=json.dumps(given))
    assert done.returncode == 0, done.stderr
    waiting = [d["duty"] for d in cpcli.json("case", "show", "1")["duties"] if d["state"] == "waiting"]
    assert waiting == ["police-protection-ends"]
