"""What each row of the ladder shows, as values that can be compared: only rows that differ are painted again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from msgspec import Struct

from hoga.domain.instruments import InstrumentId
from hoga.domain.tickets import Side
from hoga.ui.order.ladder.chips import Chip
from hoga.ui.order.ladder.rows import Rows

BAR_STEPS = 64
"""Quantity bars have so many lengths: finer changes do not repaint a row."""


class Mark(Enum):
    """What is remarkable about a price today."""

    UPPER = "upper limit"
    LOWER = "lower limit"
    HIGH = "high"
    LOW = "low"
    OPEN = "open"
    CLOSE = "previous close"
    AVERAGE = "average"
    EXPECTED = "expected"
    VI = "volatility interruption"


class Zone(Enum):
    ASK = "ask"
    BID = "bid"
    BETWEEN = "between"


class MarketRows(Struct, frozen=True):
    """The market as the ladder needs it: whole units, quantities by price."""

    instrument: InstrumentId
    asks: Mapping[int, int]
    bids: Mapping[int, int]
    best_ask: int | None
    best_bid: int | None
    last: int | None
    base: int | None
    marks: tuple[tuple[Mark, int], ...]
    """Each with its price; a price may have several, and VI has two."""
    stale: bool = False


class RowLook(Struct, frozen=True):
    """One row. ``prices`` highest first (one, unless grouped); bars are 0 to BAR_STEPS; ``rising`` compares the price
    to the previous close."""

    instrument: InstrumentId
    prices: tuple[int, ...]
    allowed: bool
    zone: Zone
    ask: int
    bid: int
    ask_bar: int
    bid_bar: int
    last: bool
    rising: int
    marks: tuple[Mark, ...]
    sells: tuple[Chip, ...]
    buys: tuple[Chip, ...]
    stale: bool

    def chip(self, side: Side) -> Chip | None:
        """The chip of a side; none when a grouped row holds several."""
        chips = self.sells if side is Side.SELL else self.buys
        return chips[0] if len(chips) == 1 else None


Places = tuple[tuple[tuple[int, ...], bool], ...]
"""Of every visible row from the top: its prices, and whether any of them is within the limits."""


def places_of(rows: Rows) -> Places:
    """What the rows say before the market does."""
    return tuple((prices, any(map(rows.allowed, prices))) for prices in map(rows.prices, range(rows.count)))


def looks_of(
    rows: Rows, market: MarketRows, chips: tuple[Chip, ...], places: Places | None = None
) -> tuple[RowLook, ...]:
    """Every visible row from the top. ``places`` are those of the rows, where they are known."""
    most = _scale(market)
    by_row: dict[int, list[Chip]] = {}
    for chip in chips:
        row = rows.row_of(chip.units)
        if row is not None:
            by_row.setdefault(row, []).append(chip)
    marked = _marks_by_row(rows, market)
    last = rows.row_of(market.last) if market.last is not None else None
    return tuple(
        _look(place, market, most, by_row.get(row, ()), marked.get(row, ()), row == last)
        for row, place in enumerate(places_of(rows) if places is None else places)
    )


def _look(
    place: tuple[tuple[int, ...], bool],
    market: MarketRows,
    most: int,
    chips: Sequence[Chip],
    marks: tuple[Mark, ...],
    last: bool,
) -> RowLook:
    prices, allowed = place
    if len(prices) == 1:
        ask, bid = market.asks.get(prices[0], 0), market.bids.get(prices[0], 0)
    else:
        ask = sum(market.asks.get(price, 0) for price in prices)
        bid = sum(market.bids.get(price, 0) for price in prices)
    middle = prices[-1] if prices else 0
    rising = 0 if market.base is None or not prices else (middle > market.base) - (middle < market.base)
    return RowLook(
        market.instrument,
        prices,
        allowed,
        _zone(prices, market),
        ask,
        bid,
        -(-ask * BAR_STEPS // most),
        -(-bid * BAR_STEPS // most),
        last,
        rising,
        marks,
        tuple(chip for chip in chips if chip.side is Side.SELL) if chips else (),
        tuple(chip for chip in chips if chip.side is Side.BUY) if chips else (),
        market.stale,
    )


def _zone(prices: tuple[int, ...], market: MarketRows) -> Zone:
    if not prices:
        return Zone.BETWEEN
    if market.best_ask is not None and prices[0] >= market.best_ask:
        return Zone.ASK
    if market.best_bid is not None and prices[-1] <= market.best_bid:
        return Zone.BID
    return Zone.BETWEEN


def _scale(market: MarketRows) -> int:
    """The quantity of a full bar: the largest level, rounded up to two digits so that bars do not flicker."""
    most = max([*market.asks.values(), *market.bids.values(), 1])
    unit: int = 10 ** max(len(str(most)) - 2, 0)
    return -(-most // unit) * unit


def _marks_by_row(rows: Rows, market: MarketRows) -> dict[int, tuple[Mark, ...]]:
    found: dict[int, tuple[Mark, ...]] = {}
    for mark, units in market.marks:
        row = rows.row_of(units)
        if row is not None:
            found[row] = (*found.get(row, ()), mark)
    return found
