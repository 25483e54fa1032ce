"""A broker of few words behind the real port: an order list, cash, shares, and every way of going wrong on request.

It is no market: orders rest until ``fill`` trades them. Faults are scripted per write (``script``) or drawn (``draw``).
``FakeExchange.rows`` is the judge's record: every number it ever gave, and through which channel it was asked for.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.broker.port import (
    Accepted,
    BrokerError,
    BrokerEvent,
    Capabilities,
    Lease,
    Listener,
    NewOrder,
    NotFound,
    NotSent,
    NotSentReason,
    Outcome,
    OutcomeUnknown,
    Refused,
    Stream,
    StreamChanged,
    StreamHealth,
    Target,
    Topic,
    Unreachable,
)
from hoga.domain.accounts import Balance, CashReport, ConnectionId, HoldingReport, PracticeAccount, WireProfile
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderList, OrderNotice, OrderReport, RequestKind
from hoga.domain.instruments import Flags, Instrument, InstrumentId, Market, ProductType, Venue
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.domain.values import Currency, Money, Price, Shares

SAMSUNG = InstrumentId("005930")
HYNIX = InstrumentId("000660")
HALTED = InstrumentId("000020")
API, PHONE = "OpnAPI", "MTS"
ACCOUNT = PracticeAccount(ConnectionId("fake@practice"), "******56-01", WireProfile.KIS_REAL)


class Fault(Enum):
    """What goes wrong with one write."""

    NONE = "none"
    REFUSE = "refuse"
    THROTTLE = "throttle"
    TOKEN = "token"
    NOT_CONNECTED = "not connected"
    LOST_BEFORE = "lost before accept"
    LOST_AFTER = "lost after accept"
    LATE = "accepted late, unanswered"
    SLOW = "answered late"


@dataclass
class Row:
    """One number of the exchange. ``moved`` shares went to a newer number."""

    number: BrokerNumber
    kind: RequestKind
    original: BrokerNumber | None
    instrument: InstrumentId
    side: Side
    type: OrderType
    tif: TimeInForce
    limit: Price | None
    quantity: int
    channel: str
    at: datetime
    filled: int = 0
    amount: int = 0
    cancelled: int = 0
    moved: int = 0
    rejected: int = 0

    @property
    def remaining(self) -> int:
        if self.kind in (RequestKind.REDUCE, RequestKind.CANCEL):
            return 0
        return self.quantity - self.filled - self.cancelled - self.moved - self.rejected


class _Lease:
    live = True

    def release(self) -> None:
        return None


@dataclass
class FakeExchange:
    """The broker's side: it outlives every desk. ``rows`` is the truth."""

    clock: MarketClock
    cash: int = 1_000_000_000
    rows: dict[BrokerNumber, Row] = field(default_factory=dict)
    holdings: dict[InstrumentId, int] = field(default_factory=lambda: {SAMSUNG: 10_000, HYNIX: 10_000})
    sinks: list[Callable[[OrderNotice], None]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(157_001))
    skew: float = 0.0

    def now(self) -> datetime:
        return self.clock.now() + timedelta(seconds=self.skew)

    def today(self) -> date:
        return self.now().astimezone(KST).date()

    def _next(self) -> BrokerNumber:
        return BrokerNumber(self.today(), "91253", next(self._numbers))

    def place(self, order: NewOrder, channel: str = API) -> BrokerNumber:
        number = self._next()
        self.rows[number] = Row(
            number, RequestKind.NEW, None, order.instrument, order.side, order.type, order.tif, order.limit,
            order.quantity.count, channel, self.now(),
        )  # fmt: skip
        self._notify(number, NoticeKind.RECEIVED, order.quantity.count)
        return number

    def reprice(self, original: BrokerNumber, limit: Price, channel: str = API) -> BrokerNumber | None:
        """None: nothing left to move."""
        old = self.rows[original]
        moved = old.remaining
        if moved <= 0:
            return None
        number = self._next()
        old.moved += moved
        self.rows[number] = Row(
            number, RequestKind.REPRICE, original, old.instrument, old.side, old.type, old.tif, limit, moved, channel,
            self.now(),
        )  # fmt: skip
        self._notify(number, NoticeKind.RECEIVED, moved)
        self._notify(number, NoticeKind.CONFIRMED, moved)
        return number

    def cancel(self, original: BrokerNumber, count: int | None, channel: str = API) -> BrokerNumber | None:
        """None: there is not so much left."""
        old = self.rows[original]
        taken = old.remaining if count is None else count
        if taken <= 0 or taken > old.remaining:
            return None
        number = self._next()
        old.cancelled += taken
        self.rows[number] = Row(
            number, RequestKind.CANCEL, original, old.instrument, old.side, old.type, old.tif, old.limit, taken,
            channel, self.now(),
        )  # fmt: skip
        self._notify(number, NoticeKind.RECEIVED, taken)
        self._notify(number, NoticeKind.CONFIRMED, taken)
        return number

    def fill(self, number: BrokerNumber, count: int, price: int | None = None) -> int:
        """Trade up to ``count`` of what rests under a number; returns what traded."""
        row = self.rows[number]
        traded = min(count, row.remaining)
        if traded <= 0:
            return 0
        at = price or (row.limit.units if row.limit else 70_000)
        row.filled += traded
        row.amount += traded * at
        self.cash -= traded * at * row.side.sign
        self.holdings[row.instrument] = self.holdings.get(row.instrument, 0) + traded * row.side.sign
        self._notify(number, NoticeKind.FILLED, traded, at)
        return traded

    def live(self, channel: str | None = None) -> list[Row]:
        return [r for r in self.rows.values() if r.remaining > 0 and channel in (None, r.channel)]

    def _notify(self, number: BrokerNumber, kind: NoticeKind, count: int, price: int | None = None) -> None:
        row = self.rows[number]
        at = self.now()
        notice = OrderNotice(
            number=number,
            original=row.original,
            kind=kind,
            request=row.kind,
            instrument=row.instrument,
            side=row.side,
            quantity=Shares(count),
            price=Price(price) if price is not None else row.limit,
            at=at.replace(microsecond=0),
            execution=f"{at:%H%M%S}/{price}/{count}" if kind is NoticeKind.FILLED else "",
        )
        for sink in list(self.sinks):
            sink(notice)

    def report(self, row: Row) -> OrderReport:
        return OrderReport(
            number=row.number,
            original=row.original,
            kind=row.kind,
            instrument=row.instrument,
            side=row.side,
            type=row.type,
            tif=row.tif,
            limit=row.limit,
            quantity=Shares(row.quantity),
            filled=Shares(row.filled),
            filled_amount=Money(row.amount),
            remaining=Shares(row.remaining),
            cancelled=Shares(row.cancelled),
            rejected=Shares(row.rejected),
            at=row.at.replace(microsecond=0),
            channel=row.channel,
        )


