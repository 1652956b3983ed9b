"""The linter on a set that extends another: each problem at the line where the team can mend it."""

import pytest

from cpcli.procedures.lint import check, lint
from small_set import change, line_of, team


@pytest.fixture
def local(tmp_path):
    return team(tmp_path)


def said(local):
    return [(problem.file.rpartition("/")[2], problem.line, problem.message) for problem in lint(local)]


def test_a_set_that_says_only_what_differs_is_whole(local):
    assert lint(local) == []
    assert check([local.parent]).files == 11


CHASE = "  - varies: chase\n    limit: within 2 hours\n"
VARIED = [
    ("varies: chase", "varies: chese", "There is no duty 'chese' in sound/concern."),
    ("after: harms", "after: harm", "There is no step 'harm' in sound/concern."),
    ("before: believe", "before: belief", "There is no step 'belief' in sound/concern."),
    ("instead of: how-many", "instead of: how-much", "There is no step 'how-much' in sound/concern."),
    ("leaves out: keep", "leaves out: kept", "There is no duty 'kept' in sound/concern."),
    ("varies: concern", "varies: concerns", "sound has no pathway 'concerns'."),
    ("varies: concern", "varies: quorum", "It varies 'quorum', and its file is called something else."),
    ("varies: concern", "pathway: concern", "sound has a pathway 'concern' already."),
    ("    because: The team always tells them.\n", "", "`leaves out` has no `because`."),
    ("    because: The team counts all of them.\n", "", "`instead of` has no `because`."),
    (f'{CHASE}    cite: "2.1"\n', CHASE, "What varies a duty has no `cite`."),
    (CHASE, f"{CHASE}    after: ring\n", "This duty has `varies` and `after`."),
    (CHASE, f"{CHASE}    id: hunt\n", "A duty that is varied keeps its id."),
    ("  - after: harms\n    ask", "  - ask", "It does not say where it stands."),
    ("  - id: tell-desk\n", "  - id: tell-desk\n    after: ring\n", "`after` is for steps."),
    (
        "    because: The office keeps it.\n",
        "    because: No.\n    do: It\n",
        "`do` can say nothing of what is left out.",
    ),
    ('cite: "1.1"\n  - tell', 'cite: "7"\n  - tell', "The document has no paragraph '7'."),
    ("    limit: within 2 hours\n", "    limt: within 2 hours\n", "`limt` is not a key of a duty."),
    ("varies: chase", "leaves out: keep", "The duty 'keep' is taken away above."),
]


@pytest.mark.parametrize(("old", "new", "message"), VARIED)
def test_a_slip_in_what_is_varied_is_told_where_it_stands(local, old, new, message):
    path = change(local, "concern.yaml", old, new)
    found = [each for each in lint(local) if each.message.startswith(message.rstrip("."))]
    assert {each.file for each in found} == {str(path)}
    assert 1 <= found[0].line <= len(path.read_text().splitlines())
    assert found[0].mend


def test_the_line_is_that_of_the_slip(local):
    path = change(local, "concern.yaml", "after: harms", "after: harm")
    assert ("concern.yaml", line_of(path, "after: harm")) in [each[:2] for each in said(local)]


def test_what_the_other_set_lost_is_told_in_the_teams_file(local):
    sound = local.parent / "sound"
    change(sound, "concern.yaml", "  - id: chase\n", "  - id: hunt\n")
    (problem,) = lint(local)
    assert problem.message == "There is no duty 'chase' in sound/concern."
    assert problem.file == str(local / "concern.yaml")


def test_what_the_other_set_still_rests_on_is_told_where_it_is_left_out(local):
    change(local, "concern.yaml", "leaves out: do-not-tell-the-parents", "leaves out: ready")
    change(local, "concern.yaml", "  - varies: ready\n    items:\n", "  - varies: harms\n    options:\n")
    change(local, "concern.yaml", '{item: The school nurse, cite: "1.2"}', "Nothing")
    path = local / "concern.yaml"
    found = lint(local)
    assert {(each.file, each.line) for each in found} == {(str(path), line_of(path, "leaves out: ready"))}
    assert "sound/concern.yaml:" in found[0].message
    assert "there is no earlier step 'ready'" in found[0].message


def test_an_option_may_not_be_called_what_a_condition_means_otherwise(local):
    change(local, "concern.yaml", "  - varies: ready\n    items:\n", "  - varies: harms\n    options:\n")
    change(local, "concern.yaml", 'nurse: {item: The school nurse, cite: "1.2"}', "skipped: Skipped")
    assert "An option cannot be called 'skipped'" in lint(local)[0].message


