"""A market of a few names with bars in memory: what the engine needs around it, small enough to reason about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hoga.base.clock import KST
from hoga.domain.instruments import Instrument, InstrumentId, Market, ProductType
from hoga.domain.market_data import Aggressor, Candle, Period
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import (
    CashFigures,
    Character,
    FillEntry,
    HoldingEntry,
    Listing,
    OrderEntry,
    Rejected,
    RejectReason,
    Submit,
    Taken,
)
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.engine.ledger import Ledger
from hoga.practice.engine.settings import EngineSettings

MONDAY = date(2026, 11, 16)
START = datetime(2026, 11, 16, 10, 0, tzinfo=KST)
CODE = "005930"
KOSDAQ = "247540"
ETF = "069500"
HALTED = "000001"
SEED = 7


def _listing(code: str, anchor: int, market: Market, product: ProductType, character: Character) -> Listing:
    instrument = Instrument(InstrumentId(code), market, product, f"이름{code}", f"Name {code}")
    return Listing(instrument, anchor, date(2026, 11, 13), 1_000_000, 200, character)


LISTINGS = {
    listing.instrument.code: listing
    for listing in (
        _listing(CODE, 10_000, Market.KOSPI, ProductType.STOCK, Character.LIQUID),
        _listing(KOSDAQ, 100_000, Market.KOSDAQ, ProductType.STOCK, Character.LIQUID),
        _listing(ETF, 40_000, Market.KOSPI, ProductType.ETF, Character.LIQUID),
        _listing(HALTED, 5_000, Market.KOSPI, ProductType.STOCK, Character.HALTED),
    )
}


@dataclass
class Day:
    base: int
    last: int = 0
    open: int = 0
    high: int = 0
    low: int = 0
    volume: int = 0
    amount: int = 0
    buy_volume: int = 0
    sell_volume: int = 0
    buy_count: int = 0
    sell_count: int = 0
    open_at: datetime | None = None
    high_at: datetime | None = None
    low_at: datetime | None = None
    previous_volume: int = 0


class MemoryBars:
    """Day figures kept in memory; no history."""

    def __init__(self) -> None:
        self._days = {code: Day(listing.anchor) for code, listing in LISTINGS.items()}

    def on_trade(self, code: str, at: datetime, price: int, quantity: int, aggressor: Aggressor) -> None:
        day = self._days[code]
        if not day.volume:
            day.open, day.open_at = price, at
        if price > day.high:
            day.high, day.high_at = price, at
        if not day.low or price < day.low:
            day.low, day.low_at = price, at
        day.last = price
        day.volume += quantity
        day.amount += price * quantity
        if aggressor is Aggressor.BUYER:
            day.buy_volume += quantity
            day.buy_count += 1
        else:
            day.sell_volume += quantity
            day.sell_count += 1

    def day(self, code: str) -> Day:
        return self._days[code]

    def candles(self, code: str, period: Period, start: datetime, end: datetime) -> Sequence[Candle]:
        return []

    def keep(self) -> None:
        """Memory is all there is."""

    def roll(self, to_date: date) -> None:
        self._days = {code: Day(day.last or day.base, previous_volume=day.volume) for code, day in self._days.items()}


def open_exchange(
    path: Path | str = ":memory:",
    *,
    start: datetime = START,
    bars: MemoryBars | None = None,
    settings: EngineSettings | None = None,
) -> PracticeExchange:
    ledger = Ledger.open(path, seed=SEED, settings=settings)
    return PracticeExchange(LISTINGS, bars or MemoryBars(), ledger, ledger.resume_at(start))


def lay_book(exchange: PracticeExchange, code: str = CODE, quantity: int = 100) -> None:
    """Three house levels a side around the last price: asks from one tick above it, bids from one tick below."""
    state = exchange.state(code)
    assert state is not None
    middle = state.last or state.base
    tick = 50 if code == ETF else state.tick
    for step in (1, 2, 3):
        exchange.rest(code, Side.SELL, middle + step * tick, quantity)
        exchange.rest(code, Side.BUY, middle - step * tick, quantity)


class Trader:
    """Speaks for one account, in as few words as a test can bear."""

    def __init__(self, exchange: PracticeExchange, place: int = 0) -> None:
        self.exchange = exchange
        self.account = exchange.accounts()[place].number

    def try_order(
        self,
        side: Side,
        quantity: int,
        limit: int | None = None,
        *,
        type: OrderType | None = None,
        tif: TimeInForce = TimeInForce.DAY,
        code: str = CODE,
    ) -> Taken | Rejected:
        chosen = type or (OrderType.MARKET if limit is None else OrderType.LIMIT)
        return self.exchange.submit(Submit(self.account, code, side, chosen, tif, quantity, limit))

    def order(
        self,
        side: Side,
        quantity: int,
        limit: int | None = None,
        *,
        type: OrderType | None = None,
        tif: TimeInForce = TimeInForce.DAY,
        code: str = CODE,
    ) -> int:
        taken = self.try_order(side, quantity, limit, type=type, tif=tif, code=code)
        assert isinstance(taken, Taken), taken
        return taken.number

    def refused(
        self,
        side: Side,
        quantity: int,
        limit: int | None = None,
        *,
        type: OrderType | None = None,
        tif: TimeInForce = TimeInForce.DAY,
        code: str = CODE,
    ) -> RejectReason:
        answer = self.try_order(side, quantity, limit, type=type, tif=tif, code=code)
        assert isinstance(answer, Rejected), answer
        return answer.reason

    def entry(self, number: int) -> OrderEntry:
        today = self.exchange.trading_date()
        (found,) = [e for e in self.exchange.orders(self.account, today, today) if e.number == number]
        return found

    def fills(self) -> list[FillEntry]:
        today = self.exchange.trading_date()
        return list(self.exchange.fills(self.account, today, today))

    @property
    def cash(self) -> CashFigures:
        return self.exchange.cash(self.account)

    def holding(self, code: str = CODE) -> HoldingEntry | None:
        return next((h for h in self.exchange.holdings(self.account) if h.code == code), None)
