"""Tick sizes (호가가격단위): which prices can be ordered, and how to step among them.

A *received* price is never judged by these rules: trades at the mid price and adjusted bars lie off the grid.
Source: markets.md 1.1, 1.2, 1.5.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import force_setattr

from hoga.domain.instruments import Instrument, Market, ProductType
from hoga.domain.tables import RuleUnknown, Strict, in_force, in_order, load
from hoga.domain.values import Currency, Price


class NoValidPrice(ValueError):
    """There is no price on the grid where one was asked for: below the lowest, or above the highest there is."""


class TickTable(Struct, frozen=True):
    """A grid of prices in bands. Everything is in whole units of the currency; band ``i`` starts at ``starts[i]``,
    inclusive, and its prices are ``ticks[i]`` apart. Each start lies on the grid of both bands that meet there.

    Prices of the grid are numbered 1, 2, 3 … upwards, so that a step over any number of bands is one sum.
    """

    starts: tuple[int, ...]
    ticks: tuple[int, ...]
    _numbers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError when the bands do not start at 0, do not rise or do not meet on both grids."""
        if not self.starts or self.starts[0] != 0 or len(self.starts) != len(self.ticks) or min(self.ticks) < 1:
            raise ValueError("bands start at 0, each with a tick of at least 1")
        numbers = [0]
        for at in range(1, len(self.starts)):
            width = self.starts[at] - self.starts[at - 1]
            if width <= 0 or width % self.ticks[at - 1] or self.starts[at] % self.ticks[at]:
                raise ValueError(f"the band from {self.starts[at]} does not meet the one below it")
            numbers.append(numbers[-1] + width // self.ticks[at - 1])
        force_setattr(self, "_numbers", tuple(numbers))

    def tick(self, units: int) -> int:
        """The tick in whose band ``units`` lies."""
        return self.ticks[bisect_right(self.starts, units) - 1]

    def is_valid(self, units: int) -> bool:
        return units > 0 and units % self.tick(units) == 0

    def floor(self, units: int) -> int:
        """The highest valid price at or below ``units``. Raises NoValidPrice below the lowest."""
        below = units - units % self.tick(units) if units > 0 else 0
        if below == 0:
            raise NoValidPrice(f"no valid price at or below {units}")
        return below

    def ceil(self, units: int) -> int:
        """The lowest valid price at or above ``units``."""
        if units <= 0:
            return self.ticks[0]
        tick = self.tick(units)
        return units if units % tick == 0 else units - units % tick + tick

    def up(self, units: int) -> int:
        """The lowest valid price above ``units``."""
        return self.ceil(units + 1)

    def down(self, units: int) -> int:
        """The highest valid price below ``units``. Raises NoValidPrice at the lowest."""
        return self.floor(units - 1)

    def step(self, units: int, ticks: int) -> int:
        """``ticks`` prices up (or down when negative) from a valid price. Raises NoValidPrice when ``units`` is not
        valid, or the way down ends at nothing."""
        if not self.is_valid(units):
            raise NoValidPrice(f"{units} is not on the tick grid")
        number = self._number(units) + ticks
        if number < 1:
            raise NoValidPrice(f"no valid price {-ticks} ticks below {units}")
        band = bisect_right(self._numbers, number) - 1
        return self.starts[band] + (number - self._numbers[band]) * self.ticks[band]

    def distance(self, low: int, high: int) -> int:
        """How many ticks lie from ``low`` to ``high`` (negative when high is lower): the spread in ticks.

        Raises NoValidPrice unless both are valid.
        """
        for units in (low, high):
            if not self.is_valid(units):
                raise NoValidPrice(f"{units} is not on the tick grid")
        return self._number(high) - self._number(low)

    def neighbours(self, units: int) -> tuple[int | None, int]:
        """The valid prices just below and just above ``units``: what an off-tick price is offered instead.

        None stands for 'nothing below'.
        """
        lowest = self.ticks[0]
        return (self.down(units) if units > lowest else None), self.up(units)

    def _number(self, units: int) -> int:
        band = bisect_right(self.starts, units) - 1
        return self._numbers[band] + (units - self.starts[band]) // self.ticks[band]


class PriceGrid(Struct, frozen=True):
    """A tick table with its currency: the same questions, asked in prices.

    Every method raises ValueError for a price of another currency, and NoValidPrice where TickTable does.
    """

    table: TickTable
    currency: Currency

    def tick(self, price: Price) -> Price:
        return self._price(self.table.tick(self._units(price)))

    def is_valid(self, price: Price) -> bool:
        return self.table.is_valid(self._units(price))

    def floor(self, price: Price) -> Price:
        return self._price(self.table.floor(self._units(price)))

    def ceil(self, price: Price) -> Price:
        return self._price(self.table.ceil(self._units(price)))

    def up(self, price: Price) -> Price:
        return self._price(self.table.up(self._units(price)))

    def down(self, price: Price) -> Price:
        return self._price(self.table.down(self._units(price)))

    def step(self, price: Price, ticks: int) -> Price:
        return self._price(self.table.step(self._units(price), ticks))

    def distance(self, low: Price, high: Price) -> int:
        return self.table.distance(self._units(low), self._units(high))

    def neighbours(self, price: Price) -> tuple[Price | None, Price]:
        below, above = self.table.neighbours(self._units(price))
        return (None if below is None else self._price(below)), self._price(above)

    def _units(self, price: Price) -> int:
        if price.currency is not self.currency:
            raise ValueError(f"{price.currency.code} price on a grid of {self.currency.code}")
        return price.units

    def _price(self, units: int) -> Price:
        return Price(units, self.currency)


class _TableRow(Strict, frozen=True):
    name: str
    markets: tuple[Market, ...]
    products: tuple[ProductType, ...]
    since: date
    bands: tuple[tuple[int, int], ...]

    def table(self) -> TickTable:
        return TickTable(tuple(start for start, _ in self.bands), tuple(tick for _, tick in self.bands))


class _File(Strict, frozen=True):
    source: str
    tables: tuple[_TableRow, ...]


def _by_kind() -> dict[tuple[Market, ProductType], tuple[_TableRow, ...]]:
    rows: dict[tuple[Market, ProductType], list[_TableRow]] = defaultdict(list)
    for row in sorted(load("ticks.json", _File).tables, key=lambda row: row.since):
        for market in row.markets:
            for product in row.products:
                rows[market, product].append(row)
    return {kind: in_order(dated, f"ticks of {kind}") for kind, dated in rows.items()}


_ROWS = _by_kind()


@lru_cache(maxsize=512)
def tick_table(market: Market, product: ProductType, on: date) -> TickTable:
    """The grid of a kind of instrument on a day. Raises RuleUnknown for a kind or a day without one."""
    rows = _ROWS.get((market, product))
    if rows is None:
        raise RuleUnknown(f"no tick table for {product.value} on {market.value}")
    return in_force(rows, on, f"ticks of {product.value} on {market.value}").table()


def tick_table_of(instrument: Instrument, on: date) -> TickTable:
    """The grid of an instrument on a day, with its own tick where the broker names one (``tick_override``).

    An override replaces the tick of the highest band only (US: from one dollar up, e.g. 50 for half a cent), since
    that is all a broker's single number can mean. Raises RuleUnknown as ``tick_table``.
    """
    table = tick_table(instrument.market, instrument.product, on)
    if instrument.tick_override is None:
        return table
    return TickTable(table.starts, (*table.ticks[:-1], instrument.tick_override))


def price_grid(instrument: Instrument, on: date) -> PriceGrid:
    """``tick_table_of`` in prices of the instrument's currency."""
    return PriceGrid(tick_table_of(instrument, on), instrument.currency)
