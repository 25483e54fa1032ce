"""The store of bars: each instrument's day under way, and candles of all that ever was, made up or traded."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from hoga.base.clock import KST
from hoga.domain.calendar import KRX
from hoga.domain.market_data import Aggressor, Candle, Period
from hoga.domain.periods import period_start
from hoga.practice.api import Listing
from hoga.practice.market.bars_file import BarsFile, MarketFileError, Origin, StoredDay
from hoga.practice.market.chance import stream
from hoga.practice.market.day_state import DayState
from hoga.practice.market.gap import Bridge, bridge, first_date, next_state
from hoga.practice.market.history import DayBar, MarketWalk, Terms
from hoga.practice.market.ladder import upper_limit
from hoga.practice.market.live import LiveBars
from hoga.practice.market.minutes import MinuteBar, minute_bars
from hoga.practice.market.periods import joined, midnight
from hoga.practice.market.profile import DAY_MINUTES, minute_key, session_minutes, session_weights

_log = logging.getLogger(__name__)

FLUSH_SECONDS = 1.0
"""The most wall time whose trades a kill may take from the bars."""

MINUTE_DAYS = 366
"""How far back minute candles reach."""


class BarStore:
    """Keeps what every trade leaves behind; all calls from one thread, all moments in KST.

    A new store has a made-up past that ends at its start, the date so far included. An existing one goes on where it
    stopped: what the exchange missed while it was off is filled with made-up bars (``gap``).

    Raises MarketFileError when the file cannot be used.
    """

    def __init__(
        self,
        path: Path | None,
        listings: Mapping[str, Listing],
        seed: int,
        start: datetime,
        *,
        wire_now: Callable[[], float] = time.monotonic,
    ) -> None:
        """``path`` None keeps everything in memory. ``seed`` is that of a new file; an existing one keeps its own."""
        if start.tzinfo is None:
            raise ValueError("market time needs a zone")
        self._wire_now = wire_now
        self._file = BarsFile(path)
        stored = self._file.meta("moment")
        since = None if stored is None else datetime.fromisoformat(stored)
        start = start.astimezone(KST)
        self._moment = start if since is None else max(start, since)
        self._today = self._moment.date()
        self._seed = int(self._file.meta("seed") or seed)
        self._live: dict[str, LiveBars] = {}
        self._dirty: list[LiveBars] = []
        self._flushed = wire_now()
        with self._file.transaction():
            self._file.set_meta("seed", str(self._seed))
            self._open_listings(listings, since)
            self._file.forget_minutes_before(self._today - timedelta(days=MINUTE_DAYS))
        self.flush()

    @property
    def seed(self) -> int:
        """The seed of the made-up past."""
        return self._seed

    @property
    def resumed_at(self) -> datetime:
        """The latest moment on file or given at the start: market time goes on from here, never from before."""
        return self._moment

    def on_trade(self, code: str, at: datetime, price: int, quantity: int, aggressor: Aggressor) -> None:
        """Count one trade of the date under way. Raises KeyError for an unknown code; never for the disk's sake, since
        the trade has happened: a failed write is logged and tried again a second later."""
        live = self._live[code]
        live.add(at, price, quantity, aggressor)
        self._moment = at
        if not live.dirty:
            live.dirty = True
            self._dirty.append(live)
        if self._wire_now() - self._flushed >= FLUSH_SECONDS:
            self._flush_between_trades()

    def day(self, code: str) -> DayState:
        """The instrument's date under way: the store's own object, to be read at once. Raises KeyError."""
        return self._live[code].day

    def roll(self, to_date: date) -> None:
        """Begin a later date: the last price becomes the base. Dates passed over had no trades.

        Raises ValueError for a date that is not later, and MarketFileError.
        """
        if to_date <= self._today:
            raise ValueError(f"{to_date} does not follow {self._today}")
        self.flush()
        with self._file.transaction():
            for live in self._live.values():
                if live.day.volume:
                    self._file.save_days(live.code, [live.day.bar()])
                live.begin(next_state(live.day, live.character, to_date))
            self._today = to_date
            self._moment = max(self._moment, midnight(to_date))
            self._save(list(self._live.values()))

    def flush(self) -> None:
        """Write what is new. The runner calls it about once a second, so that a quiet market is written too.

        Raises MarketFileError; nothing is lost then, and the next call tries again.
        """
        self._flushed = self._wire_now()
        if not self._dirty:
            return
        with self._file.transaction():
            self._save(self._dirty)
        for live in self._dirty:
            live.saved()
        self._dirty.clear()

    def keep(self) -> None:
        """Write at once: an account has traded. A failure is logged and tried again later."""
        self._flush_between_trades()

    def _flush_between_trades(self) -> None:
        try:
            self.flush()
        except MarketFileError as error:
            _log.error("the market's bars could not be written, another try follows: %s", error)

    def close(self) -> None:
        """Write what is new and let go of the file."""
        try:
            self.flush()
        finally:
            self._file.close()

    def candles(self, code: str, period: Period, start: datetime, end: datetime) -> list[Candle]:
        """Candles whose start lies in [start, end], oldest first: made-up past and trades, joined.

        Minutes and days without a trade have no candle. Minutes reach back a year; days, weeks, months and years to the
        listing. The last one may still be going on. Raises KeyError for an unknown code.
        """
        live = self._live[code]
        start, end = start.astimezone(KST), end.astimezone(KST)
        if end < start:
            return []
        if period is Period.MINUTE:
            found = self._minute_candles(live, start, end)
        else:
            first = period_start(start.date(), period)
            last = self._today if period is not Period.DAY else min(end.date(), self._today)
            days = [_day_candle(bar) for bar in self._day_bars(live, first, last)]
            found = days if period is Period.DAY else joined(days, period)
        return [candle for candle in found if start <= candle.start <= end]

    def _day_bars(self, live: LiveBars, first: date, last: date) -> list[DayBar]:
        bars: list[DayBar] = []
        if first < live.first_day:
            bars += live.history.bars(first, min(last, live.first_day - timedelta(days=1)))
        bars += self._file.days(live.code, max(first, live.first_day), last)
        if first <= self._today <= last and live.day.volume:
            bars.append(live.day.bar())
        return bars

    def _minute_candles(self, live: LiveBars, start: datetime, end: datetime) -> list[Candle]:
        first = max(start.date(), self._today - timedelta(days=MINUTE_DAYS))
        last = min(end.date(), self._today)
        if last < first:
            return []
        span = minute_key(first, 0), minute_key(last, DAY_MINUTES - 1)
        traded = {bar.key: bar for bar in self._file.minutes(live.code, *span)}
        traded.update((bar.key, bar) for bar in live.unsaved_minutes() if span[0] <= bar.key <= span[1])
        bars = list(traded.values())
        for day in live.history.bars(first, min(last, live.first_day - timedelta(days=1))):
            bars += live.made_minutes((day.day, 0), partial(self._session_minutes, live, day))
        for part in self._file.parts(live.code, first, last):
            bars += live.made_minutes((part.bar.day, part.first), partial(part.minutes, self._seed, live.terms))
        return [_minute_candle(bar) for bar in sorted(bars)]

    def _session_minutes(self, live: LiveBars, bar: DayBar) -> list[MinuteBar]:
        """The minutes of a trading day of the made-up past."""
        chance = stream(self._seed, live.code, bar.day, "minutes")
        keys = [minute_key(bar.day, minute) for minute in session_minutes()]
        return minute_bars(chance, bar, keys, session_weights(), live.terms.table, auction=True)

    def _open_listings(self, listings: Mapping[str, Listing], since: datetime | None) -> None:
        origins, stored = self._file.origins(), self._file.today()
        walks: dict[date, MarketWalk] = {}
        is_trading_day = KRX.guessing().is_trading_day
        for code, listing in listings.items():
            terms = Terms.of(listing)
            origin = origins.get(code)
            if origin is None:
                origin = Origin.of(terms, self._today)
                self._file.add_origin(origin)
            terms = origin.terms(terms)
            if origin.anchor_date not in walks:
                walks[origin.anchor_date] = MarketWalk(self._seed, origin.anchor_date, is_trading_day)
            walk = walks[origin.anchor_date]
            live = LiveBars(listing.character, terms, origin.first_day, self._seed, walk)
            self._live[code] = live
            if code in stored and since is not None:
                self._resume(live, stored[code], since)
            else:
                self._begin_first_date(live, listing)
            live.dirty = True
            self._dirty.append(live)

    def _begin_first_date(self, live: LiveBars, listing: Listing) -> None:
        eve = live.history.last_before(self._today)
        state = DayState(self._today, eve.close, eve.volume)
        upper = upper_limit(listing.instrument, eve.close, self._today)
        self._begin_after(live, first_date(self._seed, live.terms, live.character, state, self._moment, upper))

    def _resume(self, live: LiveBars, stored: StoredDay, since: datetime) -> None:
        gap = bridge(self._seed, live.terms, live.character, DayState(*stored[1:]), since, self._moment)
        self._begin_after(live, gap)
        present = minute_key(self._today, self._moment.hour * 60 + self._moment.minute)
        for bar in self._file.minutes(live.code, present, present):
            live.go_on(bar)

    def _begin_after(self, live: LiveBars, gap: Bridge) -> None:
        self._file.save_days(live.code, gap.days)
        self._file.save_parts(live.code, gap.parts)
        live.begin(gap.state)

    def _save(self, lives: Sequence[LiveBars]) -> None:
        self._file.save_minutes((live.code, *bar) for live in lives for bar in live.unsaved_minutes())
        self._file.save_today(live.stored() for live in lives)
        self._file.set_meta("moment", self._moment.isoformat())


def _day_candle(bar: DayBar) -> Candle:
    return Candle(midnight(bar.day), bar.open, bar.high, bar.low, bar.close, bar.volume, bar.amount)


def _minute_candle(bar: MinuteBar) -> Candle:
    day, minute = divmod(bar.key, DAY_MINUTES)
    at = midnight(date.fromordinal(day)) + timedelta(minutes=minute)
    return Candle(at, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.amount)
