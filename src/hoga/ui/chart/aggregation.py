"""Candles from finer candles and from trades: pure, exact, in whole units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from msgspec.structs import replace

from hoga.domain.market_data import Candle, Period, Trade
from hoga.ui.chart.timeframe import Timeframe

_AS_READ = (Timeframe.M1, Timeframe.DAY)
"""Their parts are the bars."""


def joined(start: datetime, parts: Iterable[Candle]) -> Candle:
    """One candle over ``parts``, oldest first. Candles without a trade (volume 0) say nothing about high and low when
    others have trades. Raises ValueError when there are none."""
    every = tuple(parts)
    if not every:
        raise ValueError("a candle needs parts")
    traded = [part for part in every if part.volume] or list(every)
    return Candle(
        start=start,
        open_units=traded[0].open_units,
        high_units=max(part.high_units for part in traded),
        low_units=min(part.low_units for part in traded),
        close_units=traded[-1].close_units,
        volume=sum(part.volume for part in every),
        amount_units=sum(part.amount_units for part in every),
        currency=every[0].currency,
    )


def aggregate(parts: Iterable[Candle], timeframe: Timeframe) -> list[Candle]:
    """Bars of ``timeframe`` over candles that are oldest first; periods without a candle have no bar."""
    if timeframe in _AS_READ:
        return list(parts)
    groups = groupby(parts, timeframe.key)
    return [joined(timeframe.start(first.start), (first, *rest)) for _, rest in groups for first in (next(rest),)]


def with_trade(candle: Candle, trade: Trade) -> Candle:
    """The candle after one more trade of its period. A candle without a trade so far begins with this one."""
    price = trade.price_units
    first = candle.volume == 0
    return replace(
        candle,
        open_units=price if first else candle.open_units,
        high_units=price if first else max(candle.high_units, price),
        low_units=price if first else min(candle.low_units, price),
        close_units=price,
        volume=candle.volume + trade.quantity,
        amount_units=candle.amount_units + price * trade.quantity,
    )


def first_of(trade: Trade, period: Period) -> Candle:
    """The candle that begins with this trade. A day's takes over what the trade says of its day so far."""
    price = trade.price_units
    if period is Period.DAY:
        return day_of_trade(trade)
    return Candle(
        start=Timeframe.M1.start(trade.at),
        open_units=price,
        high_units=price,
        low_units=price,
        close_units=price,
        volume=trade.quantity,
        amount_units=price * trade.quantity,
        currency=trade.currency,
    )


def day_of_trade(trade: Trade) -> Candle:
    """The day's candle as a trade tells it: its running figures replace ours, so that nothing is counted twice."""
    price = trade.price_units
    known = [units for units in (trade.high_units, trade.low_units, trade.open_units) if units > 0]
    return Candle(
        start=Timeframe.DAY.start(trade.at),
        open_units=trade.open_units if trade.open_units > 0 else price,
        high_units=max(price, *known),
        low_units=min(price, *known),
        close_units=price,
        volume=trade.day_volume,
        amount_units=trade.day_amount_units,
        currency=trade.currency,
    )


def day_carried_on(day: Candle, trade: Trade) -> Candle:
    """The day's candle after a trade; where that does not tell the day's open, high and low, they are carried on."""
    told = day_of_trade(trade)
    if trade.open_units > 0:
        return told
    high, low = max(day.high_units, told.high_units), min(day.low_units, told.low_units)
    return replace(told, open_units=day.open_units, high_units=high, low_units=low)
