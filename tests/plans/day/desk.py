"""The desk of a plan day, in a process of its own: an account at each broker, a plan for each, until both have ended.

A life that finds plans in its journals goes on with them; the first one makes and approves them. Whoever sits there
answers every question so that the plans go on. Lines of JSON on standard output tell how far it is; the last one holds
the reports.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx

from hoga.broker.adapter import BrokerAdapter
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kiwoom.adapter import KiwoomBroker
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.broker.port import BrokerError
from hoga.broker.practice_link import LinkState, PracticeLink, start_or_join
from hoga.domain.accounts import WireProfile
from hoga.domain.sessions import AlwaysOpen
from hoga.plans.inputs import Rules, SidePlan, Target, Timing
from hoga.plans.planner import NoPlan, make_plan
from hoga.plans.service import PlanService
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import Choice, NotApproved, PlanState, RunningPlan
from hoga.storage.database import Database
from hoga.storage.folder import DataFolder
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.plan_log import PlanLog
from tests.broker.helpers import Vault

PATIENCE = 0.5
"""Wire seconds that the desk waits for an answer: half a minute of the market at sixty times its speed."""
PROFILES = (WireProfile.KIS_REAL, WireProfile.KIWOOM_REAL)
_TELL_SECONDS = 0.25
_log = logging.getLogger(__name__)


class Hurried(httpx.AsyncHTTPTransport):
    """Waits for no answer longer than the day's patience."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        timeout: Mapping[str, float] = request.extensions.get("timeout", {})
        request.extensions["timeout"] = {name: min(value or PATIENCE, PATIENCE) for name, value in timeout.items()}
        return await super().handle_async_request(request)


def _adapter(link: PracticeLink, profile: WireProfile) -> BrokerAdapter:
    keys = next(one for one in link.endpoint.accounts if one.profile is profile)
    name, number = link.connection_name, keys.account.reveal()
    if profile is WireProfile.KIWOOM_REAL:
        there = KiwoomHost.on_practice(keys.profile, keys.rest, keys.ws, name)
        pair = KiwoomKeys(keys.appkey, keys.appsecret)
        return KiwoomBroker(there, pair, number, link.clock, Vault(), Hurried)
    host = KisHost.on_practice(keys.profile, keys.rest, keys.ws, name)
    triple = KisKeys(keys.appkey, keys.appsecret, keys.hts_id)
    return KisBroker(host, triple, number, link.clock, Vault(), Hurried)


class Seat:
    """One account and its plan."""

    def __init__(self, plans: PlanService, wishes: Mapping[str, int], wish: Mapping[str, int]) -> None:
        self.plans = plans
        self._weights = wishes
        self._wish = wish

    async def live(self) -> RunningPlan:
        """From wherever it stands to the end of the plan."""
        while not self._mine():
            await self._approve()
        while (plan := self._mine()[0]).state not in (PlanState.DONE, PlanState.STOPPED):
            await self._answer(plan)
            await asyncio.sleep(_TELL_SECONDS)
        return plan

    def _mine(self) -> tuple[RunningPlan, ...]:
        return (*self.plans.running(), *self.plans.ended())

    async def _approve(self) -> None:
        side = SidePlan(rounds=self._wish["rounds"], spacing_s=self._wish["spacing"], collar=30)
        targets = tuple(Target(code=code, weight=ppm, sell_out=True) for code, ppm in self._weights.items())
        try:
            inputs = await self.plans.inputs(targets, Rules(), Timing(sell=side, buy=side))
            answer = await self.plans.approve(make_plan(inputs), ExecutionSettings(moved_part=100_000))
        except BrokerError as error:
            _log.warning("not yet: %s", error)
            await asyncio.sleep(0.2)
            return
        except NoPlan as error:
            raise SystemExit(str(error)) from error
        if isinstance(answer, NotApproved):
            _log.warning("not yet approved: %s", [str(reason) for reason in answer.reasons])
            await asyncio.sleep(0.2)

    async def _answer(self, plan: RunningPlan) -> None:
        """Whoever sits there wants it to go on."""
        asked = plan.question
        if asked is not None:
            wanted = (Choice.GO_ON, Choice.BUY_WITH_FREED, Choice.WAIT)
            await self.plans.answer(plan.digest, asked.id, next(one for one in wanted if one in asked.choices))

    def told(self) -> dict[str, Any]:
        """How far it is."""
        mine = self._mine()
        if not mine:
            return {"state": "none", "filled": 0, "children": 0}
        plan = mine[0]
        children = sum(len(round.children) for round in plan.rounds)
        return {"state": plan.state.value, "why": [str(why) for why in plan.why], "filled": plan.filled,
                "children": children}  # fmt: skip


