"""The published form of a case: docs/import.schema.json and docs/import.md."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from cpcli.casework.case_form import COMMON, FORM

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "import.schema.json").read_text(encoding="utf-8"))
PAGE = (DOCS / "import.md").read_text(encoding="utf-8")


def check(line):
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(line))


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("kind", FORM)
def test_it_knows_the_keys_of_every_kind_of_entry(kind):
    known = SCHEMA["$defs"][kind]
    assert set(known["properties"]) == {*COMMON, *FORM[kind].needed, *FORM[kind].may}
    assert set(known["required"]) == {"kind", *FORM[kind].needed}


def test_what_is_exported_is_of_that_form(case):
    for told in (
        ("event", "1", "letter-sent", "--at", "today 16:00"),
        ("done", "1", "tell-manager", "--at", "now"),
        ("assign", "1", "--to", "Jo Marsh"),
    ):
        assert case("case", *told).returncode == 0, told
    case("case", "note", "1", given="A note.")
    assert case("case", "close", "1", "--yes", given="It is done.").returncode == 0
    line = case("case", "export", "1").stdout
    assert {"duty-done", "assigned", "noted", "closed"} <= {e["kind"] for e in json.loads(line)["entries"]}
    check(line)


def test_the_examples_of_the_page_are_of_that_form_and_can_be_brought_in(cpcli):
    (sheet,) = re.findall(r"```csv\n(.*?)```", PAGE, re.S)
    (line,) = re.findall(r"```json\n(.*?)```", PAGE, re.S)
    check(line)
    for text, number in ((sheet, 2), (line, 1)):
        done = cpcli("case", "import", "-", given=text)
        assert (done.returncode, done.stderr) == (
            0,
            f"{number} case{'s' * (number > 1)}: {number} brought in.\n",
        )
    assert "written-referral-sent" in cpcli("case", "export", "1").stdout


def test_the_page_names_every_key():
    table = PAGE[PAGE.index("| `kind` |") :]
    for kind, keys in FORM.items():
        assert f"`{kind}`" in table
        for key in (*keys.needed, *keys.may):
            assert f"`{key}`" in table, f"{kind}: {key}"
