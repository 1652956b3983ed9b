"""A group of steps that is used on a condition."""

from pathlib import Path

from cpcli.procedures import model
from cpcli.procedures.catalogue import pathway
from cpcli.procedures.lint import lint
from small_set import change, copy, line_of, team

GROUP = """
safe-now:
  - ask: Is the child safe now?
    id: safe-now
    answer: yes or no
    cite: "2.1"
  - tell: Stay with the child.
    id: stay
    when: {safe-now: no}
    cite: "2.1"
"""
USE = "  - use: safe-now\n    when: {believe: yes}\n"


def with_use(sound: Path, use: str = USE) -> Path:
    shared = sound / "shared.yaml"
    shared.write_text(shared.read_text() + GROUP)
    return change(sound, "concern.yaml", "duties:\n", f"{use}duties:\n")


def test_every_step_of_the_group_has_the_condition_beside_its_own(tmp_path):
    sound = copy(tmp_path)
    with_use(sound)
    assert lint(sound) == []
    steps = {step.id: step.when for step in pathway([sound], "sound/concern").steps}
    believe = model.Test("believe", "is", ("yes",))
    assert steps["safe-now"] == ((believe,),)
    assert steps["stay"] == ((believe, model.Test("safe-now", "is", ("no",))),)


def test_alternatives_go_with_each_of_the_steps_own(tmp_path):
    sound = copy(tmp_path)
    with_use(sound, "  - use: safe-now\n    when:\n      - {believe: yes}\n      - {role: worker}\n")
    stay = next(step for step in pathway([sound], "sound/concern").steps if step.id == "stay")
    assert [[test.subject for test in tests] for tests in stay.when] == [
        ["believe", "safe-now"],
        ["role", "safe-now"],
    ]


def test_what_is_wrong_with_the_condition_is_told_where_it_stands(tmp_path):
    sound = copy(tmp_path)
    file = with_use(sound, USE.replace("believe", "beleive"))
    found = lint(sound)
    assert {(each.file, each.line) for each in found} == {(str(file), line_of(file, "beleive"))}
    assert "no earlier step 'beleive'" in found[0].message


def test_the_same_thing_is_not_asked_of_in_both(tmp_path):
    sound = copy(tmp_path)
    file = with_use(sound, USE.replace("believe: yes", "safe-now: answered"))
    assert any(
        (each.file, each.line) == (str(file), line_of(file, "safe-now: answered"))
        and "'safe-now' in its own `when` already" in each.message
        for each in lint(sound)
    )


def test_a_set_that_varies_the_pathway_keeps_the_condition(tmp_path):
    local = team(tmp_path)
    with_use(tmp_path / "sound")
    steps = {step.id: step.when for step in pathway([tmp_path], f"{local.name}/concern").steps}
    assert steps["stay"] == ((model.Test("believe", "is", ("yes",)), model.Test("safe-now", "is", ("no",))),)
