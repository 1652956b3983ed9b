"""What goes along from one walk to the next in the same case."""

from cpcli.casework.case import fold
from cpcli.casework.entry import Entry, answered, case_opened, walk_begun
from cpcli.prompts.sitting import Desk, begin
from data.explore import NOW, RULES, the_pathway


def going_along(before, after, role, said):
    """What goes along into `after` from the answers to `before`, by step."""
    drafts = [case_opened(), walk_begun(1, before, "1", role, "2026-12-24")]
    drafts += [answered(1, step, value, question="?", cite=("4.1",)) for step, value in said]
    case = fold(Entry(n, NOW, "ada", "2026-0001", d.walk, d.kind, d.body) for n, d in enumerate(drafts, 1))
    sitting = begin(Desk(None, RULES, "ada", lambda: NOW, None), the_pathway(after), role, case)
    return {d.body["step"]: d.body["value"] for d in sitting.pending if d.kind == "answered"}


def test_an_instruction_read_because_of_an_answer_that_goes_along_is_not_told_again():
    said = [
        ("danger-now", "yes"),
        ("danger-now-act", "read"),
        ("everybody-acts", "read"),
        ("need", "referral"),
    ]
    role = "registered-practitioner"
    along = going_along("cafcass-2017/where-to-start", "cafcass-2017/referral", role, said)
    assert along == {"danger-now": "yes", "danger-now-act": "read"}


def test_what_had_not_happened_yet_is_asked_again_for_it_may_have_happened_since():
    begun = [("danger-now", "no"), ("reasonable-cause", "yes"), ("crime", "possible")]
    told = [*begun, ("police-told-of-crime", "2026-12-24T11:05"), ("s47-enquiry-completed", "not yet")]
    for said, carried in (
        ([*begun, ("police-told-of-crime", "not yet")], {}),
        (told, {"police-told-of-crime": "2026-12-24T11:05"}),
    ):
        along = going_along("set-2025/s47-enquiry", "set-2025/police-referral", "social-worker", said)
        assert along == {"danger-now": "no", **carried}
