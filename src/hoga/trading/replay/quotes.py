"""Quotes out of a tape: what a broker would have answered at the moment that is shown, as far as the tape tells."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from hoga.base.clock import KST
from hoga.domain.instruments import Flags, Instrument
from hoga.domain.limits import NO_LIMITS, DailyLimits, daily_limits
from hoga.domain.market_data import Candle, Quote, Trade
from hoga.domain.tables import RuleUnknown
from hoga.domain.values import Money, Price

_CENT = Decimal("0.01")


def quote_of_trade(instrument: Instrument, trade: Trade, at: datetime) -> Quote:
    """A trade tells the day so far, and its change the previous close."""
    currency = trade.currency
    base = Price(max(trade.price_units - trade.change_units, 0), currency)
    limits = _limits(instrument, base, at)
    return Quote(
        trade.instrument, at, trade.price, trade.change_units, _percent(trade.change_units, base.units),
        Price(trade.open_units, currency), Price(trade.high_units, currency), Price(trade.low_units, currency), base,
        limits.upper, limits.lower, trade.day_volume, Money(trade.day_amount_units, currency), None,
        Flags(halted=trade.halted), venue=trade.venue,
    )  # fmt: skip


def quote_of_days(instrument: Instrument, today: Candle, before: Candle | None, at: datetime) -> Quote:
    """Out of bars alone. The base is the close of the day before; where the tape has none, it is 0: not known."""
    currency = today.currency
    base = Price(before.close_units if before is not None else 0, currency)
    change = today.close_units - base.units
    limits = _limits(instrument, base, at) if before is not None else NO_LIMITS
    return Quote(
        instrument.id, at, Price(today.close_units, currency), change, _percent(change, base.units),
        Price(today.open_units, currency), Price(today.high_units, currency), Price(today.low_units, currency), base,
        limits.upper, limits.lower, today.volume, Money(today.amount_units, currency), None, Flags(),
    )  # fmt: skip


def _percent(change: int, base: int) -> str:
    return str((Decimal(change * 100) / base).quantize(_CENT)) if base else "0.00"


def _limits(instrument: Instrument, base: Price, at: datetime) -> DailyLimits:
    try:
        return daily_limits(instrument, base, at.astimezone(KST).date())
    except (RuleUnknown, ValueError):
        return NO_LIMITS
