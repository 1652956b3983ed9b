"""The JSON Schemas for editors: they take what the reader takes, and the linter refuses what they refuse."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from cpcli.procedures import build, build_set, build_step, topics
from cpcli.procedures import schema_words as words
from cpcli.procedures.build import Surroundings
from cpcli.procedures.form import Page
from cpcli.procedures.layers import data_folder
from cpcli.procedures.lint import lint
from cpcli.procedures.model import ProcedureSet, Role
from cpcli.procedures.read import Mapping, read_text
from cpcli.procedures.schema import SCHEMAS, schema
from small_set import SOUND, TEAM, change, team

TOP = Path(__file__).parents[2]
GUIDE = (TOP / "docs" / "writing-a-procedure.md").read_text(encoding="utf-8")
KINDS = {"set.yaml": "set", "events.yaml": "events", "shared.yaml": "shared", "topics.yaml": "topics"}
FILES = sorted(
    path for root in (data_folder(), SOUND, TEAM, *TOP.glob("tests/*/sets")) for path in root.rglob("*.yaml")
)


class Editor(yaml.SafeLoader):
    """YAML as editors read it, in its version of 1.2: yes and no are words, and dates are none."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?\d+", "-+0123456789"),
    ("float", r"[-+]?\d*\.\d+", "-+.0123456789"),
    ("null", r"~|null|", "~n\0"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def faults(text, kind):
    """What an editor would underline."""
    return [each.message for each in Draft7Validator(schema(kind)).iter_errors(yaml.load(text, Editor))]


def kind_of(path):
    return KINDS.get(path.name, "pathway")


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_one_and_is_published(kind):
    Draft7Validator.check_schema(schema(kind))
    published = (TOP / "docs" / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema(kind), "python tools/schemas.py writes it anew"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_of_procedures_is_as_the_schema_has_it(path):
    assert faults(path.read_text(encoding="utf-8"), kind_of(path)) == []


def keys(form):
    return set(form["properties"])


def test_each_form_has_the_keys_that_the_reader_takes():
    pathway, whole = schema("pathway")["definitions"], schema("set")
    assert keys(pathway["whole pathway"]) == set(build.PATHWAY_KEYS)
    assert keys(pathway["whole duty"]) == set(build.DUTY_KEYS)
    assert keys(pathway["whole way on"]) == set(build.LEADS_KEYS)
    placed = {"after", "before", "instead of", "because"}
    for kind, taken in build_step.KEYS.items():
        assert keys(pathway[kind]) - placed == set(taken)
    assert keys(whole) == set(build_set.SET_KEYS)
    assert keys(schema("topics")) == set(topics.KEYS)
    assert keys(schema("topics")["definitions"]["procedure"]) == set(topics.PROCEDURE_KEYS)


def test_no_word_is_for_a_key_that_is_gone():
    every = {key for taken in build_step.KEYS.values() for key in taken} | {"use", "item"}
    for said, taken in (
        (words.SET, build_set.SET_KEYS),
        (words.PATHWAY, build.PATHWAY_KEYS),
        (words.DUTY, build.DUTY_KEYS),
        (words.LEADS, build.LEADS_KEYS),
        (words.STEP, every),
        (words.TOPICS, (*topics.KEYS, *topics.PROCEDURE_KEYS)),
    ):
        assert set(said) == set(taken)


EMPTY = Surroundings(ProcedureSet("s", "S", "1", "England", roles=(Role("w", "W"),)))
TELL = {"tell": "Ring 999.", "cite": "1"}
DUTY = {"id": "ring", "do": "Ring", "by": "w", "level": "must", "limit": "within 1 day", "cite": "1"}
FORMS = {
    "pathway": ((), {}),
    "steps": (("tell", "cite"), TELL),
    "steps, an ask": (
        ("ask", "id", "answer", "cite"),
        {"ask": "Why?", "id": "why", "answer": "long text", "cite": "1"},
    ),
    "steps, a checklist": (
        ("checklist", "id", "items", "cite"),
        {"checklist": "Ready", "id": "ready", "items": {"a": "A"}, "cite": "1"},
    ),
    "steps, a happened": (("happened", "event", "cite"), {"happened": "When?", "event": "rung", "cite": "1"}),
    "duties": (("id", "do", "by", "level", "cite"), DUTY),
    "leads to": (("pathway", "because"), {"pathway": "on", "because": "So."}),
    "otherwise": (("tell", "cite"), TELL),
}
"""For each form, its required keys, and one that has no more than it needs."""


def pathway_with(form, member):
    """A pathway that has this member, and the least besides."""
    key = form.split(",")[0]
    whole = {"pathway": "p", "title": "T", "about": "A.", "cites": "1", "steps": [dict(TELL)]}
    return yaml.safe_dump(whole | ({key: [member]} if key != "pathway" else {}), sort_keys=False)


def wrong(text):
    return build.build(read_text(text, "p.yaml")[0], "p.yaml", EMPTY).problems


@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_requires_is_what_the_reader_cannot_do_without(form):
    required, member = FORMS[form]
    text = pathway_with(form, member)
    assert wrong(text) == []
    assert faults(text, "pathway") == []
    for key in required:
        text = pathway_with(form, {name: value for name, value in member.items() if name != key})
        assert wrong(text) != [], key
        assert faults(text, "pathway") != [], key


@pytest.mark.parametrize("key", ["pathway", "title", "about", "cites", "steps"])
def test_what_the_head_of_a_pathway_requires_is_what_the_reader_cannot_do_without(key):
    whole = yaml.safe_load(pathway_with("pathway", {}))
    del whole[key]
    text = yaml.safe_dump(whole)
    assert wrong(text) != []
    assert faults(text, "pathway") != []


def test_a_set_requires_what_the_reader_misses():
    page = Page("s/set.yaml")
    build_set.build_set(Mapping(1), Mapping(1), page, Page("s/events.yaml"))
    missed = {found[1] for each in page.problems if (found := re.match(r"`(.+)` is missing", each.message))}
    whole = schema("set")
    assert {*whole["required"], *whole["else"]["required"]} == missed


BROKEN = [
    ("concern.yaml", "title: A concern", "titel: A concern"),
    ("concern.yaml", "about: You are worried about a child.\n", ""),
    ("concern.yaml", "answer: several of", "answer: several"),
    ("concern.yaml", "level: must", "level: shall"),
    ("concern.yaml", "id: believe-reason", "id: Believe Reason"),
    ("concern.yaml", "may skip: yes", "may skip: maybe"),
    ("concern.yaml", "  - id: ring\n", "  - id: ring\n    urgent: yes\n"),
    ("concern.yaml", "    do: Ring the authority\n", ""),
    ("concern.yaml", "      - says: within 3 working days\n", "      - note2: x\n"),
    ("concern.yaml", "    when: {believe: yes}\n    cite", "    when: believe\n    cite"),
    ("concern.yaml", "      names: Full names\n", "      Full Names: Full names\n"),
    ("concern.yaml", "open to: [worker]", "open to: {worker: yes}"),
    ("quorum.yaml", "  - pathway: concern\n", "  - pathwy: concern\n"),
    ("quorum.yaml", "answer: date\n", "answer: short text\n"),
    ("quorum.yaml", "steps:", "stepps:"),
    ("set.yaml", "nation: England", "nation: Cornwall"),
    ("set.yaml", "begin with: begin\n", ""),
    ("set.yaml", "manager: Manager", "manager: {nam: Manager}"),
    ("events.yaml", "from outside: yes", "from inside: yes"),
    ("events.yaml", "call-made:", "Call made:"),
    ("shared.yaml", "    answer: yes or no\n", ""),
    ("shared.yaml", "urgent: yes", "urgency: yes"),
]


@pytest.mark.parametrize(("file", "old", "new"), BROKEN)
def test_what_an_editor_underlines_the_linter_refuses(tmp_path, file, old, new):
    folder = team(tmp_path).parent / "sound"
    path = change(folder, file, old, new)
    assert faults(path.read_text(encoding="utf-8"), kind_of(path)) != []
    assert [problem for problem in lint(folder) if problem.file == str(path)] != []


VARIED = [
    ("  - varies: chase\n", "  - varies: chase\n    id: chase\n"),
    ('    limit: within 2 hours\n    cite: "2.1"\n', "    limit: within 2 hours\n"),
    ("    because: The team always tells them.\n", ""),
    ("  - after: harms\n", "  - afterwards: harms\n"),
    ("  - id: tell-desk\n", "  - id: tell-desk\n    after: ring\n"),
    ("varies: concern\n", "varies: concern\npathway: concern\n"),
]


@pytest.mark.parametrize(("old", "new"), VARIED)
def test_a_slip_in_what_is_varied_is_underlined_and_refused(tmp_path, old, new):
    path = change(team(tmp_path), "concern.yaml", old, new)
    assert faults(path.read_text(encoding="utf-8"), "pathway") != []
    if "pathway: concern" not in new:
        assert lint(path.parent) != []


BLOCKS = re.findall(r"```yaml\n(# (\S+/\S+)\n.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize(("block", "name"), BLOCKS, ids=[name for _, name in BLOCKS])
def test_every_whole_file_of_the_guide_is_as_the_schema_has_it(block, name):
    assert faults(block, kind_of(Path(name))) == []
