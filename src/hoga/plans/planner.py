"""Inputs to plan: check, allocate, lay out in rounds, say what to know before approving, sign. Same in, same out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side
from hoga.plans.allocation import Allocation, Trade, allocate
from hoga.plans.checks import error, unfit, unusable
from hoga.plans.costs import Tariff
from hoga.plans.inputs import Asset, Inputs, canonical
from hoga.plans.plan import Figures, Issue, Leg, Plan, Stays, digest_of
from hoga.plans.prices import side_plan, spread_of
from hoga.plans.remarks import remarks
from hoga.plans.schedule import Round, Task, lay_out


class NoPlan(Exception):
    """No plan can be reckoned from these inputs; ``issues`` says everything that is wrong with them."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__("; ".join(str(issue.message) for issue in issues))
        self.issues = issues


def make_plan(inputs: Inputs) -> Plan:
    """The plan with its digest. Raises NoPlan when the inputs cannot be reckoned with; what only forbids approving is
    among the plan's issues."""
    wrong = unusable(inputs)
    if wrong:
        raise NoPlan(wrong)
    inputs = canonical(inputs)
    try:
        allocation = allocate(inputs)
        legs = _legs(inputs, allocation)
    except RuleUnknown as why:
        raise NoPlan((error("PLAN_RULE_UNKNOWN", why=str(why)),)) from why
    rounds = _rounds(inputs, legs)
    stays = tuple(Stays(code, why) for code, why in sorted(allocation.reasons.items()))
    figures = _figures(inputs, allocation, legs)
    plan = Plan(inputs, legs, stays, rounds, figures, ())
    plan = replace(plan, issues=(*unfit(inputs), *remarks(plan, allocation.scaled)))
    return replace(plan, digest=digest_of(plan))


def _legs(inputs: Inputs, allocation: Allocation) -> tuple[Leg, ...]:
    tariff = Tariff(inputs)
    trades = sorted(allocation.trades.values(), key=lambda trade: (trade.side is Side.BUY, trade.asset.code))
    return tuple(_leg(tariff, trade) for trade in trades)


def _leg(tariff: Tariff, trade: Trade) -> Leg:
    asset, shares, price = trade.asset, trade.quantity, trade.prices.expected
    buying, amount = trade.side is Side.BUY, price * shares
    return Leg(
        code=asset.code,
        side=trade.side,
        shares=shares,
        wanted=trade.wanted,
        price=price,
        worst=trade.prices.worst,
        amount=amount,
        commission=tariff.commission(amount),
        tax=0 if buying else tariff.tax(asset, amount),
        spread=_crossing(asset, shares),
        ceiling_shares=shares,
        ceiling_won=tariff.held_back(trade.prices.worst, shares) if buying else None,
    )


def _crossing(asset: Asset, shares: int) -> int | None:
    """Half the spread for each share, rounded up to the won."""
    spread = spread_of(asset)
    return None if spread is None else (spread * shares + 1) // 2


def _rounds(inputs: Inputs, legs: tuple[Leg, ...]) -> tuple[Round, ...]:
    """Sells, then buys: never before the last sell has had its time, wherever their start was set."""
    opening = _opening(inputs)
    sells = _side(inputs, legs, Side.SELL, opening)
    after = max((round.ends for round in sells), default=opening)
    return (*sells, *_side(inputs, legs, Side.BUY, after))


def _side(inputs: Inputs, legs: tuple[Leg, ...], side: Side, earliest: datetime) -> tuple[Round, ...]:
    how = side_plan(inputs, side)
    start = earliest if how.start is None else how.start
    if side is Side.BUY:
        start = max(start, earliest)
    quantities = {number: leg.shares for number, leg in enumerate(legs) if leg.side is side}
    return lay_out(Task(side, how, quantities, start), inputs.timing, inputs.session.windows)


def _opening(inputs: Inputs) -> datetime:
    """The next whole second at which the session takes orders: now, or when its next window opens."""
    now = inputs.at if inputs.at.microsecond == 0 else inputs.at.replace(microsecond=0) + timedelta(seconds=1)
    openings = sorted(max(window.start, now) for window in inputs.session.windows if window.end > now)
    return openings[0] if openings else now


def _figures(inputs: Inputs, allocation: Allocation, legs: tuple[Leg, ...]) -> Figures:
    before = inputs.account.settled_d2 + inputs.rules.deposit
    blocked = max(inputs.account.settled_d2 - inputs.account.orderable, 0)
    return Figures(
        total=allocation.base.total,
        buffer=allocation.base.buffer,
        cash_before=before,
        cash_after=before + sum(_brought(legs)),
        cash_after_worst=allocation.free + allocation.base.buffer + blocked,
        commission=sum(leg.commission for leg in legs),
        tax=sum(leg.tax for leg in legs),
        spread=sum(leg.spread or 0 for leg in legs),
        spread_known=all(leg.spread is not None for leg in legs),
    )


def _brought(legs: tuple[Leg, ...]) -> Iterator[int]:
    for leg in legs:
        yield -leg.side.sign * leg.amount - leg.commission - leg.tax
