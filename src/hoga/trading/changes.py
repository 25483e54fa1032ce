"""Telling views that something changed: gathered, and told once per turn of the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeAlias

from hoga.domain.tickets import OrderId
from hoga.trading.views import Change, Part

Listener: TypeAlias = Callable[[Change], None]


class Announcer:
    """``tell`` is cheap and may be called from anywhere on the loop's thread."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._pending: dict[Part, set[OrderId]] = {}

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Returns its own undo; calling that twice is harmless."""
        self._listeners.append(listener)

        def undo() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return undo

    def tell(self, part: Part, orders: frozenset[OrderId] = frozenset()) -> None:
        if not self._listeners:
            return
        if not self._pending:
            asyncio.get_running_loop().call_soon(self._flush)
        self._pending.setdefault(part, set()).update(orders)

    def close(self) -> None:
        self._listeners.clear()
        self._pending.clear()

    def _flush(self) -> None:
        pending, self._pending = self._pending, {}
        for part, orders in pending.items():
            for listener in tuple(self._listeners):
                # One by one through the loop: a listener that fails does not keep the news from the others.
                asyncio.get_running_loop().call_soon(listener, Change(part, frozenset(orders)))
