"""Finding sets and pathways, and saying what is near when there is none."""

import pytest

from cpcli.procedures import catalogue, layers
from cpcli.procedures.catalogue import (
    Ambiguous,
    BrokenData,
    CatalogueError,
    NoSuchPathway,
    NoSuchSet,
    find_pathway,
    pathway,
    procedure_set,
    set_folders,
    sets,
)
from small_set import SOUND, change, copy


@pytest.fixture
def two(tmp_path):
    """A folder of two sets: sound, and other, in which the pathway quorum is called members."""
    change(copy(tmp_path), "set.yaml", "set: sound", "set: other")
    other = (tmp_path / "sound").rename(tmp_path / "other")
    change(other, "quorum.yaml", "pathway: quorum", "pathway: members").rename(other / "members.yaml")
    copy(tmp_path)
    return tmp_path


def test_a_root_is_a_folder_of_sets_or_a_set(two):
    assert list(set_folders([two])) == ["other", "sound"]
    assert set_folders([two / "other"]) == {"other": two / "other"}


def test_the_sets_are_built_each_from_its_own_folder(two):
    assert [made.id for made in sets([two])] == ["other", "sound"]


def test_a_pathway_is_found_by_its_whole_name_and_by_its_id_alone(two):
    assert find_pathway("sound/concern", [two]) == "sound/concern"
    assert find_pathway("quorum", [two]) == "sound/quorum"
    assert find_pathway("other/concern", [two]) == "other/concern"


def test_a_pathway_is_found_by_what_it_is_called_for_short(two):
    change(two / "other", "members.yaml", "title:", "also: [Enough people, QR]\ntitle:")
    assert find_pathway("QR", [two]) == "other/members"
    assert find_pathway("other/enough people", [two]) == "other/members"


def test_an_id_in_several_sets_is_asked_about_and_never_guessed(two):
    with pytest.raises(Ambiguous) as caught:
        find_pathway("concern", [two])
    assert caught.value.choices == ("other/concern", "sound/concern")
    assert str(caught.value) == (
        "'concern' is in several sets. Say which: other/concern, sound/concern. "
        "To have it mean yours: cpcli config set set SET"
    )


def test_an_unknown_pathway_is_answered_with_the_nearest(two):
    with pytest.raises(NoSuchPathway, match=r"There is no pathway 'qorum'\. Did you mean sound/quorum\?"):
        find_pathway("qorum", [two])
    with pytest.raises(NoSuchPathway, match="See `cpcli pathways`"):
        find_pathway("xyz", [two])


def test_an_unknown_set_is_answered_with_the_nearest(two):
    with pytest.raises(NoSuchSet, match=r"There is no procedure set 'sond'\. Did you mean sound\?"):
        find_pathway("sond/concern", [two])
    with pytest.raises(NoSuchSet):
        procedure_set([two], "nothing-like")


@pytest.mark.parametrize(
    "name", ["set", "events", "shared", "../sound/concern", "concern.yaml", "", "sound/"]
)
def test_only_pathways_are_pathways(name):
    with pytest.raises(CatalogueError):
        find_pathway(name, [SOUND])


def test_a_set_in_two_places_is_not_guessed_between(two, tmp_path):
    (tmp_path / "more").mkdir()
    copy(tmp_path / "more")
    with pytest.raises(CatalogueError, match="is in two places"):
        set_folders([two, tmp_path / "more"])


def test_the_same_root_twice_is_no_matter():
    assert list(set_folders([SOUND, SOUND, SOUND.parent])) == ["sound"]


@pytest.mark.parametrize("file", ["concern.yaml", "set.yaml", "shared.yaml", "events.yaml"])
def test_a_pathway_is_not_given_out_from_broken_files(tmp_path, file):
    folder = copy(tmp_path)
    path = folder / file
    path.write_text(path.read_text() + "\nbroken: [\n")
    with pytest.raises(BrokenData, match="See `cpcli lint`") as caught:
        pathway([folder], "concern")
    assert caught.value.problems[0].file == str(path)


def test_only_the_files_that_it_needs_are_read(tmp_path):
    folder = copy(tmp_path)
    (folder / "begin.yaml").write_text("broken: [\n")
    assert pathway([folder], "sound/concern").id == "concern"


def test_every_pathway_of_a_set_is_had_at_once():
    assert [each.id for each in catalogue.pathways(SOUND)] == ["begin", "concern", "quorum"]


def test_the_sets_that_come_with_the_toolkit_are_at_hand():
    assert "cafcass-2017" in set_folders([layers.data_folder()])
