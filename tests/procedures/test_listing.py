"""What there is to walk, and the duties, as plain values."""

import json

from cpcli.procedures.duty_rows import duty_rows
from cpcli.procedures.listing import Listed, index
from small_set import SOUND, copy

KEYS = (
    *("id", "source", "pathway", "do", "by", "level", "relation", "amount", "amount_max", "unit", "event"),
    *("when", "unless", "cite", "note", "limit", "urgency", "differs", "met_by"),
    *("topics", "also"),
)


def test_a_pathway_is_listed_with_every_paragraph_that_it_rests_on_in_the_documents_order():
    begin, concern, quorum = index(SOUND).pathways
    assert begin == Listed(
        id="begin",
        source="sound",
        title="Where to begin",
        about="You do not know which walk you need.",
        open_to=[],
        cites=["1", "1.1", "1.2", "2.1"],  # 2.1 by way of the shared group, 1.2 by way of where it leads
        checklist=False,
        leads_to=["concern", "quorum"],
        own=True,
        file=str(SOUND / "begin.yaml"),
        also=[],
    )
    assert concern.open_to == ["worker"]
    assert concern.cites == ["1.1", "1.2", "2", "2.1", "2.2", "2.3", "2.10", "Annex 1"]
    assert quorum.checklist


def test_a_file_that_cannot_be_read_is_left_out_and_said_to_be(tmp_path):
    folder = copy(tmp_path)
    (folder / "begin.yaml").write_text("broken: [\n")
    listing = index(folder)
    assert [each.id for each in listing.pathways] == ["concern", "quorum"]
    assert [problem.file for problem in listing.problems] == [str(folder / "begin.yaml")]


def test_a_duty_has_a_row_with_the_promised_keys_in_order():
    rows = duty_rows(SOUND)
    assert {tuple(row) for row in rows} == {KEYS}
    assert [row["id"] for row in rows] == ["ring", "send-letter", "chase", "keep"]
    assert json.loads(json.dumps(rows)) == rows


def test_what_a_duty_does_not_have_is_none():
    ring = duty_rows(SOUND)[0]
    assert (ring["urgency"], ring["limit"], ring["when"]) == ("immediately", "immediately", "believe is yes")
    for key in ("relation", "amount", "amount_max", "unit", "event", "unless", "note", "differs", "topics"):
        assert ring[key] is None


def test_a_limit_stands_in_its_parts_with_what_it_is_counted_from():
    send, chase, keep = duty_rows(SOUND)[1:]
    assert (send["relation"], send["amount"], send["unit"]) == ("within", 2, "working_day")
    assert (send["event"], send["met_by"]) == ("call-made", "letter-sent")
    assert send["differs"] == [
        {"says": "within 3 working days", "event": "call-made", "cite": "2.10", "note": "the other paragraph"}
    ]
    assert (chase["unless"], chase["met_by"], chase["cite"]) == ("letter-acknowledged", "chase", "2.3")
    assert (keep["relation"], keep["amount"], keep["unit"], keep["event"]) == (
        "keep_for",
        25,
        "age_year",
        "date-of-birth",
    )


def test_several_paragraphs_are_a_list_and_one_is_a_text():
    assert [row["cite"] for row in duty_rows(SOUND)] == ["2.2", ["2.2", "2.3"], "2.3", "Annex 1"]
