"""Due dates as calendar files, read back by the icalendar library and by two clients that people use."""

import json
import os
import subprocess
from datetime import UTC, date, datetime
from shutil import which

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpcli.casework.duty_state import DutyState
from cpcli.clock.when import LONDON
from cpcli.output.ics import DONE, OFF, OPEN, Entry, calendar_text, duty_entry
from cpcli.output.safe import safe

AT = datetime(2026, 7, 1, 16, 40, tzinfo=LONDON)


def duty(**more):
    fields = {
        **dict.fromkeys(DutyState._fields, ""),
        "case": "2026-0001",
        "walk": 1,
        "key": "ring-them",
        "source": "a-set",
        "pathway": "referral",
        "do": "Ring them",
        "by": "service-manager",
        "you": False,
        "level": "should",
        "cite": ("3.9", "3.10"),
        "state": "open",
        "projected": False,
    }
    return DutyState(**{**fields, **more})


def read(*entries):
    """The tasks and the events of the calendar with these entries."""
    calendar = icalendar.Calendar.from_ical(calendar_text(entries, AT))
    return calendar.walk("VTODO"), calendar.walk("VEVENT")


def of_duty(**more):
    return read(duty_entry(duty(**more)))


def test_a_duty_is_a_task_and_an_event_each_with_an_identity_of_its_own():
    (task,), (event,) = of_duty(due="2026-07-02", key="ring-them#2")
    assert str(task["uid"]) == "2026-0001.1.ring-them.2.todo@cpcli"
    assert str(event["uid"]) == "2026-0001.1.ring-them.2.event@cpcli"
    assert str(task["summary"]) == str(event["summary"]) == "2026-0001: Ring them"


def test_a_date_is_the_whole_day():
    (task,), (event,) = of_duty(due="2026-07-02")
    assert task["due"].dt == event["dtstart"].dt == date(2026, 7, 2)
    assert event["dtend"].dt == date(2026, 7, 3)


@pytest.mark.parametrize(
    ("due", "utc"),
    [("2026-07-02T09:00", "20260702T080000Z"), ("2026-12-24T09:00", "20261224T090000Z")],
)
def test_a_time_is_a_moment_in_utc_summer_and_winter(due, utc):
    text = calendar_text([duty_entry(duty(due=due))], AT)
    assert f"DUE:{utc}\r\n" in text
    assert f"DTSTART:{utc}\r\n" in text


def test_what_has_no_date_is_a_task_alone():
    (task,), events = of_duty()
    assert "due" not in task
    assert events == []


@pytest.mark.parametrize(
    ("more", "priority"),
    [
        ({"level": "must"}, 3),
        ({"level": "should"}, 5),
        ({"level": "may"}, 9),
        ({"level": "may", "urgency": "immediately"}, 1),
        ({"level": "statement"}, None),
    ],
)
def test_priority_follows_the_level_and_what_is_urgent_is_first(more, priority):
    (task,), _ = of_duty(**more)
    assert task.get("priority") == priority


@pytest.mark.parametrize(
    ("state", "task_status", "event_status"),
    [
        ("open", "NEEDS-ACTION", "CONFIRMED"),
        ("waiting", "NEEDS-ACTION", "TENTATIVE"),
        ("met late", "COMPLETED", "CONFIRMED"),
        ("lapsed", "CANCELLED", "CANCELLED"),
        ("departed from", "CANCELLED", "CANCELLED"),
    ],
)
def test_the_status_says_what_has_become_of_it(state, task_status, event_status):
    (task,), (event,) = of_duty(due="2026-07-02", state=state, since="2026-07-01T10:00")
    assert (str(task["status"]), str(event["status"])) == (task_status, event_status)
    assert ("completed" in task) == (state == "met late")


def test_a_projected_date_is_tentative_and_says_why():
    (task,), (event,) = of_duty(due="2036-07-02", projected=True)
    assert str(event["status"]) == "TENTATIVE"
    assert "Projected" in task["description"]


def test_it_says_who_must_do_it_why_then_and_on_whose_word():
    (task,), _ = of_duty(
        due="2026-07-02", limit="within 1 working day", event="call-made", started="2026-07-01"
    )
    assert str(task["description"]).split("\n") == [
        "Service manager should: Ring them",
        "within 1 working day, from: call made (Wed 1 Jul 2026)",
        "a-set 3.9, 3.10",
        "cpcli case show 2026-0001",
    ]
    assert task["categories"].cats == ["a-set", "referral", "should"]


