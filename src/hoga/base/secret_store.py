"""The SecretStore port. Implementations live in ``hoga.secrets`` and are chosen by ``app`` alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


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


class SecretStoreError(Exception):
    """The store is locked, denied, missing or unsafe; ``args[0]`` says which, in plain words."""


class SecretStore(Protocol):
    """One entry per secret, named like ``kis-real@practice-3f9a/token``. Calls may take long (a prompt): never on Qt's
    thread, always awaited. Raise SecretStoreError."""

    async def get(self, name: str) -> Secret | None: ...

    async def set(self, name: str, secret: Secret) -> None: ...

    async def delete(self, name: str) -> None:
        """Deleting what is not there is no error."""
        ...
