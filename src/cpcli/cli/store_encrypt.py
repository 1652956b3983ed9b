"""`cpcli store new`, `encrypt` and `decrypt`: a store that nobody can read without its key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpcli.cli.context import JsonOption, StoreOption, store_path
from cpcli.output.tell import put, tell

if TYPE_CHECKING:
    from cpcli.cli.key_making import Kept
    from cpcli.store.key import Key
    from cpcli.store.recode import Recoded

KeptInOption = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="FILE",
        help="Keep the key in this file, or take the key that is in it; otherwise in the system keyring.",
    ),
]
PassphraseOption = Annotated[
    bool,
    typer.Option("--passphrase", help="Make the key of a passphrase, which is asked for each time."),
]
RecoveryOption = Annotated[
    Path | None,
    typer.Option("--recovery", metavar="FILE", help="Write the recovery key here and not on the screen."),
]


def new(  # noqa: PLR0917 - one parameter for each option
    encrypted: Annotated[bool, typer.Option("--encrypted", help="Encrypt it.")] = False,
    kept_in: KeptInOption = None,
    passphrase: PassphraseOption = False,
    recovery: RecoveryOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Make a new store. Beginning a case makes one too, where there is none.

    `cpcli config set encrypted yes` has every new store encrypted.

    \b
    Example:
      cpcli store new --encrypted
      cpcli store new --encrypted --key-file /media/key/cpcli.key
    """
    from cpcli.cli.context import settings
    from cpcli.cli.errors import UsageFault
    from cpcli.store.store import make_encrypted, open_store

    path = store_path(at_store)
    taken = UsageFault(f"There is something at {path} already. Name another place with --store.")
    if path.exists():
        raise taken
    kept = None
    if encrypted or kept_in or passphrase or settings().encrypted:
        kept = _key(path, kept_in, passphrase, recovery)
        if not make_encrypted(path, kept.key):
            raise taken  # while the recovery key was written down, say
    else:
        open_store(path).close()
    _say_made(path, kept, as_json=as_json)


def encrypt(
    kept_in: KeptInOption = None,
    passphrase: PassphraseOption = False,
    recovery: RecoveryOption = None,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Encrypt the store, so that nobody can read it without its key.

    The key is made and its recovery key shown before anything is changed. The encrypted store is compared
    with the old one, proved, and put in its place in one step; then the old one is overwritten and removed.
    Nobody may have the store open meanwhile. A copy that was kept before an update is wiped with it; other
    copies made earlier stay as they are.

    \b
    Example:
      cpcli store encrypt
      cpcli store encrypt --key-file /media/key/cpcli.key
      cpcli store encrypt --passphrase --recovery /media/key/recovery.txt
    """
    from cpcli.cli.errors import UsageFault
    from cpcli.store.connect import salt_at
    from cpcli.store.kept import plain, readable_beside, wipe_all
    from cpcli.store.recode import recode, refuse_in_use

    path = store_path(at_store).absolute()
    if salt_at(path) is not None:
        for file in wipe_all(plain(path)):  # which somebody who was cut short has left
            tell(f"Wiped, a copy kept before an update: {file}")
        raise UsageFault(f"{path} is encrypted already. To give it another key: cpcli store key change")
    refuse_in_use(path, None)
    copies = plain(path)
    for file in copies:
        tell(f"{file} was kept before an update, and is not encrypted: it is wiped with the old store.")
    kept = _key(path, kept_in, passphrase, recovery)
    done = recode(path, None, kept.key)
    wiped = [str(file) for file in wipe_all(copies)]
    say_recoded("Encrypted", path, done, kept, wiped, as_json=as_json)
    for file in readable_beside(path):
        tell(f"{file} was not touched, and can still be read. Delete it if it is not needed.")
    if not as_json:
        put("Backups, exports and other copies made before this can still be read by whoever has them.")


def decrypt(
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    as_json: JsonOption = False,
    at_store: StoreOption = None,
) -> None:
    """Take the encryption off again, so that whoever has the file can read it.

    It is done as encrypting is: a second store is made, compared, proved, and put in place in one step. The
    key stays where it is, for the backups that need it.

    \b
    Example:
      cpcli store decrypt
    """
    from cpcli.cli.asking import agreed
    from cpcli.store.recode import recode, refuse_in_use

    path = store_path(at_store).absolute()
    key = key_of(path)
    refuse_in_use(path, key)
    agreed(
        f"Whoever gets hold of {path} can read it then. Decrypt it?",
        yes=yes,
        instead="--yes decrypts it",
        otherwise="Nothing was changed.",
    )
    say_recoded("Decrypted", path, recode(path, key, None), None, as_json=as_json)


def key_of(path: Path) -> Key:
    """The key that the store opens with. Raises StoreProblem, and UsageFault for one that needs none."""
    from cpcli.cli.context import store
    from cpcli.cli.errors import UsageFault

    with store(path, read_only=True) as opened:
        if opened.key is None:
            raise UsageFault(f"{path} is not encrypted. To encrypt it: cpcli store encrypt")
        return opened.key


def say_recoded(
    did: str, path: Path, done: Recoded, kept: Kept | None, wiped: Sequence[str] = (), *, as_json: bool
) -> None:
    """What became of the store, where its key is, and which copies went with the old one."""
    from cpcli.cli.key_making import as_object, said
    from cpcli.cli.store import entries, sealed

    if as_json:
        from cpcli.output.data import write_object

        write_object(
            {
                "store": str(path),
                "encrypted": kept is not None,
                "entries": done.entries,
                "hash": done.hash,
                "overwritten": done.overwritten,
                "wiped": [*wiped],
                "key": as_object(kept.place) if kept is not None else None,
            }
        )
        return
    put(f"{did}: {entries(done.entries)}, whole and unchanged.\n{sealed(done.entries, done.hash)}")
    if kept is not None:
        put(f"Its key is {said(kept.place)}.")
    if done.overwritten:
        put("The old file was overwritten and removed; a disk may keep parts of it all the same.")
    else:
        put("The old file was removed, but could not be overwritten: the disk may still hold it.")
    for file in wiped:
        put(f"Wiped with it, a copy kept before an update: {file}")


def _key(path: Path, kept_in: Path | None, passphrase: bool, recovery: Path | None) -> Kept:
    """A new key for the store at `path`, its recovery key written out or seen, kept where it is to be."""
    from cpcli.cli import key_making
    from cpcli.cli.key_option import key_file

    where = kept_in or (None if passphrase else key_file())
    chosen = key_making.choose(str(where) if where else None, passphrase)
    if chosen.place.file and Path(chosen.place.file).resolve().parent == path.resolve().parent:
        tell(
            "The key file is in the same folder as the store: whoever takes the folder can read the store.",
        )
    return key_making.keep(key_making.recovery(chosen, recovery))


def _say_made(path: Path, kept: Kept | None, *, as_json: bool) -> None:
    from cpcli.cli.key_making import as_object, said

    if as_json:
        from cpcli.output.data import write_object

        key = as_object(kept.place) if kept is not None else None
        write_object({"store": str(path), "encrypted": kept is not None, "key": key})
        return
    put(f"Made a new store, {'encrypted' if kept else 'not encrypted'}: {path}")
    if kept is not None:
        put(f"Its key is {said(kept.place)}.")
