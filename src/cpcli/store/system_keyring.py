"""Keys in the system's keyring: the Credential Manager of Windows, the Keychain of macOS, the Secret Service
of Linux desktops, or what else `keyring` is set to use.
"""

from __future__ import annotations

import sys
from typing import Any

from cpcli.store.faults import StoreProblem

SERVICE = "cpcli"
"""What the entries stand under in the keyring; each has the store's salt for its name."""
_INSTEAD = (
    "Keep the key in a file (--key-file FILE), or use a passphrase "
    "(--passphrase of store new and store encrypt)."
)
_USUAL = {
    "win32": "keyring.backends.Windows.WinVaultKeyring",
    "darwin": "keyring.backends.macOS.Keyring",
}


class NoKeyring(StoreProblem):
    """There is no keyring, or it cannot be used now."""


def get(salt: bytes) -> str | None:
    """The key to the store with that salt, as it was put there; None if it is not. Raises NoKeyring."""
    try:
        found = _keyring().get_password(SERVICE, salt.hex())
    except NoKeyring:
        raise
    except Exception as error:  # each kind of keyring has errors of its own
        raise NoKeyring(
            f"The system keyring cannot be read ({type(error).__name__}): is it locked?"
        ) from error
    return str(found) if found is not None else None


def refuse_none(salt: bytes) -> None:
    """Raises NoKeyring where there is none, or it is locked: before anybody writes down a key for it."""
    try:
        get(salt)
    except NoKeyring as problem:
        raise NoKeyring(f"{problem} {_INSTEAD}") from problem


def put(salt: bytes, text: str) -> None:
    """Keep this key, and read it again to be sure. Raises NoKeyring."""
    try:
        _keyring().set_password(SERVICE, salt.hex(), text)
        kept = get(salt) == text
    except NoKeyring as problem:
        raise NoKeyring(f"{problem} {_INSTEAD}") from problem
    except Exception as error:  # not what it says itself, which may be what it was given
        raise NoKeyring(f"The system keyring takes no key ({type(error).__name__}). {_INSTEAD}") from None
    if not kept:
        raise NoKeyring(f"The system keyring does not keep what it is given. {_INSTEAD}")


def drop(salt: bytes) -> None:
    """Remove the key to the store with that salt, if it is there. Raises NoKeyring."""
    try:
        if _keyring().get_password(SERVICE, salt.hex()) is not None:
            _keyring().delete_password(SERVICE, salt.hex())
    except Exception as error:
        raise NoKeyring(
            f"The system keyring does not let go of the key ({type(error).__name__}). Remove the entry "
            f"{salt.hex()} of {SERVICE} there by hand."
        ) from None


def name() -> str:
    """What the keyring calls itself. Raises NoKeyring."""
    return str(_keyring().name)


def is_weak() -> bool:
    """Whether the keyring does not count itself among the recommended: one that keeps plain text, say."""
    return bool(_keyring().priority < 1)


def _keyring() -> Any:
    """The keyring that the person has set for themselves, the system's own, or the best that there is."""
    try:
        from keyring import core
        from keyring.backends import fail, null
    except ImportError:
        raise NoKeyring(
            "The part of cpcli for keyrings is not installed (pip install 'cpcli[encryption]')."
        ) from None
    try:
        found = core.load_env() or core.load_config()
        if found is None:
            found = core.load_keyring(_USUAL.get(sys.platform, "keyring.backends.SecretService.Keyring"))
    except Exception:
        found = core.get_keyring()  # which looks at all there are, and so takes longer
    if isinstance(found, fail.Keyring | null.Keyring):
        raise NoKeyring("There is no system keyring here.")
    return found
