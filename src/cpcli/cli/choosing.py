"""Choosing among what the procedure sets hold: by set and by words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cpcli.output.tell import tell


def chosen_sets(name: str | None) -> dict[str, Path]:
    """The folder of each set at hand, or of the one named. Raises NoSuchSet with the nearest names."""
    from cpcli.cli.folders import data_folders
    from cpcli.procedures.catalogue import set_folder, set_folders

    folders = set_folders(data_folders())
    return folders if name is None else {name: set_folder(folders, name)}


def tell_of_taken(sets: Mapping[str, Path]) -> None:
    """Say which of the sets have more than was listed, which they take unchanged from the set they extend."""
    from cpcli.procedures.layers import chain

    for name, folder in sets.items():
        folders = chain(folder)
        if len(folders) > 1:
            said = f"{name} also has what it takes unchanged from {folders[1].name}: --set {name} lists all."
            tell(said)


def has_words(words: Iterable[str], *texts: str) -> bool:
    """Whether each of the words stands somewhere in the texts, in whatever case."""
    whole = "\n".join(texts).casefold()
    return all(word.casefold() in whole for word in words)
