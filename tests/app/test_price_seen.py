"""When what can wait is loaded: once a live price was seen, or too long after."""

from __future__ import annotations

import asyncio
from datetime import datetime
from types import SimpleNamespace
from typing import cast

import pytest

from hoga.app.desk_window import price_seen
from hoga.base.clock import KST
from hoga.base.virtual_loop import run_virtual
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Aggressor, Trade
from hoga.trading.market_board import MarketBoard
from hoga.ui.context import Context

_NOW = datetime(2026, 3, 2, 10, 0, tzinfo=KST)
_ONE = InstrumentId("005930")
_TRADE = Trade(_ONE, _NOW, 70_000, 1, Aggressor.BUYER, 1, 70_000, 70_000, 70_000, 70_000, 0, 70_100, 70_000)


class _Frame:
    def __init__(self) -> None:
        self.heard: list[object] = []
        self.connect, self.disconnect = self.heard.append, self.heard.remove

    def emit(self, *news: InstrumentId) -> None:
        for one in self.heard:
            one(frozenset(news))  # type: ignore[operator]


async def _waited(source: str, most: float) -> tuple[float, int]:
    """After how many seconds it returns where a trade of ``source`` is painted after one; and who listens still."""
    board, frame, loop = MarketBoard(lambda: _NOW), _Frame(), asyncio.get_running_loop()
    context = cast(Context, SimpleNamespace(frame=frame, desk=SimpleNamespace(board=board)))
    began = loop.time()
    waiting = asyncio.create_task(price_seen(context, most))
    await asyncio.sleep(1)
    board.update(_TRADE, source)
    frame.emit(_ONE)
    await waiting
    return loop.time() - began, len(frame.heard)


@pytest.mark.parametrize("source", ["stream", "stream of 키움"])
def test_it_returns_when_a_live_price_had_time_to_be_painted(source: str) -> None:
    waited, listening = run_virtual(_waited(source, 5.0))
    assert 1.0 < waited < 1.1
    assert listening == 0


@pytest.mark.parametrize(("source", "most"), [("rest", 5.0), ("stream", 0.5)])
def test_it_waits_for_no_price_for_ever_and_takes_none_that_was_read_for_live(source: str, most: float) -> None:
    waited, listening = run_virtual(_waited(source, most))
    assert waited == pytest.approx(max(most, 1.0))
    assert listening == 0
