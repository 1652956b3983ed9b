"""`cpcli store due-for-review`: which records have been kept as long as their documents say."""

import csv
import json

import pytest

from asked import refused

ALLEGATION = {
    "role": "employer",
    "accused": {"name": "Zebedee Quill"},
    "allegation-made": "2015-03-01T10:00",
    "outcome": "unsubstantiated",
    "outcome-reason": "Two accounts.",
    "personnel-record": {
        "ticked": ["followed-up", "resolved", "decisions", "outcome", "action"],
        "why not": {},
    },
    "copy-given": "yes",
    "retirement-age-reached": "2020-01-01",
    "adopter": "not-adopter",
}


@pytest.fixture
def kept(cpcli):
    """Walks the record of an allegation with ALLEGATION and whatever is given besides; gives its entry."""

    def kept(*options, **answers):
        given = {**ALLEGATION, **{key.replace("_", "-"): value for key, value in answers.items()}}
        done = cpcli(
            "start", "set-2025/allegation-records", "--answers", "-", "--json", given=json.dumps(given)
        )
        assert done.returncode == 0, done.stderr
        reference = json.loads(done.stdout)["case"]["reference"]
        cases = {each["case"]: each for each in cpcli.json("store", "due-for-review", *options)["cases"]}
        return cases.get(reference)

    return kept


def test_ten_years_and_retirement_age_the_longer(kept):
    found = kept()
    assert (found["state"], found["keep_until"], found["not_known"]) == ("reached", "2025-03-01", [])
    assert found["rules"][0]["cite"] == ["A 7.6.1"]
    later = kept("--to-come", retirement_age_reached="2040-05-01")
    assert (later["state"], later["keep_until"]) == ("to come", "2040-05-01")


def test_what_is_still_to_come_is_left_out_unless_it_is_asked_for(kept):
    assert kept(retirement_age_reached="2040-05-01") is None


def test_without_the_day_of_retirement_the_ten_years_are_the_least(kept):
    found = kept(retirement_age_reached="not yet")
    assert found["keep_until"] == "2025-03-01"
    assert "reaches normal retirement age" in found["not_known"][0]


def test_adoption_records_are_kept_for_100_years_and_a_missing_day_is_said(kept):
    found = kept("--to-come", adopter="adopter", adoption_order_made="2016-05-01")
    assert (found["keep_until"], found["rules"][0]["cite"]) == ("2116-05-01", ["B 35.5.9"])
    found = kept(adopter="adopter", adoption_order_made="not yet")
    assert (found["keep_until"], found["state"]) == ("2025-03-01", "reached")
    assert found["not_known"] == ["Not recorded yet: The adoption order was made."]


def test_that_nobody_knows_yet_whether_100_years_hold_is_said(kept):
    found = kept(adopter="not-known-yet")
    assert found["keep_until"] == "2025-03-01"
    assert "100 years may hold" in found["not_known"][0]


def test_a_closed_case_is_kept_as_long(cpcli, kept):
    kept()
    cpcli("case", "close", "1", "--yes", given="Settled")
    (found,) = cpcli.json("store", "due-for-review")["cases"]
    assert (found["status"], found["keep_until"]) == ("closed", "2025-03-01")


def test_a_case_whose_document_leaves_it_open_is_listed_apart(case):
    (found,) = case.json("store", "due-for-review")["cases"]
    assert (found["state"], found["keep_until"], found["rules"]) == ("no period given", None, [])
    said = case("store", "due-for-review").stdout
    assert "No period given" in said
    assert "2026-0001" in said


def test_what_a_document_says_without_a_period_is_cited(cpcli):
    given = {"who-wants-record": "court", "role": "professional"}
    cpcli("start", "herts-4.4.1/conference-record", "--answers", "-", given=json.dumps(given))
    (found,) = cpcli.json("store", "due-for-review")["cases"]
    assert found["state"] == "no period given"
    assert [each["cite"] for each in found["rules"]] == [["Administrative Arrangements"]]


def test_a_person_is_told_the_day_the_rule_and_what_is_missing(cpcli, kept):
    kept(adopter="adopter", adoption_order_made="not yet")
    done = cpcli("store", "due-for-review", COLUMNS="200")
    said = " ".join(done.stdout.split())
    for words in ("Sat 1 Mar 2025", "Case 2026-0001, open", "A 7.6.1", "The adoption order was made"):
        assert words in said.replace("\u00a0", " ")
    assert "Quill" not in done.stdout


def test_as_csv_there_is_a_row_for_each_rule(cpcli, kept):
    kept(adopter="adopter", adoption_order_made="2016-05-01")
    done = cpcli("store", "due-for-review", "--to-come", "--csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [(row["case"], row["keep_until"], row["cite"]) for row in rows] == [
        ("2026-0001", "2116-05-01", "B 35.5.9"),
        ("2026-0001", "2025-03-01", "A 7.6.1"),
    ]


def test_it_writes_one_thing_at_a_time(case):
    refused(case("store", "due-for-review", "--json", "--csv"), "leave one out")
