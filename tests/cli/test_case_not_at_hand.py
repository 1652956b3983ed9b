"""A case whose procedures are not at hand any more: a set that was removed, or renamed, or has a mistake."""

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

SETS = Path(__file__).parent / "sets"
SCHEMA = Path(__file__).parents[2] / "docs" / "record.schema.json"
GONE = "desk/concern is not at hand: There is no procedure set 'desk'. See `cpcli pathways`."


@pytest.fixture
def gone(desk, walk, tmp_path):
    """`cpcli` with case 1 by desk/concern, and case 2 by a set that is at hand. gone.put_back() puts the
    first set back.
    """
    sets = tmp_path / "sets"
    shutil.copytree(SETS / "desk", sets / "desk")
    other = sets / "other"
    shutil.copytree(SETS / "desk", other)
    (other / "set.yaml").write_text((other / "set.yaml").read_text().replace("set: desk", "set: other"))
    desk.environment["CPCLI_PROCEDURES"] = str(sets)
    walk()
    desk("case", "event", "1", "letter-sent", "--at", "today 16:00")
    walk("other/report", child={"name": "Ada Moss"}, facts="All of it.")
    aside = shutil.move(sets / "desk", tmp_path / "aside")
    desk.put_back = lambda: shutil.move(aside, sets / "desk")
    desk.sets = sets
    return desk


def duties(cpcli, case="1"):
    return {each["key"]: each["state"] for each in cpcli.json("case", "show", case)["duties"]}


def test_everything_recorded_is_shown_and_a_line_says_what_is_missing(gone):
    said = " ".join(gone("case", "show", "1").stdout.split())
    assert f"{GONE} What was recorded stands" in said
    assert "then: cpcli store rebuild" in said
    for words in ("Zebedee Quill", "What kind of concern is it? new", "Two signs of neglect.", "desk 3"):
        assert words in said
    assert "Do not tell the neighbours. Read" in said
    assert "Letter sent" in said
    assert "Thu 31 Dec 2026 You should: Ask the duty desk for its answer" in said


def test_the_record_for_programs_says_it_too_and_keeps_its_shape(gone):
    record = gone.json("case", "show", "1")
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(record)
    assert record["not_at_hand"] == [{"walk": 1, "pathway": "desk/concern", "why": GONE}]
    assert duties(gone)["chase-answer"] == "open"
    assert gone.json("case", "show", "2")["not_at_hand"] == []


def test_duty_and_history_and_timeline_are_shown(gone):
    duty = gone.json("case", "duty", "1", "chase-answer")
    assert (duty["duty"]["due"], duty["event"]["name"], duty["working"]) == ("2026-12-31", "Letter sent", [])
    assert duty["not_at_hand"][0]["why"] == GONE
    assert "not known" in gone("case", "duty", "1", "chase-answer").stdout
    history = gone.json("case", "history", "1")
    assert history["not_at_hand"][0]["why"] == GONE
    assert [each["new"] for each in history["history"] if each["what"] == "What kind of concern is it?"] == [
        "new"
    ]
    assert "Ask the duty desk" in gone("case", "show", "1", "--timeline").stdout


def test_it_is_exported_and_comes_back_as_it_was(gone):
    written = gone("case", "export", "--all").stdout
    assert [json.loads(line)["case"] for line in written.splitlines()] == ["2026-0001", "2026-0002"]
    gone.put_back()
    assert gone("case", "export", "--all").stdout == written


def test_its_period_cannot_be_worked_out_and_every_other_is_listed_as_usual(gone):
    one, two = gone.json("store", "due-for-review")["cases"]
    assert (one["state"], one["not_at_hand"]) == ("cannot be worked out", [GONE])
    assert (two["state"], two["not_at_hand"]) == ("no period given", [])
    rows = list(csv.DictReader(gone("store", "due-for-review", "--csv").stdout.splitlines()))
    assert [(row["state"], row["not_at_hand"]) for row in rows] == [
        ("cannot be worked out", GONE),
        ("no period given", ""),
    ]
    said = " ".join(gone("store", "due-for-review").stdout.split())
    assert "Cannot be worked out: procedures are not at hand" in said
    assert "No period given" in said


def test_a_page_does_not_offer_to_record_what_cannot_be_recorded(gone):
    offer = "When one is done"
    assert offer not in gone("case", "show", "1").stdout
    assert offer in gone("case", "show", "2").stdout


def test_check_says_what_it_could_not_prove_and_that_nothing_is_wrong(gone):
    done = gone("store", "check")
    assert (done.returncode, done.stdout[:6]) == (0, "Sound:")
    assert f"Case 2026-0001: what follows from it cannot be proved. {GONE}\n" in done.stdout
    found = gone.json("store", "check")
    assert (found["sound"], len(found["not_proved"])) == (True, 1)


