"""Where a chart has its bars from: reads of the broker, newest first, and every trade since.

A read that another choice overtook is cancelled, and what it still brings is thrown away. When the stream breaks, the
bars are torn at the newest one and mended by a read once it runs again. Every minute that has ended is read once more
and held against what its trades made of it.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import deque
from datetime import datetime, timedelta
from enum import Enum
from operator import attrgetter

from PySide6.QtCore import QObject, Signal

from hoga.base.message import Message
from hoga.base.tasks import Busy
from hoga.broker.port import BrokerError, Stream, StreamHealth
from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Candle, Period, Trade
from hoga.ui.chart import reading
from hoga.ui.chart.bars import Bars, bars_of
from hoga.ui.chart.claims import Claims
from hoga.ui.chart.timeframe import Timeframe, midnight
from hoga.ui.context import Context

_log = logging.getLogger(__name__)
_START = attrgetter("start")
_SETTLE = timedelta(seconds=3)
"""So long after its end a minute is whole in the broker's chart."""
_HEARD = 20_000
"""Trades that are kept for bars of trades, chosen later than the instrument."""
_COMPARED = 4
"""The last minutes that are held against the broker's."""
_POLL = timedelta(seconds=15)
"""How often the newest bar is read while its trades do not come by themselves."""


class Stage(Enum):
    """How far a chart is with its bars."""

    NOTHING = "nothing chosen"
    OPENING = "reading the first bars"
    FAILED = "could not read any"
    READY = "bars are shown"


