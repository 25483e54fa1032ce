"""Secrets in the keyring of the operating system: Secret Service, KWallet, macOS Keychain, Windows Credential Manager.

One entry per secret, each under a service of its own: with one service and two user names, keyring moves the older
entry about. Every call goes through a worker thread with a time-out, because a keyring may ask its user first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from hoga.base.message import Message
from hoga.base.secret_store import Secret, SecretStoreError, StoreState
from hoga.secrets.worker import CallFailed, Worker

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

LONGEST = 1280
"""Characters: Windows keeps 2,560 bytes of UTF-16. Held everywhere, so that nothing works in one place only."""
PATIENCE_S = 60.0
"""Long enough for a person to answer a prompt."""
_USER = "hoga"


class KeyringStore:
    """A SecretStore on the keyring that ``find`` returns (by default the system's, checked against the trusted ones).

    Importing and asking the keyring happens in the worker thread at the first use, so building the store costs nothing.
    """

    def __init__(self, find: Callable[[], KeyringBackend] | None = None, *, patience_s: float = PATIENCE_S) -> None:
        self._find = find or _system_backend
        self._found: KeyringBackend | None = None
        self._patience_s = patience_s
        self._worker = Worker("hoga-keyring")

    async def check(self, patience_s: float = 10.0) -> None:
        """Raises SecretStoreError when there is no keyring that may be used. Asks nothing of the user."""
        await self._do("", lambda _: None, patience_s)

    async def get(self, name: str) -> Secret | None:
        text = await self._do(name, lambda backend: backend.get_password(_service(name), _USER))
        return None if text is None else Secret(text)

    async def set(self, name: str, secret: Secret) -> None:
        if len(secret.reveal()) > LONGEST:
            raise SecretStoreError(
                f"a secret of {len(secret.reveal())} characters does not fit: {LONGEST} at most",
                StoreState.TOO_LONG,
                Message("SECRETS_TOO_LONG", {"length": len(secret.reveal()), "most": LONGEST}),
            )
        await self._do(name, lambda backend: backend.set_password(_service(name), _USER, secret.reveal()))

    async def delete(self, name: str) -> None:
        def delete(backend: KeyringBackend) -> None:
            if backend.get_password(_service(name), _USER) is not None:
                backend.delete_password(_service(name), _USER)

        await self._do(name, delete)

    async def _do(self, name: str, action: Callable[[KeyringBackend], T], patience_s: float | None = None) -> T:
        patience_s = self._patience_s if patience_s is None else patience_s

        def call() -> T:
            if self._found is None:
                self._found = self._find()
            return action(self._found)

        try:
            return await self._worker.run(call, patience_s)
        except TimeoutError:
            raise SecretStoreError(
                f"the keyring did not answer within {patience_s:g} s", StoreState.TIMED_OUT
            ) from None
        except CallFailed as failed:
            raise _explained(name, failed.error) from None


def _service(name: str) -> str:
    return f"hoga/{name}"


def _system_backend() -> KeyringBackend:
    import keyring

    from hoga.secrets.backends import fit_backend

    return fit_backend(keyring.get_keyring())


def _explained(name: str, error: BaseException) -> SecretStoreError:
    """A backend's error by its state; backends raise whatever their system does (D-Bus, Win32, Keychain). Its text is
    left out: some backends put what they were given into it."""
    if isinstance(error, SecretStoreError):
        return error
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    kind = type(error).__name__
    if isinstance(error, NoKeyringError):
        return SecretStoreError("this system has no keyring", StoreState.NO_BACKEND)
    if _was_denied(error):
        return SecretStoreError("the request to the keyring was turned down", StoreState.DENIED)
    if isinstance(error, KeyringLocked | InitError) or kind == "LockedException":
        return SecretStoreError("the keyring is locked", StoreState.LOCKED)
    return SecretStoreError(
        f"the keyring failed on {name or 'its start'} ({kind})",
        StoreState.FAILED,
        Message("SECRETS_FAILED", {"kind": kind}),
    )


def _was_denied(error: BaseException) -> bool:
    """A person said no: Secret Service's prompt dismissed, or macOS' access refused."""
    kinds = {type(each).__name__ for each in (error, error.__cause__, error.__context__) if each is not None}
    return not kinds.isdisjoint({"KeychainDenied", "PromptDismissedException"}) or "dismissed" in str(error).lower()
