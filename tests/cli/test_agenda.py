"""`cpcli agenda`: what is overdue and due, over every open case."""

import pytest


def keys(part):
    return [(duty["case"], duty["key"]) for duty in part]


def test_without_a_store_it_says_so_nothing_is_due_and_none_is_made(desk):
    done = desk("agenda")
    assert (done.returncode, done.stderr) == (0, f"There is no store at {desk.store} yet.\n")
    assert "Nothing is due." in done.stdout
    assert not desk.store.exists()


def test_a_check_of_a_store_that_is_not_there_is_no_all_clear(desk):
    done = desk("agenda", "--check")
    assert (done.returncode, done.stdout) == (3, "")
    assert f"There is no store at {desk.store}" in done.stderr


def test_it_has_each_duty_in_the_part_of_the_day_that_it_belongs_to(case):
    found = case.json("agenda", "--waiting")
    assert keys(found["now"]) == [("2026-0001", "tell-manager")]
    assert keys(found["soon"]) == [("2026-0001", "send-letter")]
    assert keys(found["undated"]) == [("2026-0001", "read-file")]
    assert keys(found["waiting"]) == [("2026-0001", "prepare-meeting"), ("2026-0001", "chase-answer")]
    assert found["overdue"] == found["today"] == found["later"] == found["unfinished"] == []
    assert (found["as_at"], found["until"]) == ("2026-12-24T16:40", "2027-01-05")


@pytest.mark.parametrize(
    ("now", "part", "why"),
    [
        ("2026-12-24T16:40", "soon", "one working day ahead"),
        ("2026-12-29T00:00", "today", "the day itself has begun"),
        ("2026-12-29T23:59", "today", "and lasts until midnight"),
        ("2026-12-30T00:00", "overdue", "the day is over"),
        ("2026-12-01T09:00", "later", "more than five working days ahead"),
    ],
)
def test_a_duty_moves_through_the_parts_as_time_goes_by(case, now, part, why):
    found = case.json("agenda", now=now)
    assert ("2026-0001", "send-letter") in keys(found[part]), why


def test_it_is_worst_first(desk, walk):
    walk(called="2026-12-24T15:30")
    walk(called="2026-12-22T15:30")
    walk(called="2026-12-21T15:30")
    found = desk.json("agenda", now="2027-01-04T09:00")
    assert keys(found["overdue"]) == [
        ("2026-0003", "send-letter"),
        ("2026-0002", "send-letter"),
        ("2026-0001", "send-letter"),
    ]


def test_it_says_how_many_working_days_late_and_left(case):
    assert "2 working days late" in case("agenda", now="2026-12-31T09:00").stdout
    assert "in 1 working day" in case("agenda").stdout


def test_check_is_code_1_only_where_something_is_overdue(case):
    assert case("agenda", "--check").returncode == 0
    late = case("agenda", "--check", now="2026-12-31T09:00")
    assert (late.returncode, late.stderr) == (1, "")
    assert "Send the letter" in late.stdout
    assert case("agenda", now="2026-12-31T09:00").returncode == 0


def test_each_part_is_as_long_as_was_asked_for_and_the_counts_are_whole(desk, walk):
    for _ in range(3):
        walk()
    found = desk.json("agenda", "--limit", "2", now="2026-12-31T09:00")
    assert len(found["overdue"]) == 2
    assert found["counts"]["overdue"] == 3
    assert len(desk.json("agenda", "--limit", "0", now="2026-12-31T09:00")["overdue"]) == 3
    assert "1 more" in desk("agenda", "--limit", "2", now="2026-12-31T09:00").stdout


@pytest.mark.parametrize(
    ("limit", "now", "said"),
    [
        ("1", "2026-12-24T16:40", ["… and 5 more without a date. --limit 0", "… and 2 more. --limit 0"]),
        ("4", "2026-12-24T16:40", ["… and 2 more. --limit 0"]),
        ("2", "2026-12-01T09:00", ["… and 4 more without a date. --limit 0", "… and 1 more. --limit 0"]),
        ("0", "2026-12-24T16:40", []),
    ],
)
def test_a_part_that_is_cut_short_says_how_many_more_there_are(desk, walk, limit, now, said):
    for _ in range(3):
        walk()
    lines = desk("agenda", "--limit", limit, now=now).stdout.splitlines()
    assert [line.strip().removesuffix(" shows all.") for line in lines if " more" in line] == said


def test_what_waits_is_a_count_until_it_is_asked_for(case):
    assert "2 duties wait for something to happen" in case("agenda").stdout
    assert case.json("agenda")["waiting"] == []
    said = case("agenda", "--waiting").stdout
    assert "You should: Ask the duty desk for its answer (desk 5); waits for: You sent the letter" in said


def test_a_duty_that_waited_for_a_planned_day_is_open_when_the_day_has_come(case):
    case("case", "event", "1", "letter-sent", "--at", "04/01/2027", "--planned")
    assert "chase-answer" in [key for _, key in keys(case.json("agenda", "--waiting")["waiting"])]
    found = case.json("agenda", now="2027-01-05T09:00")
    assert ("2026-0001", "chase-answer") in keys(found["soon"])
    assert found["soon"][-1]["state"] == "open"
    late = case.json("agenda", now="2027-01-08T09:00")
    assert ("2026-0001", "chase-answer") in keys(late["overdue"])
    assert case("agenda", "--check", now="2027-01-08T09:00").returncode == 1


def test_walks_that_were_left_are_there_to_go_on_with(desk):
    desk("start", "desk/concern", "--plain", given="Zebedee Quill\n\n\n")
    assert desk.json("agenda")["unfinished"] == [
        {"case": "2026-0001", "walk": 1, "pathway": "desk/concern", "begun": "2026-12-24"}
    ]
    assert "cpcli resume 2026-0001" in desk("agenda").stdout


def test_it_never_says_a_name(case):
    said = case("agenda", "--waiting").stdout + case("agenda", "--waiting", "--json").stdout
    assert "Quill" not in said
    assert "ada" not in said


def test_a_row_is_one_line_in_a_pipe(case):
    (line,) = [line for line in case("agenda").stdout.splitlines() if "Send the letter" in line]
    assert line.split("  ")[1:] == [
        "Tue 29 Dec 2026, in 1 working day",
        "2026-0001",
        "You should: Send the letter (desk 5)",
    ]


def test_a_duty_has_the_keys_that_the_record_gives_it(case):
    (here,) = case.json("agenda")["soon"]
    (there,) = [duty for duty in case.json("case", "show", "1")["duties"] if duty["key"] == "send-letter"]
    assert here.pop("working_days_left") == 1
    assert here == there


def test_another_store_is_named_with_an_option_or_by_the_environment(case, tmp_path):
    assert "Nothing is due" in case("agenda", "--store", tmp_path / "none.db").stdout
    assert "Nothing is due" in case("agenda", CPCLI_STORE=str(tmp_path / "none.db")).stdout


def test_it_reads_a_store_that_cannot_be_written(case):
    case.store.chmod(0o400)
    assert "Send the letter" in case("agenda").stdout