class FakeBroker:
    """One desk's connection to a FakeExchange. ``latency`` is one way, wire seconds."""

    def __init__(
        self,
        exchange: FakeExchange,
        *,
        latency: float = 0.01,
        error: BrokerError | None = None,
        own_channels: frozenset[str] = frozenset(),
    ) -> None:
        self.exchange = exchange
        self.latency = latency
        self.own_channels = own_channels
        self.script: deque[Fault] = deque()
        self.draw: Callable[[str], Fault] = lambda write: Fault.NONE
        self.notice_fate: Callable[[OrderNotice], list[float]] = lambda notice: [0.0]
        """Delays of the copies of a notice: [] loses it, two entries repeat it."""
        self.reads_fail = False
        self.error = error
        """Why nothing can be read, if nothing can."""
        self.types = frozenset({OrderType.LIMIT, OrderType.MARKET, OrderType.BEST, OrderType.PRIORITY})
        self.slow_seconds = 0.5
        self.late_seconds = 20.0
        self.writes: list[tuple[str, object]] = []
        """Everything that was handed over for sending, in order."""
        self.warmed = 0
        self.writes_when_way_was_made: list[int] = []
        self.order_reads = 0
        self.books: dict[InstrumentId, Book] = {}
        self.last: dict[InstrumentId, int] = {SAMSUNG: 70_000, HYNIX: 200_000, HALTED: 10_000}
        self._listeners: list[Listener] = []
        self._background: set[asyncio.Task[None]] = set()
        exchange.sinks.append(self._push)

    # --- port -------------------------------------------------------------------------------------------------------

    @property
    def account(self) -> PracticeAccount:
        return ACCOUNT

    @property
    def capabilities(self) -> Capabilities:
        tifs = (TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK)
        kinds = {(OrderType.LIMIT, tif, Venue.KRX) for tif in tifs} | {
            (OrderType.MARKET, tif, Venue.KRX) for tif in tifs
        }
        kinds |= {(OrderType.BEST, TimeInForce.DAY, Venue.KRX), (OrderType.PRIORITY, TimeInForce.DAY, Venue.KRX)}
        kinds = {kind for kind in kinds if kind[0] in self.types}
        venues = frozenset({Venue.KRX})
        return Capabilities(frozenset(kinds), venues, True, True, True, True, 41, 15.0, self.own_channels)

    async def open(self) -> None:
        self._check()
        self.emit(StreamChanged(Stream.FILLS, StreamHealth.LIVE, self.exchange.now()))

    async def aclose(self) -> None:
        if self._push in self.exchange.sinks:
            self.exchange.sinks.remove(self._push)

    def listen(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def lease(self, topic: Topic) -> Lease:
        return _Lease()

    async def place(self, order: NewOrder) -> Outcome:
        return await self._write("place", order, lambda: self.exchange.place(order))

    async def reprice(self, target: Target, limit: Price) -> Outcome:
        return await self._write("reprice", (target, limit), lambda: self.exchange.reprice(target.number, limit))

    async def reduce(self, target: Target, by: Shares) -> Outcome:
        return await self._write("reduce", (target, by), lambda: self.exchange.cancel(target.number, by.count))

    async def cancel(self, target: Target) -> Outcome:
        return await self._write("cancel", target, lambda: self.exchange.cancel(target.number, None))

    def warm(self) -> None:
        self.warmed += 1

    def make_way(self) -> None:
        self.writes_when_way_was_made.append(len(self.writes))

    async def balance(self) -> Balance:
        await asyncio.sleep(self.latency)
        self._check()
        today = self.exchange.today()
        rows = self.exchange.rows.values()
        holdings = []
        for id, count in self.exchange.holdings.items():
            mine = [r for r in rows if r.instrument == id and r.number.trading_date == today]
            bought = sum(r.filled for r in mine if r.side is Side.BUY)
            sold = sum(r.filled for r in mine if r.side is Side.SELL)
            if count or bought or sold:
                holdings.append(
                    HoldingReport(
                        id,
                        id.code,
                        Shares(count),
                        Shares(count),
                        Money(count * 60_000),
                        Decimal(60_000),
                        Price(self.last[id]),
                        Shares(bought),
                        Shares(sold),
                    )
                )
        cash = CashReport(Currency.KRW, Money(self.exchange.cash), Money(self.exchange.cash), Money(self.exchange.cash))
        return Balance(today, tuple(holdings), (cash,), Money(0))

    async def orders(self, on: date) -> OrderList:
        began = self.exchange.clock.now()
        await asyncio.sleep(self.latency)
        self._check()
        rows = tuple(self.exchange.report(r) for r in self.exchange.rows.values() if r.number.trading_date == on)
        self.order_reads += 1
        await asyncio.sleep(self.latency)
        self._check()
        return OrderList(on, rows, began)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        raise Unreachable(Message("FAKE"))

    async def sellable(self, instrument: InstrumentId) -> Shares:
        return Shares(self.exchange.holdings.get(instrument, 0))

    async def instruments(self) -> tuple[Instrument, ...]:
        self._check()
        return (
            Instrument(SAMSUNG, Market.KOSPI, ProductType.STOCK, "삼성전자", "Samsung Electronics"),
            Instrument(HYNIX, Market.KOSPI, ProductType.STOCK, "SK하이닉스", "SK hynix"),
            Instrument(HALTED, Market.KOSPI, ProductType.STOCK, "동화약품", "Dongwha", flags=Flags(halted=True)),
        )

    async def quote(self, instrument: InstrumentId) -> Quote:
        await asyncio.sleep(self.latency)
        self._check()
        if instrument not in self.last:
            raise NotFound(Message("FAKE_NO_SUCH_INSTRUMENT"))
        base = self.last[instrument]
        upper, lower = base * 13 // 10, base * 7 // 10
        return Quote(
            instrument=instrument, at=self.exchange.now(), last=Price(base), change_units=0, change_percent="0.00",
            open=None, high=None, low=None, base=Price(base), upper_limit=Price(upper), lower_limit=Price(lower),
            volume=0, amount=Money(0), tick=None, flags=Flags(halted=instrument == HALTED),
        )  # fmt: skip

    async def book(self, instrument: InstrumentId) -> Book:
        return self.books[instrument]

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        return ()

    async def is_trading_day(self, day: date) -> bool:
        return True

    # --- going wrong ------------------------------------------------------------------------------------------------

    def emit(self, event: BrokerEvent) -> None:
        for listener in list(self._listeners):
            listener(event)

    def drop_stream(self) -> None:
        """The fill stream breaks: notices are lost until ``heal_stream``."""
        self.notice_fate = lambda notice: []
        self.emit(StreamChanged(Stream.FILLS, StreamHealth.DOWN, self.exchange.now()))

    def heal_stream(self) -> None:
        self.notice_fate = lambda notice: [0.0]
        self.emit(StreamChanged(Stream.FILLS, StreamHealth.LIVE, self.exchange.now(), gap_seconds=1.0))

    def _check(self) -> None:
        if self.error is not None:
            raise self.error
        if self.reads_fail:
            raise Unreachable(Message("FAKE_UNREACHABLE"))

    def _push(self, notice: OrderNotice) -> None:
        loop = asyncio.get_running_loop()
        for delay in self.notice_fate(notice):
            loop.call_later(delay + self.latency, self.emit, notice)

    async def _write(self, name: str, what: object, act: Callable[[], BrokerNumber | None]) -> Outcome:
        fault = self.script.popleft() if self.script else self.draw(name)
        self.writes.append((name, what))
        await asyncio.sleep(self.latency)
        not_sent = {
            Fault.THROTTLE: NotSentReason.THROTTLED,
            Fault.TOKEN: NotSentReason.TOKEN,
            Fault.NOT_CONNECTED: NotSentReason.NOT_CONNECTED,
        }.get(fault)
        if not_sent is not None:
            return NotSent(not_sent, Message("FAKE_NOT_SENT"))
        if fault is Fault.REFUSE:
            return Refused("APBK0000", "거부", Message("FAKE_REFUSED"))
        if fault is Fault.LOST_BEFORE:
            await asyncio.sleep(self.slow_seconds)
            return OutcomeUnknown(Message("FAKE_TIMEOUT"))
        if fault is Fault.LATE:
            self._later(act)
            await asyncio.sleep(self.slow_seconds)
            return OutcomeUnknown(Message("FAKE_TIMEOUT"))
        number = act()
        if fault is Fault.LOST_AFTER:
            await asyncio.sleep(self.slow_seconds)
            return OutcomeUnknown(Message("FAKE_TIMEOUT"))
        await asyncio.sleep(self.slow_seconds if fault is Fault.SLOW else self.latency)
        if number is None:
            return Refused("APBK0344", "원주문정보가 존재하지 않습니다", Message("FAKE_TOO_LATE"))
        return Accepted(number, self.exchange.now())

    def _later(self, act: Callable[[], BrokerNumber | None]) -> None:
        """The request reaches the exchange after its sender gave up, and whether or not the sender still lives."""

        async def arrive() -> None:
            await asyncio.sleep(self.late_seconds)
            act()

        task = asyncio.get_running_loop().create_task(arrive())
        self._background.add(task)
        task.add_done_callback(self._background.discard)