def test_notes_marks_events_and_whoever_has_it_are_recorded_all_the_same(gone):
    for command, given in (
        (("note", "1"), "She rang."),
        (("mark", "1", "Not for the parents"), ""),
        (("assign", "1", "--to", "Jo Marsh"), ""),
        (("assign", "1", "tell-manager", "--to", "Ann Poe"), ""),
        (("event", "1", "meeting", "--at", "now"), ""),
    ):
        done = gone("case", *command, given=given)
        assert done.returncode == 0, done.stderr
        assert GONE in " ".join(done.stdout.split())
    assert gone("store", "check").returncode == 0
    record = gone.json("case", "show", "1")
    assert [each["text"] for each in record["notes"]] == ["She rang."]
    assert [each["text"] for each in record["marking"]] == ["Not for the parents"]
    assert "meeting" in [each["event"] for each in record["events"]]
    assert {each["key"]: each["assigned"] for each in record["duties"]}["tell-manager"] == "Ann Poe"
    assert {each["key"]: each["assigned"] for each in record["duties"]}["read-file"] == "Jo Marsh"


def test_closed_its_duties_lapse_and_opened_again_they_are_what_they_were(gone):
    before = duties(gone)
    assert gone("case", "close", "1", "--yes", given="They moved.").returncode == 0
    assert set(duties(gone).values()) == {"lapsed", "met"}
    assert "2026-0001" not in gone("agenda", "--csv").stdout
    assert gone("case", "reopen", "1", given="They are back.").returncode == 0
    assert duties(gone) == before == {**before, "tell-manager": "open", "prepare-meeting": "waiting"}


@pytest.mark.parametrize(
    "command",
    [
        ("done", "1", "tell-manager", "--at", "now"),
        ("depart", "1", "tell-manager"),
        ("extend", "1", "chase-answer", "--to", "15/01/2027"),
        ("event", "1", "answer-received", "--at", "now"),
    ],
    ids=lambda command: command[0],
)
def test_what_needs_the_procedures_is_refused_in_a_line(gone, command):
    before = gone.json("store", "check")["hash"]
    done = gone("case", *command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(GONE)
    assert done.stderr.count("\n") == 1
    assert gone.json("store", "check")["hash"] == before


def test_its_walk_cannot_be_gone_on_with_and_another_can_be_begun(gone, walk):
    done = gone("resume", "1", given="")
    assert (done.returncode, GONE in done.stderr) == (2, True)
    walk("other/report", "--case", "1", child={"name": "Ada Moss"}, facts="All of it.")
    record = gone.json("case", "show", "1")
    assert [each["title"] for each in record["walks"]] == [
        "A concern about a child",
        "A report for the court",
    ]
    assert duties(gone)["chase-answer"] == "open"


def test_when_the_set_is_back_everything_is_worked_out_again(gone):
    gone("case", "event", "1", "meeting", "--at", "15/01/2027", "--planned")
    assert duties(gone)["prepare-meeting"] == "waiting"
    done = gone("store", "rebuild")
    assert (done.returncode, GONE in done.stderr) == (1, True)
    gone.put_back()
    assert gone("store", "rebuild").returncode == 0
    assert duties(gone)["prepare-meeting"] == "open"
    assert gone.json("store", "check")["not_proved"] == []


def test_one_pathway_that_is_gone_is_named_with_the_nearest(gone):
    gone.put_back()
    (gone.sets / "desk" / "concern.yaml").rename(gone.sets / "desk" / "concerns.yaml")
    why = gone.json("case", "show", "1")["not_at_hand"][0]["why"]
    assert why.startswith("desk/concern is not at hand: There is no pathway")
    assert "desk/concerns" in why
    (event,) = (
        each["name"] for each in gone.json("case", "show", "1")["events"] if each["event"] == "letter-sent"
    )
    assert event == "You sent the letter"


def test_a_set_with_a_mistake_in_it_keeps_nobody_from_looking(gone):
    gone.put_back()
    with (gone.sets / "desk" / "concern.yaml").open("a") as file:
        file.write("nonsense: yes\n")
    assert "nonsense" in gone.json("case", "show", "1")["not_at_hand"][0]["why"]
    assert gone("case", "note", "1", given="Seen.").returncode == 0


def test_marks_that_a_set_laid_down_stand_while_it_is_gone(gone, walk):
    shutil.rmtree(gone.sets / "other")
    court = "For the court alone. Do not share it with the parties."
    (mark,) = gone.json("case", "show", "2")["marking"]
    assert (mark["text"], mark["cite"]) == (court, ["6"])
    assert json.loads(gone("case", "export", "2").stdout)["marking"] == [court]
    assert court in gone("agenda", "--csv").stdout


def test_an_answer_to_what_is_not_asked_any_more_is_shown_still(gone):
    gone.put_back()
    file = gone.sets / "desk" / "concern.yaml"
    file.write_text(file.read_text().replace("id: refer-reason", "id: refer-why"))
    (answer,) = (each for each in gone.json("case", "show", "1")["answers"] if each["step"] == "refer-reason")
    assert (answer["says"], answer["applies"]) == ("Two signs of neglect.", False)
    assert "Two signs of neglect." in gone("case", "show", "1").stdout


def test_a_tampered_answer_is_still_found(gone, tampered):
    tampered("UPDATE answers SET value = '\"old\"' WHERE step = 'kind'")
    done = gone("store", "check")
    assert (done.returncode, "the table answers is not what the journal gives" in done.stdout) == (1, True)


@pytest.fixture
def tampered(gone):
    """Changes the store behind its back."""

    def tampered(sql):
        with closing(sqlite3.connect(gone.store)) as connection, connection:
            connection.execute(sql)

    return tampered
