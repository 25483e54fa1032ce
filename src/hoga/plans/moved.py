"""Whether the world has moved between a preview and its approval: then it is planned and shown anew.

A plan is approved as it was seen. What it was made from may have changed a little (the tolerance); a holding that it
trades, a halt or a session may not have changed at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.course import session_end
from hoga.plans.inputs import WHOLE, Asset, Inputs
from hoga.plans.plan import Leg, Plan
from hoga.plans.schedule import Round
from hoga.plans.settings import ExecutionSettings

_GRACE = timedelta(minutes=10)
"""How late a plan may begin that has no second round on any side."""


def moved(plan: Plan, now: Inputs, settings: ExecutionSettings) -> tuple[Message, ...]:
    """Every way in which ``now`` differs too much from what the plan was made from; none: it may be approved."""
    return (*_day(plan, now), *_cash(plan, now, settings), *_legs(plan, now, settings))


def _day(plan: Plan, now: Inputs) -> Iterator[Message]:
    if (
        now.session.trading_date != plan.inputs.session.trading_date
        or now.session.windows != plan.inputs.session.windows
    ):
        yield Message("PLAN_MOVED_DAY", {"day": now.session.trading_date.isoformat()})
    first = min((round.at for round in plan.rounds), default=now.at)
    if now.at >= too_late(plan, first):
        yield Message("PLAN_MOVED_LATE", {"start": f"{first:%H:%M:%S}", "now": f"{now.at:%H:%M:%S}"})
    if not now.account.connected:
        yield Message("PLAN_NOT_CONNECTED", {"connection": now.account.connection})


def too_late(plan: Plan, first: datetime) -> datetime:
    """From here on an approval would bunch rounds together, or push some past the session's end: neither was seen.

    Sells keep their times when a plan begins late. Buys wait for the sells and are then moved all together, as far as
    the session has room (``course.buys_late``), so a sell and a buy round that lie close are no reason. Never before
    ``first``: a plan may begin when it was to begin.
    """
    sells, buys = (sorted(_of(plan, side), key=lambda round: round.at) for side in (Side.SELL, Side.BUY))
    seconds = [side[1].at for side in (sells, buys) if len(side) > 1]
    limits = [min(seconds, default=first + _GRACE)]
    end = session_end(plan) - timedelta(seconds=plan.inputs.timing.margin_s)
    before = timedelta(0)
    if len(sells) == 1:
        before = sells[0].ends - sells[0].at
        limits.append(end - before)
    if len(buys) == 1:
        limits.append(end - before - (buys[0].ends - buys[0].at))
    elif buys:
        limits.append(buys[1].at + max(end - buys[-1].ends, timedelta(0)) - before)
    return max(min(limits), first + timedelta(seconds=1))


def _of(plan: Plan, side: Side) -> Iterator[Round]:
    return (round for round in plan.rounds if round.side is side)


def _cash(plan: Plan, now: Inputs, settings: ExecutionSettings) -> Iterator[Message]:
    """Less cash than the plan reckoned with; more is no harm."""
    before = min(plan.inputs.account.settled_d2, plan.inputs.account.orderable)
    after = min(now.account.settled_d2, now.account.orderable)
    if (before - after) * WHOLE > settings.moved_part * max(plan.figures.total, 1):
        yield Message("PLAN_MOVED_CASH", {"before": before, "after": after})


def _legs(plan: Plan, now: Inputs, settings: ExecutionSettings) -> Iterator[Message]:
    before, after = plan.inputs.by_code, now.by_code
    for leg in plan.legs:
        if leg.code not in after:
            yield Message("PLAN_MOVED_HOLDING", {"code": leg.code, "before": before[leg.code].held, "after": 0})
        else:
            yield from _leg(leg, before[leg.code], after[leg.code], settings)


def _leg(leg: Leg, before: Asset, after: Asset, settings: ExecutionSettings) -> Iterator[Message]:
    if after.held != before.held or after.sellable < min(before.sellable, leg.shares):
        yield Message("PLAN_MOVED_HOLDING", {"code": leg.code, "before": before.held, "after": after.held})
    if abs(after.price - before.price) * WHOLE > settings.moved_part * before.price:
        yield Message("PLAN_MOVED_PRICE", {"code": leg.code, "before": before.price, "after": after.price})
    if after.halted or after.liquidation or not after.listed:
        yield Message("PLAN_MOVED_HALTED", {"code": leg.code})
