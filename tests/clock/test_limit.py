"""The words of limits: what they are read as, how they are printed, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.clock.limit import RANGED, URGENCIES, Limit, LimitError, limit_words, parse_limit

WITHIN_5 = {"relation": "within", "amount": 5, "unit": "working_day"}


def bare(limit):
    """The limit without the words that it was written in."""
    return limit._replace(
        text="",
        until=limit.until and bare(limit.until),
        since=limit.since and bare(limit.since),
        then=limit.then and bare(limit.then),
        later_of=tuple(map(bare, limit.later_of)),
        earlier_of=tuple(map(bare, limit.earlier_of)),
    )


@pytest.mark.parametrize(
    ("words", "plainly"),
    [
        # from an event, forwards
        ("within 15 working days", "within 15 working days"),
        ("within a maximum of five working days", "within 5 working days"),
        ("within one working day of the referral", "within 1 working day of referral"),
        ("within forty eight hours", "within 48 hours"),
        ("within forty-eight hours", "within 48 hours"),
        ("no later than four weeks after planning-meeting", "within 4 weeks of planning-meeting"),
        ("no longer than 45 working days from referral", "within 45 working days of referral"),
        ("10 years from allegation-made", "within 10 years of allegation-made"),
        ("within a fortnight", "within 2 weeks"),
        ("within an hour", "within 1 hour"),
        ("within 30 minutes", "within 30 minutes"),
        ("within 10 school days", "within 10 school days"),
        ("within 28 calendar days", "within 28 days"),
        ("within one calendar month", "within 1 month"),
        ("not exceed 45 working days from referral", "within 45 working days of referral"),
        ("at regular six weekly intervals", "every 6 weeks"),
        ("keep at least until retirement", "keep until retirement"),
        (
            "keep until retirement or for ten years from made, if longer",
            "keep until the later of retirement and 10 years from made",
        ),
        ("Within 15 Working Days.", "within 15 working days"),
        # ranges
        ("between 10 and 15 working days", "between 10 and 15 working days"),
        ("10 to 15 working days", "between 10 and 15 working days"),
        ("10-15 working days", "between 10 and 15 working days"),
        # the day itself, and the next
        ("same day", "same day"),
        ("on the same day as referral-received", "same day as referral-received"),
        ("next working day", "next working day"),
        ("by the end of the next working day", "next working day"),
        ("the next school day after met", "next school day after met"),
        ("the later of next working day and 5 days", "the later of next working day and 5 days"),
        # before an event
        ("at least 2 working days before", "at least 2 working days before"),
        ("a minimum of five working days before review", "at least 5 working days before review"),
        ("no later than seven working days before publication", "at least 7 working days before publication"),
        ("at least forty eight hours in advance of conference", "at least 48 hours before conference"),
        ("ten weeks prior to expected-delivery", "at least 10 weeks before expected-delivery"),
        ("between 5 and 10 days before", "between 5 and 10 days before"),
        ("before", "before"),
        ("before conference-held", "before conference-held"),
        # not too soon
        ("not before 28 days", "not before 28 days"),
        ("not before the end of 20 school days", "not before 20 school days"),
        ("no sooner than 28 days after panel", "not before 28 days after panel"),
        ("not before lado-told", "not before lado-told"),
        # again and again
        ("every 6 months", "every 6 months"),
        ("at intervals of not more than six months", "every 6 months"),
        ("at least every six months", "every 6 months"),
        ("monthly", "every month"),
        ("at least monthly", "every month"),
        ("six-weekly", "every 6 weeks"),
        ("at 12 weekly intervals", "every 12 weeks"),
        ("every six weeks until 1 year after placement", "every 6 weeks until 1 year after placement"),
        ("every 12 weeks from 1 year after placement", "every 12 weeks from 1 year after placement"),
        ("every 6 months until age 18 from born", "every 6 months until age 18 from born"),
        ("every week until child-found", "every week until child-found"),
        (
            "six-weekly until 1 year after placement and then at 12 weekly intervals",
            "every 6 weeks until 1 year after placement, then every 12 weeks",
        ),
        (
            "weekly until met, thereafter monthly until 1 year after met, then every 6 months until closed",
            "every week until met, then every month until 1 year after met, then every 6 months until closed",
        ),
        # how long
        ("lasts up to 72 hours", "lasts up to 72 hours"),
        ("for no more than 72 hours", "lasts up to 72 hours"),
        ("lasts between 14 and 28 days", "lasts between 14 and 28 days"),
        ("keep for 10 years", "keep for 10 years"),
        ("keep for at least 10 years", "keep for 10 years"),
        ("keep until age 67", "keep until age 67"),
        # ages and weeks of pregnancy
        ("by age 18", "by age 18"),
        ("by the 18th birthday", "by age 18"),
        ("before the age of 18", "by age 18"),
        ("by 24 weeks of pregnancy", "by 24 weeks of pregnancy"),
        ("no later than twenty four weeks of pregnancy", "by 24 weeks of pregnancy"),
        ("at 30 weeks gestation", "by 30 weeks of pregnancy"),
        ("between 13 and 24 weeks of pregnancy", "between 13 and 24 weeks of pregnancy"),
        (
            "as early as 13 weeks and no later than 24 weeks of pregnancy",
            "between 13 and 24 weeks of pregnancy",
        ),
        (
            "as early as 13 weeks of pregnancy, but should be no later than twenty four weeks of pregnancy",
            "between 13 and 24 weeks of pregnancy",
        ),
        ("as early as 5 and no later than 10 working days", "between 5 and 10 working days"),
        # several limits
        ("the later of 5 days from a and 1 month from b", "the later of 5 days from a and 1 month from b"),
        (
            "within 5 days of a or 1 month of b, whichever is sooner",
            "the earlier of 5 days from a and 1 month from b",
        ),
        (
            "the earlier of same day, between 2 and 3 days and 9 hours",
            "the earlier of same day, between 2 and 3 days and 9 hours",
        ),
        (
            "keep until the later of age 67 and 10 years from allegation-made",
            "keep until the later of age 67 and 10 years from allegation-made",
        ),
        (
            "keep until age 67 or for 10 years from allegation-made, if longer",
            "keep until the later of age 67 and 10 years from allegation-made",
        ),
        # urgencies
        ("immediately", "immediately"),
        ("without delay", "immediately"),
        ("as soon as practicable", "as soon as possible"),
        ("at the earliest possible opportunity", "at the earliest opportunity"),
        ("as soon as practicable and in any event within 7 days", "as soon as possible, within 7 days"),
        ("as soon as possible (but in any case within 12 hours)", "as soon as possible, within 12 hours"),
    ],
)
def test_the_words_of_a_limit_have_one_plain_form(words, plainly):
    assert limit_words(parse_limit(words)) == plainly


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("within 5 working days", WITHIN_5),
        ("within 5 working days of x", {**WITHIN_5, "event": "x"}),
        ("between 3 and 5 working days", {**WITHIN_5, "amount": 3, "amount_max": 5}),
        ("same day", {"relation": "within", "amount": 0, "unit": "day"}),
        ("at least 2 days before", {"relation": "at_least_before", "amount": 2, "unit": "day"}),
        ("not before 2 days", {"relation": "not_before", "amount": 2, "unit": "day"}),
        ("before", {"relation": "before"}),
        ("by age 18", {"relation": "by_age", "amount": 18, "unit": "age_year"}),
        ("keep until age 67", {"relation": "keep_for", "amount": 67, "unit": "age_year"}),
        ("by 24 weeks of pregnancy", {"relation": "by_week_of_pregnancy", "amount": 24, "unit": "week"}),
        ("lasts up to 72 hours", {"relation": "lasts_up_to", "amount": 72, "unit": "hour"}),
        ("promptly", {"urgency": "as soon as possible"}),
        ("promptly, within 5 working days", {**WITHIN_5, "urgency": "as soon as possible"}),
        (
            "every 6 weeks until 1 year after placement",
            {
                "relation": "every",
                "amount": 6,
                "unit": "week",
                "until": Limit("", "within", 1, None, "year", event="placement"),
            },
        ),
        (
            "keep until the later of age 67 and 10 years from made",
            {
                "relation": "keep_for",
                "later_of": (
                    Limit("", "keep_for", 67, None, "age_year"),
                    Limit("", "keep_for", 10, None, "year", event="made"),
                ),
            },
        ),
    ],
)
def test_a_limit_is_read_into_its_parts(words, parts):
    assert bare(parse_limit(words)) == Limit("", **parts)


def test_a_limit_keeps_the_words_it_was_written_in():
    assert (
        parse_limit("  Within a maximum of   FIVE working days ").text
        == "Within a maximum of FIVE working days"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "No limit was given"),
        ("banana", "no limit begins with 'banana'"),
        ("within fiveteen days", "'fiveteen' is not a number"),
        ("within 15", "it does not say of what"),
        ("within 15 wroking days", "'wroking' is not a unit"),
        ("within 0 working days", "write 'same day'"),
        ("at least 5 days", "Add 'before'"),
        ("within 5 days before", "'within' does not go with 'before'"),
        ("between 15 and 10 days", "'between 10 and 15'"),
        ("between 5 days", "'between' needs two numbers"),
        ("within 5 days of the big conference", "one word with hyphens"),
        ("within 5 days of", "Name the event"),
        ("within 5 days of 7", "'7' is not the name of an event"),
        ("every", "it does not say of what"),
        ("every 6 weeks until 1 year", "'until' needs an event to count from"),
        ("every 6 months until age 18", "'until' needs an event to count from"),
        ("the later of 5 days", "needs two limits or more"),
        ("the later of every 5 days and 3 days", "repeats"),
        ("keep between 5 and 10 years", "a range"),
        ("by 50 weeks of pregnancy", "weeks 1 to 42"),
        ("at 5 days", "write 'within'"),
        ("by age 999", "1 to 150"),
        ("next hour", "a working day, a school day or a day"),
        ("within 999999999 days", "more than 100,000 units"),
        ("immediately please", "'please' is not a number"),
        ("set-2025/icpc", "no limit begins with"),
        ("after three months", "'not before three months' for the first, 'within three months' for the last"),
        (
            "six weekly in the first year and 12 weekly in subsequent years",
            "Write 'every 6 weeks until 1 year after placement-began, then every 12 weeks'",
        ),
        ("after the conference", "'not before 3 months' for the first, 'within 3 months' for the last"),
        ("every 6 weeks for the first year", "'every 6 weeks until 1 year after placement-began'"),
        ("every 6 weeks, then every 12 weeks", "'then' follows the day on which the first rhythm stops"),
        ("every 6 weeks until met, then every 12 weeks from x", "'then' follows the day"),
        ("every 6 weeks until met, then", "it does not say of what"),
        ("as early as 13 weeks", "'between 13 and 24 weeks of pregnancy'"),
        ("as early as 13 weeks and no later than 6 months", "two figures of one unit"),
        ("as early as 24 weeks and no later than 13 weeks of pregnancy", "must be the smaller"),
    ],
)
def test_what_is_not_a_limit_is_refused_in_one_line_that_helps(words, said):
    with pytest.raises(LimitError) as refused:
        parse_limit(words)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


WORDS = (
    *(
        "within",
        "5",
        "days",
        "every",
        "until",
        "x",
        "the",
        "later",
        "of",
        "and",
        "keep",
        "before",
        "age",
        ",",
    ),
    *(
        "between",
        "weeks",
        "pregnancy",
        "if",
        "longer",
        "at",
        "least",
        "whichever",
        "earlier",
        "not",
        "2",
        "to",
    ),
    *("same", "day", "next", "working", "from", "after", "then"),
)


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_words_are_a_limit_or_are_refused(words):
    try:
        limit = parse_limit(words)
    except LimitError as refused:
        assert str(refused)
    else:
        assert bare(parse_limit(limit_words(limit))) == bare(limit)


def limits(**parts):
    """Limits with these parts, each a value or a strategy."""
    strategies = {
        key: part if isinstance(part, st.SearchStrategy) else st.just(part) for key, part in parts.items()
    }
    return st.fixed_dictionaries(strategies).map(lambda drawn: Limit("", **drawn))


EVENTS = st.sampled_from(["placement-began", "x", "report-2"])
MAYBE_EVENT = st.none() | EVENTS
AMOUNTS, AGES = st.integers(1, 500), st.integers(1, 100)
UNITS = st.sampled_from(["working_day", "school_day", "day", "hour", "minute", "week", "month", "year"])
COUNTED = st.sampled_from(["within", "keep_for", "lasts_up_to", "not_before", "at_least_before"])


@st.composite
def counted(draw, relations=COUNTED):
    relation, amount = draw(relations), draw(AMOUNTS)
    most = draw(st.none() | st.integers(amount + 1, 900)) if relation in RANGED else None
    return Limit("", relation, amount, most, draw(UNITS), event=draw(MAYBE_EVENT))


def aged(relation, event=MAYBE_EVENT):
    return limits(relation=relation, amount=AGES, unit="age_year", event=event)


KEPT_UNTIL = limits(relation="keep_for", amount=0, unit="day", event=EVENTS)
PLAIN = st.one_of(
    counted(),
    aged("by_age"),
    aged("keep_for"),
    aged("not_before"),
    KEPT_UNTIL,
    limits(relation="by_week_of_pregnancy", amount=st.integers(1, 42), unit="week", event=MAYBE_EVENT),
    limits(relation="within", amount=0, unit="day", event=MAYBE_EVENT),
    limits(relation="before", event=MAYBE_EVENT),
    limits(relation="not_before", event=EVENTS),
)
BOUNDS = limits(relation="within", amount=AMOUNTS, unit=UNITS, event=EVENTS) | aged("by_age", EVENTS)
REPEATS = limits(
    relation="every",
    amount=AMOUNTS,
    unit=UNITS,
    event=MAYBE_EVENT,
    since=st.none() | BOUNDS,
    until=st.none() | BOUNDS | limits(relation="before", event=EVENTS),
)
ENDS = BOUNDS | limits(relation="before", event=EVENTS)
RHYTHMS = limits(relation="every", amount=AMOUNTS, unit=UNITS, until=st.none() | ENDS)
REPEATS |= limits(relation="every", amount=AMOUNTS, unit=UNITS, event=MAYBE_EVENT, until=ENDS, then=RHYTHMS)
URGENT = st.builds(
    lambda limit, urgency: limit._replace(urgency=urgency),
    PLAIN | REPEATS | st.just(Limit("")),
    st.sampled_from(URGENCIES),
)
PARTS = st.lists(PLAIN, min_size=2, max_size=4).map(tuple)
KEPT = st.lists(KEPT_UNTIL | counted(st.just("keep_for")) | aged("keep_for"), min_size=2, max_size=4).map(
    tuple
)
SEVERAL = limits(later_of=PARTS) | limits(earlier_of=PARTS) | limits(relation="keep_for", later_of=KEPT)


@given(PLAIN | REPEATS | URGENT | SEVERAL)
def test_what_is_printed_is_read_back_as_the_same_limit(limit):
    again = parse_limit(limit_words(limit))
    assert bare(again) == limit
    assert parse_limit(limit_words(again)) == again


def test_every_urgency_is_one_of_the_three():
    assert {parse_limit(words).urgency for words in ("straight away", "asap", "earliest opportunity")} == set(
        URGENCIES
    )


def _forms():
    """The rows of the table of forms in docs/limits.md: the plain form, and the other wordings."""
    text = (Path(__file__).parents[2] / "docs" / "limits.md").read_text(encoding="utf-8")
    table = text.split("## The forms")[1].split("**Units.**")[0]
    for line in table.splitlines():
        cells = [cell.split("`")[1::2] for cell in line.split("|")[1:3]]
        if len(cells) == 2 and cells[0]:
            yield cells[0][0], cells[1]


@pytest.mark.parametrize(("plain", "others"), list(_forms()))
def test_the_manual_shows_plain_forms_and_wordings_that_are_read(plain, others):
    assert limit_words(parse_limit(plain)) == plain
    for words in others:
        assert parse_limit(words)
