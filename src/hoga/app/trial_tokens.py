"""Tokens that connection tests were given: kept for this run, so that a connection saved after its test uses them.

Brokers give one token a minute, and some tell the customer of each: what a test was given must not be asked for again.
"""

from __future__ import annotations

import hashlib

from hoga.base.secret_store import Secret, SecretStore
from hoga.domain.accounts import WireProfile


class TrialTokens:
    """One place for each app key at each host, found by a hash of the key. Nothing leaves the memory by itself."""

    def __init__(self) -> None:
        self._places: dict[tuple[WireProfile, str], _OneEntry] = {}

    def vault(self, profile: WireProfile, app_key: Secret) -> SecretStore:
        """The store for an adapter that is tried: it remembers the one token, whatever it is called."""
        return self._places.setdefault(_place(profile, app_key), _OneEntry())

    async def hand_over(self, profile: WireProfile, app_key: Secret, store: SecretStore, name: str) -> None:
        """Put what a test of this key was given into ``store`` as ``name``, unless something is there already. Raises
        SecretStoreError."""
        found = self._places.pop(_place(profile, app_key), None)
        token = None if found is None else found.kept
        if token is not None and await store.get(name) is None:
            await store.set(name, token)


class _OneEntry:
    """A SecretStore with room for one."""

    def __init__(self) -> None:
        self.kept: Secret | None = None

    async def get(self, name: str) -> Secret | None:
        return self.kept

    async def set(self, name: str, secret: Secret) -> None:
        self.kept = secret

    async def delete(self, name: str) -> None:
        self.kept = None


def _place(profile: WireProfile, app_key: Secret) -> tuple[WireProfile, str]:
    return profile, hashlib.sha256(app_key.reveal().encode()).hexdigest()
