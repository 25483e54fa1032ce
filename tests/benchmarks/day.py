"""Six and a half hours of 41 instruments with the whole window open: does memory stay, does the loop stay as quick, and
is all of it seen?

The market's hours pass as fast as the recording is told: about 6,000 updates a second, and every ten minutes of the
market a burst of 20,000 within one of its seconds. Every fourth trade is of the instrument that is shown, so that all
that is kept of it up to a bound (its last 20,000 trades) has reached the bound when the half hour of warming up ends.
Watch list, book, tape, facts and chart are shown in the first half of each hour, the ladder and its chart in the
second. A process of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hoga.base.message import Message
from hoga.broker.kis.decode_stream import StreamDecoder, open_frame
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Candle, Period, Trade
from hoga.trading.market_board import TradeFeed
from tests.benchmarks import frames
from tests.benchmarks.figures import Figure, late, plain_environment
from tests.support import made_up
from tests.support.fake_desk import FakeDesk

_OPENS = datetime.fromisoformat("2026-11-23T09:00:00+09:00")
INSTRUMENTS = 41
_CHOSEN = InstrumentId(frames.codes(1)[0])
_STRETCH = 10 * 60
"""Seconds of the market from one burst to the next."""
_TICK_MOST = 0.02
"""What came late is told at once, but never more than is due in so many seconds: the loop is for others too."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is told. ``rate``: updates in a second of the market, of all instruments; ``pace``: seconds of the
    market in a second of ours, but for bursts, which pass as they are."""

    hours: float
    rate: int = INSTRUMENTS
    pace: float = 150.0
    burst: int = 20_000
    warm_up: float = 0.5

    def stretches(self) -> list[tuple[float, int, float]]:
        """Seconds of the market, updates, and seconds of ours, in turns of calm and burst."""
        calm = (_STRETCH - 1.0, (_STRETCH - 1) * self.rate, (_STRETCH - 1) / self.pace)
        return [calm, (1.0, self.burst, self.burst / 20_000)] * round(self.hours * 3600 / _STRETCH)


class _Desk(FakeDesk):
    """Its chart of the chosen instrument is what was told."""

    def __init__(self) -> None:
        codes = frames.codes(INSTRUMENTS)
        listed = tuple(made_up.instrument(code, f"종목{code}", f"Name {code}") for code in codes)
        for one in listed:
            made_up.LAST[one.id], made_up.BASE[one.id] = 70_000, 69_000
        super().__init__(instruments=listed, start=_OPENS)
        self._minutes: dict[datetime, Candle] = {}

    def hear(self, trade: Trade) -> None:
        start, price, count = trade.at.replace(second=0, microsecond=0), trade.price_units, trade.quantity
        old = self._minutes.get(start) or Candle(start, price, price, price, price, 0, 0)
        high, low = max(old.high_units, price), min(old.low_units, price)
        volume, amount = old.volume + count, old.amount_units + count * price
        self._minutes[start] = Candle(start, old.open_units, high, low, price, volume, amount)

    @property
    def volume(self) -> int:
        return sum(one.volume for one in self._minutes.values())

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        if period is not Period.MINUTE:
            return await super().candles(instrument, period, start, end, adjusted=adjusted)
        before = await super().candles(instrument, period, start, min(end, _OPENS)) if start < _OPENS else ()
        told = self._minutes.items() if instrument == _CHOSEN else ()
        return (*before, *(candle for at, candle in told if start <= at < end))


class Told:
    """Tells the desk's board a recording, stretch by stretch, and moves the desk's clock with it."""

    def __init__(self, desk: _Desk, plan: Plan, over: Callable[[], None]) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._desk, self._over, self._stretches = desk, over, iter(plan.stretches())
        prices = dict.fromkeys(frames.codes(INSTRUMENTS), 70_000)
        trades, books = frames.kis_trades(6_000, _OPENS, prices), frames.kis_books(2_000, _OPENS, prices)
        chosen = frames.kis_trades(2_000, _OPENS, {_CHOSEN.code: 70_000})
        texts = [text for n in range(2_000) for text in (*trades[3 * n : 3 * n + 3], chosen[n], books[n])]
        self._parts = [(text[:at], text[at + 6 :]) for text in texts for at in [text.index("^") + 1]]
        self._decoder = StreamDecoder(desk.clock.now)
        self.told = 0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tell_due)

    def start(self) -> None:
        self._next()
        self._timer.start(1)

    def _next(self) -> None:
        stretch = next(self._stretches, None)
        if stretch is None:
            self._timer.stop()
            self._over()
            return
        self._length, self._count, self._seconds = stretch
        self._begun, self._done = time.perf_counter(), 0

    def _tell_due(self) -> None:
        part = (time.perf_counter() - self._begun) / self._seconds
        most = self._done + round(self._count / self._seconds * _TICK_MOST)
        due = min(round(part * self._count), most, self._count)
        if due <= self._done:
            return
        self._desk.clock.advance(self._length * (due - self._done) / self._count)
        moment = f"{self._desk.clock.now():%H%M%S}"
        board, decoder, parts = self._desk.board, self._decoder, self._parts
        for n in range(self.told, self.told + due - self._done):
            head, tail = parts[n % len(parts)]
            frame = open_frame(head + moment + tail)
            if frame[0] == "H0STCNT0":
                for trade in decoder.trades(frame):
                    board.update(trade, "stream")
                    if trade.instrument == _CHOSEN:
                        self._desk.hear(trade)
            else:
                for book in decoder.books(frame):
                    board.update(book, "stream")
        self.told += due - self._done
        self._done = due
        if due == self._count:
            self._next()


class _Opened:
    """A fake desk as a window shows it."""

    plans = None

    def __init__(self, desk: FakeDesk) -> None:
        self.desk = desk
        self.meter = self.round_trip = lambda: None

    def trouble(self) -> Message | None:
        return None

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        return lambda: None


@dataclass
class Sample:
    hours: float
    memory: float
    """MiB in use."""
    late: int
    """How many looks at the loop's lateness there were."""


