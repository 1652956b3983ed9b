"""Where the store is, unless another is named."""

from pathlib import Path

from cpcli.store.where import default_path


def test_the_environment_names_it() -> None:
    assert default_path({"CPCLI_STORE": "/srv/team/record.db"}) == Path("/srv/team/record.db")


def test_a_tilde_is_the_persons_own_folder() -> None:
    assert default_path({"CPCLI_STORE": "~/record.db"}) == Path.home() / "record.db"


def test_otherwise_it_is_in_the_systems_folder_for_a_persons_data() -> None:
    for environment in ({}, {"CPCLI_STORE": ""}):
        path = default_path(environment)
        assert path.name == "cpcli.db"
        assert path.parent.name == "cpcli"
        assert path.is_absolute()
