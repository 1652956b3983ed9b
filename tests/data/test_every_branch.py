"""Every branch of every pathway is walked: each step, each choice, each duty, each way onward."""

import json
from functools import cache
from itertools import islice
from pathlib import Path

import jsonschema
import pytest

from cpcli.casework.record import record
from cpcli.clock.when import from_iso
from cpcli.walk.answers import read_answer
from data.explore import NOW, RULES, choices, every_pathway, roles_for, the_pathway, the_set, walks

FEWEST, MOST = 60, 4000
"""Walks of each pathway: on to the most only while something of it has not come up yet."""
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "record.schema.json").read_text(encoding="utf-8"))


def counting(path):
    return [d.id for d in path.duties if d.limit and not d.limit.urgency and d.limit.relation]


@cache
def walked(name):
    path, done, records = the_pathway(name), [], []
    missing = {*(s.id for s in path.steps), *(d.id for d in path.duties), *(w.pathway for w in path.leads_to)}
    missing |= {f"{s.id}={o.key}" for s in path.steps for o in s.options}
    plain = [s for s in path.steps if not s.options]
    missing |= {f"{s.id}={read_answer(s, pick, NOW)}" for s in plain for pick in choices(s)[:2]}
    missing |= {f"{duty} is due" for duty in counting(path)}
    for walk in islice(walks(path), MOST):
        done.append(walk)
        records.append(record(walk.case, RULES, NOW))
        missing -= {step.id for step, _ in walk.said}
        missing -= {
            f"{s.id}={v}"
            for s, value in walk.said
            for v in (value if s.options and isinstance(value, list) else [value])
        }
        missing -= {f"{d['duty']} is due" for d in records[-1]["duties"] if d["due"]}
        missing -= {d["duty"] for d in records[-1]["duties"]} | {
            w["pathway"] for w in records[-1]["leads_to"]
        }
        if not missing and len(done) >= FEWEST:
            break
    return done, records


pytestmark = pytest.mark.parametrize("name", every_pathway())


def test_every_step_is_reached_and_every_choice_can_be_made(name):
    done, _ = walked(name)
    reached = {(step.id, json.dumps(value)) for walk in done for step, value in walk.said}
    steps = {step for step, _ in reached}
    assert [s.id for s in the_pathway(name).steps if s.id not in steps] == []
    for step in the_pathway(name).steps:
        if step.kind == "ask" and step.options:
            chosen = [v for s, v in reached if s == step.id]
            for option in step.options:
                assert any(f'"{option.key}"' in value for value in chosen), f"{step.id}: {option.key}"
        else:
            values = len({v for s, v in reached if s == step.id})
            assert values >= min(len(choices(step)), 2), step.id


def test_every_role_that_may_walk_it_has_walked_it(name):
    done, _ = walked(name)
    assert {walk.role for walk in done} == set(roles_for(the_pathway(name)))


def test_every_duty_comes_to_stand(name):
    _, records = walked(name)
    stood = {duty["duty"] for each in records for duty in each["duties"]}
    assert [d.id for d in the_pathway(name).duties if d.id not in stood] == []


def test_every_way_onward_is_offered(name):
    _, records = walked(name)
    offered = {way["pathway"] for each in records for way in each["leads_to"]}
    assert [w.pathway for w in the_pathway(name).leads_to if w.pathway not in offered] == []


def test_every_duty_with_a_limit_that_counts_gets_a_due_date_when_its_event_happens(name):
    _, records = walked(name)
    dated = {d["duty"] for each in records for d in each["duties"] if d["due"]}
    assert [duty for duty in counting(the_pathway(name)) if duty not in dated] == []


def test_every_record_is_as_the_published_schema_says(name):
    _, records = walked(name)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for each in records[:: max(1, len(records) // 20)]:
        assert [error.message for error in validator.iter_errors(each)] == []


def test_every_duty_has_a_citation_and_every_due_date_can_be_read(name):
    _, records = walked(name)
    for each in records:
        for duty in each["duties"]:
            assert duty["cite"]
            assert not duty["due"] or from_iso(duty["due"])


def test_whoever_may_not_walk_it_is_told_what_to_do_instead(name):
    path = the_pathway(name)
    for role in the_set(path.source).roles:
        if role.can_walk and path.open_to and role.id not in path.open_to:
            told = [o for o in path.otherwise if role.id in o.roles or not o.roles]
            assert told, f"{role.id} is told nothing"
            assert all(o.cite for o in told)
