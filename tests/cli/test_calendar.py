"""`cpcli calendar`: a year, its days off, and where each comes from."""

from pathlib import Path

import pytest

SETTINGS = """\
team = "Duty team, North"
office-hours = "09:00 to 17:00"
after-close = "next working day"
terms = ["2026-11-02 to 2026-12-18"]
[closures]
2026-12-29 = "Council closure day"
"""


@pytest.fixture
def team(cpcli):
    folder = Path(cpcli.environment["CPCLI_CONFIG"])
    folder.mkdir()
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return cpcli


def test_the_year_is_shown_with_its_days_off_and_where_each_comes_from(team):
    lines = team("calendar").stdout.splitlines()
    assert lines[0] == "Calendar 2026 · England, Duty team, North"
    assert "  Dec  ....--.....--.....--....B--BC..  20" in lines
    assert "  Sat 26 Dec 2026  Boxing Day                bank holiday, weekend" in lines
    assert "  Tue 29 Dec 2026  Council closure day       closed, by your settings" in lines
    assert "  Mon 2 Nov 2026 to Fri 18 Dec 2026: 35 school days" in lines
    assert "What comes after 17:00, or on a day off, counts as the next" in "\n".join(lines)


@pytest.mark.parametrize("nation", ["England", "Wales", "Scotland", "Northern Ireland"])
@pytest.mark.parametrize("year", [2000, 2022, 2028])
def test_it_fits_into_80_columns(cpcli, nation, year):
    done = cpcli("calendar", year, "--nation", nation)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_bank_holidays_that_are_not_published_yet_say_so(cpcli):
    assert "  Mon 25 Dec 2028  Christmas Day" in cpcli("calendar", "2028").stdout
    assert "bank holiday, projected" in cpcli("calendar", "2028").stdout
    assert "bank holiday, projected" not in cpcli("calendar", "2027").stdout


def test_in_json(team):
    found = team.json("calendar", "2026")
    assert {key: found[key] for key in ("year", "nation", "team", "working_days", "closes")} == {
        "year": 2026,
        "nation": "England",
        "team": "Duty team, North",
        "working_days": 252,
        "closes": "17:00",
    }
    assert found["days_off"][-1] == {
        "date": "2026-12-29",
        "name": "Council closure day",
        "source": "closure",
        "projected": False,
        "weekend": None,
    }
    assert found["terms"] == [{"first": "2026-11-02", "last": "2026-12-18", "school_days": 35}]
    assert sum(month["working_days"] for month in found["months"]) == 252


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1899",), "from 1900 to 2199"),
        (("next",), "'next' is no year: write it in four figures, as 2027"),
        (("2026", "--nation", "France"), "'France' is not a nation"),
    ],
)
def test_bad_input_is_one_line(cpcli, arguments, said):
    done = cpcli("calendar", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
