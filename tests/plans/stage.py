"""Plans on a broker of few words, on virtual time, one step at a time: what the stateful tests drive.

The exchange's record is the judge: at every change of it, what has filled and what may still fill of each leg must lie
at or below the plan's ceilings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from hoga.base.clock import KST, LoopClock
from hoga.base.message import Message
from hoga.base.virtual_loop import VirtualLoop
from hoga.broker.port import NewOrder
from hoga.domain.broker_orders import BrokerNumber
from hoga.domain.instruments import Flags, Instrument, InstrumentId, Market, ProductType
from hoga.domain.market_data import Book, Candle, Level, Orderable, Period, Quote
from hoga.domain.sessions import AlwaysOpen, Schedule
from hoga.domain.tickets import OrderType, PlanChild, Side, TimeInForce
from hoga.domain.values import Money, Price, Shares
from hoga.plans.inputs import Role, Rules, SidePlan, Target, Timing
from hoga.plans.plan import Leg, Plan
from hoga.plans.planner import make_plan
from hoga.plans.service import PlanService
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Approved, RunningPlan
from hoga.storage.database import Database
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.plan_log import PlanLog
from tests.support.fake_broker import API, HYNIX, PHONE, SAMSUNG, FakeBroker, FakeExchange, Fault, Row

T = TypeVar("T")
START = datetime(2026, 11, 24, 10, 0, tzinfo=KST)
NAVER, HYUNDAI = InstrumentId("035420"), InstrumentId("005380")
PRICES = {SAMSUNG: 70_000, HYNIX: 200_000, NAVER: 180_000, HYUNDAI: 250_000}
TICKS = {SAMSUNG: 100, HYNIX: 500, NAVER: 100, HYUNDAI: 500}
TARGETS = {SAMSUNG: 300_000, HYNIX: 250_000, NAVER: 200_000, HYUNDAI: 200_000}
SETTINGS = ExecutionSettings(moved_part=500_000)


class Judged(FakeExchange):
    """An exchange that knows the plan and cries out the moment its record passes a ceiling."""

    plan: Plan | None = None
    fee_rate = 0

    def place(self, order: NewOrder, channel: str = API) -> BrokerNumber:
        number = super().place(order, channel)
        self.check()
        return number

    def reprice(self, original: BrokerNumber, limit: Price, channel: str = API) -> BrokerNumber | None:
        number = super().reprice(original, limit, channel)
        self.check()
        return number

    def check(self) -> None:
        for leg in self.plan.legs if self.plan is not None else ():
            rows = self.of(leg)
            shares = sum(row.filled + row.remaining for row in rows)
            assert shares <= leg.ceiling_shares, f"{leg.code}: {shares} shares, {leg.ceiling_shares} approved"
            if leg.ceiling_won is not None:
                won = sum(row.amount + row.remaining * (row.limit.units if row.limit else leg.worst) for row in rows)
                with_fee = -(-won * (10**9 + self.fee_rate) // 10**9)
                assert with_fee <= leg.ceiling_won, f"{leg.code}: {with_fee} won, {leg.ceiling_won} approved"

    def of(self, leg: Leg) -> list[Row]:
        """What came from the desk for one leg."""
        return [
            row
            for row in self.rows.values()
            if row.channel == API and row.instrument.code == leg.code and row.side is leg.side
        ]


class PlanBroker(FakeBroker):
    """A broker that can also be asked what a plan needs: books, cash, candles. ``flags``: what is not as usual."""

    def __init__(self, exchange: FakeExchange) -> None:
        super().__init__(exchange)
        self.flags: dict[InstrumentId, Flags] = {}

    async def instruments(self) -> tuple[Instrument, ...]:
        self._check()
        return tuple(Instrument(id, Market.KOSPI, ProductType.STOCK, id.code) for id in PRICES)

    async def quote(self, instrument: InstrumentId) -> Quote:
        quote = await super().quote(instrument)
        return replace(quote, flags=self.flags.get(instrument, quote.flags))

    async def book(self, instrument: InstrumentId) -> Book:
        await asyncio.sleep(self.latency)
        self._check()
        last, tick = self.last[instrument], TICKS[instrument]
        asks = tuple(Level(last + tick * step, 100) for step in range(1, 4))
        bids = tuple(Level(last - tick * step, 100) for step in range(3))
        return Book(instrument, self.exchange.now(), asks, bids, 300, 300)

    async def orderable(self, instrument: InstrumentId, type: OrderType, limit: Price | None) -> Orderable:
        await asyncio.sleep(self.latency)
        self._check()
        price = limit or Price(self.last[instrument])
        return Orderable(Money(self.exchange.cash), Shares(max(self.exchange.cash, 0) // price.units), price)

    async def candles(
        self, instrument: InstrumentId, period: Period, start: datetime, end: datetime, *, adjusted: bool = True
    ) -> tuple[Candle, ...]:
        await asyncio.sleep(self.latency)
        self._check()
        price = self.last[instrument]
        if period is Period.DAY:
            return (Candle(start, price, price, price, price, 1_000_000, 1_000_000 * price),)
        minutes = int((end - start) / timedelta(minutes=1))
        return tuple(
            Candle(start + timedelta(minutes=n), price, price, price, price, 10, 10 * price) for n in range(minutes)
        )


class Stage:
    """One exchange, one desk at a time, one plan. Everything runs on a virtual loop of its own, driven from outside."""

    def __init__(
        self,
        folder: Path,
        *,
        cash: int = 20_000_000,
        held: dict[InstrumentId, int] | None = None,
        start: datetime = START,
        schedule: Schedule | None = None,
    ) -> None:
        """``schedule``: the hours of the market; without one it is always open."""
        self._folder = folder
        self._schedule = schedule or AlwaysOpen()
        self.loop = VirtualLoop()
        asyncio.set_event_loop(self.loop)
        self.clock = LoopClock(start)
        shares = held if held is not None else {SAMSUNG: 400, HYNIX: 120}
        self.exchange = Judged(self.clock, cash=cash, holdings=dict(shares))
        self.last = dict(PRICES)
        self.rebuilt: Message | None = None
        self.run(self.start())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def rest(self, seconds: float) -> None:
        self.run(asyncio.sleep(seconds))

    async def start(self) -> None:
        self.broker = PlanBroker(self.exchange)
        self.broker.last = self.last
        self.database = Database(self._folder / "journal.sqlite", inline=True, fsync=False)
        self.desk = ConnectionDesk(self.broker, self.database, self.clock, self._schedule, lambda raw: raw)
        await self.desk.open()
        health = self.desk.health
        if self.rebuilt is not None:
            self.desk.health = lambda: replace(health(), rebuilt=self.rebuilt, rebuilt_from=START)  # type: ignore[method-assign]
        self.plans = PlanService(self.desk, PlanLog(self.database, self.desk.account.connection))
        await self.plans.open()

    async def crash(self) -> None:
        """As a SIGKILL: what was sent is on its way all the same."""
        await self.desk.drop()
        self.database.drop()
        await self.plans.aclose()
        await self.broker.aclose()

    async def close(self) -> None:
        await self.plans.aclose()
        await self.desk.aclose()
        await self.database.aclose()

    def end(self) -> None:
        self.run(self.close())
        leftovers = asyncio.all_tasks(self.loop)
        for task in leftovers:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*leftovers, return_exceptions=True))
        asyncio.set_event_loop(None)
        self.loop.close()

    # --- the plan ---------------------------------------------------------------------------------------------------

    def approve(self, rounds: int = 4, spacing_s: int = 300, **more: Any) -> str:
        """The usual plan: two holdings too large, two names to add."""
        plan = self.run(self.made(rounds, spacing_s, **more))
        self.exchange.plan, self.exchange.fee_rate = plan, plan.inputs.account.fee_rate
        answer = self.run(self.plans.approve(plan, SETTINGS))
        assert isinstance(answer, Approved), answer
        self.digest = answer.digest
        return answer.digest

    async def made(self, rounds: int = 4, spacing_s: int = 300, **more: Any) -> Plan:
        side = SidePlan(rounds=rounds, spacing_s=spacing_s, collar=10)
        targets = tuple(Target(code=id.code, weight=weight, sell_out=True) for id, weight in TARGETS.items())
        held = {id.code for id, count in self.exchange.holdings.items() if count} - {row.code for row in targets}
        targets += tuple(Target(code=code, role=Role.EXCLUDED) for code in sorted(held))
        inputs = await self.plans.inputs(targets, Rules(volume_part=0, **more), Timing(sell=side, buy=side))
        return make_plan(inputs)

    @property
    def view(self) -> RunningPlan:
        view = self.plans.plan(self.digest)
        assert view is not None
        return view

    def origins(self) -> list[PlanChild]:
        return [order.origin for order in self.desk.orders() if isinstance(order.origin, PlanChild)]

    def beside(self, leg: int) -> int:
        """Shares that the telephone bought (sold: negative) in a leg's instrument since the approval."""
        plan = self.view.plan.legs[leg]
        rows = [row for row in self.exchange.rows.values() if row.channel == PHONE and row.instrument.code == plan.code]
        return sum(row.side.sign * row.filled for row in rows)

    # --- everybody else ---------------------------------------------------------------------------------------------

    def do(self, deed: Callable[[], T]) -> T:
        """Something that happens at the exchange at this moment."""

        async def now() -> T:
            return deed()

        return self.run(now())

    def fill(self, number: BrokerNumber, count: int) -> None:
        self.do(lambda: self.exchange.fill(number, count))

    def fill_all(self) -> None:
        for row in self.exchange.live(API):
            self.fill(row.number, row.remaining)

    def phone(self, instrument: InstrumentId, side: Side, shares: int) -> None:
        """Somebody trades on the same account with a telephone: ordered and filled at once."""
        order = NewOrder(
            instrument, side, OrderType.LIMIT, TimeInForce.DAY, Shares(shares), Price(self.last[instrument])
        )
        self.do(lambda: self.exchange.fill(self.exchange.place(order, PHONE), shares))

    def weather(self, *faults: Fault) -> None:
        """What goes wrong with the next writes."""
        self.broker.script.extend(faults)