def memory_now() -> float:
    """MiB of this process in memory; 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if told.exists() else 0.0


class _Day:
    """One window, one day. ``samples`` every five minutes of the market (or twenty in all, in a short one)."""

    def __init__(self, plan: Plan) -> None:
        from tests.benchmarks.click import Lag

        self.plan, self.desk, self.lag = plan, _Desk(), Lag()
        # Our own notes of the day are in the same memory, and must not be what is seen to grow.
        self.lag.late = array("d")  # type: ignore[assignment]
        self.samples: list[Sample] = []
        self.heard = 0
        """Trades and books that the board took in."""
        self.feeds: list[TradeFeed] = []
        self._every = timedelta(hours=min(5 / 60, plan.hours / 20))
        board_feed = self.desk.board.feed

        def feed(instrument: InstrumentId, most: int = 20_000) -> TradeFeed:
            self.feeds.append(board_feed(instrument, most))
            return self.feeds[-1]

        self.desk.board.feed = feed  # type: ignore[method-assign]

    async def live(self, app: Any) -> dict[str, float]:
        from hoga.app.desk_window import DeskView, painted
        from hoga.ui.settings_file import When

        self.desk.feed_all()
        view = DeskView(app, _Opened(self.desk), None, None)
        view.preferences.file.change(sounds=When.OFF)
        view.window.resize(1600, 900)
        view.show()
        await view.instruments_read.wait()
        view.window.watch.groups.add([one.id for one in self.desk.master])
        view.context.select(_CHOSEN)
        for tab in view.tabs:
            view.context.show_tab(tab)
            await painted(view.window, calm_frames=3)
        found = await self._through(view)
        await view.aclose()
        return found

    async def _through(self, view: Any) -> dict[str, float]:
        over = asyncio.Event()
        told = Told(self.desk, self.plan, over.set)
        self.desk.board.tap = self._heard
        told.start()
        self.lag.start()
        while not over.is_set():
            self._look(view)
            try:
                async with asyncio.timeout(0.05):
                    await over.wait()
            except TimeoutError:
                continue
        self.lag.stop()
        await asyncio.sleep(0.1)
        return {"told": told.told, "lost": told.told - self.heard, **self._seen(view)}

    def _heard(self, value: object, at: datetime, source: str) -> None:
        self.heard += source == "stream"

    def _look(self, view: Any) -> None:
        passed = self.desk.clock.now() - _OPENS
        view.context.show_tab("order" if passed.total_seconds() % 3600 >= 1800 else "quote")
        if passed >= self._every * len(self.samples):
            self.desk.commands.clear()
            self.samples.append(Sample(passed.total_seconds() / 3600, memory_now(), len(self.lag.late)))

    def _seen(self, view: Any) -> dict[str, float]:
        """What the window has of the chosen instrument's trades, against what was told."""
        from hoga.ui.chart.pane import ChartPane
        from hoga.ui.tabs import Page

        page = view.window.pages.page(Page.QUOTE)
        chart = page.findChildren(ChartPane)[0]
        chart.source.catch_up()
        charted = sum(one.volume for one in chart.source.bars.parts if one.start >= _OPENS)
        return {
            "minutes": sum(one.start >= _OPENS for one in chart.source.bars.parts),
            "uncharted": self.desk.volume - charted,
            "dropped": sum(feed.dropped for feed in self.feeds),
        }


