"""A store for one session: what it holds is gone with the process."""

from __future__ import annotations

from hoga.base.secret_store import Secret


class MemoryStore:
    """Keeps secrets in this process only. Never fails."""

    def __init__(self) -> None:
        self._kept: dict[str, Secret] = {}

    async def get(self, name: str) -> Secret | None:
        return self._kept.get(name)

    async def set(self, name: str, secret: Secret) -> None:
        self._kept[name] = secret

    async def delete(self, name: str) -> None:
        self._kept.pop(name, None)
