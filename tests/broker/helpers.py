"""Small things that the broker tests share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from hoga.base.clock import KST
from hoga.base.secret_store import Secret, SecretStoreError

START = datetime(2026, 11, 20, 9, 30, tzinfo=KST)


class Vault:
    """A SecretStore in memory; ``broken`` makes every call fail."""

    def __init__(self) -> None:
        self.entries: dict[str, Secret] = {}
        self.broken = False

    async def get(self, name: str) -> Secret | None:
        await self._check()
        return self.entries.get(name)

    async def set(self, name: str, secret: Secret) -> None:
        await self._check()
        self.entries[name] = secret

    async def delete(self, name: str) -> None:
        await self._check()
        self.entries.pop(name, None)

    async def _check(self) -> None:
        await asyncio.sleep(0)
        if self.broken:
            raise SecretStoreError("locked")


async def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until ``condition`` holds; fails after ``seconds`` of the loop's time."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 a test may look
            await asyncio.sleep(0.01)
