"""Readers of texts and JSON values: dates, limits, answers, imports, rows, keys."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import practice
from cpcli.casework.case_reading import Reader as CaseReader
from cpcli.casework.layout import Rules
from cpcli.cli import case_import, due_batch
from cpcli.cli.asking import Field, from_json
from cpcli.cli.bringing_in import Desk
from cpcli.cli.due import Asked
from cpcli.cli.due_rows import WRITERS, Found
from cpcli.cli.errors import Fault
from cpcli.clock.calendar import calendar
from cpcli.clock.due import work_out
from cpcli.clock.errors import ClockError
from cpcli.clock.limit import limit_words, parse_limit
from cpcli.clock.when import LONDON, from_iso, iso, parse_when, say_when
from cpcli.procedures import catalogue
from cpcli.procedures.catalogue import CatalogueError
from cpcli.prompts.answers_file import AnswersFileError, for_steps, read_answers
from cpcli.store.faults import StoreProblem
from cpcli.store.key import SALT, Key, read, understood, written
from cpcli.walk.answers import AnswerError, read_answer, say_answer
from cpcli.walk.facts import Facts
from cpcli.walk.from_file import walk_file
from hostile.harness import Reader
from hostile.inputs import any_json, near, near_bytes, near_object
from hostile.inside import Stream

SETS = Path(__file__).parent.parent / "cli" / "sets"
PRACTICE = SETS.parent.parent / "prompts" / "sets"
NOW = datetime(2026, 12, 24, 16, 40, tzinfo=LONDON)
RULES = Rules(
    cache(lambda name: catalogue.pathway([SETS, PRACTICE], name)),
    cache(lambda name: catalogue.procedure_set([SETS, PRACTICE], name)),
    calendar,
)
WALK = RULES.pathway("practice/concern")
STEPS = {step.id: step for step in WALK.steps}
ASKED = Asked(None, None, {}, None, None, False, "ndjson")

DATES = (
    *("today", "yesterday 16:30", "Fri 17:00", "last Monday", "next thurs at 9am", "tomorrow noon", "now"),
    *("24/12/2026 16:40", "2026-12-24T16:40+01:00", "2026-12-24", "3rd April 2026", "Sunday 25 Oct 2026"),
    *(
        "25/10/2026 01:30",
        "29/03/2026 01:30",
        "2 days ago",
        "in 3 weeks",
        "90 minutes ago",
        "29/02/2028 4 pm",
    ),
)
LIMITS = (
    *("within 15 working days", "between 10 and 15 working days", "same day as referral-received"),
    *("at least 2 working days before", "not before the end of 20 school days", "every 6 months"),
    *("every 12 weeks from 1 year after placement-began until child-found", "keep until age 67"),
    *("the later of 5 days from report-sent and 1 month from visit-made", "by 24 weeks of pregnancy"),
    *("as soon as practicable and in any event within forty-eight hours", "lasts up to 72 hours"),
)
WORDS = ("working", "days", "within", "and", "or", "until", "before", "whichever is later", "the later of")
ANSWERS = (
    "danger: yes\nneeds: [doctor, company]\nchild:\n  - name: Anna Example\n    born: 2014-05-01\n",
    "facts: |\n  It was dark.\n  Nobody came.\nhow-many: 2\nseen: 23/12/2026\ninformant: {skipped: why}\n",
    '{"danger": "yes", "ready": {"ticked": ["names"], "why not": {"school": "no"}}, "review": "not yet"}',
)
CASE = json.loads((Path(__file__).parent / "case.json").read_text(encoding="utf-8"))
CSV = (
    "case,pathway,event,at,role,note,assigned,kind\n"
    "1,desk/concern,call-made,24/12/2026 09:00,worker,Rang,Jo,new\n"
    "1,,letter-sent,24/12/2026 10:00,,,,\n"
    '2,desk/concern,call-made,23/12/2026,worker,"two\nlines",,old\n',
    "Case;Pathway;Event;At\r\n7;desk/concern;call-made;2026-12-23 16:00:00\r\n",
)
ROWS = (
    '{"id": 1, "limit": "within 2 working days", "from": "2026-12-24", "nation": "Wales"}\n'
    '{"id": "b", "duty": "desk/concern/send-letter", "events": {"call-made": "24/12/2026"}}\n',
    "id,limit,from,events\n1,within 48 hours,24/12/2026 16:40,\n2,before meeting,,meeting=30/12/2026\n",
)
FIELDS = (Field("at", "When?"), Field("why", "Why?"), Field("note", "Note", needed=False))
SALTED = bytes(range(SALT))
KEYS = tuple(written(Key(bytes(start for _ in range(32)), SALTED)) for start in (0, 7, 255))


def a_date(text):
    """A date that is understood is said back, and understood the same again."""
    when = parse_when(text, NOW)
    if isinstance(when, datetime):
        when = when.replace(second=0, microsecond=0)  # minutes are kept
    assert from_iso(iso(when)) == when
    assert say_when(when).isprintable()


def a_limit(text):
    """A limit that is understood has one plain way to be written, and comes to a date or says why not."""
    limit = parse_limit(text)
    plain = limit_words(limit)
    assert limit_words(parse_limit(plain)) == plain
    work_out(limit, NOW, calendar("England"), events=_Any())


def answers_file(data):
    """An answers file is walked to its end, whatever is wrong with it."""
    given = read_answers(data, "answers.yaml")
    given.pop("role", None)
    walk_file(WALK, for_steps(given, WALK), Facts(NOW, "worker", NOW.date()))


def answers_object(given):
    """So is one whose parts are of the wrong kind."""
    if isinstance(given, dict):
        walk_file(WALK, for_steps(given, WALK), Facts(NOW, "worker", NOW.date()))


def an_answer(both):
    """An answer that is taken can be said, and be kept as JSON."""
    step, raw = both
    value = read_answer(STEPS[step], raw, NOW)
    assert say_answer(STEPS[step], value)
    json.dumps(value, allow_nan=False).encode()


def imported(data):
    """Cases from a file are brought in as in a dry run: each is taken, or its faults are named."""
    desk = Desk(None, case_reader(), dry_run=True, renumber=False)
    cases, _ = case_import.cases_in(Stream(data), case_reader())
    for given in cases:
        outcome = desk.take(given)
        assert outcome.faults or outcome.case or outcome.state != "left out"
        for _, says in outcome.faults:
            for name in ("TypeError", "AttributeError", "KeyError", "IndexError", "RecursionError"):
                assert name not in says, says


def imported_object(given):
    """The same for a case that is JSON, with parts of it that are not what they should be."""
    imported(json.dumps(given).encode())


def rows(data):
    """Each row of a batch is answered, or says what is wrong with it, in every form of output."""
    answer = due_batch.answerer("", ASKED, NOW)
    writers = [kind() for kind in WRITERS.values()]
    for row in due_batch.rows_in(Stream(data), False, False):
        get = row.values.get
        try:
            if row.fault:
                raise ClockError(row.fault)
            found = answer(get("limit"), get("from"), get("nation"), get("events"))
        except (ClockError, Fault, CatalogueError) as error:
            found = Found(None, False, str(error))
        for writer in writers:
            try:
                writer.row(row, found).encode("utf-8", "backslashreplace")
            except ClockError:
                writer.row(row, Found(None, False, "no room"))


def said_on_stdin(data):
    """What a command is told as JSON."""
    from_json(data, FIELDS, ("planned",))


def a_key(text):
    """A key that is taken is written again as it was meant."""
    key = read(text, SALTED)
    assert read(written(key), SALTED).opens_as(key)


def a_key_or_passphrase(text):
    """What stands in a key file."""
    if any(letter.isalnum() for letter in text[:4_000]):
        understood(text[:4_000], SALTED)


class _Any(dict):
    """Every event, at the same time."""

    def get(self, name, default=None):
        return NOW

    def __getitem__(self, name):
        return NOW

    def __contains__(self, name):
        return True


@cache
def case_reader():
    """What a case is read by: the sets desk and practice."""
    known = ("desk/concern", "practice/concern")

    def find(name):
        if name not in known:
            raise CatalogueError(f"There is no pathway {name[:60]!r}.")
        return name

    return CaseReader(RULES, find, "ada", NOW)


READERS = (
    Reader("dates", a_date, near(DATES), (ClockError,)),
    Reader("limits", a_limit, near(LIMITS, WORDS), (ClockError,)),
    Reader("answers files", answers_file, near_bytes(ANSWERS), (AnswersFileError,)),
    Reader("answers of any kind", answers_object, near_object([practice.ANSWERS]), cost=5),
    Reader(
        "an answer of any kind",
        an_answer,
        lambda chance: (chance.one(sorted(STEPS)), any_json(chance)),
        (AnswerError,),
    ),
    Reader("imports of NDJSON", imported, near_bytes([json.dumps(each) for each in CASE]), (Fault,)),
    Reader("imports of any JSON", imported_object, near_object(CASE), (Fault,)),
    Reader("imports of CSV", imported, near_bytes(CSV), (Fault,)),
    Reader("rows of due dates", rows, near_bytes(ROWS), (Fault,), cost=200),
    Reader("JSON on standard input", said_on_stdin, near_bytes(['{"at": "now", "why": "So."}']), (Fault,)),
    Reader(
        "any JSON on standard input",
        lambda given: said_on_stdin(json.dumps(given).encode()),
        any_json,
        (Fault,),
    ),
    Reader("keys", a_key, near(KEYS), (StoreProblem,)),
    Reader("keys and passphrases", a_key_or_passphrase, near(KEYS), (StoreProblem,), cost=1000),
)
