"""One instrument's pit: its book, its day, its latest trades, and what of its book was last shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from hoga.domain.instruments import Flags, Instrument
from hoga.domain.limits import limit_percent, limits_in_units
from hoga.domain.market_data import Aggressor, Book, Level, Trade
from hoga.domain.tickets import Side
from hoga.domain.ticks import tick_table_of
from hoga.practice.api import Character, Listing, MarketState, PauseKind
from hoga.practice.engine.bars import Bars
from hoga.practice.engine.matching import Execution, OrderBook, PriceDay
from hoga.practice.engine.pause import Pause, found

SHOWN_LEVELS = 10

_AGGRESSOR = {Side.BUY: Aggressor.BUYER, Side.SELL: Aggressor.SELLER}


class Pit:
    """Raises ValueError for an instrument without daily limits: Practice lists none."""

    def __init__(self, listing: Listing, bars: Bars, today: date, tape_length: int) -> None:
        self.instrument: Instrument = listing.instrument
        self.code = listing.instrument.code
        self._always_halted = listing.character is Character.HALTED or listing.instrument.flags.halted
        self.pause: Pause | None = None
        self._flags = self._seen_flags()
        self._bars = bars
        self._shown: Book | None = None
        self.tape: deque[Trade] = deque(maxlen=tape_length)
        self.book = OrderBook(self._price_day(today))

    @property
    def halted(self) -> bool:
        return self._always_halted or (self.pause is not None and self.pause.kind is PauseKind.HALT)

    @property
    def interrupted(self) -> bool:
        return self.pause is not None and self.pause.kind is PauseKind.INTERRUPTION

    def set_pause(self, pause: Pause | None) -> None:
        """Begin or end one; its looks change with it."""
        self.pause = pause
        self._flags = self._seen_flags()
        self._shown = None

    def _seen_flags(self) -> Flags:
        interrupted = self.interrupted
        return replace(self.instrument.flags, halted=self.halted, volatility_interruption=interrupted)

    def begin_day(self, today: date) -> None:
        """Set the limits of a new date. The bars have rolled already; account orders have left the book."""
        self.tape.clear()
        self.book.begin(self._price_day(today))

    @property
    def last(self) -> int | None:
        """The day's latest trade; None before the first. A stop is reached by a trade, never by yesterday's close."""
        return self._bars.day(self.code).last or None

    def allows(self, price: int) -> bool:
        """Whether ``price`` lies on the day's grid and within its limits."""
        book = self.book
        return book.lower <= price <= book.upper and book.ticks.is_valid(price)

    def record(self, executions: Sequence[Execution], aggressor: Side, at: datetime) -> Iterator[Trade]:
        """Put the trades of one aggressor on the tape, each with the day's figures right after it.

        To be called after the taking and before the aggressor's rest waits.
        """
        own = self.book.best(aggressor) or 0
        for place, execution in enumerate(executions):
            self._bars.on_trade(self.code, at, execution.price, execution.quantity, _AGGRESSOR[aggressor])
            following = executions[place + 1].price if place + 1 < len(executions) else None
            opposite = following or self.book.best(aggressor.opposite) or 0
            ask, bid = (opposite, own) if aggressor is Side.BUY else (own, opposite)
            trade = self._trade(execution, aggressor, at, ask, bid)
            self.tape.append(trade)
            yield trade

    def state(self, at: datetime) -> MarketState:
        day, book = self._bars.day(self.code), self.book
        return MarketState(
            instrument=self.instrument,
            at=at,
            last=day.last,
            base=day.base,
            open=day.open,
            high=day.high,
            low=day.low,
            upper=book.upper,
            lower=book.lower,
            tick=book.ticks.tick(day.last or day.base),
            volume=day.volume,
            amount=day.amount,
            buy_volume=day.buy_volume,
            sell_volume=day.sell_volume,
            buy_count=day.buy_count,
            sell_count=day.sell_count,
            open_at=day.open_at,
            high_at=day.high_at,
            low_at=day.low_at,
            previous_volume=day.previous_volume,
            flags=self._flags,
        )

    def shown(self, at: datetime) -> Book:
        """The ten levels of both sides; the totals are sums of these levels, as on the KRX feed."""
        asks, bids = (
            tuple([Level(price, level.total) for price, level in self.book.levels(side, SHOWN_LEVELS)])
            for side in (Side.SELL, Side.BUY)
        )
        expected = found(self.book, self.pause.gathered) if self.pause is not None else None
        return Book(
            instrument=self.instrument.id,
            at=at,
            asks=asks,
            bids=bids,
            total_ask=sum(level.quantity for level in asks),
            total_bid=sum(level.quantity for level in bids),
            expected_units=None if expected is None else expected.price,
            expected_quantity=None if expected is None else expected.quantity,
        )

    def changed_book(self, at: datetime) -> Book | None:
        """The book if it looks different from what this method returned last."""
        book, before = self.shown(at), self._shown
        if before is not None and _looks(before) == _looks(book):
            return None
        self._shown = book
        return book

    def _price_day(self, today: date) -> PriceDay:
        day = self._bars.day(self.code)
        ticks, percent = tick_table_of(self.instrument, today), limit_percent(self.instrument, today)
        if percent is None:
            raise ValueError(f"{self.code} has no daily limits")
        lower, upper = limits_in_units(ticks, day.base, percent)
        return PriceDay(ticks, lower, upper, day.last or day.base)

    def _trade(self, execution: Execution, aggressor: Side, at: datetime, ask: int, bid: int) -> Trade:
        day = self._bars.day(self.code)
        return Trade(
            instrument=self.instrument.id,
            at=at,
            price_units=execution.price,
            quantity=execution.quantity,
            aggressor=_AGGRESSOR[aggressor],
            day_volume=day.volume,
            day_amount_units=day.amount,
            open_units=day.open,
            high_units=day.high,
            low_units=day.low,
            change_units=execution.price - day.base,
            ask_units=ask,
            bid_units=bid,
        )


def _looks(book: Book) -> tuple[object, ...]:
    return book.asks, book.bids, book.expected_units, book.expected_quantity