class ChartSource(QObject):
    """The bars of the chosen instrument in the chosen period. Signals:

    restarted: another instrument or period; nothing of the old bars counts any more.
    changed (int, int): bars from this index on are others now; so many of them are new on the left.
    stage_changed: ``stage``, ``progress``, ``trouble`` or ``live`` are others now.
    """

    restarted = Signal()
    changed = Signal(int, int)
    stage_changed = Signal()

    def __init__(self, context: Context, timeframe: Timeframe, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._claims = Claims(context)
        self.instrument: InstrumentId | None = None
        self.timeframe = timeframe
        self.adjusted = True
        """Prices of before a split and the like are reckoned in those of today; else they are as they were paid."""
        self.bars = bars_of(timeframe)
        self._heard: deque[Trade] = deque(maxlen=_HEARD)
        self.stage = Stage.NOTHING
        self.trouble: Message | None = None
        """Why the last read brought nothing; the bars that are there stay."""
        self.progress: tuple[int, int] | None = None
        """Bars read and bars wanted, while something is being read."""
        self.exhausted = False
        """There is nothing further back."""
        self.corrected = 0
        """Ended minutes that the broker's chart told otherwise than their trades."""
        self._read_from: datetime | None = None
        self._live = self._stream_live()
        self._heard_all_since: datetime | None = None
        self._dropped = 0
        self._tears = 0
        self.seen = True
        """Somebody can see the chart: the newest bars are worth a read a minute. A hidden chart takes trades in once a
        second, all at once."""
        self._checked = self._polled = self._second = context.desk.clock.now()
        parent.destroyed.connect(self._claims.close)
        context.chart_turn.connect(self._on_frame)  # before the pane that made it is told
        context.health_changed.connect(self._on_health)
        context.rewound.connect(self._on_rewound)
        context.second.connect(self._on_second)

    # --- what is chosen ---------------------------------------------------------------------------------------------

    def choose(self, instrument: InstrumentId | None, timeframe: Timeframe) -> None:
        """Show this instrument in this period; the same choice again changes nothing."""
        if (instrument, timeframe) == (self.instrument, self.timeframe):
            return
        moved = instrument != self.instrument
        self.instrument, self.timeframe = instrument, timeframe
        if instrument is None:
            self._claims.drop()
        elif moved or self._claims.feed is None:
            self._claims.take(instrument)
            self._dropped = 0
            self._heard.clear()
        self.reload()

    def adjust(self, adjusted: bool) -> None:
        """Show adjusted prices, or raw ones; the same again changes nothing."""
        if adjusted is not self.adjusted:
            self.adjusted = adjusted
            self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        self.bars = bars_of(self.timeframe)
        self._read_from = self.trouble = self.progress = None
        self.exhausted = False
        self._heard_all_since = self._now()
        self._checked = self._now()
        self.stage = Stage.NOTHING if self.instrument is None else Stage.OPENING
        self.restarted.emit()
        self.stage_changed.emit()
        if self.instrument is None:
            return
        if self.timeframe.trades:
            self._begin_with_trades()
        else:
            self._claims.run("read", self._open(self.instrument, self.bars))

    def _begin_with_trades(self) -> None:
        """Bars of trades start with what was heard since the instrument was chosen; there is nothing to read."""
        self.exhausted = True
        if self._claims.feed is not None:
            self._heard.extend(self._claims.feed.take())
        self.bars.trades(self._heard)
        self._done(self.bars)
        self._tell(0, None)

    def more(self) -> None:
        """The person looks further back than there are bars."""
        if self.stage is Stage.READY and self.progress is None and not self.exhausted and self.trouble is None:
            self._read_on()

    def retry(self) -> None:
        """Once more, after trouble."""
        if self.stage is Stage.READY:
            self.trouble = None
            self.stage_changed.emit()
            self._mend()
            self._read_on()
        else:
            self.reload()

    @property
    def closed(self) -> bool:
        """The chart is gone."""
        return self._claims.closed

    @property
    def live(self) -> bool:
        """Trades come by themselves now."""
        return self._live and self._claims.lease is not None and self._claims.lease.live

    def _on_rewound(self) -> None:
        self._heard.clear()
        self.reload()

    # --- reads ------------------------------------------------------------------------------------------------------

    def _read_on(self) -> None:
        if self.instrument is not None:
            wanted = len(self.bars) + reading.ENOUGH[self.timeframe]
            self._claims.run("read", self._backwards(self.instrument, self.bars, wanted))

    async def _open(self, instrument: InstrumentId, bars: Bars) -> None:
        wanted = reading.ENOUGH[bars.timeframe]
        self._report(bars, wanted)
        try:
            for stretch in reading.newest(bars.timeframe, self._now()):
                if not await self._read(instrument, bars, stretch):
                    return
        except BrokerError as error:
            self._fail(bars, error)
            return
        await self._backwards(instrument, bars, wanted)

    async def _backwards(self, instrument: InstrumentId, bars: Bars, wanted: int) -> None:
        """Read further back until there are ``wanted`` bars, or nothing more."""
        empty = 0
        try:
            while len(bars) < wanted and not self.exhausted and self._read_from is not None:
                self._report(bars, wanted)
                stretch = reading.earlier(bars.timeframe, self._read_from, self._now())
                if self._beyond(stretch):
                    break
                before = len(bars)
                if not await self._read(instrument, bars, stretch):
                    return
                empty = 0 if len(bars) > before else empty + 1
                # Days without a single minute are holidays; a whole year without a day is the listing.
                self.exhausted = empty >= (reading.EMPTY_DAYS if bars.timeframe.intraday else 1)
        except BrokerError as error:
            self._fail(bars, error)
            return
        self._done(bars)

    async def _read(self, instrument: InstrumentId, bars: Bars, stretch: reading.Stretch) -> bool:
        """Read one stretch into ``bars``. False: another choice was made meanwhile."""
        begun = self._now()
        candles = await self._context.desk.candles(
            instrument, stretch.period, stretch.start, stretch.end, adjusted=self.adjusted
        )
        if self._claims.closed or bars is not self.bars:
            return False
        self._take_trades()
        if stretch.period is bars.timeframe.source:
            self._read_from = stretch.start if self._read_from is None else min(self._read_from, stretch.start)
        oldest = bars.oldest
        first = bars.read(candles, begun) if stretch.period is bars.timeframe.parts else bars.read_history(candles)
        # The days of a week under way alone are no picture yet.
        if len(bars) and self.stage is Stage.OPENING and stretch.period is bars.timeframe.source:
            self.stage = Stage.READY
            self.stage_changed.emit()
        self._tell(first, oldest)
        return True

    def _beyond(self, stretch: reading.Stretch) -> bool:
        """Some hosts have minutes of today alone."""
        past = stretch.period is Period.MINUTE and stretch.start < midnight(self._now())
        if past and not self._context.desk.capabilities.past_minutes:
            self.exhausted = True
        return self.exhausted

    def _tell(self, first: int, oldest: datetime | None) -> None:
        """Say what changed; ``oldest`` is the start of the oldest bar before it did."""
        if first >= len(self.bars):
            return
        shown = self.bars.shown
        prepended = 0
        if first == 0 and oldest is not None:
            prepended = bisect_left(shown, self.timeframe.start(oldest), key=_START)
        self.changed.emit(first, prepended)

    def _report(self, bars: Bars, wanted: int) -> None:
        self.progress = (min(len(bars), wanted), wanted)
        self.stage_changed.emit()

    def _done(self, bars: Bars) -> None:
        if bars is self.bars and not self._claims.closed:
            self.stage = Stage.READY
            self.progress = self.trouble = None
            self.stage_changed.emit()

    def _fail(self, bars: Bars, error: BrokerError) -> None:
        if bars is self.bars and not self._claims.closed:
            self.stage = Stage.READY if len(bars) else Stage.FAILED
            self.progress, self.trouble = None, error.message
            self.stage_changed.emit()

    # --- trades -----------------------------------------------------------------------------------------------------

    def _on_frame(self, dirty: frozenset[InstrumentId]) -> None:
        if self.seen and self.instrument in dirty:
            self._take_trades()

    def catch_up(self) -> None:
        """Take in the trades that were heard since the last frame."""
        self._take_trades()

    def _take_trades(self) -> None:
        feed = self._claims.feed
        if feed is None:
            return
        fresh = feed.take()
        first = self.bars.trades(fresh)
        self._heard.extend(fresh)
        if feed.dropped != self._dropped:
            self._dropped = feed.dropped
            self._tear()
            self._mend()
        if self.stage is Stage.READY:
            self._tell(first, None)

    # --- gaps -------------------------------------------------------------------------------------------------------

    def _stream_live(self) -> bool:
        quotes = self._context.desk.health().streams.get(Stream.QUOTES)
        return quotes is not None and quotes.health is StreamHealth.LIVE

    def _on_health(self) -> None:
        live = self._stream_live()
        if live is self._live:
            return
        self._live = live
        if not live:
            self._take_trades()
            self._tear()
        elif self.stage is Stage.FAILED:
            self.reload()
        else:
            if self.bars.torn_since is None:
                self._tear()
            self._heard_all_since = self._now()
            self._mend()
        self.stage_changed.emit()

    def _tear(self) -> None:
        self._tears += 1
        self._heard_all_since = self._now()
        self._tell(self.bars.tear(), None)

    def _mend(self) -> None:
        torn = self.bars.torn_since
        if torn is not None and self.instrument is not None and not self.timeframe.trades:
            self._claims.run("gap", self._fill(self.instrument, self.bars, torn))

    async def _fill(self, instrument: InstrumentId, bars: Bars, torn: datetime) -> None:
        past, tears = self._context.desk.capabilities.past_minutes, self._tears
        stretch = reading.since(bars.timeframe, torn, self._now(), past_minutes=past)
        try:
            if not await self._read(instrument, bars, stretch):
                return
        except BrokerError as error:
            self._fail(bars, error)
            return
        if tears != self._tears:
            return
        holes = bars.holes()
        bars.mend(stretch.start)
        if holes != bars.holes():
            self._tell(holes[0], None)

    # --- the last bar against the broker's ---------------------------------------------------------------------------

    def _on_second(self) -> None:
        if not self.seen:
            self.catch_up()
        now, before = self._now(), self._second
        self._second = now
        if not self.live:
            self._heard_all_since = now
        if self.stage is not Stage.READY or self.instrument is None or not self._live or not self.seen:
            return
        if self.timeframe.trades:
            return
        if not self.live:
            if now - self._polled >= _POLL:
                self._claims.run("check", self._check(self.instrument, self.bars, self._polled), Busy.DROP)
                self._polled = now
            return
        # A second of ours too: what is on its way needs no less of it where the market's time runs fast.
        ended = Timeframe.M1.start(min(now - _SETTLE, before))
        if self.timeframe.intraday and ended > self._checked:
            self._claims.run("check", self._check(self.instrument, self.bars, self._checked, ended), Busy.DROP)
            self._checked = ended

    async def _check(
        self, instrument: InstrumentId, bars: Bars, from_: datetime, ended: datetime | None = None
    ) -> None:
        """Read the bars since ``from_`` again. A minute all of whose trades we heard, and that is over since before
        ``ended``, should be just as we have it."""
        self._take_trades()
        ours = {part.start: part for part in bars.parts[-_COMPARED:]}
        stretch = reading.since(bars.timeframe, from_, self._now(), past_minutes=False)
        heard_since = self._heard_all_since
        try:
            if not await self._read(instrument, bars, stretch):
                return
        except BrokerError as error:
            _log.info("the newest bars could not be checked: %s", error.message)
            return
        if ended is not None and heard_since is not None:
            self._compare(ours, [part for part in bars.parts[-_COMPARED:] if heard_since < part.start < ended])

    def _compare(self, before: dict[datetime, Candle], after: list[Candle]) -> None:
        for part in after:
            ours = before.get(part.start)
            if ours is not None and ours != part:
                self.corrected += 1
                _log.warning("a minute's trades made %s, the broker's chart says %s", ours, part)

    def _now(self) -> datetime:
        return self._context.desk.clock.now()
