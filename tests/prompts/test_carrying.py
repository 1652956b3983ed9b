"""What goes along from one walk to the next in the same case."""

from cpcli.casework.case import fold
from cpcli.casework.entry import Entry, answered, case_opened, walk_begun
from cpcli.prompts.sitting import Desk, begin
from data.explore import NOW, RULES, the_pathway


def test_an_instruction_read_because_of_an_answer_that_goes_along_is_not_told_again():
    said = [
        ("danger-now", "yes"),
        ("danger-now-act", "read"),
        ("everybody-acts", "read"),
        ("need", "referral"),
    ]
    drafts = [
        case_opened(),
        walk_begun(1, "cafcass-2017/where-to-start", "1", "registered-practitioner", "2026-12-24"),
    ]
    drafts += [answered(1, step, value, question="?", cite=("4.1",)) for step, value in said]
    case = fold(Entry(n, NOW, "ada", "2026-0001", d.walk, d.kind, d.body) for n, d in enumerate(drafts, 1))
    desk = Desk(None, RULES, "ada", lambda: NOW, None)
    sitting = begin(desk, the_pathway("cafcass-2017/referral"), "registered-practitioner", case)
    along = {d.body["step"]: d.body["value"] for d in sitting.pending if d.kind == "answered"}
    assert along == {"danger-now": "yes", "danger-now-act": "read"}
