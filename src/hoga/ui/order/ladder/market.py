"""From the desk's snapshots to what the ladder shows: levels by price and the day's remarkable prices."""

from __future__ import annotations

from collections.abc import Iterator

from hoga.domain.instruments import ProductType
from hoga.domain.known import Known
from hoga.domain.limits import NO_LIMITS
from hoga.trading.facade import Desk
from hoga.ui.order.ladder.looks import Mark, MarketRows
from hoga.ui.order.market import Freshness, Market

STATIC_VI_PERCENT = 10
"""From the last single price: the opening auction's, until another auction sets it anew (markets.md 5.1)."""


def market_rows(desk: Desk, market: Market) -> MarketRows:
    book = market.book
    return MarketRows(
        market.instrument.id,
        {} if book is None else {level.price_units: level.quantity for level in book.asks},
        {} if book is None else {level.price_units: level.quantity for level in book.bids},
        None if market.ask is None else market.ask.units,
        None if market.bid is None else market.bid.units,
        None if market.last is None else market.last.units,
        None if market.quote is None else market.quote.base.units,
        tuple(_marks(desk, market)),
        market.freshness is not Freshness.LIVE,
    )


def _marks(desk: Desk, market: Market) -> Iterator[tuple[Mark, int]]:
    limits = market.limits
    if limits.upper is not None:
        yield Mark.UPPER, limits.upper.units
    if limits.lower is not None:
        yield Mark.LOWER, limits.lower.units
    yield from _day(desk, market)
    average = _average(desk, market)
    if average is not None:
        yield Mark.AVERAGE, average
    if market.book is not None and market.book.expected_units is not None:
        yield Mark.EXPECTED, market.book.expected_units


def _day(desk: Desk, market: Market) -> Iterator[tuple[Mark, int]]:
    """High, low and open of whichever is newer, the last trade or the quote; before the first trade there are none."""
    quote, trade = market.quote, desk.board.trade(market.instrument.id)
    if quote is None:
        return
    yield Mark.CLOSE, quote.base.units
    prices = (quote.open, quote.high, quote.low)
    day = [price.units if price is not None else 0 for price in prices]
    if isinstance(trade, Known) and trade.value.at >= quote.at:
        day = [trade.value.open_units, trade.value.high_units, trade.value.low_units]
    for mark, units in zip((Mark.OPEN, Mark.HIGH, Mark.LOW), day, strict=True):
        if units:
            yield mark, units
    yield from _interruptions(market, day[0] or quote.base.units)


def _interruptions(market: Market, reference: int) -> Iterator[tuple[Mark, int]]:
    flags = market.quote.flags if market.quote is not None else market.instrument.flags
    exempt = market.instrument.product is ProductType.ELW or flags.liquidation or flags.overheated
    if exempt or market.steps is None or market.limits == NO_LIMITS:
        return
    table = market.steps.grid.table
    yield Mark.VI, table.ceil(reference * (100 + STATIC_VI_PERCENT) // 100)
    yield Mark.VI, table.floor(max(reference * (100 - STATIC_VI_PERCENT) // 100, table.ticks[0]))


def _average(desk: Desk, market: Market) -> int | None:
    """What a held share cost, cut to the whole unit: where the mark stands, never a price to order at."""
    held = desk.portfolio().holding(market.instrument.id)
    average = held.position.average if held is not None else None
    return None if average is None else int(average.scaleb(market.instrument.currency.scale))
