"""What an open order holds back on an account that pays in full (증거금 100 %). Source: markets.md 4.6.

A buy is held at its limit price; a type whose price is unknown at acceptance is held at the day's upper limit, which is
why 'all my cash' at the market buys about 77 % of the shares that the last price suggests.
"""

from __future__ import annotations

from collections.abc import Iterable

from hoga.domain.costs import BILLION, FeeModel
from hoga.domain.tickets import OrderType
from hoga.domain.values import Currency, Money, Price, Shares

_COIN = {currency: 10 ** max(currency.scale - 2, 0) for currency in Currency}
"""Units of the smallest amount an account is booked in: one won, one US cent."""


class NoUnitPrice(ValueError):
    """An order without a price in an instrument without an upper limit: nothing says how much to hold back."""


def unit_price(type: OrderType, limit: Price | None, upper_limit: Price | None) -> Price:
    """The price one share is held at. Raises NoUnitPrice when the price that the type needs is missing."""
    price = limit if type.carries_price else upper_limit
    if price is None:
        raise NoUnitPrice(f"no price to hold a {type.value} order at")
    return price


def held_units(amount: int, rate: int, coin: int = 1) -> int:
    """``amount`` and a commission of ``rate`` parts per billion, rounded up to a whole ``coin``; all in units."""
    return -(-amount * (BILLION + rate) // (BILLION * coin)) * coin


def reserve(leaves: Shares, at: Price, model: FeeModel) -> Money:
    """Cash held for the unfilled rest of a buy: amount and commission, rounded up to the won (the cent)."""
    return Money(held_units(leaves.count * at.units, model.rate, _COIN[at.currency]), at.currency)


def affordable(cash: Money, at: Price, model: FeeModel) -> Shares:
    """The most shares whose ``reserve`` fits into ``cash``; none when there is no cash or no price.

    Raises ValueError when cash and price are of different currencies.
    """
    if cash.currency is not at.currency:
        raise ValueError(f"{cash.currency.code} buys nothing priced in {at.currency.code}")
    if cash.units <= 0 or at.units == 0:
        return Shares(0)
    coin = _COIN[at.currency]
    return Shares(cash.units // coin * coin * BILLION // (at.units * (BILLION + model.rate)))


def orderable(settled_d2: Money, reserved: Iterable[Money]) -> Money:
    """Cash that new buys may use: D+2 cash (sale proceeds are in it) less what open buys hold. May be negative."""
    left = settled_d2
    for held in reserved:
        left = left - held
    return left


def sellable(held: Shares, open_sells: Iterable[Shares]) -> Shares:
    """Shares that a new sell may use. None when open sells hold more than there is (a broker's row may lag)."""
    return Shares(max(held.count - sum(leaves.count for leaves in open_sells), 0))
