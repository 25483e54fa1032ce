"""The secrets of connections: one entry for each, where the person wants them kept, all gone with their connection."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

from hoga.base.secret_store import Secret, SecretStore, SecretStoreError, StoreState
from hoga.secrets.keyring_store import KeyringStore
from hoga.secrets.memory import MemoryStore
from hoga.secrets.practice_keys import PracticeKeyStore, is_practice

_log = logging.getLogger(__name__)

TYPED = ("app-key", "app-secret", "account", "hts-id")
"""What a person types."""
TOKEN = "token"  # noqa: S105 the name of an entry
_NOTHING_IS_THERE = frozenset({StoreState.NO_BACKEND, StoreState.UNSAFE})


class ConnectionSecrets:
    """Entries are named ``<key of the connection>/app-key``. ``this_run``: they stay in memory.

    Nothing falls back from the keyring to memory by itself: whoever is told that the keyring does not do its work
    decides. Practice's own keys go to ``practice_folder`` in either case.
    """

    def __init__(self, practice_folder: Path, keyring: KeyringStore | None = None) -> None:
        self._practice = PracticeKeyStore(practice_folder)
        self._memory = MemoryStore()
        self._keyring = keyring or KeyringStore()

    def store(self, key: str, *, this_run: bool = False) -> SecretStore:
        """Where this connection's entries are, its token too."""
        if is_practice(key):
            return self._practice
        return self._memory if this_run else self._keyring

    async def check(self) -> None:
        """Raises SecretStoreError when there is no keyring that may be used. Asks nothing of the person."""
        await self._keyring.check()

    async def keep(self, key: str, secrets: Mapping[str, Secret], *, this_run: bool = False) -> None:
        """Keep all of ``secrets`` (by their names in ``TYPED``) or none. Raises SecretStoreError; what stood there
        before stands there then."""
        _must_be_known(secrets)
        store = self.store(key, this_run=this_run)
        before = {name: await store.get(f"{key}/{name}") for name in secrets}
        done: list[str] = []
        try:
            for name, secret in secrets.items():
                done.append(name)
                await store.set(f"{key}/{name}", secret)
        except SecretStoreError:
            await _put_back(store, key, {name: before[name] for name in done})
            raise
        if this_run:
            await self._leave_keyring(key)

    async def read(self, key: str, *, this_run: bool = False) -> dict[str, Secret]:
        """What is kept, by name. Raises SecretStoreError."""
        store = self.store(key, this_run=this_run)
        found = {name: await store.get(f"{key}/{name}") for name in TYPED}
        return {name: secret for name, secret in found.items() if secret is not None}

    async def remove(self, key: str, names: Iterable[str], *, this_run: bool = False) -> None:
        """Delete single entries, such as the token of keys that were replaced. Raises SecretStoreError."""
        store = self.store(key, this_run=this_run)
        for name in names:
            await store.delete(f"{key}/{name}")

    async def forget(self, key: str, *, this_run: bool = False) -> None:
        """Delete everything of this connection. Raises SecretStoreError while something may still be kept."""
        await self.remove(key, (*TYPED, TOKEN), this_run=this_run)

    async def _leave_keyring(self, key: str) -> None:
        """Kept for this run from now on: what an earlier run left in the keyring goes."""
        if is_practice(key):
            return
        try:
            await self.forget(key)
        except SecretStoreError as error:
            if error.state not in _NOTHING_IS_THERE:
                _log.warning("earlier entries of %s may still be in the keyring: %s", key, error)


async def _put_back(store: SecretStore, key: str, before: Mapping[str, Secret | None]) -> None:
    for name, secret in before.items():
        try:
            if secret is None:
                await store.delete(f"{key}/{name}")
            else:
                await store.set(f"{key}/{name}", secret)
        except SecretStoreError as error:
            _log.warning("%s/%s could not be put back as it was: %s", key, name, error)


def _must_be_known(names: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(TYPED))
    if unknown:
        raise ValueError(f"no secret of a connection: {', '.join(unknown)}")
