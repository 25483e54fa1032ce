"""How many shares: the most that can be bought or sold, parts of it, and a sum of money turned into shares."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from hoga.base.message import Message
from hoga.domain.accounts import Account
from hoga.domain.costs import FeeModel, fee_model
from hoga.domain.instruments import Instrument
from hoga.domain.known import Known, Unknown
from hoga.domain.positions import Portfolio
from hoga.domain.reservation import NoUnitPrice, affordable, reserve, unit_price
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import OrderType, Side
from hoga.domain.values import Money, Price, Shares
from hoga.ui.order.market import Market


class Means(Struct, frozen=True):
    """What an order may use, and the figures it was reckoned from: the answer to 'why this number?'.

    For buys ``cash`` is orderable, ``unit`` the price each share is held at and ``fees`` the commission; ``at_limit``
    says that the day's upper limit stands in for a price that the type does not carry. For sells only ``most`` and
    ``held``.
    """

    most: Shares
    cash: Money | None = None
    unit: Price | None = None
    fees: FeeModel | None = None
    at_limit: bool = False
    held: Shares | None = None


Most: TypeAlias = Means | Unknown


class Sized(Struct, frozen=True):
    """Shares for a sum of money; ``left`` stays unspent. Zero shares are an answer too: the sum is too small."""

    shares: Shares
    left: Money


def fees_of(account: Account, instrument: Instrument) -> FeeModel | None:
    """The commission of this account's broker; None where none is on file."""
    try:
        return fee_model(account.profile, instrument.currency)
    except RuleUnknown:
        return None


def most_of(
    side: Side, type: OrderType, limit: Price | None, market: Market, portfolio: Portfolio, fees: FeeModel | None
) -> Most:
    """How many shares an order may be for now, or why that is not known."""
    if side is Side.SELL:
        return _sellable(market.instrument, portfolio)
    if isinstance(portfolio.orderable, Unknown):
        return portfolio.orderable
    if fees is None:
        return Unknown(Message("COSTS_UNKNOWN"))
    try:
        unit = unit_price(type, limit, market.limits.upper)
    except NoUnitPrice:
        return Unknown(Message("PRICE_NEEDED" if type.carries_price else "LIMITS_UNKNOWN"))
    if not unit.units:
        return Unknown(Message("PRICE_NEEDED"))
    cash = portfolio.orderable.value
    most = in_lots(affordable(cash, unit, fees), market.instrument.lot)
    return Means(most, cash, unit, fees, at_limit=not type.carries_price)


def part_of(most: Shares, percent: Decimal, lot: int) -> Shares:
    """That percent of the shares, whole lots, never more."""
    return in_lots(Shares(int(most.count * percent / 100)), lot)


def by_amount(amount: Money, unit: Price, fees: FeeModel, side: Side, lot: int) -> Sized:
    """The shares a sum buys (commission included) or a sale of that size takes (gross)."""
    if side is Side.BUY:
        shares = in_lots(affordable(amount, unit, fees), lot)
        return Sized(shares, amount - reserve(shares, unit, fees) if shares else amount)
    shares = in_lots(Shares(max(amount.units, 0) // unit.units), lot)
    return Sized(shares, amount - unit * shares)


def in_lots(shares: Shares, lot: int) -> Shares:
    return Shares(shares.count // lot * lot)


def _sellable(instrument: Instrument, portfolio: Portfolio) -> Most:
    if not isinstance(portfolio.holdings, Known):
        return portfolio.holdings
    held = portfolio.holding(instrument.id)
    if held is None:
        return Means(Shares(0), held=Shares(0))
    return Means(held.sellable, held=held.position.quantity)