def report(plan: RunningPlan) -> dict[str, Any]:
    """What the day is judged by, and its closing note."""
    return {
        "connection": str(plan.connection),
        "digest": plan.digest,
        "state": plan.state.value,
        "rounds": [
            {"side": r.side.value, "number": r.number, "state": r.state.value, "children": len(r.children)}
            for r in plan.rounds
        ],
        "legs": [
            {
                "leg": leg.leg, "code": leg.code, "side": leg.side.value, "ceiling": leg.ceiling, "filled": leg.filled,
                "ceiling_won": leg.ceiling_won, "amount": leg.amount, "state": leg.state.value,
                "fee_rate": plan.plan.inputs.account.fee_rate,
                "behind": max((d.shares for d in plan.deviations if d.leg == leg.leg and d.round), default=0),
                "left": [str(d.why) for d in plan.deviations if d.leg == leg.leg and d.why.code == "PLAN_LEFT_OVER"],
            }
            for leg in plan.legs
        ],
        "children": [
            {
                "leg": c.leg, "round": c.round, "attempt": c.attempt, "quantity": c.quantity, "filled": c.filled,
                "state": c.state.value,
            }
            for r in plan.rounds
            for c in r.children
        ],
        "slippage": {
            name: {"bp": str(one.bp) if one.bp is not None else None, "won": one.won}
            for name, one in (
                ("arrival", plan.quality.arrival), ("twap", plan.quality.twap), ("vwap", plan.quality.vwap)
            )
        },
        "deviations": len(plan.deviations),
        "off_schedule": {
            "sell": max((abs(p.sell_due - p.sell_filled) for p in plan.track), default=0),
            "buy": max((abs(p.buy_due - p.buy_filled) for p in plan.track), default=0),
            "of": sum(leg.shares * leg.price for leg in plan.plan.legs),
        },
    }  # fmt: skip


async def _run(folder: Path, practice: Path, wish: Mapping[str, Any]) -> None:
    async with AsyncExitStack() as parts:
        held = parts.enter_context(DataFolder(folder))
        link = await start_or_join(practice, options=(), bring_back=False)
        parts.push_async_callback(link.aclose, end_exchange=False)
        seats = []
        for profile in PROFILES:
            plans = await _open(parts, held.path, link, profile)
            seats.append(Seat(plans, wish["weights"][profile.value], wish))
        telling = asyncio.ensure_future(_tell(seats, link))
        ended = await asyncio.gather(*(seat.live() for seat in seats))
        await asyncio.sleep(wish.get("measuring", 2.0))  # the benchmarks are read when a plan has ended
        telling.cancel()
        last = [
            next(p for p in seat.plans.ended() if p.digest == plan.digest)
            for seat, plan in zip(seats, ended, strict=True)
        ]
        _say({"end": [report(plan) for plan in last]})


async def _open(parts: AsyncExitStack, folder: Path, link: PracticeLink, profile: WireProfile) -> PlanService:
    broker = _adapter(link, profile)
    parts.callback(link.listen(lambda state: broker.hurry() if state is LinkState.UP else None))
    database = Database(folder / f"{profile.value}.sqlite")
    parts.push_async_callback(database.aclose)
    desk = ConnectionDesk(broker, database, link.clock, AlwaysOpen(), lambda raw: raw)
    parts.push_async_callback(desk.aclose)
    parts.callback(link.listen(lambda _state: desk.market_silent(link.why)))
    await desk.open()
    plans = PlanService(desk, PlanLog(database, desk.account.connection))
    parts.push_async_callback(plans.aclose)
    await plans.open()
    return plans


async def _tell(seats: list[Seat], link: PracticeLink) -> None:
    while True:
        _say({"at": link.clock.now().isoformat(), "seats": [seat.told() for seat in seats]})
        await asyncio.sleep(_TELL_SECONDS)


def _say(what: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
    asyncio.run(_run(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))))
