"""What a person sees of the watch list: every painted price against those told, by instrument."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Book, Trade
from hoga.trading.market_board import MarketBoard
from hoga.ui.watch.row_paint import RowPaint


class OnScreen:
    """Listens to a board and to the painting of rows. ``waited``: seconds from each trade that changed what was to be
    seen to the paint that showed it or a newer one; reading the painted text is counted as our own work."""

    def __init__(self, board: MarketBoard) -> None:
        self.waited: list[float] = []
        self._last: dict[InstrumentId, tuple[float, int]] = {}
        self._painted: dict[InstrumentId, int] = {}
        self._pending: dict[InstrumentId, list[tuple[float, int]]] = {}
        self._paint = RowPaint.row
        board.tap = self._told
        RowPaint.row = self._row_painted  # type: ignore[method-assign]  # in a process of its own

    @property
    def wrong(self) -> int:
        """Instruments whose painted price is not the last one told."""
        return sum(self._painted.get(one) != price for one, (_, price) in self._last.items())

    def _told(self, value: Trade | Book, _at: datetime, _source: str) -> None:
        if not isinstance(value, Trade):
            return
        one, told = value.instrument, (time.perf_counter(), value.price_units)
        self._last[one] = told
        if self._painted.get(one) == value.price_units:
            self._pending.pop(one, None)  # it is on the screen already
        else:
            self._pending.setdefault(one, []).append(told)

    @property
    def _row_painted(self) -> Any:
        def painted(brush: RowPaint, painter: Any, area: Any, row: Any, *more: Any) -> bool:
            anew = self._paint(brush, painter, area, row, *more)
            price = row.price.replace(",", "")
            if price.isdigit():
                self._seen(row.instrument, int(price))
            return anew

        return painted

    def _seen(self, one: InstrumentId, price: int) -> None:
        now, waiting, last = time.perf_counter(), self._pending.pop(one, []), self._last.get(one)
        self._painted[one] = price
        newest = max((place for place, (_, told) in enumerate(waiting) if told == price), default=-1)
        self.waited.extend(now - at for at, _ in waiting[: newest + 1])
        rest = waiting[newest + 1 :]
        if not rest and last is not None and last[1] != price:
            rest = [last]  # it was on the screen when it was told, and another one was painted since
        if rest:
            self._pending[one] = rest
