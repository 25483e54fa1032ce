"""A desk with plans on the real exchange, all in one process on virtual time; the desk can crash and start again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from hoga.base.clock import KST
from hoga.base.tasks import Busy, TaskOwner
from hoga.broker.adapter import BrokerAdapter
from hoga.domain.sessions import AlwaysOpen
from hoga.domain.tickets import OrderType, Side, TimeInForce
from hoga.plans.inputs import Role, Rules, SidePlan, Style, Target, Timing
from hoga.plans.plan import Plan
from hoga.plans.planner import make_plan
from hoga.plans.service import PlanService
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Approved, Choice, RunningPlan
from hoga.practice.api import Broker, Environment, OrderEntry, Rejected, Submit
from hoga.practice.market.universe import universe
from hoga.storage.database import Database
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.plan_log import PlanLog
from tests.broker.helpers import Vault
from tests.campaigns.brokers import Ways, broker_at
from tests.support.inprocess import InProcessPractice, InProcessTransport

START = datetime(2026, 11, 24, 10, 0, tzinfo=KST)
STOCKS = ("005930", "000660", "035420", "005380")


class Cuttable(InProcessTransport):
    """The desk's way to the exchange; ``cut`` when the desk is gone."""

    def __init__(self, practice: InProcessPractice) -> None:
        super().__init__(practice)
        self._at = practice
        self.cut = False

    async def handle_async_request(self, request: Any) -> Any:
        if self.cut:
            raise ConnectionError("the desk is gone")
        return await super().handle_async_request(request)

    async def connect(self, url: str) -> Any:
        if self.cut:
            raise ConnectionRefusedError(url)
        return await self._at.connect(url)


@dataclass
class Life:
    """One run of the desk."""

    desk: ConnectionDesk
    plans: PlanService
    database: Database
    broker: BrokerAdapter
    wire: Cuttable


class Floor:
    """``async with Floor(folder) as floor``: an exchange with a moving market, and one desk at a time."""

    def __init__(
        self,
        folder: Path,
        *,
        broker: Broker = Broker.KIS,
        seed: int = 7,
        speed: float = 1.0,
        codes: tuple[str, ...] = STOCKS,
    ) -> None:
        """An exchange that lists these codes only: so it costs little."""
        self._folder = folder
        self._kind = broker
        self._seed = seed
        self._speed = speed
        self._codes = codes
        self._tasks = TaskOwner("floor")
        self._vault = Vault()

    async def __aenter__(self) -> Floor:
        (self._folder / "practice").mkdir(exist_ok=True)
        listings = {code: listing for code, listing in universe().items() if code in self._codes}
        self.practice = InProcessPractice(
            start=START,
            seed=self._seed,
            speed=self._speed,
            folder=self._folder / "practice",
            latency=0.002,
            listings=listings,
        )
        await self.practice.__aenter__()
        self.account = self.practice.account(Environment.REAL, broker=self._kind)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._tasks.aclose()
        with contextlib.suppress(AttributeError):
            await self.close()
        await self.practice.aclose()

    # --- the desk ---------------------------------------------------------------------------------------------------

    async def start(self) -> Life:
        wire = Cuttable(self.practice)
        broker = broker_at(self.account, Ways(self.practice.clock, self._vault, wire, wire.connect))
        database = Database(self._folder / "journal.sqlite", inline=True, fsync=False)
        desk = ConnectionDesk(broker, database, self.practice.clock, AlwaysOpen(), lambda raw: raw)
        await desk.open()
        plans = PlanService(desk, PlanLog(database, desk.account.connection))
        await plans.open()
        self.life = Life(desk, plans, database, broker, wire)
        return self.life

    async def close(self) -> None:
        life = self.life
        await life.plans.aclose()
        await life.desk.aclose()
        await life.database.aclose()

    async def crash(self) -> None:
        """The desk's process is gone; what it had sent is on its way all the same."""
        life = self.life
        life.wire.cut = True
        await life.desk.drop()
        life.database.drop()
        await life.plans.aclose()
        await life.broker.aclose()

    # --- the exchange -----------------------------------------------------------------------------------------------

    def give(self, code: str, shares: int) -> None:
        """Shares bought on the telephone before the story begins."""
        wish = Submit(
            self.account.number, code, Side.BUY, OrderType.MARKET, TimeInForce.DAY, shares, None, channel="phone"
        )
        done = self.practice.assembly.exchange.submit(wish)
        assert not isinstance(done, Rejected), done
        self.practice.assembly.settle()

    def rows(self) -> list[OrderEntry]:
        """The exchange's record of the account's orders, those off the telephone left out."""
        exchange = self.practice.assembly.exchange
        day = exchange.trading_date()
        return [row for row in exchange.orders(self.account.number, day, day) if row.channel != "phone"]

    def held(self) -> dict[str, int]:
        holdings = self.practice.assembly.exchange.holdings(self.account.number)
        return {row.code: row.quantity for row in holdings}

    # --- plans ------------------------------------------------------------------------------------------------------

    async def made(
        self, weights: dict[str, int], rounds: int = 3, spacing_s: int = 300, style: Style = Style.BEST, **rules: Any
    ) -> Plan:
        """A plan of these weights (parts per million)."""
        side = SidePlan(rounds=rounds, spacing_s=spacing_s, style=style, collar=20)
        targets = tuple(Target(code=code, weight=weight, sell_out=True) for code, weight in weights.items())
        others = [code for code in self.held() if code not in weights]
        targets += tuple(Target(code=code, role=Role.EXCLUDED) for code in others)
        timing = Timing(sell=side, buy=side)
        inputs = await self.life.plans.inputs(targets, Rules(volume_part=0, **rules), timing)
        return make_plan(inputs)

    async def approve(self, plan: Plan, settings: ExecutionSettings | None = None) -> str:
        answer = await self.life.plans.approve(plan, settings)
        assert isinstance(answer, Approved), answer
        return answer.digest

    def answers(self, digest: str, question: str, choice: Choice) -> None:
        """Whoever sits there answers; the same answer twice is one."""
        work = self.life.plans.answer(digest, question, choice)
        self._tasks.start(f"answer {question}", work, busy=Busy.DROP)

    def view(self, digest: str) -> RunningPlan:
        view = self.life.plans.plan(digest)
        assert view is not None
        return view

    async def until(self, true: Callable[[], bool], market_minutes: float = 600) -> None:
        """Let market time pass until something holds; fails when it never does."""
        due = self.practice.clock.now().timestamp() + market_minutes * 60
        while not true():
            assert self.practice.clock.now().timestamp() < due, "it never came true"
            await self.practice.clock.sleep(1.0)

    async def ended(self, digest: str, market_minutes: float = 600) -> RunningPlan:
        await self.until(lambda: self.view(digest).state.over, market_minutes)
        return self.view(digest)
