"""Candles and trades for tests of the chart, made from whole numbers that hypothesis chooses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

from hoga.domain.market_data import Candle, Trade
from tests.support import made_up

START = datetime(2026, 11, 23, 9, 0, tzinfo=made_up.START.tzinfo)
MINUTE = timedelta(minutes=1)


def candle(start: datetime, close: int = 71_500, volume: int = 10, spread: int = 0) -> Candle:
    return Candle(start, close - spread, close + spread, close - 2 * spread, close, volume, volume * close)


@st.composite
def candles(draw: st.DrawFn, start: datetime = START, step: timedelta = MINUTE, most: int = 60) -> list[Candle]:
    """Oldest first; holes between them; some without a trade."""
    moments = draw(st.lists(st.integers(0, 4_000), unique=True, min_size=1, max_size=most))
    made = []
    for at in sorted(moments):
        low, high = sorted((draw(st.integers(1, 1_000)), draw(st.integers(1, 1_000))))
        open_, close = draw(st.integers(low, high)), draw(st.integers(low, high))
        volume = draw(st.integers(0, 50))
        made.append(Candle(start + at * step, open_, high, low, close, volume, volume * close))
    return made


def trade(at: datetime, price: int, quantity: int, day_volume: int = 0) -> Trade:
    return replace(made_up.trade(made_up.SAMSUNG, at, quantity=quantity, day_volume=day_volume), price_units=price)


@st.composite
def trades(draw: st.DrawFn, start: datetime = START, most: int = 60) -> list[Trade]:
    """In order, with the running figures of their day."""
    told: list[Trade] = []
    at = start
    for _ in range(draw(st.integers(1, most))):
        at += timedelta(seconds=draw(st.integers(0, 200)))
        told.append(_next(told, at, draw(st.integers(1, 1_000)), draw(st.integers(1, 50))))
    return told


def _next(before: Sequence[Trade], at: datetime, price: int, quantity: int) -> Trade:
    today = [one for one in before if one.at.date() == at.date()]
    prices = [*(one.price_units for one in today), price]
    volume = sum(one.quantity for one in today) + quantity
    amount = sum(one.quantity * one.price_units for one in today) + quantity * price
    return replace(
        trade(at, price, quantity, volume),
        day_amount_units=amount,
        open_units=prices[0],
        high_units=max(prices),
        low_units=min(prices),
    )


def made_of(told: Sequence[Trade], start: datetime) -> Candle:
    """The candle of these trades, the plain way."""
    prices = [one.price_units for one in told]
    return Candle(
        start,
        prices[0],
        max(prices),
        min(prices),
        prices[-1],
        sum(one.quantity for one in told),
        sum(one.quantity * one.price_units for one in told),
    )
