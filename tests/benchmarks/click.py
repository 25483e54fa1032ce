"""From the release of the mouse on the ladder to the order's bytes on the socket, the journal's fsync counted: idle,
and while the whole window is told 5,000 updates a second. With it: how late the loop is then, and what it costs.

A real window, desk, journal and exchange process; the feed is a recording. The bound does the least on the same loop in
the same seconds: one line appended and synced, then a bare httpx POST.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from hoga.app.window import application
from hoga.broker.kis.decode_stream import StreamDecoder, open_frame
from hoga.domain.risk_limits import NO_RISK_LIMITS
from hoga.domain.tickets import Side
from hoga.trading.market_board import MarketBoard
from hoga.ui.order.ladder.press import Column
from tests.benchmarks import frames
from tests.benchmarks.figures import Figure, late
from tests.benchmarks.wire import ORDER_PATH, Bound, Wire, at_an_exchange, pair
from tests.support.person import Person, at_the_desk

RATE, INSTRUMENTS = 5_000, 41
_DEAR, _CHEAP = 190_000, 50_000
"""Prices whose tick is 100 won, as the recording's are."""
_PAUSE = 0.12
_LAG_EVERY = 0.005
TOLD_EVERY_MS = 4
"""What came meanwhile is told together, as one reading of a socket brings several frames."""
_TABS = (("quote", "chart, book, tape and watch list"), ("order", "ladder, chart, ticket and watch list"))


class Feed:
    """Tells a board a recording, read by the decoder, so many a second, in step with the time."""

    def __init__(
        self, board: MarketBoard, prices: Mapping[str, int], at: datetime, rate: int,
        texts: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        """``texts``: the recording, where it is another."""
        self._board, self._rate, self.told = board, rate, 0
        if texts is None:
            trades, books = frames.kis_trades(8_000, at, prices), frames.kis_books(2_000, at, prices)
            texts = [text for n in range(2_000) for text in (*trades[4 * n : 4 * n + 4], books[n])]
        self._texts = texts
        self._decoder = StreamDecoder(lambda: at)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tell_due)

    def start(self) -> None:
        self.told, self._since = 0, time.perf_counter()
        self._timer.start(TOLD_EVERY_MS)

    def stop(self) -> None:
        self._timer.stop()

    def _tell_due(self) -> None:
        # What came late is told at once, but never so much that the loop is held for longer than a burst would.
        due = min(int((time.perf_counter() - self._since) * self._rate), self.told + self._rate // 20)
        while self.told < due:
            frame = open_frame(self._texts[self.told % len(self._texts)])
            values = self._decoder.trades(frame) if frame[0] == "H0STCNT0" else self._decoder.books(frame)
            for value in values:
                self._board.update(value, "stream")
            self.told += 1


class Lag:
    """How late a timer of the loop is, in seconds, and what the process works meanwhile."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._last = self._since = time.perf_counter()
        self._worked = time.process_time()
        self._timer.start(round(_LAG_EVERY * 1000))

    def stop(self) -> float:
        """Part of a core that was worked."""
        self._timer.stop()
        return (time.process_time() - self._worked) / (time.perf_counter() - self._since)

    def _look(self) -> None:
        now = time.perf_counter()
        self.late.append(max(now - self._last - _LAG_EVERY, 0.0))
        self._last = now


async def _one_click(person: Person, wire: Wire, place: QPoint) -> float:
    """Seconds from the release to the order's bytes."""
    view, sent, released = person.order.ladder.view, len(wire.sends), 0.0
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def press_and_release() -> None:
        nonlocal released
        QTest.mouseMove(view, place)
        QTest.mousePress(view, button, none, place)
        released = time.perf_counter()
        QTest.mouseRelease(view, button, none, place)

    await person.by_hand(press_and_release)
    await person.sees(lambda: wire.left(sent), "the order leaves")
    return (wire.left(sent) or released) - released


async def ready(person: Person) -> dict[str, int]:
    """The ladder of an instrument is shown and armed; the prices of what will be told."""
    prices: dict[str, int] = {}
    for known in person.context.instruments[: INSTRUMENTS * 2]:
        last = (await person.desk.quote(known.id)).last.units
        if _CHEAP + 5_000 < last < _DEAR:
            prices[known.id.code] = last - last % 100
    chosen = next(known for known in person.context.instruments if known.id.code in prices)
    person.context.select(chosen.id)
    await person.show("order")
    ladder = person.order.ladder
    await person.sees(lambda: ladder.view.sight.looks and person.best(Side.BUY), "the ladder has rows")
    if not ladder.one_click.on:
        await person.click(ladder.switch)
    await person.sees(lambda: ladder.one_click.on, "one-click mode is on")
    others = [code for code in frames.codes(200) if code not in prices]
    return {**prices, **dict.fromkeys(others[: INSTRUMENTS - len(prices)], 70_000)}


async def _clicks(person: Person, wire: Wire, bound: Bound, tries: int) -> tuple[list[float], list[float]]:
    """Clicks and bounds by turns, in seconds."""
    ours, theirs = [], []
    view = person.order.ladder.view
    for _ in range(tries):
        await person.hover(view)
        await person.sees(lambda: view.frozen, "the ladder holds still")
        best = person.best(Side.BUY)
        assert best is not None
        price = person.step(best, -6).units
        await person.sees(lambda price=price: view.point_of(price, Column.BID), "the price is on the ladder")
        ours.append(await _one_click(person, wire, view.point_of(price, Column.BID)))
        await asyncio.sleep(_PAUSE)
        theirs.append(await bound.once())
        await asyncio.sleep(_PAUSE)
    return ours, theirs


async def _measure(data: Path, control: str, tries: int, seconds: float) -> list[Figure]:
    async with at_the_desk(application(), data) as person:
        person.desk.set_limits(NO_RISK_LIMITS)
        prices, wire, bound = await ready(person), Wire(ORDER_PATH), Bound(data, control)
        feed = Feed(person.desk.board, prices, person.desk.clock.now(), RATE)
        wire.watch()
        try:
            await _clicks(person, wire, bound, 2)
            gc.freeze()  # as the app does once its window is made
            idle = await _clicks(person, wire, bound, tries)
            feed.start()
            await asyncio.sleep(0.5)
            busy = await _clicks(person, wire, bound, tries)
            window = await _window(person, feed, seconds)
        finally:
            feed.stop()
            wire.leave()
            await bound.aclose()
    return [*pair("click to wire, idle", *idle), *pair(f"click to wire, {RATE:,} a second", *busy), *window]


async def _window(person: Person, feed: Feed, seconds: float) -> list[Figure]:
    """Nothing is clicked: how the window bears the feed, with either of the tabs that show most of it at once."""
    found = []
    for tab, shows in _TABS:
        await person.show(tab)
        await asyncio.sleep(0.5)  # what is shown at first is painted whole
        lag, before, since = Lag(), feed.told, time.perf_counter()
        lag.start()
        await asyncio.sleep(seconds)
        part, told = lag.stop(), (feed.told - before) / (time.perf_counter() - since)
        name = f"whole window at {RATE:,} a second, {tab} tab with {shows}"
        found += [
            Figure(f"{name}: told", told, "a second"),
            Figure(f"{name}: loop late p50", median(lag.late) * 1e3, "ms"),
            Figure(f"{name}: loop late p99", late(lag.late, 0.99) * 1e3, "ms", target=5),
            Figure(f"{name}: of a core", part * 100, "%", target=60),
        ]
    return found


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    tries, seconds = (3, 1.0) if quick else (15 * rounds, 4.0 * rounds)
    return at_an_exchange(lambda data, control: _measure(data, control, tries, seconds))
