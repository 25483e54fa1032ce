"""The bars of one chart, exact: what the broker's reads say, carried on with every trade since.

``parts`` are the broker's finer candles (minutes, or days) of the newest stretch; ``history`` holds bars that were read
whole and lie before them (weeks and months). What is shown is history followed by the parts put together. Reads and
trades may come in any order: a read replaces what it covers, and a trade is only ever added to the newest part.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from operator import attrgetter, lt

from msgspec.structs import replace

from hoga.domain.market_data import Candle, Period, Trade
from hoga.ui.chart.aggregation import aggregate, day_carried_on, first_of, with_trade
from hoga.ui.chart.timeframe import Timeframe

_START = attrgetter("start")


class Bars:
    """See the module. Every change returns the index of the first shown bar that is another now; ``len(bars)`` where
    nothing changed."""

    def __init__(self, timeframe: Timeframe) -> None:
        self.timeframe = timeframe
        self._part_frame = Timeframe.M1 if timeframe.intraday else Timeframe.DAY
        self._history: list[Candle] = []
        self._parts: list[Candle] = []
        self._shown: list[Candle] = []
        self._torn: set[datetime] = set()
        self._count = 0
        self._believed = False

    def __len__(self) -> int:
        return len(self._shown)

    def __getitem__(self, index: int) -> Candle:
        return self._shown[index]

    @property
    def shown(self) -> Sequence[Candle]:
        """Oldest first. Do not change it."""
        return self._shown

    @property
    def parts(self) -> Sequence[Candle]:
        return self._parts

    @property
    def oldest(self) -> datetime | None:
        """Since when candles are known."""
        first = self._history or self._parts
        return first[0].start if first else None

    def index_at(self, moment: datetime) -> int | None:
        """The bar that holds ``moment``: the last one that starts at or before it, if it reaches that far."""
        index = bisect_right(self._shown, moment, key=_START) - 1
        if index < 0 or moment >= self.timeframe.following(self._shown[index].start):
            return None
        return index

    # --- reads ------------------------------------------------------------------------------------------------------

    def read(self, candles: Iterable[Candle], as_of: datetime | None = None) -> int:
        """Take parts that were read, oldest first: equal starts are replaced, others go where they belong.

        ``as_of`` is the market time at which the read was begun. A part that had not ended by then may know less than
        the trades since told us: of its two accounts the one with more volume holds.
        """
        if not (self._parts or self._history):
            self._parts = list(candles)
            self._shown = aggregate(self._parts, self.timeframe)
            self._believed = True
            return 0
        mended = self._put_in_order()
        first = self._merge(candles, as_of)
        return 0 if mended else first

    def _put_in_order(self) -> bool:
        """The first read is shown as it came: oldest first, each start once. Whether that was so is looked at when the
        next one comes; True where it had to be mended."""
        if not self._believed:
            return False
        self._believed = False
        starts = list(map(_START, self._parts))
        if all(map(lt, starts, islice(starts, 1, None))):
            return False
        once = {part.start: part for part in self._parts}
        self._parts = [once[start] for start in sorted(once)]
        self._rebuild_all()
        return True

    def _merge(self, candles: Iterable[Candle], as_of: datetime | None) -> int:
        fresh = {candle.start: candle for candle in candles}
        if not fresh:
            return len(self._shown)
        at = bisect_left(self._parts, min(fresh), key=_START)
        old = self._parts[at:]
        if as_of is not None:
            for part in old:
                if part.start in fresh and self._part_frame.following(part.start) > as_of:
                    fresh[part.start] = _further(part, fresh[part.start])
        merged = {part.start: part for part in old} | fresh
        tail = [merged[start] for start in sorted(merged)]
        same_before = _alike(old, tail)
        if same_before == len(tail):
            return len(self._shown)
        same_after = _alike(old[same_before:][::-1], tail[same_before:][::-1])
        self._parts[at:] = tail
        if at == 0:
            self._forget_covered()
        return self._rebuild(at + same_before, len(self._parts) - same_after)

    def read_history(self, bars: Iterable[Candle]) -> int:
        """Take whole bars (weeks, months) that lie before the parts; those that the parts cover are left out."""
        known = {bar.start: bar for bar in self._history}
        limit = self.timeframe.start(self._parts[0].start) if self._parts else None
        fresh = {bar.start: bar for bar in bars if limit is None or bar.start < limit}
        if all(known.get(start) == bar for start, bar in fresh.items()):
            return len(self._shown)
        merged = known | fresh
        self._history = [merged[start] for start in sorted(merged)]
        return self._rebuild_all()

    # --- trades -----------------------------------------------------------------------------------------------------

    def trades(self, trades: Iterable[Trade]) -> int:
        """Carry the newest bar on, in the order of the trades. One older than the newest part changes nothing: the
        read of its minute tells it."""
        first = min((at for at in map(self._carry_on, trades) if at is not None), default=None)
        return len(self._shown) if first is None else self._rebuild(first)

    def _carry_on(self, trade: Trade) -> int | None:
        """Put one trade into the parts; which of them it changed."""
        start = self._part_frame.start(trade.at)
        newest = self._parts[-1] if self._parts else None
        if newest is None or start > newest.start:
            self._parts.append(first_of(trade, self.timeframe.parts))
            if newest is None:
                self._forget_covered()
        elif start < newest.start:
            return None
        elif self.timeframe.intraday:
            self._parts[-1] = with_trade(newest, trade)
        else:
            self._parts[-1] = _further(newest, day_carried_on(newest, trade))
        return None if self._parts[-1] == newest else len(self._parts) - 1

    # --- holes ------------------------------------------------------------------------------------------------------

    def tear(self) -> int:
        """Nothing is known of what follows the newest bar until a read mends it. Returns the bar before the hole, or
        ``len(bars)`` when there is none."""
        if not self._parts:
            return len(self._shown)
        self._torn.add(self._parts[-1].start)
        return len(self._shown) - 1

    def mend(self, since: datetime) -> None:
        """A read has covered everything from ``since`` on."""
        self._torn = {moment for moment in self._torn if moment < since}

    @property
    def torn_since(self) -> datetime | None:
        """From here on something may be missing."""
        return min(self._torn, default=None)

    def holes(self) -> tuple[int, ...]:
        """Shown bars after which something may be missing."""
        found = {bisect_right(self._shown, moment, key=_START) - 1 for moment in self._torn}
        return tuple(sorted(index for index in found if index >= 0))

    # --- inside -----------------------------------------------------------------------------------------------------

    def _rebuild(self, first: int, last: int | None = None) -> int:
        """Put the shown bars together again that hold ``parts[first:last]``; to the end without a ``last``."""
        start = self.timeframe.start(self._parts[first].start)
        begin = bisect_left(self._parts, start, key=_START)
        index = bisect_left(self._shown, start, key=_START)
        after, end = len(self._shown), len(self._parts)
        if last is not None and last < len(self._parts):
            following = self.timeframe.following(self.timeframe.start(self._parts[last - 1].start))
            end = bisect_left(self._parts, following, key=_START)
            after = bisect_left(self._shown, following, key=_START)
        self._shown[index:after] = aggregate(self._parts[begin:end], self.timeframe)
        return index

    def _forget_covered(self) -> None:
        """The parts begin elsewhere now: what they cover is theirs to tell."""
        limit = self.timeframe.start(self._parts[0].start)
        self._history = [bar for bar in self._history if bar.start < limit]

    def _rebuild_all(self) -> int:
        self._shown = [*self._history, *aggregate(self._parts, self.timeframe)]
        return 0


class TradeBars(Bars):
    """Bars of so many trades each. They know what was heard; reads tell them nothing."""

    def trades(self, trades: Iterable[Trade]) -> int:
        first = len(self._shown)
        for trade in trades:
            if not self._shown or self._count >= self.timeframe.trades:
                self._shown.append(replace(first_of(trade, Period.MINUTE), start=trade.at))
                self._count = 1
            else:
                first = min(first, len(self._shown) - 1)
                self._shown[-1] = with_trade(self._shown[-1], trade)
                self._count += 1
        return first

    def read(self, candles: Iterable[Candle], as_of: datetime | None = None) -> int:
        return len(self._shown)

    def read_history(self, bars: Iterable[Candle]) -> int:
        return len(self._shown)

    @property
    def oldest(self) -> datetime | None:
        return self._shown[0].start if self._shown else None

    def index_at(self, moment: datetime) -> int | None:
        """The last bar that had begun; a moment before the first one has none."""
        index = bisect_right(self._shown, moment, key=_START) - 1
        return index if index >= 0 else None

    def tear(self) -> int:
        """What was missed stays missing: the bar ends here."""
        if not self._shown:
            return 0
        self._torn.add(self._shown[-1].start)
        self._count = self.timeframe.trades
        return len(self._shown) - 1

    def mend(self, since: datetime) -> None:
        """Nothing tells the trades that were not heard."""


def bars_of(timeframe: Timeframe) -> Bars:
    """Empty ones of the kind that the period needs."""
    return TradeBars(timeframe) if timeframe.trades else Bars(timeframe)


def _alike(one: Sequence[Candle], other: Sequence[Candle]) -> int:
    """How many candles at the beginning are the same in both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a is not b and a != b), min(len(one), len(other)))


def _further(known: Candle, told: Candle) -> Candle:
    """Of two accounts of one period the one that counts more: reads and trades reach us on different ways."""
    return known if told.volume < known.volume else told
