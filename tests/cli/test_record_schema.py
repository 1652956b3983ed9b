"""docs/record.schema.json against real records."""

import json
from pathlib import Path

import jsonschema
import pytest

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "record.schema.json").read_text(encoding="utf-8"))


def check(record):
    jsonschema.Draft202012Validator(SCHEMA).validate(record)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_record_fits_from_its_first_answer_to_its_last_note(case, walk):
    check(case.json("case", "show", "1"))
    case("case", "event", "1", "letter-sent", "--at", "today 16:00")
    case("case", "event", "1", "meeting", "--at", "15/01/2027", "--planned")
    case("case", "done", "1", "tell-manager", "--at", "now")
    case("case", "note", "1", given="All is well.")
    departure = json.dumps({"what": "x", "why": "y", "at": "now"})
    case("case", "depart", "1", "--json-in", "-", given=departure)
    walk("desk/report", "--case", "1", facts="All of it.")
    case("case", "assign", "1", "--to", "Jo Marsh")
    case("case", "amend", "1", "10", "--never", "--yes", given="A slip")
    case("case", "close", "1", "--yes", given="They moved")
    record = case.json("case", "show", "1", "--all")
    check(record)
    for part in ("marking", "walks", "people", "decisions", "answers", "events", "duties", "must_not"):
        assert record[part], f"nothing was tried of {part}"
    for part in ("departures", "amendments", "closings", "notes"):
        assert record[part], f"nothing was tried of {part}"
    check(case.json("case", "show", "1"))


def test_a_record_with_a_later_date_fits(case):
    later = json.dumps({"to": "15/01/2027", "authority": "B Manager", "why": "y"})
    case("case", "extend", "1", "send-letter", "--json-in", "-", given=later)
    record = case.json("case", "show", "1")
    assert record["extensions"]
    check(record)


def test_a_duty_that_does_not_apply_fits(desk, walk):
    walk(refer="no", called=None)
    record = desk.json("case", "show", "1", "--all")
    assert "not applicable" in [duty["state"] for duty in record["duties"]]
    check(record)


def test_an_erased_case_fits(case):
    given = json.dumps({"why": "Old", "agreed_by": "B Manager", "although": "A slip"})
    assert case("case", "erase", "1", "--yes", "--json-in", "-", given=given).returncode == 0
    record = case.json("case", "show", "1")
    assert record["case"]["erased"]
    check(record)


def test_a_walk_that_was_left_fits(desk):
    desk("start", "desk/concern", "--plain", given="Zebedee Quill\n\n\n")
    check(desk.json("case", "show", "1"))


def test_what_start_writes_fits(desk):
    done = desk(
        "start", "desk/report", "--answers", "-", "--json", given='{"child": "Z Quill", "facts": "x"}'
    )
    assert done.returncode == 0, done.stderr
    check(json.loads(done.stdout))


def test_a_duty_of_the_agenda_fits_too(case):
    schema = {**SCHEMA["$defs"]["duty"]}
    for duty in case.json("agenda", "--waiting")["waiting"]:
        left = duty.pop("working_days_left")  # the agenda's own, over and above the record's
        assert left is None or isinstance(left, int)
        jsonschema.validate(duty, schema)


@pytest.mark.parametrize("part", ["case", "duties", "answers"])
def test_a_record_that_lacks_a_part_does_not_fit(case, part):
    record = case.json("case", "show", "1")
    del record[part]
    with pytest.raises(jsonschema.ValidationError):
        check(record)


def test_every_part_of_the_schema_says_what_it_is():
    silent = [
        f"{name}.{key}"
        for name, part in {**SCHEMA["properties"], **SCHEMA["$defs"]}.items()
        for key, inner in part.get("items", part).get("properties", {}).items()
        if not ({"description", "$ref"} & inner.keys() or "enum" in inner)
    ]
    assert silent == []
