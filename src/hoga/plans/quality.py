"""How well a plan traded: average fills against arrival, interval TWAP and interval VWAP. Source: markets.md 8.5.

All exact until the last step, which rounds basis points to two decimals and won to the whole. Positive is cost. The
time-weighted price is the mean of mids that were sampled every second. Where too few were (no stream, a restart), it is
of minute candles: a minute counts with the mean of its open, high, low and close, and minutes without trades keep the
last one's close.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hoga.domain.market_data import Candle
from hoga.domain.tickets import Side
from hoga.plans.views import Quality, Slippage

_BP = Decimal("0.01")
_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_MOST_MINUTES = 24 * 60


def slippage(side: Side, filled: int, amount: int, benchmark: Decimal | None) -> Slippage:
    """Of one leg; empty while nothing filled or there is no benchmark."""
    if benchmark is None or not filled or benchmark <= 0:
        return Slippage(benchmark)
    paid_more = side.sign * (Fraction(amount) - Fraction(benchmark) * filled)
    return Slippage(benchmark, _points(paid_more, Fraction(benchmark) * filled), round(paid_more))


def together(parts: Iterable[tuple[Slippage, int]]) -> Slippage:
    """Of several legs with their filled shares: won summed, basis points of the whole at the benchmarks."""
    known = [(part, filled) for part, filled in parts if part.won is not None and part.benchmark is not None]
    if not known:
        return Slippage()
    won = sum(part.won or 0 for part, _ in known)
    whole = sum((Fraction(part.benchmark or 0) * filled for part, filled in known), Fraction(0))
    return Slippage(None, _points(Fraction(won), whole), won)


def quality_together(parts: Sequence[tuple[Quality, int]]) -> Quality:
    return Quality(
        together((quality.arrival, filled) for quality, filled in parts),
        together((quality.twap, filled) for quality, filled in parts),
        together((quality.vwap, filled) for quality, filled in parts),
    )


def sampled_twap(twice: int, count: int, start: datetime, end: datetime) -> Decimal | None:
    """Mean of ``count`` mids, one a second, whose doubles sum to ``twice``; None where they tell of less than four
    fifths of [start, end]."""
    seconds = (end - start) // _SECOND
    return _price(Fraction(twice, 2 * count)) if count and count * 5 >= seconds * 4 else None


def twap(candles: Sequence[Candle], start: datetime, end: datetime) -> Decimal | None:
    """Time-weighted price of [start, end] by minutes; None without a candle."""
    inside = _inside(candles, start, end)
    if not inside:
        return None
    total, minutes = Fraction(0), 0
    for candle, following in zip(inside, [*inside[1:], None], strict=True):
        total += _mean(candle)
        until = following.start if following is not None else min(end, candle.start + _MINUTE)
        silent = min(max((until - candle.start) // _MINUTE - 1, 0), _MOST_MINUTES)
        total += candle.close_units * silent
        minutes += 1 + silent
    return _price(total / minutes)


def vwap(candles: Sequence[Candle], start: datetime, end: datetime) -> Decimal | None:
    """The market's volume-weighted price of [start, end], from minutes; None where nothing traded.

    Where a minute comes without its amount (Kiwoom gives none), its mean price stands for its trades.
    """
    traded = [candle for candle in _inside(candles, start, end) if candle.volume]
    volume = sum(candle.volume for candle in traded)
    amount = sum((Fraction(c.amount_units) if c.amount_units else _mean(c) * c.volume for c in traded), Fraction(0))
    return _price(amount / volume) if volume else None


def _inside(candles: Sequence[Candle], start: datetime, end: datetime) -> list[Candle]:
    first = start.replace(second=0, microsecond=0)
    return [candle for candle in candles if first <= candle.start <= end]


def _mean(candle: Candle) -> Fraction:
    return Fraction(candle.open_units + candle.high_units + candle.low_units + candle.close_units, 4)


def _price(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_BP)


def _points(part: Fraction, whole: Fraction) -> Decimal | None:
    if whole == 0:
        return None
    exact = part * 10_000 / whole
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_BP)
