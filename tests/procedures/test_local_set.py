"""A set that extends another: only what differs stands in its files, and everybody is told whose it is."""

import pytest

from cpcli.procedures.catalogue import BrokenData, pathway, pathways, procedure_set
from cpcli.procedures.duty_rows import duty_rows, of_its_own
from cpcli.procedures.layers import chain
from cpcli.procedures.listing import index
from small_set import change, team


@pytest.fixture
def local(tmp_path):
    """The folder of the team's set, beside the sound set that it extends."""
    return team(tmp_path)


def of(local, name="concern"):
    return pathway([local.parent], f"team/{name}")


def step(local, name, where="concern"):
    return next(each for each in of(local, where).steps if each.id == name)


def duty(local, name):
    return next(each for each in of(local).duties if each.id == name)


def order(local):
    return [each.id for each in of(local).steps]


def test_it_has_every_pathway_of_the_other_and_its_own(local):
    assert [each.id for each in pathways(local)] == ["begin", "concern", "desk", "quorum"]
    assert {each.source for each in pathways(local)} == {"team"}


def test_the_set_is_the_others_but_for_what_it_says_itself(local):
    made = procedure_set([local.parent], "team")
    assert (made.id, made.title, made.extends) == ("team", "The North team", "sound")
    assert (made.nation, made.walker, made.begin_with) == ("England", "worker", "begin")
    assert [role.id for role in made.roles] == ["worker", "student", "manager", "duty-worker"]
    assert made.notes == ("Agreed by the team.", "Made for the tests.")
    assert made.departure.cite == ("sound: 1.1",)


def test_the_edition_names_both(local):
    assert procedure_set([local.parent], "team").edition == "March 2026, varying sound, first"


def test_what_is_left_as_it_is_cites_the_other_set(local):
    assert step(local, "harms").cite == ("sound: 2.1",)
    assert duty(local, "ring").cite == ("sound: 2.2",)
    assert of(local).marking_cite == ("sound: 2.3",)
    assert of(local).otherwise[0].cite == ("sound: 1.1",)


def test_what_is_its_own_cites_its_own_paragraphs(local):
    assert step(local, "known").cite == ("team (local): 1.1",)
    assert duty(local, "tell-desk").cite == ("team (local): The desk",)


def test_what_is_varied_cites_both(local):
    assert step(local, "ready").cite == ("team (local): 1.2", "sound: 2.2")
    assert duty(local, "chase").cite == ("team (local): 2.1", "sound: 2.3")
    assert of(local).cites[:3] == ("team (local): 1", "team (local): 1.1", "team (local): 1.2")
    assert "sound: 2.10" in of(local).cites


def test_its_own_parts_may_cite_the_other_set(local):
    assert step(local, "about", "desk").cite == ("team (local): The desk", "sound: 2.1", "sound: 2.2")
    assert of(local, "desk").cites == ("team (local): The desk", "sound: 2.3")


def test_steps_are_added_where_they_say(local):
    names = order(local)
    assert names[names.index("harms") :][:4] == ["harms", "known", "read-the-team-s-file", "how-many"]
    assert names[names.index("believe") - 1] == "think-it-over-with-somebody"


def test_several_steps_after_one_stand_in_the_order_of_the_file(local):
    change(
        local,
        "concern.yaml",
        "  - before: believe",
        '  - {after: harms, tell: Then this., id: then, cite: "1.1"}\n  - before: believe',
    )
    names = order(local)
    assert names[names.index("harms") :][:4] == ["harms", "known", "read-the-team-s-file", "then"]


def test_of_a_varied_step_only_what_differs_is_written(local):
    ready = step(local, "ready")
    assert [item.key for item in ready.items] == ["names", "dob", "school", "nurse"]
    assert ready.items[3].cite == ("team (local): 1.2",)
    assert ready.items[1].cite == ("sound: 2.2",)
    assert (ready.needs.count, ready.if_short) == (2, "Ring all the same.")