def child(plan: Plan) -> dict[str, float]:
    from hoga.app.window import application
    from hoga.ui.loop import DeskLoop

    app, day = application(), _Day(plan)
    with DeskLoop(app) as loop:
        asyncio.set_event_loop(loop)
        found: dict[str, float] = loop.run_until_complete(day.live(app))
    warm = [one for one in day.samples if one.hours >= plan.warm_up]
    first = next(one for one in day.samples if one.hours >= min(1.0, plan.hours / 4))
    last = next(one for one in day.samples if one.hours >= plan.hours - min(1.0, plan.hours / 4))
    lateness = day.lag.late
    return {
        **found,
        "start": warm[0].memory, "most": max(one.memory for one in warm), "slope": slope(warm),
        "first": late(lateness[: first.late], 0.99) * 1e3, "last": late(lateness[last.late :], 0.99) * 1e3,
    }  # fmt: skip


def slope(samples: list[Sample]) -> float:
    """MiB in an hour of the market: the line of least squares."""
    middle = sum(one.hours for one in samples) / len(samples)
    spread = sum((one.hours - middle) ** 2 for one in samples)
    return sum((one.hours - middle) * one.memory for one in samples) / spread if spread else 0.0


_WHOLE, _QUICK = Plan(6.5), Plan(1 / 3, rate=4, pace=1_000.0, burst=500, warm_up=0.1)


def measure(quick: bool, rounds: int = 3) -> list[Figure]:
    """Once, however many rounds: its hours are its rounds."""
    command = [sys.executable, "-m", "tests.benchmarks.day", *(["--quick"] if quick else [])]
    environment = {**plain_environment(), "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise RuntimeError(f"the day: {done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    name = f"{(_QUICK if quick else _WHOLE).hours:.2g} hours, {found['told']:,.0f} updates"
    return [
        Figure(f"{name}: memory grows in an hour", found["slope"], "MiB", target=1.0),
        Figure(f"{name}: most memory", found["most"], "MiB", "after the warm-up", found["start"], target=1.1),
        Figure(f"{name}: loop late p99, last hour", found["last"], "ms", "the first", found["first"], target=1.2),
        Figure(f"{name}: lost", found["lost"], "updates", target=0.0),
        Figure(f"{name}: minutes in the chart", found["minutes"], "minutes"),
        Figure(f"{name}: not in the chart", abs(found["uncharted"]), "shares", target=0.0),
        Figure(f"{name}: dropped for chart or tape", found["dropped"], "trades", target=0.0),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(child(_QUICK if "--quick" in sys.argv else _WHOLE)) + "\n")
    sys.stdout.flush()
    os._exit(0)
