"""What sets can be compared by: an agreed list, and what each set says of it."""

import pytest

from cpcli.procedures.layers import data_folder
from cpcli.procedures.lint import lint
from cpcli.procedures.topics import Topics, called, looked_for, topics
from small_set import change, copy, line_of

TOPICS = """\
topics:
  concern:
    name: A concern
    also: [worry, worries]
    duties:
      tell-them: Tell the authority
      chase-them: {name: Tell them again, also: [nag]}
  meeting:
    name: A meeting about a child
    duties:
      who-comes: Who has to come to the meeting
events:
  call-made: [phoned]
"""


@pytest.fixture
def root(tmp_path):
    """A folder with the sound set and topics of its own, all of them used."""
    sound = copy(tmp_path)
    (tmp_path / "topics.yaml").write_text(TOPICS)
    for file, old, new in (
        ("concern.yaml", "pathway: concern\n", "pathway: concern\ntopic: concern\n"),
        ("quorum.yaml", "pathway: quorum\n", "pathway: quorum\ntopic: meeting\n"),
        ("concern.yaml", "  - id: ring\n", "  - id: ring\n    topic: tell-them\n"),
        ("concern.yaml", "  - id: chase\n", "  - id: chase\n    topic: [chase-them, who-comes]\n"),
    ):
        change(sound, file, old, new)
    return tmp_path


def known(root):
    found, problems = topics([root])
    assert problems == []
    ours = tuple(each for each in found.every if each.file == str(root / "topics.yaml"))
    return Topics(ours, found.events)


def test_a_procedure_has_its_duties(root):
    ours = known(root)
    assert [each.id for each in ours.procedures()] == ["concern", "meeting"]
    assert [(each.id, each.name, each.also) for each in ours.duties("concern")] == [
        ("tell-them", "Tell the authority", ()),
        ("chase-them", "Tell them again", ("nag",)),
    ]
    assert ours.events["phoned"] == "call-made"


def test_the_toolkits_own_are_always_there(tmp_path):
    assert "referral" in {each.id for each in topics([tmp_path])[0].every}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("concern", ["concern"]),
        ("A Concern", ["concern"]),
        ("WORRY", ["concern"]),
        ("nag", ["chase-them"]),
        ("tell-them", ["tell-them"]),
        ("tell them again", ["chase-them"]),
        ("tell", []),
        ("", []),
    ],
)
def test_a_topic_is_called_by_its_id_its_name_and_the_words_that_people_use(root, name, found):
    assert [each.id for each in called(name, known(root))] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tell", ["tell-them", "chase-them"]),
        ("meeting", ["meeting"]),
        ("child meeting", ["meeting"]),
        ("come", ["who-comes"]),  # the procedure does not say it, its duty does
        ("authority", ["tell-them"]),
        ("c", ["concern", "meeting"]),  # each stands for its duties
        ("xyz", []),
        ("", []),
    ],
)
def test_words_are_looked_for_and_never_stretched(root, words, found):
    assert [each.id for each in looked_for(words, known(root))] == found


def test_a_name_that_two_topics_have_means_both(root):
    change(
        root,
        "topics.yaml",
        "name: A meeting about a child",
        "name: A meeting about a child\n    also: [worry]",
    )
    assert [each.id for each in called("worry", known(root))] == ["concern", "meeting"]


def test_sets_that_say_what_they_are_about_are_whole(root):
    assert lint(root) == []


def wrong(root, file, old, new):
    """The one problem after this change, as file, line and message."""
    path = change(root, file, old, new)
    (problem,) = lint(root)
    assert problem.file == str(path)
    assert problem.line == line_of(path, new.splitlines()[-1].strip())
    return problem.message


def test_a_topic_that_nobody_agreed_on_is_refused(root):
    said = wrong(root, "sound/concern.yaml", "topic: tell-them", "topic: [tell-them, tel-them]")
    assert said == "There is no topic 'tel-them' in topics.yaml."
    change(root, "sound/concern.yaml", "[tell-them, tel-them]", "tell-them")
    said = wrong(root, "sound/quorum.yaml", "topic: meeting", "topic: [meeting, meting]")
    assert said == "There is no topic 'meting' in topics.yaml."


def test_a_procedure_is_no_duty_and_a_duty_no_procedure(root):
    said = wrong(root, "sound/concern.yaml", "topic: tell-them", "topic: [tell-them, meeting]")
    assert said == "The topic 'meeting' is not a duty."
    change(root, "sound/concern.yaml", "[tell-them, meeting]", "tell-them")
    said = wrong(root, "sound/quorum.yaml", "topic: meeting", "topic: [meeting, who-comes]")
    assert said == "The topic 'who-comes' is not a procedure."


def test_a_topic_that_no_set_has_is_told_at_its_line(root):
    path = change(root, "topics.yaml", "events:", "      never: Never done\nevents:")
    found = {problem.line for problem in lint(root) if problem.file == str(path)}
    assert found == {line_of(path, "never: Never done")}


def test_a_set_says_of_each_topic_what_it_has_or_that_it_has_nothing(root):
    change(root, "sound/concern.yaml", "topic: [chase-them, who-comes]", "topic: who-comes")
    found = {(problem.file, problem.message) for problem in lint(root)}
    assert found == {
        (str(root / "sound" / "set.yaml"), "It says nothing of the topic 'chase-them' (Tell them again)."),
        (str(root / "topics.yaml"), "No pathway and no duty is about 'chase-them'."),
    }
    change(root, "sound/set.yaml", "notes:", "has no:\n  - topic: chase-them\n    why: It does not.\nnotes:")
    assert [problem.message for problem in lint(root)] == ["No pathway and no duty is about 'chase-them'."]


@pytest.mark.parametrize("key", ["has no", "elsewhere"])
def test_what_a_set_has_it_cannot_be_without(root, key):
    change(root, "sound/set.yaml", "notes:", f"{key}:\n  - topic: tell-them\n    why: It does not.\nnotes:")
    (problem,) = lint(root)
    assert problem.message == "A duty of the set is about 'tell-them'."
    assert problem.line == line_of(root / "sound" / "set.yaml", "topic: tell-them")


def test_a_lack_has_its_reason_and_a_topic(root):
    change(root, "sound/set.yaml", "notes:", "elsewhere:\n  - topic: tel\nnotes:")
    assert [problem.message for problem in lint(root)] == [
        "`why` is missing from a line of `elsewhere`.",
        "There is no topic 'tel' in topics.yaml.",
    ]


def test_a_topic_is_there_once(root):
    change(root, "topics.yaml", "      who-comes:", "      tell-them:")
    assert "The topic 'tell-them' is there already, in line 6 of" in topics([root])[1][0].message


def test_the_files_of_topics_are_read_as_strictly_as_any(root):
    change(root, "topics.yaml", "    name: A concern\n", "    nam: A concern\n")
    said = [problem.message for problem in topics([root])[1]]
    assert said == [
        "`nam` is not a key of a procedure to compare.",
        "`name` is missing from a procedure to compare.",
    ]


def test_the_topics_that_come_with_the_toolkit_are_sound():
    assert topics([data_folder()])[1] == []