def test_a_replaced_step_keeps_its_place_and_the_walker_is_told(local):
    assert step(local, "how-many").text == "How many children are there?"
    assert order(local).index("how-many") == order(local).index("believe") - 2
    replaced = (
        "Replaced: How many children live there? (sound 2.1) The team counts all of them. (team (local) 1.2)"
    )
    assert replaced in of(local).varied


def test_what_is_left_out_is_gone_and_the_walker_is_told(local):
    assert "do-not-tell-the-parents" not in order(local)
    assert "keep" not in {each.id for each in of(local).duties}
    assert (
        "Left out: Do not tell the parents. (sound 2.3) The team always tells them. (team (local) 1.2)"
        in (of(local).varied)
    )


def test_a_replaced_step_keeps_the_heading_of_the_one_before_it(local):
    change(
        local.parent / "sound", "concern.yaml", "  - ask: How many", "  - part: Figures\n    ask: How many"
    )
    assert step(local, "how-many").part == "Figures"


def test_a_heading_is_not_left_out_with_the_step_that_has_it(local):
    change(
        local.parent / "sound",
        "quorum.yaml",
        "  - happened: When is",
        "  - part: When\n    happened: When is",
    )
    (local / "quorum.yaml").write_text(
        "varies: quorum\nsteps:\n  - {leaves out: meeting-date, because: It is known., cite: '1'}\n"
    )
    (first, *_) = of(local, "quorum").steps
    assert (first.id, first.part) == ("coming", "When")


def test_a_varied_duty_says_what_the_other_set_has(local):
    chase = duty(local, "chase")
    assert (chase.limit.text, chase.of, chase.unless) == (
        "within 2 hours",
        "letter-sent",
        ("letter-acknowledged",),
    )
    assert chase.note == "sound 2.3 has within 1 working day. The start is a reading."


def test_a_varied_start_says_what_the_other_set_counts_from(local):
    change(
        local,
        "concern.yaml",
        "    limit: within 2 hours\n",
        "    limit: within 2 hours\n    of: call-made\n    because: It is the call that counts.\n",
    )
    assert duty(local, "chase").note == (
        "sound 2.3 has within 1 working day, from: You sent the letter. It is the call that counts. "
        "The start is a reading."
    )


def test_a_reworded_step_says_what_the_other_set_says(local):
    said = step(local, "ring-999-stay-with-the", "begin")
    assert said.text == "Ring 999.\nThen ring the desk on 01632 960 123."
    assert said.note == "sound 2.1 says: Ring 999. Stay with the child."


def test_a_group_that_is_varied_is_so_in_every_pathway_that_uses_it(local):
    texts = {step(local, "ring-999-stay-with-the", each).text for each in ("begin", "concern", "desk")}
    assert texts == {"Ring 999.\nThen ring the desk on 01632 960 123."}


def test_what_a_group_leaves_out_is_told_where_the_group_is_used(local):
    (local / "shared.yaml").write_text(
        "danger-now:\n  - leaves out: ring-999-stay-with-the\n"
        "    because: The desk says it.\n    cite: The desk\n"
    )
    told = "Left out: Ring 999. Stay with the child. (sound 2.1) The desk says it. (team (local) The desk)"
    assert [told in of(local, each).varied for each in ("begin", "concern", "desk", "quorum")] == [
        True,
        True,
        True,
        False,
    ]


def test_ways_on_lead_to_the_sets_own_version(local):
    ways = of(local).leads_to
    assert [way.pathway for way in ways] == ["desk"]
    assert of(local, "begin").leads_to[0].pathway == "concern"
    assert of(local, "begin").source == "team"


def test_a_way_on_can_be_varied(local):
    (local / "begin.yaml").write_text(
        "varies: begin\nleads to:\n  - varies: quorum\n    because: People meet.\n    cite: '1.1'\n"
    )
    way = next(each for each in of(local, "begin").leads_to if each.pathway == "quorum")
    assert (way.because, way.cite) == ("People meet.", ("team (local): 1.1",))
    assert way.when  # as the other set has it


def test_an_event_is_added_and_another_reworded(local):
    (local / "events.yaml").write_text("desk-told: You told the desk\ncall-made: You rang the hub\n")
    events = {each.id: each.name for each in procedure_set([local.parent], "team").events}
    assert (events["desk-told"], events["call-made"]) == ("You told the desk", "You rang the hub")
    assert events["letter-sent"] == "You sent the letter"


