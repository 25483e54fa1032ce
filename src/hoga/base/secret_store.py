"""The SecretStore port. Implementations live in ``hoga.secrets`` and are chosen by ``app`` alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from hoga.base.message import Message


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that must never be printed: ``str``, ``repr`` and formats show asterisks. Ask for it by ``reveal()``."""

    _text: str

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)


class StoreState(Enum):
    """Why a store did not do what it was asked."""

    NO_BACKEND = "no backend"
    """This system has no keyring that could be asked."""
    UNSAFE = "unsafe"
    """There is one, but it would keep secrets in the open, or does not keep them; or the name is not this store's."""
    LOCKED = "locked"
    DENIED = "denied"
    TIMED_OUT = "timed out"
    """It did not answer in time: most often a prompt waits somewhere. A ``set`` may still take effect later."""
    TOO_LONG = "too long"
    FAILED = "failed"


class SecretStoreError(Exception):
    """The store is locked, denied, missing or unsafe; ``args[0]`` says which, in plain words.

    ``state`` is the same for programs, ``message`` for the window (worded in ``hoga.secrets.wording``). The secret is
    in none of them.
    """

    def __init__(self, text: str, state: StoreState = StoreState.FAILED, message: Message | None = None) -> None:
        super().__init__(text)
        self.state = state
        self.message = message or Message("SECRETS_" + state.name)


class SecretStore(Protocol):
    """One entry per secret, named like ``kis-real@practice-3f9a/token``. Calls may take long (a prompt): never on Qt's
    thread, always awaited. Raise SecretStoreError."""

    async def get(self, name: str) -> Secret | None: ...

    async def set(self, name: str, secret: Secret) -> None: ...

    async def delete(self, name: str) -> None:
        """Deleting what is not there is no error."""
        ...
