"""What the account did on this chart: fills at their bar, and what the holding cost a share. Exact."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.positions import Portfolio
from hoga.domain.tickets import Side
from hoga.domain.values import Currency
from hoga.trading.market_board import MarketBoard
from hoga.trading.views import Fill
from hoga.ui import format as show
from hoga.ui.chart.bars import Bars

_SHOWN_DECIMALS = Decimal("0.01")


class Mark(Struct, frozen=True):
    """Fills of one side in one bar. ``amount`` is shares times price in units."""

    index: int
    side: Side
    quantity: int
    amount: int
    currency: Currency

    @property
    def units(self) -> int:
        """The average price, to the nearest unit: where the mark stands."""
        return round(Fraction(self.amount, self.quantity))

    @property
    def price(self) -> str:
        """The average price as it is: with decimals where it lies between two units."""
        return average_text(Decimal(self.amount) / self.quantity, self.currency)


def marks_of(fills: Iterable[Fill], instrument: InstrumentId | None, bars: Bars) -> tuple[Mark, ...]:
    """The fills of one instrument by bar and side. A fill at a moment without a bar (an older stretch than is read, a
    hole) has no mark."""
    sums: dict[tuple[int, Side], tuple[int, int, Currency]] = {}
    for fill in fills:
        line = fill.execution
        index = bars.index_at(line.at) if fill.order.instrument == instrument else None
        if index is None or not line.quantity:
            continue
        money, key = line.amount, (index, fill.order.side)
        quantity, amount, _ = sums.get(key, (0, 0, money.currency))
        sums[key] = (quantity + line.quantity.count, amount + money.units, money.currency)
    return tuple(Mark(index, side, *told) for (index, side), told in sorted(sums.items(), key=lambda one: one[0][0]))


class Average(Struct, frozen=True):
    """What the held shares cost each. No price to order at."""

    units: Decimal
    quantity: int
    currency: Currency

    @property
    def row_units(self) -> int:
        """To the nearest unit: where the line is drawn."""
        return int(self.units.to_integral_value())

    @property
    def text(self) -> str:
        return average_text(self.units, self.currency)


def average_of(portfolio: Portfolio, instrument: InstrumentId | None) -> Average | None:
    """None where nothing is held, or what is held is not known."""
    held = portfolio.holding(instrument) if instrument is not None else None
    if held is None or held.position.average is None:
        return None
    currency = held.position.cost.currency
    return Average(held.position.average.scaleb(currency.scale), held.position.quantity.count, currency)


def average_text(units: Decimal, currency: Currency) -> str:
    """An average in units, with two decimals more where it is no whole unit."""
    if units == units.to_integral_value():
        return show.units(int(units), currency)
    decimals = _SHOWN_DECIMALS.scaleb(-currency.scale)
    return f"{units.scaleb(-currency.scale).quantize(decimals):,f}".replace("-", show.MINUS)


class LastPrice(Struct, frozen=True):
    """The newest price known. ``change`` against the previous close; ``stale``: it may have moved since."""

    units: int
    change: int
    stale: bool


def last_price(board: MarketBoard, instrument: InstrumentId | None, bars: Bars, *, stale: bool) -> LastPrice | None:
    """Of the newest trade or quote; before there is any, the newest bar's close against the bar before."""
    if instrument is None:
        return None
    trade, quote = board.trade(instrument), board.quote(instrument)
    if isinstance(trade, Known) and not (isinstance(quote, Known) and quote.at > trade.at):
        return LastPrice(trade.value.price_units, trade.value.moved or 0, stale)
    if isinstance(quote, Known):
        return LastPrice(quote.value.last.units, quote.value.change_units if quote.value.base.units else 0, stale)
    if not len(bars):
        return None
    close = bars[len(bars) - 1].close_units
    return LastPrice(close, close - bars[len(bars) - 2].close_units if len(bars) > 1 else 0, stale)