def test_the_other_set_is_as_it_was(local):
    concern = pathway([local.parent], "sound/concern")
    assert concern.varied == ()
    assert {cite for each in concern.steps for cite in each.cite} == {"2.1", "2.2", "2.3"}


def test_a_set_may_extend_one_that_extends_another(local):
    far = local.parent / "far"
    far.mkdir()
    (far / "set.yaml").write_text("set: far\ntitle: Far\nedition: '1'\nextends: team\n")
    (far / "paragraphs.txt").write_text("9\n")
    (far / "concern.yaml").write_text(
        "varies: concern\nduties:\n  - varies: chase\n    limit: within 1 hour\n    cite: '9'\n"
    )
    assert [folder.name for folder in chain(far)] == ["far", "team", "sound"]
    concern = pathway([local.parent], "far/concern")
    chase = next(each for each in concern.duties if each.id == "chase")
    assert chase.cite == ("far (local): 9", "team (local): 2.1", "sound: 2.3")
    assert next(each for each in concern.steps if each.id == "known").cite == ("team (local): 1.1",)
    assert any(remark.startswith("Left out: Do not tell") for remark in concern.varied)


def test_lists_and_rows_cite_whose_each_is(local):
    listed = {each.id: each for each in index(local).pathways}
    assert listed["quorum"].cites[0].startswith("sound: ")
    assert listed["concern"].cites[0] == "team (local): 1"
    assert {name for name, each in listed.items() if each.own} == {"concern", "desk"}
    rows = {row["id"]: row["cite"] for row in duty_rows(local)}
    assert rows["chase"] == ["team (local): 2.1", "sound: 2.3"]


def test_its_own_duties_are_those_that_the_other_set_does_not_have_like_this(local):
    assert [row["id"] for row in of_its_own(local)] == ["chase", "tell-desk"]


@pytest.mark.parametrize("file", ["concern.yaml", "shared.yaml", "events.yaml", "set.yaml", "paragraphs.txt"])
def test_what_is_remembered_follows_the_set_that_is_extended(local, tmp_path, file):
    kept = tmp_path / "kept"

    def everything():
        return index(local, kept), duty_rows(local, kept), pathways(local, kept)

    before = everything()
    assert everything() == before
    path = local.parent / "sound" / file
    text = path.read_text(encoding="utf-8")
    changed = {
        "concern.yaml": text.replace("Send the letter", "Post the letter"),
        "shared.yaml": text.replace('"2.1"', '"2.3"', 1),
        "events.yaml": text.replace("You rang", "You phoned"),
        "set.yaml": text.replace("edition: first", "edition: second"),
        "paragraphs.txt": text.replace("1.1\n", "1.1\n1.1a\n", 1),
    }[file]
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert (index(local, kept), duty_rows(local, kept), pathways(local, kept)) == (
        index(local),
        duty_rows(local),
        pathways(local),
    )
    assert procedure_set([local.parent], "team", kept) == procedure_set([local.parent], "team")


def test_what_it_cannot_extend_is_one_clear_fault(local):
    change(local, "set.yaml", "extends: sound", "extends: sond")
    with pytest.raises(
        BrokenData, match=r"set\.yaml:4: There is no set 'sond' to extend\. Did you mean `sound`\?"
    ):
        procedure_set([local.parent], "team")


def test_a_set_that_comes_to_extend_itself_is_a_fault_and_no_circle(local):
    sound = local.parent / "sound" / "set.yaml"
    sound.write_text(f"extends: team\n{sound.read_text()}")
    with pytest.raises(BrokenData, match="team comes to extend itself"):
        procedure_set([local.parent], "team")


def test_a_varied_pathway_that_is_gone_from_the_other_set_is_not_walked(local):
    (local.parent / "sound" / "concern.yaml").unlink()
    with pytest.raises(BrokenData, match=r"concern\.yaml:1: sound has no pathway 'concern'"):
        of(local)
