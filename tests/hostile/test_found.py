"""What once broke a reader: each stays mended."""

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

from cpcli.casework.case_reading import read_case
from cpcli.cli import case_import, context
from cpcli.cli.config_typed import typed
from cpcli.cli.csv_in import read_csv
from cpcli.cli.errors import UsageFault
from cpcli.cli.settings import raw
from cpcli.clock.limit import LimitError, parse_limit
from cpcli.clock.when import LONDON, WhenError, parse_when
from cpcli.output.blocks import Para
from cpcli.output.layout import lay_out
from cpcli.procedures import catalogue
from cpcli.store.faults import NoSuchCase, StoreProblem
from cpcli.walk.answers import LONGEST_TEXT
from hostile import harness
from hostile.inside import cpcli
from hostile.reading_texts import case_reader
from store.store_help import add, answer, behind_its_back, derive, filled, open_store, start

SETS = Path(__file__).parent.parent / "cli" / "sets"

NOW = datetime(2026, 12, 24, 16, 40, tzinfo=LONDON)


@pytest.mark.parametrize("text", ["Fri 17:" + "9" * 5000, "9" * 5000 + ":00", "9999-" + "9" * 5000 + "-01"])
def test_a_date_with_thousands_of_figures_is_refused(text):
    with pytest.raises(WhenError):
        parse_when(text, NOW)


def test_day_nought_is_no_day():
    with pytest.raises(WhenError, match="December 2026 has 31 days"):
        parse_when("0/12/2026", NOW)


@pytest.mark.parametrize(
    "text", ["1²-30 working days", "²-weekly", "by the ²th birthday", "by the 9" + "9" * 5000]
)
def test_figures_that_are_not_ours_are_no_limit(text):
    with pytest.raises(LimitError):
        parse_limit(text)


def test_not_before_the_says_before_what():
    with pytest.raises(LimitError, match="it stops where"):
        parse_limit("not before the")


def test_a_repeat_that_never_stops_is_refused():
    with pytest.raises(LimitError, match="more than 100,000"):
        parse_limit("every week until 999999999 years after placement-began")


@pytest.mark.parametrize("head", [b'"case,pathway\n', b'"case" x,pathway\n', b"case,path\rway\n"])
def test_a_header_that_is_no_csv_is_refused(head):
    with pytest.raises(UsageFault, match="The first line is no header of a CSV"):
        read_csv(enumerate(BytesIO(head), 1), ())


def test_a_setting_of_thousands_of_figures_is_refused(tmp_path):
    (tmp_path / "settings.toml").write_text("first-day = " + "9" * 5000)
    with pytest.raises(UsageFault, match="cannot be read"):
        raw(tmp_path / "settings.toml")


@pytest.mark.parametrize("folder", ["~nobody-of-this-name/sets", "~\0/sets"])
def test_a_folder_of_nobody_is_refused(folder):
    with pytest.raises(UsageFault, match="nobody of that name"):
        typed("procedures", [folder], {})


def test_a_spoilt_cache_is_made_anew(tmp_path):
    before = catalogue.pathway([SETS], "desk/concern", tmp_path)
    for file in tmp_path.iterdir():
        data = bytearray(file.read_bytes())
        data[len(data) * 3 // 4] ^= 1
        file.write_bytes(data)
    assert catalogue.pathway([SETS], "desk/concern", tmp_path) == before


@pytest.fixture
def store(tmp_path):
    """A store with two cases, closed."""
    path = tmp_path / "cpcli.db"
    with open_store(path) as opened:
        filled(opened)
        filled(opened)
    return path


def left_wal(folder):
    """The -wal of another store, as a killed process leaves it."""
    with open_store(folder / "other.db") as opened:
        filled(opened)
        return (folder / "other.db-wal").read_bytes()


def test_a_damaged_store_with_changes_left_beside_it_is_not_written_to(store, tmp_path):
    data = bytearray(store.read_bytes())
    data[100:140] = bytes(40)  # the head of the first page
    store.write_bytes(data)
    (tmp_path / "cpcli.db-wal").write_bytes(left_wal(tmp_path))
    for read_only in (True, False):
        with pytest.raises(StoreProblem):
            open_store(store, create=False, read_only=read_only)
        assert store.read_bytes() == data


def test_changes_of_another_store_are_not_written_into_this_one(store, tmp_path):
    data = store.read_bytes()
    (tmp_path / "cpcli.db-wal").write_bytes(left_wal(tmp_path))
    with pytest.raises(StoreProblem, match=r"damaged|not of cpcli\.db"):
        open_store(store, create=False)
    assert store.read_bytes() == data


def test_changes_that_a_killed_process_left_are_taken_in(store, tmp_path):
    with open_store(store) as opened:
        add(opened, "2026-0001", answer("danger", "no"))
        files = {path.name: path.read_bytes() for path in (store, tmp_path / "cpcli.db-wal")}
    (tmp_path / "copy").mkdir()
    for name, data in files.items():
        (tmp_path / "copy" / name).write_bytes(data)
    with open_store(tmp_path / "copy" / "cpcli.db") as opened:
        assert opened.case("2026-0001").walks[1].answers["danger"].value == "no"


def test_a_text_in_the_schema_that_is_no_text_is_damage(store):
    data = store.read_bytes().replace(b"CREATE TRIGGER", b"CREATE \xff\xfe\xfdGGER", 1)
    store.write_bytes(data)
    with pytest.raises(StoreProblem, match="damaged"):
        open_store(store, create=False)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal SET body = '{\"a\"'",
        "UPDATE journal SET at = 'never'",
        "UPDATE cases SET opened = 'never'",
        "UPDATE journal_head SET seq = 'x'",
    ],
)
def test_a_row_that_does_not_hold_what_it_should_is_told(store, change):
    with behind_its_back(store) as connection:
        connection.execute(change)
    with open_store(store) as opened:
        assert opened.check(derive)
        if "head" not in change:
            with pytest.raises(StoreProblem, match="store check"):
                list(opened.entries()) and opened.cases()


