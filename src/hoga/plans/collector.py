"""From a live desk to the inputs of a plan: holdings, cash, prices, books, limits, volumes, halts, hours and fees.

Everything is read from the broker at that moment; what cannot be read is an error, never a guess. The average daily
volume is the mean of the last 20 completed sessions with trading, today left out (markets.md 8.3), read once a day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from hoga.base.clock import KST
from hoga.base.message import Message
from hoga.broker.port import BrokerError, NotFound, Unreachable
from hoga.domain.calendar import KRX
from hoga.domain.costs import fee_model
from hoga.domain.instruments import Flags, Instrument, InstrumentId, Venue
from hoga.domain.known import Known
from hoga.domain.limits import daily_limits
from hoga.domain.market_data import Book, Period, Quote
from hoga.domain.positions import Holding, Portfolio
from hoga.domain.sessions import Phase
from hoga.domain.tables import RuleUnknown
from hoga.domain.values import Currency
from hoga.plans.inputs import AccountState, Asset, Hours, Inputs, Rules, Session, Target, Timing
from hoga.plans.tally import net_bought
from hoga.trading.facade import Desk

VOLUME_SESSIONS = 20
_DAYS_BACK = 45
"""Calendar days that hold 20 sessions, holidays included."""
_AT_ONCE = 4


class Taken(Struct, frozen=True):
    """Inputs, and by code the shares that had been bought (sold: negative) today at the moment of their holdings."""

    inputs: Inputs
    bought: Mapping[str, int]


class Collector:
    """Of one desk. ``connected`` says whether the account can be traded now."""

    def __init__(self, desk: Desk, connected: Callable[[], bool]) -> None:
        self._desk = desk
        self._connected = connected
        self._volumes: dict[tuple[str, date], int | None] = {}

    async def inputs(self, targets: tuple[Target, ...], rules: Rules, timing: Timing) -> Inputs:
        """As ``take``, without what only an approval needs."""
        return (await self.take(targets, rules, timing)).inputs

    async def take(self, targets: tuple[Target, ...], rules: Rules, timing: Timing) -> Taken:
        """Raises BrokerError when the account or a price cannot be read. A code that the market does not know becomes
        an asset that is not listed: the checks say so."""
        desk = self._desk
        await desk.instruments()
        await desk.reconcile()
        portfolio = desk.portfolio()
        held = _holdings(portfolio)
        bought = {code: net_bought(desk.orders(), InstrumentId(code)) for code in {*held, *(t.code for t in targets)}}
        codes = list(dict.fromkeys([*(row.code for row in targets), *held]))
        gate = asyncio.Semaphore(_AT_ONCE)
        assets = await asyncio.gather(*(self._asset(code, held.get(code), gate) for code in codes))
        inputs = Inputs(
            at=desk.clock.now().astimezone(KST),
            account=self._account(portfolio),
            assets=tuple(assets),
            targets=targets,
            rules=rules,
            timing=timing,
            session=self.session(),
        )
        return Taken(inputs, bought)

    def session(self) -> Session:
        """The trading date of this moment and its hours of continuous trading. Raises RuleUnknown."""
        schedule, now = self._desk.schedule, self._desk.clock.now()
        today = schedule.status(Venue.KRX, now).trading_date
        windows = [w for w in schedule.windows(Venue.KRX, today) if w.phase is Phase.REGULAR]
        return Session(
            trading_date=today,
            settles_on=KRX.settlement_date(today),
            rules_on=schedule.rules_day(today),
            windows=tuple(Hours(window.start, window.end) for window in windows),
        )

    def _account(self, portfolio: Portfolio) -> AccountState:
        account = self._desk.account
        if not isinstance(portfolio.cash, Known):
            raise Unreachable(Message("PLAN_ACCOUNT_UNREAD", {"why": portfolio.cash.why}))
        if not isinstance(portfolio.orderable, Known):
            raise Unreachable(Message("PLAN_ACCOUNT_UNREAD", {"why": portfolio.orderable.why}))
        won = [report for report in portfolio.cash.value if report.currency is Currency.KRW]
        if not won:
            raise Unreachable(Message("PLAN_ACCOUNT_UNREAD", {"why": Message("CASH_NOT_REPORTED")}))
        fees = fee_model(account.profile)
        return AccountState(
            connection=str(account.connection),
            label=account.label,
            connected=self._connected(),
            settled_d2=won[0].settled_d2.units,
            orderable=portfolio.orderable.value.units,
            fee_rate=fees.rate,
            fee_unit=fees.fee_unit,
        )

    async def _asset(self, code: str, holding: Holding | None, gate: asyncio.Semaphore) -> Asset:
        shares = holding.position.quantity.count if holding is not None else 0
        sellable = min(holding.sellable.count, shares) if holding is not None else 0
        instrument = self._desk.instrument(InstrumentId(code))
        if not isinstance(instrument, Known):
            name = holding.position.name if holding is not None else ""
            return Asset(code=code, name=name, price=0, held=shares, sellable=sellable, listed=False)
        async with gate:
            try:
                quote = await self._desk.quote(InstrumentId(code))
                book = await self._desk.book(InstrumentId(code))
            except NotFound:
                return Asset(
                    code=code, name=instrument.value.name_ko, price=0, held=shares, sellable=sellable, listed=False
                )
            volume = await self._volume(code)
        return self._priced(instrument.value, quote, book, Asset(
            code=code, name=instrument.value.name_ko, market=instrument.value.market, product=instrument.value.product,
            price=0, held=shares, sellable=sellable, volume=volume,
        ))  # fmt: skip

    def _priced(self, instrument: Instrument, quote: Quote, book: Book, asset: Asset) -> Asset:
        lower, upper = self._limits(instrument, quote)
        flags: Flags = quote.flags
        return Asset(
            code=asset.code,
            name=asset.name,
            market=asset.market,
            product=asset.product,
            price=quote.last.units,
            bid=book.best_bid.units if book.best_bid is not None else None,
            ask=book.best_ask.units if book.best_ask is not None else None,
            lower_limit=lower,
            upper_limit=upper,
            held=asset.held,
            sellable=asset.sellable,
            volume=asset.volume,
            halted=flags.halted,
            liquidation=flags.liquidation or instrument.flags.liquidation,
        )

    def _limits(self, instrument: Instrument, quote: Quote) -> tuple[int | None, int | None]:
        """The broker's own limits of the day, else those of the rules."""
        lower, upper = quote.lower_limit, quote.upper_limit
        if lower is None or upper is None:
            try:
                rules = self._desk.schedule.rules_day(self.session().trading_date)
                limits = daily_limits(instrument, quote.base, rules)
                lower, upper = limits.lower, limits.upper
            except (RuleUnknown, ValueError):
                return None, None
        return lower.units if lower is not None else None, upper.units if upper is not None else None

    async def _volume(self, code: str) -> int | None:
        """None where the broker gives no daily candles or there was no trading."""
        now = self._desk.clock.now()
        key = code, now.astimezone(KST).date()
        if key not in self._volumes:
            start = now - timedelta(days=_DAYS_BACK)
            try:
                candles = await self._desk.candles(InstrumentId(code), Period.DAY, start, now)
            except BrokerError:
                return None
            self._volumes[key] = average_volume(((c.start, c.volume) for c in candles), key[1])
        return self._volumes[key]


def average_volume(days: Iterable[tuple[datetime, int]], today: date) -> int | None:
    """Mean of the last 20 sessions before ``today`` in which anything traded, cut down; None where there is none."""
    traded = [volume for start, volume in sorted(days) if volume and start.astimezone(KST).date() < today]
    last = traded[-VOLUME_SESSIONS:]
    return sum(last) // len(last) if last else None


def _holdings(portfolio: Portfolio) -> dict[str, Holding]:
    if not isinstance(portfolio.holdings, Known):
        raise Unreachable(Message("PLAN_ACCOUNT_UNREAD", {"why": portfolio.holdings.why}))
    return {holding.position.instrument.code: holding for holding in portfolio.holdings.value}