def test_nobody_is_named():
    (task,), (event,) = of_duty(
        due="2026-07-02",
        was_due="2026-07-01",
        assigned="Ann Lee",
        counted="extended from Wed 1 Jul 2026, agreed by Ann Lee",
        why="agreed by Ann Lee",
    )
    assert "Ann" not in task.to_ical().decode() + event.to_ical().decode()
    assert "Extended from Wed 1 Jul 2026" in task["description"]


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n"), min_size=1
)
ENTRIES = st.builds(
    Entry,
    uid=st.from_regex(r"[a-z0-9.-]{1,30}", fullmatch=True),
    summary=TEXT,
    due=st.none()
    | st.dates(date(1990, 1, 1), date(2190, 1, 1))
    | st.datetimes(datetime(1990, 1, 1), datetime(2190, 1, 1), timezones=st.just(LONDON)).map(
        lambda at: at.replace(microsecond=0)
    ),
    description=TEXT,
    priority=st.integers(0, 9),
    categories=st.lists(TEXT, max_size=3).map(tuple),
    state=st.just(OPEN),
    done=st.none(),
    firm=st.booleans(),
)


@given(st.lists(ENTRIES, max_size=4))
def test_any_text_is_folded_and_escaped_so_that_it_is_read_back(entries):
    text = calendar_text(entries, AT)
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    tasks, events = read(*entries)
    assert [str(task["summary"]) for task in tasks] == [safe(entry.summary) for entry in entries]
    assert [str(task["description"]) for task in tasks] == [safe(entry.description) for entry in entries]
    assert [task["due"].dt if "due" in task else None for task in tasks] == [
        entry.due.astimezone(UTC) if isinstance(entry.due, datetime) else entry.due for entry in entries
    ]
    assert len(events) == sum(entry.due is not None for entry in entries)


@pytest.fixture
def file(tmp_path):
    """A calendar with a duty due on a day, one due at a time, and one without a date."""
    path = tmp_path / "due.ics"
    duties = (
        duty(due="2026-07-02"),
        duty(due="2026-07-03T09:30", key="visit", do="See the child; alone, if safe", level="must"),
        duty(key="read", do="Read the file"),
    )
    path.write_bytes(calendar_text(map(duty_entry, duties), AT).encode())
    return path


def run(tmp_path, *command):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "TZ": "UTC",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(which("khal") is None, reason="khal is not here")
def test_khal_reads_it(tmp_path, file):
    settings = tmp_path / "khal.conf"
    settings.write_text(
        f"[calendars]\n[[due]]\npath = {tmp_path / 'due'}\n[locale]\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        "longdatetimeformat = %Y-%m-%d %H:%M\nlocal_timezone = Europe/London\n"
        "default_timezone = Europe/London\n"
    )
    (tmp_path / "due").mkdir()
    run(tmp_path, "khal", "-c", str(settings), "import", "--batch", "-a", "due", str(file))
    shown = [
        "khal",
        "-c",
        str(settings),
        "list",
        "-df",
        "{date}",
        "-f",
        "{start} {title}",
        "2026-07-01",
        "4d",
    ]
    said = run(tmp_path, *shown)
    assert "2026-07-02 2026-0001: Ring them" in said
    assert "2026-07-03 09:30 2026-0001: See the child; alone, if safe" in said


@pytest.mark.skipif(which("todo") is None, reason="todoman is not here")
def test_todoman_reads_it(tmp_path, file):
    folder = tmp_path / "due"
    folder.mkdir()
    whole = icalendar.Calendar.from_ical(file.read_bytes())
    for number, task in enumerate(whole.walk("VTODO")):  # it keeps each task in a file of its own
        one = icalendar.Calendar()
        one.add("version", "2.0")
        one.add("prodid", "x")
        one.add_component(task)
        (folder / f"{number}.ics").write_bytes(one.to_ical())
    settings = tmp_path / "todoman.py"
    settings.write_text(f'path = "{tmp_path}/*"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n')
    said = run(tmp_path, "todo", "-c", str(settings), "--porcelain", "list")
    found = {each["summary"].partition(": ")[2]: each["due"] for each in json.loads(said)}
    assert found["See the child; alone, if safe"] == datetime(2026, 7, 3, 9, 30, tzinfo=LONDON).timestamp()
    assert found["Ring them"] == datetime(2026, 7, 2, tzinfo=UTC).timestamp()
    assert found["Read the file"] is None


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(LONDON))


@given(
    st.builds(
        Entry,
        uid=st.text("abc123.-", min_size=1, max_size=90),
        summary=st.text(max_size=200),
        due=st.none() | DAYS | TIMES,
        description=st.text(max_size=300),
        priority=st.integers(0, 9),
        categories=st.lists(st.text(max_size=20), max_size=4).map(tuple),
        state=st.sampled_from([OPEN, DONE, OFF]),
        done=st.none() | DAYS | TIMES,
        firm=st.booleans(),
        private=st.booleans(),
    )
)
def test_it_is_written_as_the_library_writes_what_it_has_read(entry):
    text = calendar_text([entry], AT)
    assert icalendar.Calendar.from_ical(text).to_ical().decode() == text
