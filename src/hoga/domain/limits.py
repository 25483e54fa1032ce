"""Daily price limits (상한가, 하한가): what may be ordered today.

The band is computed once, as an amount: base x percent, cut down to the tick of the *base* price's band, then added to
and taken from the base. ``floor(base * 1.3)`` and ``ceil(base * 0.7)`` give wrong lower limits. Source: markets.md 1.3.

NXT and the KRX after-market keep the limits of the KRX day, so these serve all venues.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from msgspec import Struct

from hoga.domain.instruments import Instrument, Market, ProductType
from hoga.domain.tables import RuleUnknown, Strict, in_force, in_order, load
from hoga.domain.ticks import TickTable, tick_table_of
from hoga.domain.values import Price


class DailyLimits(Struct, frozen=True):
    """The lowest and highest price that can be ordered today, both inclusive; None where there is no limit."""

    lower: Price | None
    upper: Price | None

    def allows(self, price: Price) -> bool:
        """Whether ``price`` lies within. Raises ValueError for another currency."""
        return not ((self.lower is not None and price < self.lower) or (self.upper is not None and price > self.upper))


NO_LIMITS = DailyLimits(None, None)


def band(table: TickTable, base: int, percent: int) -> int:
    """The day's band in units: ``percent`` of the base, without the part below the tick of the base price."""
    tick = table.tick(base)
    return base * percent // 100 // tick * tick


def limits_in_units(table: TickTable, base: int, percent: int) -> tuple[int, int]:
    """(lower, upper) in units for a base price; both on the grid of ``table``.

    The upper one is cut down to the tick of the band it lands in. The lower one needs no cut when the base is valid,
    since finer ticks divide coarser ones; for a base off the grid (rights, splits) it is moved up to the grid.
    """
    if base <= 0:
        raise ValueError(f"a base price is positive, was {base}")
    width = band(table, base, percent)
    return table.ceil(base - width), table.floor(max(base + width, table.ticks[0]))


def daily_limits(instrument: Instrument, base: Price, on: date) -> DailyLimits:
    """Today's limits from the base price (previous regular close, adjusted for rights and splits).

    None in liquidation trading (정리매매), for ELW and in the US; a leveraged ETF or ETN has ``limit_multiple`` times
    the percent. Not for the day of listing: see ``listing_day_limits``. Raises RuleUnknown where no rule is on file.
    """
    percent = limit_percent(instrument, on)
    if percent is None:
        return NO_LIMITS
    lower, upper = limits_in_units(tick_table_of(instrument, on), base.units, percent)
    return DailyLimits(Price(lower, base.currency), Price(upper, base.currency))


def limit_percent(instrument: Instrument, on: date) -> int | None:
    """The instrument's whole percent up and down on a day; None where it has no limit. Raises RuleUnknown."""
    kind = (instrument.market, instrument.product)
    if kind in _WITHOUT or instrument.flags.liquidation:
        return None
    rows = _ROWS.get(kind)
    if rows is None:
        raise RuleUnknown(f"no limit rule for {instrument.product.value} on {instrument.market.value}")
    return in_force(rows, on, f"limits of {instrument.market.value}").percent * instrument.limit_multiple


def listing_day_limits(instrument: Instrument, offer: Price, on: date) -> DailyLimits:
    """Limits of a new name's first day: 60 % to 400 % of the offer price, drawn in to the grid.

    Raises RuleUnknown for a day before 26 June 2023, when an auction set the base instead.
    """
    rule = _FILE.listing_day
    if on < rule.since:
        raise RuleUnknown(f"no listing-day rule on file for {on.isoformat()}")
    table = tick_table_of(instrument, on)
    lower = table.ceil(-(-offer.units * rule.lower_percent // 100))
    upper = table.floor(offer.units * rule.upper_percent // 100)
    return DailyLimits(Price(lower, offer.currency), Price(upper, offer.currency))


class _Kinds(Strict, frozen=True):
    markets: tuple[Market, ...]
    products: tuple[ProductType, ...]


class _Percent(Strict, frozen=True):
    markets: tuple[Market, ...]
    products: tuple[ProductType, ...]
    since: date
    percent: int


class _ListingDay(Strict, frozen=True):
    since: date
    lower_percent: int
    upper_percent: int


class _File(Strict, frozen=True):
    source: str
    percents: tuple[_Percent, ...]
    without: tuple[_Kinds, ...]
    listing_day: _ListingDay


def _by_kind(rows: tuple[_Percent, ...]) -> dict[tuple[Market, ProductType], tuple[_Percent, ...]]:
    kinds: dict[tuple[Market, ProductType], list[_Percent]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.since):
        for market in row.markets:
            for product in row.products:
                kinds[market, product].append(row)
    return {kind: in_order(dated, f"limits of {kind}") for kind, dated in kinds.items()}


_FILE = load("limits.json", _File)
_ROWS = _by_kind(_FILE.percents)
_WITHOUT = frozenset((market, product) for row in _FILE.without for market in row.markets for product in row.products)
