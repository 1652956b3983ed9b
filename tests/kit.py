"""Small pathways and answers for the tests of the pure rooms."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from cpcli.procedures.model import Option, Pathway, Step, Test
from cpcli.walk.answers import Answer
from cpcli.walk.facts import Facts

NOW = datetime(2026, 12, 24, 16, 40, tzinfo=ZoneInfo("Europe/London"))
FACTS = Facts(NOW, "adviser", date(2026, 12, 24))


def when(*tests):
    return (tuple(Test(subject, verb, tuple(values)) for subject, verb, *values in tests),)


def ask(name, *, if_=(), answer="yes or no", **more):
    return Step("ask", name, f"{name}?", ("1.1",), when=if_, answer=answer, **more)


def pathway(*steps):
    return Pathway("test", "test-set", "A test", "", ("1.1",), steps=steps)


def answers(*said, carried=()):
    """Answers in the order given, (step, value), each its own entry; a later replaces an earlier.

    Those to the steps in `carried` came along from walk 1.
    """
    found = {}
    for seq, (step, value) in enumerate(said, 1):
        before = found.get(step)
        changed = before.changed if before and before.value == value else seq
        first = before.first if before else seq
        walk = 1 if step in carried else 0
        found[step] = Answer(step, value, seq, changed, NOW, "", "", carried_from=walk, first=first)
    return found


DANGER = pathway(
    ask("danger"),
    Step("tell", "ring", "Ring 999.", ("4.1",), when=when(("danger", "is", "yes")), urgent=True),
    ask("concern", answer="one of", options=(Option("new", "New"), Option("old", "Old"))),
    ask("why-old", answer="long text", if_=when(("concern", "is", "old"))),
    ask("refer", decision=True),
    ask("reason", answer="long text", reason_for="refer"),
)
