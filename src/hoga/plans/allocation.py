"""From targets to whole shares: what is sold, what is bought, and why the rest stays. Source: markets.md 8.4.

Shares are the floor of target over price. Cash that the floors leave over is handed out one share at a time by the
largest remainder, to sells (one share fewer sold) and buys alike, while two sums allow it: the money that the targets
mean to be invested, and the cash there is when every order trades at its worst price. So cash is never negative and
cash that is meant to stay cash stays. Where buys cost more than there is, the whole basket is scaled down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.costs import Tariff
from hoga.plans.inputs import WHOLE, Asset, Inputs, OverCap, Role, Target
from hoga.plans.prices import Prices, prices_of
from hoga.plans.weights import Base, base_of, inside_band, weights_of


class Trade(Struct):
    """One leg in the making: ``wanted`` shares by target, ``quantity`` of them as far as rules and cash let it."""

    asset: Asset
    side: Side
    prices: Prices
    wanted: int
    quantity: int
    over: int
    """Money that the target lies above the floor, less than a share's price: in ``Allocation.whole``ths of a won, like
    every sum of parts. So it stays a whole number."""

    @property
    def takes_part(self) -> bool:
        """Whether a share of the leftover may go to it: it asks for one, and no rule has held it back before."""
        return self.over > 0 and self.quantity == self.wanted


class Allocation(Struct):
    """``reasons`` says of every row without a leg why; ``scaled`` is (needed, there) when buys were cut for cash."""

    base: Base
    whole: int
    trades: dict[str, Trade] = field(default_factory=dict)
    reasons: dict[str, Message] = field(default_factory=dict)
    scaled: tuple[int, int] | None = None
    free: int = 0
    """Cash above the buffer, in won, once every leg has traded at its worst price. Negative: what is missing."""


def allocate(inputs: Inputs) -> Allocation:
    """Raises RuleUnknown where ticks or taxes of an instrument are not on file. Inputs were checked."""
    tariff = Tariff(inputs)
    weights = weights_of(inputs)
    plan = Allocation(base_of(inputs, inputs.rules.deposit), weights.whole)
    assets = inputs.by_code
    for row in sorted(inputs.targets, key=lambda row: row.code):
        if row.code in assets:
            _consider(inputs, plan, row, assets[row.code], weights.parts.get(row.code, 0))
    _settle_cash(inputs, tariff, plan)
    return plan


def _consider(inputs: Inputs, plan: Allocation, row: Target, asset: Asset, parts: int) -> None:
    if row.role is not Role.MANAGED:
        plan.reasons[row.code] = Message("PLAN_STAYS_EXCLUDED" if row.role is Role.EXCLUDED else "PLAN_STAYS_LOCKED")
        return
    rules, total, whole = inputs.rules, plan.base.total, plan.whole
    have, wish = asset.value * whole, parts * total
    side = Side.SELL if have > wish else Side.BUY
    if have == wish:
        plan.reasons[row.code] = Message("PLAN_STAYS_ON_TARGET")
    elif (rules.band or rules.band_relative) and inside_band(rules, asset.value, parts, whole, total):
        plan.reasons[row.code] = Message("PLAN_STAYS_INSIDE_BAND")
    elif not (rules.sell and not rules.deposit if side is Side.SELL else rules.buy):
        plan.reasons[row.code] = Message("PLAN_STAYS_SIDE_OFF", {"side": side.value})
    else:
        shares, over = divmod(wish, whole * asset.price)
        wanted = abs(asset.held - shares)
        trade = Trade(asset, side, prices_of(inputs, asset, side), wanted, wanted, over)
        _hold_back(inputs, trade)
        plan.trades[row.code] = trade


def _hold_back(inputs: Inputs, trade: Trade) -> None:
    if trade.side is Side.SELL:
        trade.quantity = min(trade.quantity, trade.asset.sellable)
    cap = volume_cap(inputs, trade.asset)
    if cap is not None and inputs.rules.over_cap is OverCap.CUT:
        trade.quantity = min(trade.quantity, cap)


def volume_cap(inputs: Inputs, asset: Asset) -> int | None:
    """Shares that are the allowed part of the average daily volume; None: no cap set, or the volume is not known."""
    if not inputs.rules.volume_part or asset.volume is None:
        return None
    return asset.volume * inputs.rules.volume_part // WHOLE


def _settle_cash(inputs: Inputs, tariff: Tariff, plan: Allocation) -> None:
    least = inputs.rules.least_trade
    _drop_small(plan, least)
    account = inputs.account
    cash = min(account.settled_d2, account.orderable) + inputs.rules.deposit - plan.base.buffer
    there = cash + sum(_brings(tariff, trade, trade.quantity) for trade in _of(plan, Side.SELL))
    needed = sum(_takes(tariff, trade, trade.quantity) for trade in _of(plan, Side.BUY))
    if needed > max(there, 0):
        plan.scaled = needed, there
        _scale(tariff, plan, needed, max(there, 0))
        _drop_small(plan, least)
    else:
        plan.free = there - needed
        _hand_out(inputs, tariff, plan)
    plan.free = there_after(tariff, plan, cash)
    for code, trade in list(plan.trades.items()):
        if trade.quantity == 0:
            del plan.trades[code]
            plan.reasons[code] = _why_none(inputs, plan, trade)


def there_after(tariff: Tariff, plan: Allocation, cash: int) -> int:
    """``cash`` with every sale and every buy of the plan at its worst price."""
    sold = sum(_brings(tariff, trade, trade.quantity) for trade in _of(plan, Side.SELL))
    return cash + sold - sum(_takes(tariff, trade, trade.quantity) for trade in _of(plan, Side.BUY))


def _of(plan: Allocation, side: Side) -> Iterator[Trade]:
    return (trade for trade in plan.trades.values() if trade.side is side)


def _brings(tariff: Tariff, trade: Trade, shares: int) -> int:
    return tariff.proceeds(trade.asset, trade.prices.worst, shares)


def _takes(tariff: Tariff, trade: Trade, shares: int) -> int:
    return tariff.held_back(trade.prices.worst, shares)


def _drop_small(plan: Allocation, least: int) -> None:
    for code, trade in list(plan.trades.items()):
        amount = trade.quantity * trade.asset.price
        if 0 < amount < least:
            del plan.trades[code]
            plan.reasons[code] = Message("PLAN_STAYS_BELOW_MINIMUM", {"amount": amount, "least": least})


def _hand_out(inputs: Inputs, tariff: Tariff, plan: Allocation) -> None:
    """One share more to each that asks, the largest remainder first, while both sums allow it."""
    asking = [trade for trade in plan.trades.values() if trade.takes_part]
    meant = sum(trade.over for trade in asking)
    for trade in _by_rest([(trade, trade.over, trade.asset.price) for trade in asking]):
        after = trade.quantity + trade.side.sign
        if 0 < after * trade.asset.price < inputs.rules.least_trade:
            continue
        costs = _price_of_one(tariff, trade)
        if trade.asset.price * plan.whole <= meant and costs <= plan.free:
            trade.quantity = after
            meant -= trade.asset.price * plan.whole
            plan.free -= costs


def _price_of_one(tariff: Tariff, trade: Trade) -> int:
    """What one share more (bought, or not sold) takes out of the cash, at the worst price."""
    if trade.side is Side.BUY:
        return _takes(tariff, trade, trade.quantity + 1) - _takes(tariff, trade, trade.quantity)
    return _brings(tariff, trade, trade.quantity) - _brings(tariff, trade, trade.quantity - 1)


def _scale(tariff: Tariff, plan: Allocation, needed: int, there: int) -> None:
    """Every buy cut in proportion to the cash, then single shares back by the largest remainder while they fit."""
    buys = list(_of(plan, Side.BUY))
    # Amounts are rounded up once a leg, so one won a leg is kept aside: the cut basket then fits whatever is rounded.
    part = max(there - len(buys), 0)
    cut = [(trade, *divmod(trade.quantity * part, needed)) for trade in buys]
    for trade, shares, _ in cut:
        trade.quantity = shares
    left = there - sum(_takes(tariff, trade, trade.quantity) for trade in buys)
    for trade in _by_rest([(trade, rest, 1) for trade, _, rest in cut if rest]):
        costs = _price_of_one(tariff, trade)
        if costs <= left:
            trade.quantity += 1
            left -= costs


def _by_rest(rests: Sequence[tuple[Trade, int, int]]) -> list[Trade]:
    """Trades by ``rest / of``, the largest first, ties by code.

    Two such fractions that differ do so by 1 / of² at least, with the largest ``of`` there is: that many times as large
    they differ by 1, so that their whole parts stand in their order and are equal where they are.
    """
    scale = max((of for _, _, of in rests), default=1) ** 2
    by_size = sorted(rests, key=lambda part: (-(part[1] * scale // part[2]), part[0].asset.code))
    return [trade for trade, _, _ in by_size]


def _why_none(inputs: Inputs, plan: Allocation, trade: Trade) -> Message:
    if trade.wanted == 0:
        return Message("PLAN_STAYS_WITHIN_A_SHARE")
    if trade.side is Side.SELL:
        if trade.asset.sellable == 0:
            return Message("PLAN_STAYS_NOT_SELLABLE", {"held": trade.asset.held})
        if volume_cap(inputs, trade.asset) != 0:
            return Message("PLAN_STAYS_WITHIN_A_SHARE")
    elif plan.scaled is not None:
        return Message("PLAN_STAYS_NO_CASH", {"price": trade.prices.worst, "cash": max(plan.scaled[1], 0)})
    return Message("PLAN_STAYS_OVER_VOLUME", {"volume": trade.asset.volume or 0})