def test_a_fault_of_the_other_sets_own_is_told_once_and_as_its(local):
    change(local.parent / "sound", "quorum.yaml", "When is the meeting?", "When is the meeting")
    (problem,) = lint(local)
    assert problem.file == str(local / "set.yaml")
    assert problem.message == "sound has a problem of its own."


def test_nothing_of_the_other_sets_has_to_be_used_again(local):
    change(
        local,
        "concern.yaml",
        "  - varies: chase\n    limit: within 2 hours\n",
        "  - leaves out: chase\n    because: No.\n",
    )
    assert lint(local) == []  # letter-acknowledged, of the other set, is used by nothing now


def test_its_own_events_have_to_be_used(local):
    change(local, "events.yaml", "desk-told", "desk-warned")
    assert ("events.yaml", 1, "Nothing uses the event 'desk-warned'.") in said(local)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "limit: within 2 working days",
            "This can fall later than 'within 1 working day', which it replaces",
        ),
        ("limit: within 48 hours", "This can fall later than 'within 1 working day', which it replaces"),
        ("limit: as soon as possible", "This can fall later than 'within 1 working day', which it replaces"),
        ("level: may", "This makes 'may' of what 'should' be done"),
        ("of: call-made", "This changes when the duty is owed (`of`)"),
        ("when: {believe: yes}", "This changes when the duty is owed (`when`)"),
        ("unless: call-made", "This changes when the duty is owed (`unless`)"),
    ],
)
def test_a_duty_that_comes_later_or_binds_less_has_to_say_why(local, lines, message):
    change(local, "concern.yaml", "    limit: within 2 hours\n", f"    {lines}\n")
    (problem,) = lint(local)
    assert problem.message == f"{message}, and does not say why."
    change(local, "concern.yaml", f"    {lines}\n", f"    {lines}\n    because: The team agreed it.\n")
    assert lint(local) == []


@pytest.mark.parametrize("limit", ["same day", "immediately", "within 2 hours", "within 1 working day"])
def test_a_duty_that_comes_no_later_needs_no_reason(local, limit):
    change(local, "concern.yaml", "within 2 hours", limit)
    assert lint(local) == []


def test_the_stricter_of_the_readings_is_what_a_limit_is_held_against(local):
    change(
        local,
        "concern.yaml",
        "varies: chase\n    limit: within 2 hours",
        "varies: send-letter\n    limit: within 3 working days",
    )
    (problem,) = lint(local)
    assert problem.message.startswith("This can fall later than 'within 2 working days'")


def test_a_duty_that_stands_in_several_pathways_is_varied_in_all(local):
    begin = local.parent / "sound" / "begin.yaml"
    duty = (
        "duties:\n  - id: chase\n    do: Ring again if nobody has acknowledged the letter\n    by: worker\n"
        "    level: should\n    limit: within 1 working day\n    of: letter-sent\n"
        "    unless: letter-acknowledged\n    cite: '2.3'\n"
    )
    begin.write_text(begin.read_text().replace("leads to:", f"{duty}leads to:"))
    (problem,) = lint(local)
    assert problem.message == "The duty 'chase' stands in 'begin' too, and keeps its limit there."
    assert problem.line == line_of(local / "concern.yaml", "varies: chase")


def test_its_paragraphs_do_not_look_like_another_sets(local):
    change(local, "paragraphs.txt", "The desk", "sound: 2.1")
    assert ("paragraphs.txt", 5, "'sound: 2.1' begins as if it were another set's.") in said(local)


def test_keys_of_a_variation_are_refused_where_nothing_is_varied(local):
    change(local.parent / "sound", "quorum.yaml", "  - checklist", "  - after: meeting-date\n    checklist")
    (problem,) = lint(local.parent / "sound")
    assert problem.message == "`after` is not a key of a checklist."
    assert "`extends`" in problem.mend


def test_what_cannot_be_extended_is_the_only_problem(local):
    change(local, "set.yaml", "extends: sound", "extends: sond")
    assert said(local) == [("set.yaml", 4, "There is no set 'sond' to extend.")]


def test_a_set_has_an_id_that_no_paragraph_can_be_taken_for(local):
    other = local.rename(local.parent / "4team")
    change(other, "set.yaml", "set: team", "set: 4team")
    assert [problem.message for problem in lint(other)] == ["'4team' cannot be the id of a set."]
