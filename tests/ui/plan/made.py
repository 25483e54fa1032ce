"""Pictures of plans for the page: an early, a troubled and an ended one, made from a real plan by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.accounts import ConnectionId
from hoga.domain.orders import OrderState
from hoga.domain.tickets import OrderId, Side
from hoga.domain.values import Price
from hoga.plans.plan import Plan
from hoga.plans.planner import make_plan
from hoga.plans.settings import ExecutionSettings
from hoga.plans.views import (
    ChildView,
    Choice,
    Deviation,
    LegProgress,
    LegState,
    PlanQuestion,
    PlanState,
    Quality,
    QuestionKind,
    RoundProgress,
    RoundState,
    RunningPlan,
    Slippage,
    TrackPoint,
)
from tests.plans import made

CONNECTION = ConnectionId("kis-real@practice-3f9a")
SLIP = Slippage(Decimal("70050"), Decimal("7.14"), 4_600)


def usual() -> Plan:
    return make_plan(made.usual())


def running(plan: Plan | None = None, state: PlanState = PlanState.RUNNING) -> RunningPlan:
    """One round is done; the first order of the next one works; one was refused."""
    plan = plan or usual()
    start = plan.rounds[0].at
    rounds = [_round(plan, number, start) for number in range(len(plan.rounds))]
    return RunningPlan(
        connection=CONNECTION,
        digest=plan.digest,
        plan=plan,
        settings=ExecutionSettings(),
        state=state,
        why=(Message("PLAN_PAUSED"),) if state is PlanState.PAUSED else (),
        question=None,
        approved_at=start,
        started_at=start,
        ended_at=start + timedelta(hours=1) if state.over else None,
        next_at=start + timedelta(minutes=10),
        side=Side.SELL,
        legs=tuple(_leg(plan, number) for number in range(len(plan.legs))),
        rounds=tuple(rounds),
        deviations=tuple(one for round in rounds for one in round.deviations),
        quality=Quality(SLIP, SLIP, SLIP),
        track=(TrackPoint(start, 0, 0, 0, 0), TrackPoint(start + timedelta(minutes=5), 2_000_000, 1_500_000, 0, 0)),
    )


def asking(plan: RunningPlan) -> RunningPlan:
    text = Message("PLAN_ASKS_SELLS_LATE", {"minutes": 20, "shares": 3})
    question = PlanQuestion(
        "late-1", QuestionKind.SELLS_LATE, plan.approved_at, text, (Choice.BUY_WITH_FREED, Choice.WAIT, Choice.STOP)
    )
    return replace(plan, state=PlanState.ASKING, question=question)


def _leg(plan: Plan, number: int) -> LegProgress:
    leg = plan.legs[number]
    asset = plan.inputs.by_code[leg.code]
    selling = leg.side is Side.SELL
    return LegProgress(
        leg=number, code=leg.code, name=asset.name, side=leg.side,
        state=LegState.TRADING if selling else LegState.AHEAD, ceiling=leg.ceiling_shares,
        ceiling_won=leg.ceiling_won, due=1 if selling else 0, filled=1 if selling else 0, working=0, waiting=0,
        in_flight=0, unknown=0, spent=None, amount=leg.price if selling else 0,
        average=Decimal(leg.price) if selling else None, quality=Quality(SLIP if selling else Slippage()),
    )  # fmt: skip


def _round(plan: Plan, place: int, start: datetime) -> RoundProgress:
    one = plan.rounds[place]
    children, deviations = (), ()
    if place == 0:
        children = tuple(_child(child.leg, child.quantity, start, plan) for child in one.children)
        why = Message("PLAN_CHILD_REFUSED", {"shares": 1, "said": "no"})
        deviations = (Deviation(start, one.side, one.number, one.children[0].leg, why, 1),)
    state = RoundState.RUNNING if place == 0 else RoundState.AHEAD
    wanted = tuple((child.leg, child.quantity) for child in one.children)
    return RoundProgress(one.side, one.number, one.at, one.at, state, wanted, children, deviations)


def _child(leg: int, quantity: int, at: datetime, plan: Plan) -> ChildView:
    return ChildView(
        OrderId(f"child-{leg}"), leg, 1, 1, at, quantity, 0, quantity, Price(plan.legs[leg].price), OrderState.WORKING,
        False, 0,
    )  # fmt: skip
