"""Market data: quotes, trades, ten-level books and candles.

What arrives thousands of times a second holds plain whole units of the instrument's currency (``*_units``) instead of
Price objects: exact all the same, and cheap. A received price is never rejected for lying off the tick grid: trades at
the mid price do.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

import msgspec
from msgspec import Struct

from hoga.domain.instruments import Flags, InstrumentId, Venue
from hoga.domain.values import Currency, Money, Price, Shares


class Aggressor(Enum):
    BUYER = "buyer"
    SELLER = "seller"
    NONE = "none"
    """An auction, or the feed does not say."""


class MarketSession(Enum):
    """In which session of the market's day a value arose; CLOSED when none was on."""

    PRE = "pre"
    OPENING_AUCTION = "opening auction"
    REGULAR = "regular"
    CLOSING_AUCTION = "closing auction"
    CLOSE_PRICE = "closing price"
    AFTER = "after"
    INTERRUPTION = "volatility interruption"
    CLOSED = "closed"


class Trade(msgspec.Struct, frozen=True, gc=False):
    """One trade on the tape. ``day_volume`` and ``day_amount_units`` run from the start of the trading date.

    Thousands may come in a second, hence no dataclass: one costs four times as much, and the garbage collector looks
    at each.
    """

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
    """Signed, against the previous close; the whole price where that is not known (see ``moved``)."""
    ask_units: int
    bid_units: int
    venue: Venue = Venue.KRX
    session: MarketSession = MarketSession.REGULAR
    halted: bool = False
    currency: Currency = Currency.KRW
    day_bought: int | None = None
    day_sold: int | None = None
    """Shares of the trading date by aggressor, this trade included; None where the feed does not say. Their ratio is
    the strength of execution (체결강도)."""

    @property
    def moved(self) -> int | None:
        """The change against the previous close; None where no source told that."""
        return None if self.change_units == self.price_units else self.change_units

    @property
    def price(self) -> Price:
        return Price(self.price_units, self.currency)


class Level(msgspec.Struct, frozen=True, gc=False):
    """One price of a book. Every book that comes brings twenty, hence no dataclass: one costs ten times as much."""

    price_units: int
    quantity: int


class Book(msgspec.Struct, frozen=True, gc=False):
    """Up to ten levels a side, best first; empty levels are left out. ``expected_*`` only in call auctions."""

    instrument: InstrumentId
    at: datetime
    asks: tuple[Level, ...]
    bids: tuple[Level, ...]
    total_ask: int
    total_bid: int
    expected_units: int | None = None
    expected_quantity: int | None = None
    venue: Venue = Venue.KRX
    session: MarketSession = MarketSession.REGULAR
    currency: Currency = Currency.KRW

    @property
    def best_ask(self) -> Price | None:
        return Price(self.asks[0].price_units, self.currency) if self.asks else None

    @property
    def best_bid(self) -> Price | None:
        return Price(self.bids[0].price_units, self.currency) if self.bids else None


class Quote(Struct, frozen=True):
    """One instrument now. ``tick`` is the broker's own word at the current price; None where it gives none."""

    instrument: InstrumentId
    at: datetime
    last: Price
    change_units: int
    change_percent: str
    """Two decimals as the broker printed them, e.g. ``-0.83``."""
    open: Price | None
    high: Price | None
    low: Price | None
    base: Price
    upper_limit: Price | None
    lower_limit: Price | None
    volume: int
    amount: Money
    tick: int | None
    flags: Flags
    listed_shares: int | None = None
    market_cap: Money | None = None
    sector: str = ""
    per: str = ""
    pbr: str = ""
    eps: str = ""
    bps: str = ""
    high_52w: Price | None = None
    high_52w_on: date | None = None
    low_52w: Price | None = None
    low_52w_on: date | None = None
    venue: Venue = Venue.KRX


class Period(Enum):
    """What one candle covers. The wire knows minutes, days, weeks, months and years; others are built from them."""

    MINUTE = "1m"
    DAY = "1d"
    WEEK = "1w"
    MONTH = "1M"
    YEAR = "1y"


class Candle(Struct, frozen=True):
    """Trades of one period. ``start`` is the first moment of the period in the market's zone.

    Adjusted (split-corrected) candles do not sit on any tick grid.
    """

    start: datetime
    open_units: int
    high_units: int
    low_units: int
    close_units: int
    volume: int
    amount_units: int
    currency: Currency = Currency.KRW


class Orderable(Struct, frozen=True):
    """How much of one instrument can be bought with the account's own cash (미수 없이)."""

    cash: Money
    shares: Shares
    unit_price: Price
    """The price the shares were reckoned with: the upper limit for types that carry no price."""
