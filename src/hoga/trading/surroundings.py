"""What the gate looks at, gathered: the instrument from the master, a quote, cash and shares, the session."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, datetime

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.broker.port import Broker, BrokerError
from hoga.domain.costs import FeeModel
from hoga.domain.instruments import Instrument, InstrumentId
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Quote
from hoga.domain.sessions import Schedule
from hoga.trading.gate import GateFacts
from hoga.trading.market_board import MarketBoard
from hoga.trading.portfolio import PortfolioKeeper
from hoga.trading.records import Fingerprint, OrderRecords

_PATIENCE_SECONDS = 2.0
"""Wire time that a ticket waits for a missing master, quote or balance before the gate speaks without it."""


class Master:
    """The symbol master of a broker, read once a trading date."""

    def __init__(self, broker: Broker, now: Callable[[], datetime], trading_date: Callable[[], date]) -> None:
        self._broker = broker
        self._now = now
        self._trading_date = trading_date
        self._read_at = now()
        self._all: tuple[Instrument, ...] = ()
        self._by_id: dict[InstrumentId, Instrument] = {}
        self._read_on: date | None = None
        self._reading = asyncio.Lock()

    @property
    def was_read(self) -> bool:
        return self._read_on is not None

    async def instruments(self) -> tuple[Instrument, ...]:
        """Every instrument. Raises BrokerError."""
        async with self._reading:
            today = self._trading_date()
            if self._read_on != today:
                self._all = await self._broker.instruments()
                self._by_id = {instrument.id: instrument for instrument in self._all}
                self._read_on, self._read_at = today, self._now()
            return self._all

    def find(self, id: InstrumentId) -> Maybe[Instrument]:
        found = self._by_id.get(id)
        if found is not None:
            return Known(found, self._read_at, "master")
        return Unknown(Message("NO_SUCH_INSTRUMENT" if self.was_read else "MASTER_NOT_READ", {"code": id.code}))


class GateRoom:
    """Gathers GateFacts. ``locked`` says why the account takes no orders, or None."""

    def __init__(
        self,
        broker: Broker,
        records: OrderRecords,
        board: MarketBoard,
        portfolio: PortfolioKeeper,
        master: Master,
        clock: MarketClock,
        schedule: Schedule,
        trading_date: Callable[[datetime], date],
        fees: FeeModel,
        stale_after: float,
        locked: Callable[[], Message | None],
        stopped: Callable[[], bool],
    ) -> None:
        self._broker = broker
        self._records = records
        self._board = board
        self._portfolio = portfolio
        self._master = master
        self._clock = clock
        self._schedule = schedule
        self._trading_date = trading_date
        self._fees = fees
        self._stale_after = stale_after
        self._locked = locked
        self._stopped = stopped

    def now(self, instrument: InstrumentId, fingerprint: Fingerprint | None) -> GateFacts:
        """What is known at this moment; reads nothing."""
        last = self._board.last(instrument)
        return GateFacts(
            account=self._broker.account,
            locked=self._locked(),
            now=self._clock.now(),
            schedule=self._schedule,
            capabilities=self._broker.capabilities,
            fees=self._fees,
            instrument=self._master.find(instrument),
            master_read=self._master.was_read,
            quote=self._quote(instrument),
            stale_after=self._stale_after,
            orderable=self._portfolio.orderable(),
            sellable=self._portfolio.sellable(instrument),
            price_at=last.at if isinstance(last, Known) else None,
            stopped=self._stopped(),
            twin=fingerprint is not None and self._records.in_the_air(fingerprint) is not None,
        )

    async def gathered(
        self, instrument: InstrumentId, fingerprint: Fingerprint | None, *, fresh_price: bool
    ) -> GateFacts:
        """As ``now``, after what is missing was read, as far as that succeeds in a moment. ``fresh_price``: the order
        takes what the market offers, so an old price counts as missing."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                if not self._master.was_read:
                    await self._try(self._master.instruments())
                if isinstance(self._quote(instrument), Unknown) or (fresh_price and self._is_old(instrument)):
                    await self._try(self._read_quote(instrument))
                if self._portfolio.balance_at is None:
                    await self._try(self._portfolio.refresh())
        except TimeoutError:
            # What is still missing shows in the facts as Unknown, and the gate asks about it.
            return self.now(instrument, fingerprint)
        return self.now(instrument, fingerprint)

    def _quote(self, instrument: InstrumentId) -> Maybe[Quote]:
        """The quote, if it is of today: limits and halts are a day's."""
        quote = self._board.quote(instrument)
        if isinstance(quote, Known) and self._trading_date(quote.at) != self._trading_date(self._clock.now()):
            return Unknown(Message("NO_DATA_YET"))
        return quote

    def _is_old(self, instrument: InstrumentId) -> bool:
        age = self._board.age(self._board.last(instrument))
        return age is None or age > self._stale_after

    async def _read_quote(self, instrument: InstrumentId) -> None:
        self._board.update(await self._broker.quote(instrument), "rest")

    @staticmethod
    async def _try(read: Awaitable[object]) -> None:
        """A read that fails leaves its part missing; the others are read all the same."""
        with suppress(BrokerError):
            await read
