"""What a trade costs: commissions by broker, Korean selling tax by settlement date, US fees. Exact, never floats.

Korean amounts are cut to the won (or to ten won where the broker does), each tax part on its own; US amounts are
rounded half up to the cent. Whether a broker rounds per fill, order or day varies: reckon with the order's total and
let the broker's own figure win. Source: markets.md 4.1 to 4.3.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from hoga.domain.accounts import WireProfile
from hoga.domain.instruments import Instrument, Market, ProductType
from hoga.domain.tables import RuleUnknown, Strict, in_force, in_order, load
from hoga.domain.ticks import price_grid
from hoga.domain.values import Currency, Money, Price, Shares

BILLION = 1_000_000_000
"""Rates are whole parts per billion: 0.0140527 % is 140,527."""

_CENT = 100  # units of a US cent: dollars carry four decimals


class FeeModel(Struct, frozen=True):
    """A broker's commission: ``rate`` parts per billion of the amount, per side.

    In won it is cut down to a multiple of ``fee_unit`` (1 or 10); in dollars it is rounded half up to the cent.
    ``confirmed`` is False where no source gives the broker's rate: show that beside any profit figure.
    """

    rate: int
    fee_unit: int = 1
    confirmed: bool = True
    currency: Currency = Currency.KRW

    def __post_init__(self) -> None:
        if self.rate < 0 or self.fee_unit < 1:
            raise ValueError("a commission rate is not negative, its unit at least 1")

    def commission(self, amount: Money) -> Money:
        """Raises ValueError for an amount in another currency."""
        if amount.currency is not self.currency:
            raise ValueError(f"a fee model of {self.currency.code} cannot reckon {amount.currency.code}")
        if self.currency is Currency.KRW:
            return Money(self.won(amount.units))
        return _to_cent(amount.units * self.rate, BILLION)

    def won(self, amount: int) -> int:
        """The commission of so many won, in won."""
        return amount * self.rate // BILLION // self.fee_unit * self.fee_unit


class Costs(Struct, frozen=True):
    """The parts of one side's costs, all in one currency; none is negative."""

    commission: Money
    transaction_tax: Money
    rural_tax: Money
    sec_fee: Money
    activity_fee: Money

    @property
    def tax(self) -> Money:
        """What a Korean broker books as tax (제세금): transaction tax and rural tax."""
        return self.transaction_tax + self.rural_tax

    @property
    def total(self) -> Money:
        return self.commission + self.tax + self.sec_fee + self.activity_fee


class Sale(Struct, frozen=True):
    """What the costs of a sale depend on. ``settles_on`` chooses the Korean tax, ``sold_on`` the US fees."""

    instrument: Instrument
    amount: Money
    shares: Shares
    sold_on: date
    settles_on: date


def cost_of_buy(model: FeeModel, amount: Money) -> Costs:
    zero = Money.zero(amount.currency)
    return Costs(model.commission(amount), zero, zero, zero, zero)


def cost_of_sell(model: FeeModel, sale: Sale) -> Costs:
    """Raises RuleUnknown where no rate is on file for the sale's dates or market."""
    zero = Money.zero(sale.amount.currency)
    commission = model.commission(sale.amount)
    if sale.amount.currency is Currency.USD:
        return Costs(
            commission, zero, zero, sec_fee(sale.amount, sale.sold_on), activity_fee(sale.shares, sale.sold_on)
        )
    instrument = sale.instrument
    transaction, rural = selling_taxes(instrument.market, instrument.product, sale.settles_on, sale.amount.units)
    return Costs(commission, Money(transaction), Money(rural), zero, zero)


def selling_taxes(market: Market, product: ProductType, settles_on: date, won: int) -> tuple[int, int]:
    """(증권거래세, 농어촌특별세) of a sale of so many won, in won, each cut down. Raises RuleUnknown."""
    transaction, rural = selling_tax_rates(market, product, settles_on)
    return won * transaction // BILLION, won * rural // BILLION


@lru_cache(maxsize=512)
def selling_tax_rates(market: Market, product: ProductType, settles_on: date) -> tuple[int, int]:
    """(증권거래세, 농어촌특별세) in parts per billion of the gross amount. ETF, ETN and ELW pay neither.

    Chosen by the settlement date: trades of 27 December 2024 settled on 2 January 2025 and paid the rate of 2025.
    Raises RuleUnknown for a market or a date without a rate on file.
    """
    if product in _FILE.untaxed:
        return 0, 0
    rows = _TAXES.get(market)
    if rows is None:
        raise RuleUnknown(f"no selling tax on file for {market.value}")
    row = in_force(rows, settles_on, f"selling tax on {market.value}")
    return _per_billion(row.transaction_percent), _per_billion(row.rural_percent)


