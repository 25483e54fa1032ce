"""Which store this system gets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hoga.base.message import Message
from hoga.base.secret_store import Secret, SecretStore, SecretStoreError
from hoga.secrets.keyring_store import KeyringStore
from hoga.secrets.memory import MemoryStore
from hoga.secrets.practice_keys import PracticeKeyStore, is_practice


@dataclass(frozen=True, slots=True)
class Chosen:
    """The store, and what a person must be told of it: None when secrets are kept in the system's keyring."""

    store: SecretStore
    notice: Message | None


class _ByConnection:
    """Practice's keys to their file, everything else to ``others``."""

    def __init__(self, practice: SecretStore, others: SecretStore) -> None:
        self._practice = practice
        self._others = others

    async def get(self, name: str) -> Secret | None:
        return await self._of(name).get(name)

    async def set(self, name: str, secret: Secret) -> None:
        await self._of(name).set(name, secret)

    async def delete(self, name: str) -> None:
        await self._of(name).delete(name)

    def _of(self, name: str) -> SecretStore:
        return self._practice if is_practice(name) else self._others


async def choose_store(practice_folder: Path, keyring: KeyringStore | None = None) -> Chosen:
    """The system's keyring where there is one that may be trusted, else memory for this session, with a notice that
    says so; Practice's keys in ``practice_folder`` in either case. Unlocks nothing and asks nothing. Never raises."""
    practice = PracticeKeyStore(practice_folder)
    keyring = keyring or KeyringStore()
    try:
        await keyring.check()
    except SecretStoreError as error:
        return Chosen(_ByConnection(practice, MemoryStore()), error.message)
    return Chosen(_ByConnection(practice, keyring), None)
