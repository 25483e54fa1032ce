"""KisBroker: one KIS account at one host behind the port. Builds its parts, owns them, hands their events on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from hoga.base.clock import KST, MarketClock
from hoga.base.message import Message
from hoga.base.scrub import Scrubber
from hoga.base.secret_store import Secret, SecretStore
from hoga.broker.kis import ids
from hoga.broker.kis.account_reads import AccountReads
from hoga.broker.kis.auth import KisAuth
from hoga.broker.kis.host import KisAccountNumber, KisHost, KisKeys, account_at
from hoga.broker.kis.market_reads import MarketReads
from hoga.broker.kis.replies import token_trouble
from hoga.broker.kis.rest import Clients, KisRest
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.kis.stream import KisStream, LiveHost, Notices
from hoga.broker.kis.writes import Writes
from hoga.broker.port import (
    BrokerEvent,
    Capabilities,
    Lease,
    Listener,
    MissedCandles,
    NewOrder,
    Outcome,
    Stream,
    StreamChanged,
    StreamHealth,
    Target,
    Topic,
    TopicKind,
)
from hoga.broker.stream import Outage, WsConnect, connect_socket
from hoga.broker.throttle import Budget, Meter, Throttle
from hoga.broker.tokens import TokenKeeper, TokenNotYet, TokenRefused, TokenView
from hoga.broker.topics import TopicLeases
from hoga.broker.transport import ORDERS, READS, HttpChannel, TransportError, TransportFactory
from hoga.domain.accounts import Account, Balance
from hoga.domain.broker_orders import OrderList
from hoga.domain.instruments import Instrument, InstrumentId, Venue
from hoga.domain.market_data import Book, Candle, Orderable, Period, Quote
from hoga.domain.tickets import OrderType
from hoga.domain.values import Price, Shares

REAL_BUDGET = Budget(calls=20, reads=15)
PAPER_BUDGET = Budget(calls=2, reads=1)
"""kis.md 3: 20 and 2 calls a second. What reads may not use is kept for orders and cancels."""

REGISTRATIONS = 40
"""The broker takes 41, notices included; official clients stop at 40 (kis.md 3)."""

_TOKEN_PATIENCE = 61.0


class KisBroker:
    """See ``hoga.broker.port.Broker``. ``http`` and ``connect`` are the ways out of the process; tests hand in others.

    ``own_calendar`` tells trading days where the host does not (paper); by default every day is one, as on Practice.
    """

    def __init__(
        self,
        host: KisHost,
        keys: KisKeys,
        account: str,
        clock: MarketClock,
        vault: SecretStore,
        http: TransportFactory | None = None,
        connect: WsConnect | None = None,
        *,
        scrubber: Scrubber | None = None,
        own_calendar: Callable[[date], bool] | None = None,
        budget: Budget | None = None,
    ) -> None:
        number = KisAccountNumber.parse(account)
        self._account = account_at(host, number)
        self._host = host
        self._clock = clock
        self._listeners: list[Listener] = []
        self._rest_health: StreamHealth | None = None
        self._scrubber = scrubber or Scrubber()
        self._teach(keys, number)
        self._throttle = Throttle(clock, budget or (PAPER_BUDGET if host.is_paper else REAL_BUDGET))
        self._orders_http = HttpChannel(host.rest, ORDERS, http, name="orders")
        self._reads_http = HttpChannel(host.rest, READS, http, name="reads")
        self._auth = KisAuth(keys, clock, self._throttle, self._reads_http.send)
        name = f"{self._account.connection}/token"
        self._tokens = TokenKeeper(clock, vault, name, self._auth.token, self._scrubber.learn)
        sentinel = self.sentinel = Sentinel(self._emit, clock.now)
        clients = Clients(self._orders_http, self._reads_http, self._reached)
        rest = KisRest(host, keys, clock, self._tokens, self._throttle, clients, sentinel)
        self._market = MarketReads(host, rest, clock, sentinel, own_calendar or _every_day)
        self._reads = AccountReads(host, number, rest, clock, self._mask)
        self._writes = Writes(host, number, rest, self._mask)
        places = REGISTRATIONS - (1 if keys.hts_id else 0)
        self._leases = TopicLeases(places, lambda: self._stream.topics_changed())
        live = LiveHost(host, connect or connect_socket, self._issue_approval_key, clock)
        notices = Notices(keys.hts_id, number.digits)
        self._stream = KisStream(live, notices, self._leases, self, sentinel, self._emit)

    # --- life -------------------------------------------------------------------------------------------------------

    @property
    def account(self) -> Account:
        return self._account

    @property
    def capabilities(self) -> Capabilities:
        codes = ids.PAPER_ORDER_CODES if self._host.is_paper else ids.ORDER_TYPES.keys()
        real = not self._host.is_paper
        return Capabilities(
            types=frozenset((*pair, Venue.KRX) for code, pair in ids.ORDER_TYPES.items() if code in codes),
            venues=frozenset({Venue.KRX}),
            pending_list=real,
            sellable_query=real,
            trading_days=real,
            past_minutes=real,
            registrations=REGISTRATIONS,
            reads_per_second=self._throttle.meter.reads,
        )

    async def open(self) -> None:
        """Get a token if none is kept, and connect the stream. Raises BrokerError; may be called again."""
        self._say_rest(StreamHealth.CONNECTING)
        try:
            await self._tokens.get(_TOKEN_PATIENCE)
        except (TokenNotYet, TokenRefused, TransportError) as error:
            trouble = token_trouble(error)
            self._say_rest(StreamHealth.DOWN, trouble.message)
            raise trouble from error
        self._say_rest(StreamHealth.LIVE)
        self._tokens.keep_fresh()
        self._stream.start()

    async def aclose(self) -> None:
        await self._stream.aclose()
        await self._tokens.aclose()
        await self._throttle.aclose()
        await self._orders_http.aclose()
        await self._reads_http.aclose()
        self._say_rest(StreamHealth.DOWN)

    def hurry(self) -> None:
        """The broker is known to be within reach again: connect now rather than after the present pause."""
        self._stream.line.hurry()

    def listen(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def lease(self, topic: Topic) -> Lease:
        return self._leases.lease(topic)

    @property
    def meter(self) -> Meter:
        """The rate limit as it is used now."""
        return self._throttle.meter

    @property
    def token(self) -> TokenView:
        return self._tokens.view

    @property
    def round_trip(self) -> float | None:
        """Wire seconds of the last order or read, None before the first."""
        return self._orders_http.last_round_trip or self._reads_http.last_round_trip

    # --- writes -----------------------------------------------------------------------------------------------------

    async def place(self, order: NewOrder) -> Outcome:
        return await self._writes.place(order)

    async def reprice(self, target: Target, limit: Price) -> Outcome:
        return await self._writes.reprice(target, limit)

    async def reduce(self, target: Target, by: Shares) -> Outcome:
        return await self._writes.reduce(target, by)

    async def cancel(self, target: Target) -> Outcome:
        return await self._writes.cancel(target)

    # --- reads ------------------------------------------------------------------------------------------------------

    async def balance(self) -> Balance:
        return await self._reads.balance()

    async def orders(self, on: date) -> OrderList:
        return await self._reads.orders(on)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        return await self._reads.orderable(instrument, type, limit)

    async def sellable(self, instrument: InstrumentId) -> Shares:
        return await self._reads.sellable(instrument)

    async def instruments(self) -> tuple[Instrument, ...]:
        return await self._market.instruments()

    async def quote(self, instrument: InstrumentId) -> Quote:
        return await self._market.quote(instrument)

    async def book(self, instrument: InstrumentId) -> Book:
        return await self._market.book(instrument)

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        return await self._market.candles(instrument, period, start, end, adjusted=adjusted)

    async def is_trading_day(self, day: date) -> bool:
        return await self._market.is_trading_day(day)

    # --- gaps (kis.stream.GapFiller) --------------------------------------------------------------------------------

    async def fill_orders(self, outage: Outage) -> None:
        """The order lists of every trading date that the outage touched."""
        day, today = outage.since.astimezone(KST).date(), self._clock.now().astimezone(KST).date()
        while day <= today:
            self._emit(await self.orders(day))
            day += timedelta(days=1)

    async def fill_topic(self, topic: Topic, outage: Outage) -> None:
        """The latest book, or the latest quote and the minutes that were missed."""
        if topic.kind is TopicKind.BOOK:
            self._emit(await self.book(topic.instrument))
            return
        self._emit(await self.quote(topic.instrument))
        now = self._clock.now()
        since = outage.since.astimezone(KST).replace(second=0, microsecond=0)
        if self._host.is_paper:  # it has the minutes of today alone
            since = max(since, now.astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0))
        candles = await self.candles(topic.instrument, Period.MINUTE, since, now)
        self._emit(MissedCandles(topic.instrument, since, candles))

    # --- inside -----------------------------------------------------------------------------------------------------

    def _emit(self, event: BrokerEvent) -> None:
        """Tell every listener, in order, on the loop: a listener's fault must not end the reading of fills."""
        loop = asyncio.get_running_loop()
        for listener in self._listeners:
            loop.call_soon(self._deliver, listener, event)

    def _deliver(self, listener: Listener, event: BrokerEvent) -> None:
        if listener in self._listeners:  # it may have stopped listening since
            listener(event)

    def _reached(self, reached: bool) -> None:
        if reached:
            self._say_rest(StreamHealth.LIVE)
        else:
            self._say_rest(StreamHealth.DOWN, Message("KIS_NO_CONNECTION"))

    def _say_rest(self, health: StreamHealth, why: Message | None = None) -> None:
        if self._rest_health is not health:
            self._rest_health = health
            self._emit(StreamChanged(Stream.REST, health, self._clock.now(), why))

    def _mask(self, raw: Mapping[str, str]) -> Mapping[str, str]:
        return {name: self._scrubber.text(value) for name, value in raw.items()}

    def _teach(self, keys: KisKeys, number: KisAccountNumber) -> None:
        self._scrubber.know_names(secret=("appkey", "appsecret", "approval_key", "hts_id"), account=("cano", "acnt_no"))
        self._scrubber.learn(keys.appkey)
        self._scrubber.learn(keys.appsecret)
        if keys.hts_id:
            self._scrubber.learn(keys.hts_id)
        self._scrubber.learn_account(number.digits)

    async def _issue_approval_key(self) -> Secret:
        value = await self._auth.approval_key()
        self._scrubber.learn(value)
        return value


def _every_day(day: date) -> bool:
    return True
