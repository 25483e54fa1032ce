"""The other side of the wire, on virtual time: the exchange with its faults and restarts, and everybody else.

The exchange is the real engine behind its real door. It can be killed and started again on its ledger; requests that
run meanwhile meet nobody. The market stands still but for what happens here: somebody with a telephone, and the house,
which trades with whatever rests and lays its book anew.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import httpx

from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.practice.api import Broker, Environment, Listing, OrderEntry, PracticeAccount, Rejected, Submit
from hoga.practice.engine.exchange import PracticeExchange
from hoga.practice.market.universe import universe
from tests.campaigns.faults import rules
from tests.campaigns.person import MOST_SHARES, Prices
from tests.support.inprocess import InProcessPractice, InProcessSocket, InProcessTransport

PATIENCE = 0.5
"""Wire seconds that anybody waits for an answer."""
_LATENCY = 0.01
INSTRUMENTS = (InstrumentId("011200"), InstrumentId("233740"), InstrumentId("114800"))
_PHONE = "phone"
_REAL = Environment.REAL
_SHARES_AT_FIRST = 500
_Levels = dict[int, int]


class World:
    """One exchange and the accounts that are traded on it, one a broker. ``share`` is how often a request goes wrong;
    0 until ``misbehave``."""

    def __init__(self, folder: Path, seed: int, start: datetime, brokers: tuple[Broker, ...] = (Broker.KIS,)) -> None:
        self._folder = folder
        self._seed = seed
        self._start = start
        self._brokers = brokers
        self.chance = random.Random(f"world {seed}")
        self.restarts = 0
        self.faults: Counter[str] = Counter()
        self._share = 0.0
        self._books: dict[tuple[str, Side], _Levels] = {}

    async def open(self) -> None:
        self._folder.mkdir(exist_ok=True)
        self.practice = await self._run(self._start)
        for instrument in INSTRUMENTS:
            for side in Side:
                levels = self.exchange.depth(instrument.code, side, 10)
                self._books[instrument.code, side] = {price: own for price, _, own in levels}
        self.accounts = {
            broker: Elsewhere(self, self.practice.account(_REAL, broker=broker)) for broker in self._brokers
        }
        for elsewhere in self.accounts.values():
            elsewhere.buy_first_shares()
        self._lay_books()

    async def aclose(self) -> None:
        await self.practice.aclose()

    async def _run(self, start: datetime) -> InProcessPractice:
        practice = InProcessPractice(
            start=start, seed=self._seed, folder=self._folder, latency=_LATENCY, listings=_listings()
        )
        practice.assembly.runner.set_paused(True)
        await practice.__aenter__()
        return practice

    # --- misbehaving ------------------------------------------------------------------------------------------------

    def misbehave(self, share: float) -> None:
        """From now on about this share of all requests and notices goes wrong."""
        self._count_faults()
        self._share = share
        self.practice.assembly.faults.clear()
        for broker in self._brokers:
            for rule in rules(share, self.chance, broker):
                self.practice.assembly.faults.add(rule)

    def shut(self, broker: Broker, *, shut: bool) -> None:
        """Nobody gets through to this broker, and whoever was connected is cut off; the exchange goes on."""
        self.practice.assembly.gates.set(broker, open=not shut)
        if shut:
            self.practice.cut_off(broker)

    @property
    def alive(self) -> bool:
        return self.practice.alive

    def kill(self) -> None:
        self.practice.kill()

    async def rise(self, after: float = 0.0) -> None:
        """Start the exchange again on its ledger, ``after`` seconds in which market time stands still."""
        self._count_faults()
        self.restarts += 1
        await self.practice.aclose()
        self.practice.assembly.ledger.close()
        await asyncio.sleep(after)
        self.practice = await self._run(self.practice.assembly.exchange.now())
        self._lay_books()
        self.misbehave(self._share)

    def _count_faults(self) -> None:
        for rule in self.practice.assembly.faults.rules():
            self.faults[rule.kind.value] += rule.applied
            rule.applied = 0

    # --- the market -------------------------------------------------------------------------------------------------

    @property
    def exchange(self) -> PracticeExchange:
        return self.practice.assembly.exchange

    def prices(self, instrument: InstrumentId) -> Prices:
        bids, asks = (self._books[instrument.code, side] for side in (Side.BUY, Side.SELL))
        return Prices(max(bids), min(asks), self.exchange.state(instrument.code).tick)

    def settle(self) -> None:
        """Somebody has traded: the house lays its book anew, and everybody hears of what happened."""
        self._lay_books()
        self.practice.assembly.settle()

    def _lay_books(self) -> None:
        """The house's book as it was at first; what of an own order stands in its way is traded with."""
        for (code, side), levels in self._books.items():
            state = self.exchange.state(code)
            there = {price: own for price, _, own in self.exchange.depth(code, side, 30)}
            for price, own in there.items():
                if own > levels.get(price, 0):
                    self.exchange.withdraw(code, side, price, own - levels.get(price, 0))
            for price, own in levels.items():
                if own > there.get(price, 0) and state.lower <= price <= state.upper:
                    self.exchange.rest(code, side, price, own - there.get(price, 0))


