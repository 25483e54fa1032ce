"""Which keyrings are fit to hold a secret. Everything else is refused, whatever put it in place.

``PYTHON_KEYRING_BACKEND``, a ``keyringrc.cfg`` or an installed package can bring a backend that keeps secrets in plain
text, drops them, or asks for a passphrase on a terminal that nobody reads.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from keyring.backend import KeyringBackend

from hoga.base.message import Message
from hoga.base.secret_store import SecretStoreError, StoreState

TRUSTED = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }
)


def fit_backend(found: KeyringBackend, trusted: frozenset[str] = TRUSTED) -> KeyringBackend:
    """The backend to use of what keyring found; of several, the first that can be trusted. Raises SecretStoreError:
    NO_BACKEND when there is none at all, UNSAFE when there is one but not a safe one."""
    offered = _members(found)
    for backend in offered:
        if type(backend).__module__ in trusted:
            return _prepared(backend)
    names = ", ".join(f"{type(each).__module__}.{type(each).__name__}" for each in offered)
    if not offered or all(type(each).__module__ == "keyring.backends.fail" for each in offered):
        raise SecretStoreError("this system has no keyring", StoreState.NO_BACKEND)
    raise SecretStoreError(
        f"the keyring that was found is not safe: {names}",
        StoreState.UNSAFE,
        Message("SECRETS_UNSAFE", {"backend": names}),
    )


def _members(found: KeyringBackend) -> Sequence[KeyringBackend]:
    """A chain's members, or the one backend itself."""
    if type(found).__module__ == "keyring.backends.chainer":
        return tuple(getattr(found, "backends", ()))
    return (found,)


def _prepared(backend: KeyringBackend) -> KeyringBackend:
    if sys.platform == "win32" and hasattr(type(backend), "persist"):
        # Windows would carry the secrets to other machines of the same domain.
        setattr(backend, "persist", "local machine")  # noqa: B010 the attribute is unknown to the base class
    return backend