def sec_fee(amount: Money, sold_on: date) -> Money:
    """The SEC's fee on a US sale, half up to the cent and at least one cent while the rate is not zero."""
    rate = _whole(in_force(_FILE.sec, sold_on, "SEC fee").dollars_per_million, 3)
    if rate == 0 or amount.units == 0:
        return Money.zero(Currency.USD)
    return max(_to_cent(amount.units * rate, BILLION), Money(_CENT, Currency.USD))


def activity_fee(shares: Shares, sold_on: date) -> Money:
    """FINRA's trading activity fee on a US sale: per share, half up to the cent, with a ceiling per trade."""
    row = in_force(_FILE.taf, sold_on, "FINRA activity fee")
    per_share = _whole(row.dollars_per_share, 9)
    return min(_to_cent(shares.count * per_share, BILLION // 10_000), Money.parse(row.most, Currency.USD))


def fee_model(profile: WireProfile, currency: Currency = Currency.KRW) -> FeeModel:
    """The standard online commission of a broker's environment, until a person sets their own.

    Raises RuleUnknown where none is on file.
    """
    rows = _FILE.domestic if currency is Currency.KRW else _FILE.us if currency is Currency.USD else {}
    row = rows.get(profile.value)
    if row is None:
        raise RuleUnknown(f"no commission on file for {profile.value} in {currency.code}")
    return FeeModel(_per_billion(row.percent), row.fee_unit, row.confirmed, currency)


def break_even(
    model: FeeModel, instrument: Instrument, shares: Shares, paid: Money, on: date, settles_on: date
) -> Price:
    """The lowest price on the grid at which selling all ``shares`` brings back at least ``paid`` after costs.

    ``paid`` is what the shares cost, buying costs included. Raises ValueError without shares.
    """
    if not shares:
        raise ValueError("nothing held has no break-even price")
    grid = price_grid(instrument, on)
    # No price below cost per share can do. Costs never fall with the price, so the price must rise by at least what is
    # still missing a share; with each step the rest shrinks to the costs' part of it.
    price = grid.ceil(Price(max(-(-paid.units // shares.count), 1), paid.currency))
    while True:
        amount = price * shares
        brought = amount - cost_of_sell(model, Sale(instrument, amount, shares, on, settles_on)).total
        if brought >= paid:
            return price
        missing = -(-(paid - brought).units // shares.count)
        price = max(grid.up(price), grid.ceil(Price(price.units + missing, price.currency)))


def _to_cent(numerator: int, denominator: int) -> Money:
    """Dollars from a fraction of units, half up to the cent."""
    cents = (2 * numerator + denominator * _CENT) // (2 * denominator * _CENT)
    return Money(cents * _CENT, Currency.USD)


def _whole(text: str, decimals: int) -> int:
    """``text`` times ten to the ``decimals`` as a whole number. Raises ValueError when it is finer than that."""
    exact = Decimal(text).scaleb(decimals)
    if exact != int(exact):
        raise ValueError(f"{text} has more than {decimals} decimals")
    return int(exact)


def _per_billion(percent: str) -> int:
    return _whole(percent, 7)


class _Tax(Strict, frozen=True):
    market: Market
    settled_since: date
    transaction_percent: str
    rural_percent: str

    @property
    def since(self) -> date:
        return self.settled_since


class _Commission(Strict, frozen=True):
    percent: str
    fee_unit: int
    confirmed: bool


class _SecFee(Strict, frozen=True):
    since: date
    dollars_per_million: str


class _ActivityFee(Strict, frozen=True):
    since: date
    dollars_per_share: str
    most: str


class _File(Strict, frozen=True):
    source: str
    taxes: tuple[_Tax, ...]
    untaxed: tuple[ProductType, ...]
    domestic: dict[str, _Commission]
    us: dict[str, _Commission]
    sec: tuple[_SecFee, ...]
    taf: tuple[_ActivityFee, ...]


_FILE = load("costs.json", _File)
_TAXES = {
    market: in_order([row for row in _FILE.taxes if row.market is market], f"selling tax on {market.value}")
    for market in {row.market for row in _FILE.taxes}
}
in_order(_FILE.sec, "SEC fee")
in_order(_FILE.taf, "FINRA activity fee")
