"""`cpcli case amend`: putting right when something happened, and what hung on it."""

import json

import pytest

from asked import at_a_terminal, needs_a_terminal, refused

ENTRY = "10"


@pytest.fixture
def sent(case):
    """The case with the letter sent at 16:00, which is entry 10."""
    case("case", "event", "1", "letter-sent", "--at", "today 16:00")
    return case


def duty(case, key):
    (found,) = [each for each in case.json("case", "show", "1")["duties"] if each["key"] == key]
    return found


def amend(case, *more, reason="The post book says so", **given):
    return case("case", "amend", "1", ENTRY, *more, given=reason, **given)


def test_a_correction_is_recorded_and_what_hung_on_it_is_worked_out_anew(sent):
    said = amend(sent, "--at", "23/12/2026 12:00", "--yes").stdout
    for words in (
        "correction of entry 10: You sent the letter",
        "from Thu 24 Dec 2026 16:00 to Wed 23 Dec 2026 12:00",
        "was met",
        "was open, due Thu 31 Dec 2026",
        'It does not end "Send the letter": that began only on Thu 24 Dec 2026 15:30.',
    ):
        assert words in " ".join(said.split()), words
    assert duty(sent, "send-letter")["state"] == "open"
    assert duty(sent, "chase-answer")["due"] == "2026-12-30"


def test_what_did_not_happen_counts_for_nothing(sent):
    said = " ".join(amend(sent, "--never", "--yes").stdout.split())
    assert "from Thu 24 Dec 2026 16:00 to not having happened at all" in said
    assert (duty(sent, "send-letter")["state"], duty(sent, "chase-answer")["state"]) == ("open", "waiting")


def test_the_page_shows_the_correction_and_the_journal_keeps_the_entry(sent):
    amend(sent, "--at", "today 16:10", "--yes")
    page = " ".join(sent("case", "show", "1").stdout.split())
    assert "Entry 10 You sent the letter: from Thu 24 Dec 2026 16:00 to Thu 24 Dec 2026 16:10" in page
    assert "Why: The post book says so" in page
    history = " ".join(sent("case", "history", "1").stdout.split())
    assert "10 You sent the letter Thu 24 Dec 2026 16:00" in history
    assert "Thu 24 Dec 2026 16:00 -> Thu 24 Dec 2026 16:10" in history


def test_a_duty_that_was_done_can_be_corrected_too(case):
    case("case", "done", "1", "send-letter", "--at", "now")
    assert amend(case, "--never", "--yes").returncode == 0
    assert duty(case, "send-letter")["state"] == "open"


def test_a_dry_run_shows_what_it_would_change_and_records_nothing(sent):
    said = amend(sent, "--at", "23/12/2026", "--dry-run").stdout
    assert "was met" in said
    assert sent.json("case", "show", "1")["amendments"] == []
    found = json.loads(amend(sent, "--at", "23/12/2026", "--dry-run", "--json").stdout)
    assert [each["key"] for each in found["changed"]] == ["send-letter", "chase-answer"]
    assert [each["state"] for each in found["was"]] == ["open", "met"]


def test_nothing_is_recorded_that_nobody_has_agreed_to(sent):
    refused(amend(sent, "--at", "23/12/2026"), "--yes", "--dry-run")
    assert sent.json("case", "show", "1")["amendments"] == []


def test_as_json(sent):
    given = json.dumps({"at": "23/12/2026", "reason": "The post book says so"})
    done = sent("case", "amend", "1", ENTRY, "--json-in", "-", "--json", "--yes", given=given)
    assert done.returncode == 0, done.stderr
    (found,) = sent.json("case", "show", "1")["amendments"]
    assert found == {
        "of": 10,
        "what": "You sent the letter",
        "was": "2026-12-24T16:00",
        "to": "2026-12-23",
        "reason": "The post book says so",
        "by": "ada",
        "at": "2026-12-24T16:40:00+00:00",
        "entry": 11,
    }


def test_what_the_correction_takes_away_is_told(sent):
    sent("case", "event", "1", "letter-sent", "--at", "yesterday")
    given = json.dumps({"never": True, "reason": "A slip"})
    done = sent("case", "amend", "1", "11", "--json-in", "-", "--json", "--yes", given=given)
    found = json.loads(done.stdout)
    gone = {each["key"] for each in found["was"]} - {each["key"] for each in found["changed"]}
    assert gone == {"chase-answer#2"}


@pytest.mark.parametrize(
    ("entry", "options", "said"),
    [
        ("8", ["--never", "--yes"], 'Entry 8 is the answer to "When did you ring the duty desk?"'),
        ("8", ["--never", "--yes"], "cpcli resume 2026-0001"),
        ("9", ["--never", "--yes"], "records no event and no duty done"),
        ("99", ["--never", "--yes"], "Those of case 2026-0001: 10"),
        ("x", ["--never"], "cpcli case amend --help"),
        (ENTRY, ["--at", "today 16:00", "--yes"], "says Thu 24 Dec 2026 16:00 already"),
        (ENTRY, ["--at", "tomorrow", "--yes"], "has not come yet"),
        (ENTRY, ["--at", "31/02/2026", "--yes"], "February 2026 has 28 days"),
        (ENTRY, ["--at", "now", "--never", "--yes"], "Either it happened at another time"),
        (ENTRY, ["--yes"], "There is nobody to ask. Give at and reason as JSON"),
        (ENTRY, ["--never", "--json"], "--dry-run"),
    ],
)
def test_what_cannot_be_corrected_so_is_refused(sent, entry, options, said):
    refused(sent("case", "amend", "1", entry, *options, given="A slip"), said)
    assert sent.json("case", "show", "1")["amendments"] == []


def test_a_correction_needs_its_reason(sent):
    refused(amend(sent, "--never", "--yes", reason=" \n"), "reason is empty")


@needs_a_terminal
@pytest.mark.parametrize(("answer", "code", "corrections"), [("y", 0, 1), ("n", 1, 0)])
def test_at_a_terminal_it_is_shown_before_it_is_agreed(sent, answer, code, corrections):
    ended = at_a_terminal(
        sent,
        ["case", "amend", "1", ENTRY],
        ("When did it happen? (never, if it did not)", "never"),
        ("Why is it corrected?", "A slip"),
        ("Record this correction? [y/N]", answer),
    )
    assert ended.code == code
    before_the_question = ended.said.partition("Record this correction?")[0]
    assert "Entry 10: You sent the letter, Thu 24 Dec 2026 16:00. Recorded by ada." in before_the_question
    assert "was met" in before_the_question
    assert len(sent.json("case", "show", "1")["amendments"]) == corrections


@needs_a_terminal
def test_what_changed_while_somebody_was_thinking_is_not_overwritten(sent):
    import sys

    import pexpect

    child = pexpect.spawn(
        sys.executable,
        ["-m", "cpcli", "case", "amend", "1", ENTRY, "--never"],
        env=sent.environment,
        encoding="utf-8",
        timeout=20,
    )
    child.expect_exact("Why is it corrected?")
    child.send("A slip\r")
    child.expect_exact("[y/N]")
    sent("case", "event", "1", "answer-received", "--at", "now")
    child.send("y\r")
    child.expect_exact("has changed meanwhile")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
    assert sent.json("case", "show", "1")["amendments"] == []


def test_what_the_store_keeps_is_what_the_journal_comes_to_again(sent):
    amend(sent, "--at", "23/12/2026", "--yes")
    assert "2026-12-30" in sent("agenda", "--json").stdout
