"""Reading an answers file, and the empty one to fill in."""

import json

import pytest

from cpcli.prompts.answers_file import AnswersFileError, for_steps, read_answers, template
from cpcli.prompts.opening import roles_of
from practice import ANSWERS, RULES

CONCERN = RULES.pathway("practice/concern")
PRACTICE = RULES.procedure_set("practice")


def read(text):
    return read_answers(text.encode(), "answers.yaml")


@pytest.mark.parametrize(
    "text, value",
    [
        ("seen: 2026-12-24", "2026-12-24"),  # a date stays as it is written
        ("seen: 24/12/2026", "24/12/2026"),
        ("called: 2026-12-24T16:40", "2026-12-24T16:40"),
        ("called: 16:40", "16:40"),  # YAML 1.1 would make it a number in base 60
        ("phone: 0207 946 0000", "0207 946 0000"),
        ("number: 0123", "0123"),  # YAML 1.1 would read it as octal
        ("paragraph: 3.10", "3.10"),
        ("text: no", "no"),
        ("needs: []", []),
        ("needs: [doctor, police]", ["doctor", "police"]),
        ("needs:\n- doctor\n- police", ["doctor", "police"]),
        ("child: {name: Anna}", {"name": "Anna"}),
        ("facts: |\n  One.\n  Two.\n", "One.\nTwo.\n"),
        ('{"how-many": 2}', 2),
        ('{"danger": true}', True),
        ("{danger: yes}", "yes"),  # YAML in braces
    ],
)
def test_values_stay_as_they_are_written(text, value):
    assert list(read(text).values()) == [value]


@pytest.mark.parametrize("text", ["danger:", "danger: ''", "danger: ~", "danger: null", '{"danger": null}'])
def test_what_is_left_empty_is_no_answer(text):
    assert read(text) == {"danger": None}


@pytest.mark.parametrize(
    "said, value", [("true", "yes"), ("On", "yes"), ("FALSE", "no"), ("yes", "yes"), ("x", "x")]
)
def test_yes_and_no_may_be_written_as_yaml_writers_do(said, value):
    assert for_steps(read(f"danger: {said}"), CONCERN) == {"danger": value}


def test_parts_that_are_left_empty_are_none():
    assert for_steps(read("child: {name: Anna, born: , relationship: ~}"), CONCERN)["child"] == {
        "name": "Anna"
    }


@pytest.mark.parametrize(
    "data, message",
    [
        (
            b"- danger\n",
            "answers.yaml has no answers: write `step: answer`, one step a line. See `--template`.",
        ),
        (b"[]", "answers.yaml has no answers"),
        (b"yes", "answers.yaml has no answers"),
        (
            b"danger: yes\ndanger: no\n",
            "answers.yaml:2: `danger` stands here twice, first in line 1. Keep one of them.",
        ),
        (
            b'{"danger": "yes", "danger": "no"}',
            "answers.yaml: `danger` stands there twice. Keep one of them.",
        ),
        (b"danger: yes\n\tseen: today\n", "answers.yaml:2: It cannot be read as YAML"),
        (b'{"danger": "yes"', "answers.yaml:1: It cannot be read as YAML"),
        (b"a: &x 1\nb: *x\n", "answers.yaml:1: Anchors (&) and aliases (*) are not used here."),
        (b"danger: !!python/name:os.system x", "answers.yaml:1: The tag"),
        (b"danger: y\xe9s", "answers.yaml is not UTF-8 text. Save it again with the encoding UTF-8."),
        (b"#" * 1_000_001, "answers.yaml is larger than 1 MB, so it is no answers file. Check the name."),
        (b'{"a":' * 100_000, "answers.yaml"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_that_says_why(data, message):
    with pytest.raises(AnswersFileError) as problem:
        read_answers(data, "answers.yaml")
    assert str(problem.value).startswith(message)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}"])
def test_an_empty_file_has_no_answers(text):
    assert read(text) == {}


def test_a_file_of_windows_is_read_like_any_other():
    assert read_answers(b"\xef\xbb\xbfdanger: yes\r\n", "answers.yaml") == {"danger": "yes"}


def test_the_template_has_every_step_that_asks_and_no_answer():
    text = template(CONCERN, PRACTICE, roles_of(PRACTICE))
    assert read(text) == dict.fromkeys(["role", *ANSWERS, "who-knows"])
    assert "ring" not in read(text), "what only tells is not asked"


def test_the_template_gives_question_citation_choices_and_when_it_is_asked():
    text = template(CONCERN, PRACTICE, roles_of(PRACTICE))
    assert "# What kind of concern is it? (3)\n# One of:\n#   new: Something new\n" in text
    assert "# Who knows of it already? (3)\n# Asked only when: kind is known\n# Text\nwho-knows:\n" in text
    assert "#   worker: Worker\n#   visitor: Visitor\nrole:\n" in text


def test_the_template_says_where_the_procedure_is_unclear():
    assert "\n# Note: Paragraph 2 is about visitors and about children; it is read as both.\n" in template(
        CONCERN, PRACTICE, roles_of(PRACTICE)
    )


def test_the_template_filled_in_gives_the_answers_back():
    text = template(CONCERN, PRACTICE, roles_of(PRACTICE))
    for step, value in ANSWERS.items():
        text = text.replace(f"\n{step}:\n", f"\n{step}: {json.dumps(value)}\n")
    given = {key: value for key, value in read(text).items() if value is not None}
    assert given == {**ANSWERS, "how-many": "2"}
