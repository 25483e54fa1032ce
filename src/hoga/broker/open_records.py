"""Trades and books while they are being filled, which become the domain's frozen ones in one step.

WORKAROUND: filling a frozen dataclass costs four times as much. An object of the same layout is filled instead, field
by field, and then changes its class; who gets it cannot tell the difference.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from hoga.domain.instruments import InstrumentId, Venue
from hoga.domain.market_data import Aggressor, Book, Level, MarketSession, Trade
from hoga.domain.values import Currency


class OpenTrade:
    """``trade.__class__ = Trade`` ends it. Every field must be set by then: none has a default here."""

    __slots__ = tuple(field.name for field in fields(Trade))

    instrument: InstrumentId
    at: datetime
    price_units: int
    quantity: int
    aggressor: Aggressor
    day_volume: int
    day_amount_units: int
    open_units: int
    high_units: int
    low_units: int
    change_units: int
    ask_units: int
    bid_units: int
    venue: Venue
    session: MarketSession
    halted: bool
    currency: Currency
    day_bought: int | None
    day_sold: int | None


class OpenBook:
    """As ``OpenTrade``, of a Book."""

    __slots__ = tuple(field.name for field in fields(Book))

    instrument: InstrumentId
    at: datetime
    asks: tuple[Level, ...]
    bids: tuple[Level, ...]
    total_ask: int
    total_bid: int
    expected_units: int | None
    expected_quantity: int | None
    venue: Venue
    session: MarketSession
    currency: Currency
