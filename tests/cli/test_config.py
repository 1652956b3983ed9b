"""`cpcli config`: a team's settings, and every date that hangs on them."""

import json
import stat
import sys
from pathlib import Path

import pytest


@pytest.fixture
def team(desk):
    """`cpcli` with a settings file of one's own: team.file is where it is, team.has(text) writes it."""
    folder = Path(desk.environment["CPCLI_CONFIG"])
    desk.file = folder / "settings.toml"

    def has(text):
        folder.mkdir(exist_ok=True)
        desk.file.write_text(text, encoding="utf-8")

    desk.has = has
    return desk


def test_without_a_file_nothing_is_set(team):
    found = team.json("config")
    assert found["file"] == str(team.file)
    assert set(found["settings"].values()) == {None}
    assert not team.file.exists()


def test_what_was_set_is_shown_and_where(team):
    for given in (
        ("nation", "cymru"),
        ("team", "Duty team, North"),
        ("office-hours", "08:45 to 17:00"),
        ("after-close", "next working day"),
        ("first-day", "1"),
        ("closures", "29/12/2026=Council closure day", "30 Dec=Second day"),
        ("terms", "02/11/2026 to 18/12/2026", "2026-09-02 to 2026-10-23"),
        ("set", "desk"),
        ("role", "worker"),
        ("encrypted", "yes"),
    ):
        done = team("config", "set", *given)
        assert (done.returncode, done.stderr) == (0, ""), given
    assert team.json("config", "show")["settings"] == {
        "set": "desk",
        "nation": "Wales",
        "role": "worker",
        "team": "Duty team, North",
        "procedures": None,
        "first-day": 1,
        "office-hours": "08:45 to 17:00",
        "after-close": "next working day",
        "closures": {"2026-12-29": "Council closure day", "2026-12-30": "Second day"},
        "terms": ["2026-09-02 to 2026-10-23", "2026-11-02 to 2026-12-18"],
        "encrypted": "yes",
    }
    screen = team("config").stdout
    assert f"  {team.file}\n" in screen
    assert "Tue 29 Dec 2026: Council closure day" in screen
    assert team("config", "path").stdout.strip() == str(team.file)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_the_file_is_its_owners_alone(team):
    assert team("config", "set", "nation", "Wales").returncode == 0
    assert stat.S_IMODE(team.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(team.file.parent.stat().st_mode) == 0o700
    assert list(team.file.parent.iterdir()) == [team.file]


def test_closures_and_terms_are_added_to_those_there_are(team):
    team("config", "set", "closures", "29/12/2026=One")
    done = team("config", "set", "closures", "29/12/2026=Another", "30/12/2026=Two")
    assert done.stdout == "closures: Tue 29 Dec 2026: Another; Wed 30 Dec 2026: Two\n"
    team("config", "set", "terms", "02/09/2026 to 23/10/2026")
    done = team("config", "set", "terms", "02/09/2026 to 22/10/2026", "02/11/2026 to 18/12/2026")
    assert done.stdout == ("terms: Wed 2 Sep 2026 to Thu 22 Oct 2026; Mon 2 Nov 2026 to Fri 18 Dec 2026\n")


def test_what_was_set_can_be_taken_out(team):
    team("config", "set", "nation", "Wales")
    team("config", "set", "closures", "29/12/2026=One", "30/12/2026=Two")
    assert team("config", "unset", "closures", "29/12/2026").stdout == "closures: Wed 30 Dec 2026: Two\n"
    assert team("config", "unset", "nation").stdout == "nation: not set\n"
    assert team.json("config")["settings"]["closures"] == {"2026-12-30": "Two"}


def test_a_name_is_kept_to_the_letter(team):
    name = 'Zoë\'s "away" day \\ # [x]'
    team("config", "set", "closures", f"29/12/2026={name}")
    assert team.json("config")["settings"]["closures"] == {"2026-12-29": name}
    assert f"a closure day ({name})" in team("due", "within 1 working day", "--from", "24/12/2026").stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("nation", "France"), "'France' is not a nation"),
        (("first-day", "2"), "'2' is neither 0 nor 1"),
        (("first-day", "true"), "neither 0 nor 1"),
        (("office-hours", "17:00 to 08:45"), "closes (08:45) before it opens (17:00)"),
        (("office-hours", "9 to 25:00"), "not two times of day"),
        (("office-hours", "17:00"), "not two times with ` to ` between them"),
        (("after-close", "tomorrow"), "neither 'next working day' nor 'same day'"),
        (("after-close", "next working day"), "needs to know when the office closes"),
        (("closures", "31/02/2026=x"), "February 2026 has 28 days"),
        (("closures", "30/12/2026 to 31/12/2026=x"), "write each closure day by itself"),
        (("closures", "29/12/2026"), "write the day, = and what it is"),
        (("closures", "29/12/2026="), "the name of 2026-12-29"),
        (("closures", "29/12/2026 10:00=x"), "has a time, and a day alone is needed"),
        (("terms", "18/12/2026 to 02/11/2026"), "ends (Mon 2 Nov 2026) before it begins (Fri 18 Dec 2026)"),
        (("terms", "02/09/2026 to 31/10/2026", "26/10/2026 to 18/12/2026"), "before another has ended"),
        (("terms", "02/09/2026"), "not two dates"),
        (("set", "desks"), "Did you mean desk?"),
        (("role", "boss"), "No procedure set has the role boss"),
        (("role", "local-team"), "No procedure set has the role local-team"),  # who walks nothing
        (("nations", "Wales"), "Did you mean `nation`?"),
        (("team", "a\x1bb"), "characters that cannot be shown"),
        (("team", " "), "words in quotation marks are needed"),
    ],
)
def test_what_cannot_be_set_is_one_line_and_changes_nothing(team, given, said):
    done = team("config", "set", *given)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not team.file.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nation = "France"', "nation: 'France' is not a nation"),
        ("nation = 3", "nation: words in quotation marks are needed."),
        ("first-day = 2", "first-day: '2' is neither 0 nor 1. Write, for example: first-day = 0"),
        ('first-day = "1"', "first-day: '1' is neither 0 nor 1."),
        ('[closures]\n2026-02-30 = "x"', "closures: '2026-02-30' cannot be: February 2026 has 28 days."),
        ('[closures]\n"31/04/2026" = "x"', "closures: '31/04/2026' cannot be: April 2026 has 30 days."),
        ('[closures]\ntomorrow = "x"', "closures: 'tomorrow' is not a day written out"),
        ('[closures]\n2026-12-29 = "x"\n"29/12/2026" = "y"', "closures: 29/12/2026 is there twice."),
        ("closures = 2026-12-29", "closures: each closure day needs its date and its name."),
        ("[closures]\n2026-12-29 = true", "the name of 2026-12-29: words in quotation marks are needed."),
        ('terms = ["2026-02-30 to 2026-04-01"]', "terms: '2026-02-30' cannot be"),
        ('terms = ["2026-09-02 to 2026-09-01"]', "terms: A school term ends (Tue 1 Sep 2026) before"),
        ("terms = [2026-02-30]", "cannot be read: "),
        ('office-hours = "8 to 5"', "office-hours: '8 to 5' is not two times of day"),
        ('after-close = "next working day"', "after-close needs to know when the office closes"),
        ('nations = "Wales"', "there is no setting `nations`. Did you mean `nation`?"),
        ('nation = "Wales', "cannot be read: "),
    ],
)
def test_a_bad_file_is_one_line_with_the_file_the_key_and_what_to_write(team, text, said):
    team.has(text)
    done = team("due", "within 5 days", "--from", "today")
    assert (done.returncode, done.stdout) == (2, "")
    assert str(team.file) in done.stderr
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["config", "agenda", "calendar", "start"])
def test_nothing_goes_by_a_bad_file(team, command):
    team.has('[closures]\n2026-02-30 = "x"')
    done = team(command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "February 2026 has 28 days" in done.stderr


def test_a_file_from_notepad_is_read(team):
    team.has('\ufeffnation = "Wales"\r\n')
    assert team.json("config")["settings"]["nation"] == "Wales"


def test_a_file_that_is_no_text_is_refused(team):
    team.has("")
    team.file.write_bytes(b"team = \xff\xfe")
    assert "it is not UTF-8 text" in team("config").stderr


def test_a_bad_setting_can_be_taken_out_without_an_editor(team):
    team.has('nation = "France"\nnations = 3\n')
    assert team("config", "unset", "nations").returncode == 0
    assert team("config", "unset", "nation").returncode == 0
    assert team.json("config")["settings"]["nation"] is None


def test_what_rests_on_a_setting_has_to_go_first(team):
    team("config", "set", "office-hours", "09:00 to 17:00")
    team("config", "set", "after-close", "next working day")
    done = team("config", "unset", "office-hours")
    assert done.returncode == 2
    assert "after-close needs to know" in done.stderr
    assert team.json("config")["settings"]["office-hours"] == "09:00 to 17:00"


def test_taking_out_what_is_not_there_is_refused(team):
    team.has('nation = "Wales"')
    for given, said in (
        (("team",), "`team` is not set"),
        (("closures", "today"), "`closures` is not set"),
        (("nation", "today"), "nation is one thing"),
    ):
        done = team("config", "unset", *given)
        assert done.returncode == 2
        assert said in done.stderr


def due(team, *arguments):
    return team.json("due", *arguments)["due"]


def test_due_dates_go_by_the_settings(team):
    team.has(
        'nation = "Scotland"\noffice-hours = "09:00 to 17:00"\nafter-close = "next working day"\n'
        'terms = ["2026-11-02 to 2026-12-18", "2027-01-05 to 2027-02-12"]\n'
        '[closures]\n2026-12-29 = "Closure day"\n'
    )
    assert due(team, "within 1 working day", "--from", "24/12/2026") == "2026-12-30"
    assert due(team, "within 1 working day", "--from", "24/12/2026 17:30") == "2026-12-31"
    assert due(team, "within 4 working days", "--from", "29/12/2026") == "2027-01-06"  # 4 January, Scotland's
    assert due(team, "within 4 working days", "--from", "29/12/2026", "--nation", "Wales") == "2027-01-05"
    assert due(team, "within 2 school days", "--from", "17/12/2026") == "2027-01-05"
    found = team.json("due", "between", "24/12/2026", "31/12/2026")
    assert (found["working_days"], found["nation"]) == (2, "Scotland")


def test_a_batch_goes_by_the_settings(team):
    team.has(
        'first-day = 1\noffice-hours = "09:00 to 17:00"\nafter-close = "next working day"\n'
        '[closures]\n2026-12-29 = "Closure day"\n'
    )
    rows = ["2026-12-23T17:00", "2026-12-23T17:01", "2026-12-23"]
    given = "".join(f'{{"limit": "within 2 working days", "from": "{at}"}}\n' for at in rows)
    done = team("due", "--batch", "-", given=given)
    assert [json.loads(line)["due"] for line in done.stdout.splitlines()] == [
        "2026-12-24",
        "2026-12-30",
        "2026-12-24",
    ]


def test_the_option_goes_before_the_first_day_in_the_settings(team):
    team.has("first-day = 1")
    assert due(team, "within 2 working days", "--from", "21/12/2026") == "2026-12-22"
    assert due(team, "within 2 working days", "--from", "21/12/2026", "--first-day", "0") == "2026-12-23"
    found = team.json("due", "between", "21/12/2026", "22/12/2026")
    assert (found["first_day"], found["working_days"]) == (1, 2)


def test_the_agenda_looks_ahead_by_the_teams_days(team):
    team("store", "new")
    assert team.json("agenda")["until"] == "2027-01-05"
    team.has('nation = "Scotland"\n[closures]\n2026-12-29 = "Closure day"')
    assert team.json("agenda")["until"] == "2027-01-07"


def test_a_case_goes_by_the_teams_days_and_its_sets_nation(team, walk):
    team.has('nation = "Scotland"\n[closures]\n2026-12-29 = "Closure day"')
    walk(called="2026-12-24T15:30")
    (duty,) = [one for one in team.json("agenda")["soon"] if one["duty"] == "send-letter"]
    assert duty["due"] == "2026-12-30"


def test_settings_that_move_dates_say_that_the_store_is_to_be_rebuilt(team, walk):
    walk(called="2026-12-24T15:30")
    assert team("config", "set", "team", "North").stderr == ""
    done = team("config", "set", "closures", "29/12/2026=Closure day")
    assert "cpcli store rebuild" in done.stderr
    checked = team("store", "check")
    assert checked.returncode == 1
    assert "the table duties is not what the journal gives" in checked.stdout
    assert team("store", "rebuild").stdout == "Made anew from the journal: 1 case.\n"
    assert team("store", "check").returncode == 0
    (duty,) = [one for one in team.json("agenda")["soon"] if one["duty"] == "send-letter"]
    assert duty["due"] == "2026-12-30"


def test_nothing_is_to_be_rebuilt_where_there_is_no_store(team):
    assert team("config", "set", "closures", "29/12/2026=Closure day").stderr == ""


def test_a_walk_begins_by_the_set_and_the_role_in_the_settings(team):
    del team.environment["CPCLI_ROLE"]
    done = team("start", "--answers", "-", given="{}")
    assert "Say which procedures, with --set" in done.stderr
    team.has('set = "desk"\nrole = "worker"')
    done = team("start", "--answers", "-", given="{}")
    assert "role" not in done.stderr
    assert "child" in done.stderr
    found = team("start", "concern", "--template")
    assert found.returncode == 0


def test_a_role_in_the_environment_goes_before_the_settings(team):
    team.has('role = "worker"')
    assert "CPCLI_ROLE says boss, which" in team("config", CPCLI_ROLE="boss").stdout


def test_a_school_day_limit_says_how_to_set_the_terms(team):
    done = team("due", "within 10 school days", "--from", "today")
    assert done.returncode == 2
    assert 'Add term dates: cpcli config set terms "02/09/2026 to 23/10/2026"' in done.stderr
