"""The right of way of a cancel: from the key that asks for it until its bytes have left, nothing else leaves.

A cancel waits for the journal's disk, for milliseconds. What else is ready meanwhile, reads that had their turn granted
before for one, would be written in those: each in the very call that asks, so several in a step of the loop.
"""

from __future__ import annotations

import asyncio

_PATIENCE = 2.0
"""Wire seconds. A cancel waits for no disk and no turn longer than that: then it cannot be sent, or was already."""


class RightOfWay:
    """One connection's; every channel to its broker looks at it just before it writes."""

    def __init__(self) -> None:
        self._coming = 0
        self._until = 0.0
        self._opened: asyncio.Future[None] | None = None

    @property
    def taken(self) -> bool:
        return self._coming > 0 and asyncio.get_running_loop().time() < self._until

    def take(self) -> None:
        """A cancel is coming: ``passed`` follows, or never if it cannot be sent."""
        self._coming = self._coming + 1 if self.taken else 1
        self._until = asyncio.get_running_loop().time() + _PATIENCE

    def passed(self) -> None:
        """The bytes of a cancel have left."""
        self._coming = max(self._coming - 1, 0)
        if not self._coming and self._opened is not None:
            opened, self._opened = self._opened, None
            opened.set_result(None)

    async def clear(self) -> None:
        """Return when no cancel is coming. Who waits goes on in the order in which they came."""
        while self.taken:
            loop = asyncio.get_running_loop()
            opened = self._opened = self._opened or loop.create_future()
            await asyncio.wait([opened], timeout=self._until - loop.time())
