"""What a person sees of the watch list or table: every painted value against those told, by instrument."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Book, Trade
from hoga.trading.market_board import MarketBoard
from hoga.ui.watch.row_paint import RowPaint
from hoga.ui.watch.table.columns import PLACES
from hoga.ui.watch.table.rows import WatchRows


class OnScreen:
    """Listens to a board, and is told what is painted. ``waited``: seconds from each trade that changed what was to be
    seen to the paint that showed it or a newer one. For a process of its own, whose work is not counted."""

    def __init__(self, board: MarketBoard, value: Callable[[Trade], int]) -> None:
        """``value``: what of a trade is looked for on the screen."""
        self.waited: list[float] = []
        self._value = value
        self._last: dict[InstrumentId, tuple[float, int]] = {}
        self._painted: dict[InstrumentId, int] = {}
        self._pending: dict[InstrumentId, list[tuple[float, int]]] = {}
        board.tap = self._told

    @property
    def wrong(self) -> int:
        """Instruments whose painted value is not the last one told."""
        return sum(self._painted.get(one) != value for one, (_, value) in self._last.items())

    def _told(self, trade: Trade | Book, _at: datetime, _source: str) -> None:
        if not isinstance(trade, Trade):
            return
        one, told = trade.instrument, (time.perf_counter(), self._value(trade))
        self._last[one] = told
        if self._painted.get(one) == told[1]:
            self._pending.pop(one, None)  # it is on the screen already
        else:
            self._pending.setdefault(one, []).append(told)

    def seen(self, one: InstrumentId, text: str) -> None:
        """This is painted for the instrument."""
        if not (digits := text.replace(",", "")).isdigit():
            return
        shown, now, waiting, last = int(digits), time.perf_counter(), self._pending.pop(one, []), self._last.get(one)
        self._painted[one] = shown
        newest = max((place for place, (_, told) in enumerate(waiting) if told == shown), default=-1)
        self.waited.extend(now - at for at, _ in waiting[: newest + 1])
        rest = waiting[newest + 1 :]
        if not rest and last is not None and last[1] != shown:
            rest = [last]  # it was on the screen when it was told, and another one was painted since
        if rest:
            self._pending[one] = rest


def of_list(board: MarketBoard) -> OnScreen:
    """The price of every row that the list paints."""
    found, paint = OnScreen(board, lambda trade: trade.price_units), RowPaint.row

    def painted(brush: RowPaint, painter: Any, area: Any, row: Any, *more: Any) -> bool:
        found.seen(row.instrument, row.price)
        return paint(brush, painter, area, row, *more)

    RowPaint.row = painted  # type: ignore[method-assign]
    return found


def of_table(board: MarketBoard) -> OnScreen:
    """The volume of every row that the table paints: another one with each trade."""
    found, ready, volume = OnScreen(board, lambda trade: trade.day_volume), WatchRows.ready, PLACES["volume"]

    def painted(rows: WatchRows, place: int, wanted: Any) -> Any:
        cells = ready(rows, place, wanted)
        if volume in wanted:
            found.seen(rows.row(place).still.instrument, cells[volume].text)  # type: ignore[union-attr]
        return cells

    WatchRows.ready = painted  # type: ignore[method-assign]
    return found
