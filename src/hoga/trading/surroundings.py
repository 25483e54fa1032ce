"""What the gate looks at, gathered: the instrument from the master, a quote, cash and shares, the session."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

from hoga.base.clock import MarketClock
from hoga.base.message import Message
from hoga.broker.port import Broker, BrokerError
from hoga.domain.broker_orders import RequestKind
from hoga.domain.costs import FeeModel
from hoga.domain.instruments import Instrument, InstrumentId, Venue
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.market_data import Quote
from hoga.domain.orders import Order
from hoga.domain.positions import NOT_READ_YET
from hoga.domain.risk_limits import RiskLimits
from hoga.domain.sessions import Schedule
from hoga.domain.slips import Habit
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side, Ticket
from hoga.domain.values import Price
from hoga.trading.gate import GateFacts
from hoga.trading.habits import Habits
from hoga.trading.market_board import MarketBoard
from hoga.trading.portfolio import PortfolioKeeper
from hoga.trading.records import Fingerprint, OrderRecords
from hoga.trading.volumes import DailyVolumes

_PATIENCE_SECONDS = 2.0
"""Wire time that a ticket waits for a missing master, quote or balance before the gate speaks without it."""

_MINUTE = timedelta(minutes=1)
_LEFT_ALONE = timedelta(seconds=30)
"""Market time before a read for the limits that failed is tried again: no order waits for it twice."""
_VOLUME, _BASE, _QUOTE = "volume", "base", "quote"
_FLAGS_HOLD = timedelta(seconds=20)
"""Market time for which a quote's flags are taken as they are: a halt tells nobody on a stream that falls silent."""


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
        today: Callable[[], date],
        fees: FeeModel,
        stale_after: float,
        locked: Callable[[], Message | None],
        stopped: Callable[[], bool],
        limits: Callable[[], RiskLimits],
    ) -> None:
        self._broker = broker
        self._records = records
        self._board = board
        self._portfolio = portfolio
        self._master = master
        self._clock = clock
        self._schedule = schedule
        self._trading_date = trading_date
        self._today = today
        self._fees = fees
        self._stale_after = stale_after
        self._locked = locked
        self._stopped = stopped
        self._limits = limits
        self._volumes = DailyVolumes(broker, clock.now, self._today)
        self._habits = Habits(records, board.last, self._name, portfolio.held_over_night)
        self._failed: dict[tuple[str, InstrumentId], datetime] = {}
        self._open_of = -1
        self._open_in: dict[InstrumentId, tuple[Order, ...]] = {}
        self._now_open = 0
        self._day_known: dict[InstrumentId, tuple[datetime, date]] = {}

    def now(self, instrument: InstrumentId, fingerprint: Fingerprint | None) -> GateFacts:
        """What is known at this moment; reads nothing."""
        last, now, limits = self._board.last(instrument), self._clock.now(), self._limits()
        self._look_at_open_orders()
        return GateFacts(
            account=self._broker.account,
            locked=self._locked(),
            now=now,
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
            limits=limits,
            book=self._board.book(instrument),
            last=last,
            held=self._portfolio.held(instrument),
            total=self._portfolio.worth() if limits.position_ask_percent or limits.day_loss_percent else NOT_READ_YET,
            day_result=self._portfolio.day_result(self._base) if limits.day_loss_judged else NOT_READ_YET,
            volume=self._volumes.of(instrument),
            working=self._open_in.get(instrument, ()),
            now_open=self._now_open,
            recent=self._recent(now, limits),
            habit=self._habits.of(instrument) if limits.slips else Habit(),
        )

    def rests_on(self, ticket: Ticket) -> tuple[object, ...] | None:
        """What ``now`` and the gate look at for a ticket, and whether anything is missing: equal, while they would find
        the same. None for an order that takes what the market offers, whose price grows old by itself, and where no
        hours are on file."""
        id, now, limits = ticket.instrument, self._clock.now(), self._limits()
        if not ticket.type.carries_price:
            return None
        try:
            windows = self._schedule.open_windows(ticket.venue, now), self._schedule.open_windows(Venue.KRX, now)
        except RuleUnknown:
            return None
        of_all_prices = limits.position_ask_percent or limits.day_loss_percent or limits.day_loss_judged
        of_all_prices = of_all_prices or (limits.slips and self._habits.moves_with_prices)
        return (
            self._broker.account, self._broker.capabilities, self._locked(), self._stopped(), limits, windows,
            self._today(), self._records.version, self._portfolio.balance, self._master.find(id),
            self._board.quote(id), self._board.trade(id), self._board.book(id), self._volumes.of(id),
            self._portfolio.orderable(), self._board.updates if of_all_prices else 0,
        )  # fmt: skip

    def _look_at_open_orders(self) -> None:
        """Sort them anew if one has changed: hundreds may be open, and each that is judged is judged among them."""
        if self._open_of == self._records.version:
            return
        self._open_of, open_in = self._records.version, dict[InstrumentId, list[Order]]()
        for order in self._records.open_orders:
            open_in.setdefault(order.instrument, []).append(order)
        self._open_in = {id: tuple(orders) for id, orders in open_in.items()}
        self._now_open = sum(not order.state.over for orders in open_in.values() for order in orders)

    def _recent(self, now: datetime, limits: RiskLimits) -> int:
        """New orders and reprices of the last minute, as far as the limits ask about them."""
        most = max(limits.orders_ask or 0, limits.orders_refuse or 0)
        kinds = (RequestKind.NEW, RequestKind.REPRICE)
        return self._records.asked_since(now - _MINUTE, *kinds, most=most) if most else 0

    async def gathered(
        self, instrument: InstrumentId, fingerprint: Fingerprint | None, *, fresh_price: bool
    ) -> GateFacts:
        """As ``now``, after what is missing was read, as far as that succeeds in a moment. ``fresh_price``: the order
        takes what the market offers, so an old price counts as missing."""
        if self.has_all(instrument, fingerprint, fresh_price=fresh_price):
            return self.now(instrument, fingerprint)
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                if not self._master.was_read:
                    await self._try(self._master.instruments())
                if isinstance(self._quote(instrument), Unknown) or (fresh_price and self._is_old(instrument)):
                    await self._try(self._read_quote(instrument))
                if self._portfolio.balance_at is None:
                    await self._try(self._portfolio.refresh())
                if fingerprint is None or fingerprint[1] is Side.BUY:
                    await self.read_for_limits(instrument)
        except TimeoutError:
            # What is still missing shows in the facts as Unknown, and the gate asks about it.
            return self.now(instrument, fingerprint)
        return self.now(instrument, fingerprint)

    def has_all(self, instrument: InstrumentId, fingerprint: Fingerprint | None, *, fresh_price: bool) -> bool:
        """Whether there is nothing to be read first."""
        if not self._master.was_read or isinstance(self._quote(instrument), Unknown):
            return False
        if self._portfolio.balance_at is None or (fresh_price and self._is_old(instrument)):
            return False
        judged_by_limits = fingerprint is None or fingerprint[1] is Side.BUY
        return not (judged_by_limits and self._wanted(instrument))

    def lacks(self, instrument: InstrumentId) -> bool:
        """Whether something that an order in ``instrument`` is judged by is missing or old, and can be read now."""
        return self._quote_is_old(instrument) or bool(self._wanted(instrument))

    async def read_beside(self, instrument: InstrumentId) -> None:
        """Read what ``lacks`` found, while a ticket is composed: nobody waits for it."""
        if self._quote_is_old(instrument):
            self._failed[_QUOTE, instrument] = self._clock.now()
            await self._try(self._read_quote(instrument))
        await self.read_for_limits(instrument)

    def _quote_is_old(self, instrument: InstrumentId) -> bool:
        """Whether halts and interruptions may be others by now; after a read that failed it is left alone for a
        while."""
        quote, now = self._quote(instrument), self._clock.now()
        if isinstance(quote, Unknown) or now - quote.at < _FLAGS_HOLD:
            return False
        return self._failed.get((_QUOTE, instrument), now - _LEFT_ALONE) <= now - _LEFT_ALONE

    async def read_for_limits(self, instrument: InstrumentId) -> None:
        """Read what the limits need and is not there: the instrument's average volume, and the base prices of what was
        held over night. What fails is left alone for a while."""
        for what, id in self._wanted(instrument):
            self._failed[what, id] = self._clock.now()
            if what == _VOLUME:
                await self._try(self._volumes.read(id))
            else:
                await self._try(self._read_quote(id))

    def _wanted(self, instrument: InstrumentId) -> list[tuple[str, InstrumentId]]:
        limits, since = self._limits(), self._clock.now() - _LEFT_ALONE
        wanted = []
        if limits.volume_percent is not None and not self._volumes.was_read(instrument):
            wanted.append((_VOLUME, instrument))
        if limits.day_loss_judged:
            wanted += [(_BASE, id) for id in self._portfolio.held_over_night() if self._base(id) is None]
        return [key for key in wanted if self._failed.get(key, since) <= since]

    def _base(self, instrument: InstrumentId) -> Price | None:
        quote = self._quote(instrument)
        return quote.value.base if isinstance(quote, Known) else None

    def _name(self, instrument: InstrumentId) -> str:
        found = self._master.find(instrument)
        return found.value.name_ko if isinstance(found, Known) else ""

    def _quote(self, instrument: InstrumentId) -> Maybe[Quote]:
        """The quote, if it is of today: limits and halts are a day's."""
        quote = self._board.quote(instrument)
        if isinstance(quote, Known) and self._day_of(instrument, quote.at) != self._today():
            return Unknown(Message("NO_DATA_YET"))
        return quote

    def _day_of(self, instrument: InstrumentId, told: datetime) -> date:
        known = self._day_known.get(instrument)
        if known is None or known[0] != told:
            known = self._day_known[instrument] = told, self._trading_date(told)
        return known[1]

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