@cache
def _listings() -> Mapping[str, Listing]:
    """What is traded: nothing else of the market matters to orders, and opening all of it takes its time."""
    every = universe()
    return {instrument.code: every[instrument.code] for instrument in INSTRUMENTS}


class Elsewhere:
    """One account and whatever happens to it that no desk asked for: fills, and somebody with a telephone."""

    def __init__(self, world: World, account: PracticeAccount) -> None:
        self._world = world
        self.account = account
        self.broker = account.broker
        self.number = account.number
        self.foreign = 0
        self.twins = 0
        self._first_day = world.exchange.trading_date()

    def buy_first_shares(self) -> None:
        for instrument in INSTRUMENTS:
            self._order(instrument.code, Side.BUY, _SHARES_AT_FIRST, None)

    def rows(self) -> list[OrderEntry]:
        """Everything the exchange has of this account."""
        exchange = self._world.exchange
        return list(exchange.orders(self.number, self._first_day - timedelta(days=1), exchange.trading_date()))

    def something_trades(self) -> None:
        """The house trades with one of the account's resting orders, in part or whole."""
        resting = [row for row in self._today() if row.remaining] if self._world.alive else []
        if resting:
            row = self._world.chance.choice(resting)
            self._hit(row, self._world.chance.randint(1, row.remaining))
            self._world.settle()

    def phone(self) -> None:
        """Somebody with a telephone places, cancels or moves an order on the account."""
        if not self._world.alive:
            return
        chance, exchange = self._world.chance, self._world.exchange
        live = [row for row in self._today() if row.remaining]
        if live and chance.random() < 0.4:
            row = chance.choice(live)
            exchange.cancel(self.number, row.number, None, _PHONE)
        else:
            instrument = chance.choice(INSTRUMENTS)
            side, prices = chance.choice(list(Side)), self._world.prices(instrument)
            best = prices.bid if side is Side.BUY else prices.ask
            quantity = MOST_SHARES + chance.randint(1, MOST_SHARES)
            limit = best - side.sign * prices.tick * chance.randint(0, 4)
            if not self._order(instrument.code, side, quantity, limit):
                return
        self.foreign += 1
        self._world.settle()

    def twin(self, instrument: InstrumentId, side: Side, quantity: int, limit: int | None) -> None:
        """Somebody with a telephone orders exactly what the desk has just ordered."""
        if self._world.alive and self._order(instrument.code, side, quantity, limit):
            self.foreign += 1
            self.twins += 1
            self._world.settle()

    def _order(self, code: str, side: Side, quantity: int, limit: int | None) -> bool:
        type = OrderType.MARKET if limit is None else OrderType.LIMIT
        wish = Submit(self.number, code, side, type, TimeInForce.DAY, quantity, limit, channel=_PHONE)
        return not isinstance(self._world.exchange.submit(wish), Rejected)

    def _today(self) -> list[OrderEntry]:
        today = self._world.exchange.trading_date()
        return list(self._world.exchange.orders(self.number, today, today))

    def _hit(self, row: OrderEntry, quantity: int) -> None:
        price = row.resting_price
        if price is None:
            return
        exchange = self._world.exchange
        levels = exchange.depth(row.code, row.side, 20)
        ahead = sum(all_ for at, all_, _ in levels if (at - price) * row.side.sign > 0)
        ahead += sum(own for at, _, own in levels if at == price)
        opposite = Side.SELL if row.side is Side.BUY else Side.BUY
        exchange.rest(row.code, opposite, price, ahead + quantity)


class SkewedClock:
    """The exchange's time as a desk hears it that is ``skew`` seconds off, through every restart of the exchange."""

    def __init__(self, world: World, skew: float) -> None:
        self._world = world
        self._skew = timedelta(seconds=skew)

    def now(self) -> datetime:
        return self._world.practice.clock.now() + self._skew

    async def sleep(self, seconds: float) -> None:
        due = self.now() + timedelta(seconds=seconds)
        while (left := (due - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 waits for time itself
            await asyncio.sleep(max(left, 1e-6))


class Wire(httpx.AsyncBaseTransport):
    """The desk's way to whichever exchange runs now, with little patience; ``cut`` when the desk is gone."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.cut = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.cut:
            raise httpx.ConnectError("the desk is gone", request=request)
        timeout: Mapping[str, float] = request.extensions.get("timeout", {})
        request.extensions["timeout"] = {name: min(value or PATIENCE, PATIENCE) for name, value in timeout.items()}
        return await InProcessTransport(self._world.practice).handle_async_request(request)

    async def connect(self, url: str) -> InProcessSocket:
        if self.cut:
            raise ConnectionRefusedError(url)
        return await self._world.practice.connect(url)