def test_an_entry_of_a_walk_needs_a_walk_that_is_one():
    entries = [{"kind": "walk-begun", "pathway": "desk/concern"}, {"kind": "walk-finished", "walk": 0}]
    _, faults = read_case({"entries": entries}, case_reader())
    assert [fault.says for fault in faults] == [
        "an entry walk-finished needs `walk`: the number of a walk that was begun before it."
    ]


def test_changes_of_others_who_are_writing_are_the_stores_own(store):
    writers = [start("writer.py", store, f"writer-{number}", 40) for number in range(3)]
    while any(writer.poll() is None for writer in writers):
        with open_store(store, read_only=True) as opened:
            assert opened.head()[0] >= 16
    assert "refused" not in "".join(writer.communicate()[0] for writer in writers)


@pytest.mark.parametrize("given", ["1" * 50_000 + "!", "Quill-2014", "John.Quill.7"])
def test_a_case_with_any_reference_elsewhere_is_told_of_at_once_and_never_by_a_name(given):
    # Each figure was tried as the one that makes it a number: half a minute for 60,000.
    assert not case_import._is_reference(given)


@pytest.mark.parametrize("given", ["2026-0007", "LCS-1234", "7", "2026/12.3"])
def test_a_case_with_a_number_elsewhere_is_told_of_by_it(given):
    assert case_import._is_reference(given)


def test_a_row_of_a_batch_that_says_nothing_gives_json_as_any_other_does():
    assert batch("{}") == [{"due": "2026-12-26"}]


def test_figures_that_are_too_large_stay_json_in_a_batch():
    assert [each["id"] for each in batch('{"id": 1e400, "due": ""}', '{"id": 1e400, "from": "x"}')] == [
        "1e400"
    ] * 2


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_json_is_not_written_as_json_in_a_batch(constant):
    (found,) = batch(f'{{"id": {constant}}}')
    assert found == {"error": "line 1: this is not JSON in UTF-8."}


def batch(*lines):
    """What `due --batch` writes for these lines, as JSON has it."""

    def refuse(constant):
        raise ValueError(constant)

    said = cpcli(
        *("due", "within 2 days", "--from", "today", "--batch", "-", "--format", "ndjson"),
        given="\n".join(lines).encode(),
        CPCLI_NOW="2026-12-24T16:40",
    )
    return [json.loads(line, parse_constant=refuse) for line in said.out.splitlines()]


def test_a_reference_of_bytes_that_are_no_letters_is_no_case(store):
    with open_store(store) as opened, pytest.raises(NoSuchCase):
        opened.find("\udcff")


def test_a_name_in_the_environment_of_bytes_that_are_no_letters_is_refused(monkeypatch):
    monkeypatch.setenv("CPCLI_USER", "\udcff")
    with pytest.raises(UsageFault, match="CPCLI_USER"):
        context.who()


def test_a_name_in_the_environment_is_one_line(monkeypatch):
    monkeypatch.setenv("CPCLI_USER", "ada\nErased by nobody")
    assert context.who() == "ada Erased by nobody"


def test_a_page_with_a_note_of_one_long_line_comes_at_once():
    # It was measured whole for each line that it was cut into: two minutes, with a sign like these in it.
    note = "“word” " * (LONGEST_TEXT // 7)
    with harness.limit():
        shown = ["".join(span.text for span in line) for line in lay_out([Para(note)], 80)]
    assert " ".join(" ".join(shown).split()) == note.strip()


def test_a_header_of_very_many_columns_is_read_at_once():
    names = [f"c{number}" for number in range(100_000)]
    with harness.limit():
        header, _ = read_csv([(1, ",".join(names).encode())], ())
    assert header == names


@pytest.mark.parametrize("begin", ["[", ""])
def test_a_setting_with_very_many_dots_is_refused_at_once(tmp_path, begin):
    file = tmp_path / "settings.toml"
    file.write_text(f"{begin}{'.'.join(['a'] * 200_000)}", encoding="utf-8")
    with harness.limit(), pytest.raises(UsageFault, match="twenty parts"):
        raw(file)
