"""What a chart holds of the desk, in one place, so that all of it is given back."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine
from typing import Any

from hoga.base.tasks import Busy
from hoga.broker.port import Lease, Topic, TopicKind
from hoga.domain.instruments import InstrumentId
from hoga.trading.market_board import TradeFeed
from hoga.ui.context import Context

_serials = itertools.count(1)


class Claims:
    """What a chart holds of the desk: the trades of one instrument, in order, and the tasks that read for it."""

    def __init__(self, context: Context) -> None:
        self._desk = context.desk
        self._tasks = context.tasks
        self._name = f"chart {next(_serials)}"
        self._running: dict[str, asyncio.Task[Any]] = {}
        self.lease: Lease | None = None
        self.feed: TradeFeed | None = None
        self.closed = False

    def take(self, instrument: InstrumentId) -> None:
        self.drop()
        self.lease = self._desk.lease(Topic(TopicKind.TRADES, instrument))
        self.feed = self._desk.board.feed(instrument)

    def run(self, lane: str, work: Coroutine[Any, Any, Any], busy: Busy = Busy.REPLACE) -> None:
        task = self._tasks.start(f"{self._name} {lane}", work, busy=busy)
        if task is not None:
            self._running[lane] = task

    def drop(self) -> None:
        """Give the trades back and end what is being read."""
        for task in self._running.values():
            if not task.done():
                task.cancel()
        self._running.clear()
        if self.lease is not None:
            self.lease.release()
        if self.feed is not None:
            self.feed.close()
        self.lease = self.feed = None

    def close(self) -> None:
        """The chart is gone. Safe to call twice."""
        self.closed = True
        self.drop()
