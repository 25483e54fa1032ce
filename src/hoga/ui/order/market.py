"""What the order tab knows of one instrument's market at one moment, read from the desk's snapshots."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from msgspec import Struct

from hoga.broker.port import Stream, StreamHealth
from hoga.domain.instruments import Instrument, InstrumentId, Venue
from hoga.domain.known import Known, Maybe, Unknown
from hoga.domain.limits import NO_LIMITS, DailyLimits, daily_limits
from hoga.domain.market_data import Book, Quote
from hoga.domain.tables import RuleUnknown
from hoga.domain.tickets import Side
from hoga.domain.ticks import price_grid
from hoga.domain.values import Price
from hoga.trading.facade import Desk
from hoga.ui.order.prices import Steps

STALE_AFTER = 10.0
"""Seconds of market time: older than this while the stream is not live, a price is not acted upon."""


class Follow(Enum):
    """Which price the ticket follows until it is touched."""

    LAST = "last"
    BID = "bid 1"
    ASK = "ask 1"
    PASSIVE = "passive"
    """Buys at the lower of bid 1 and last, sells at the higher of ask 1 and last: does not cross."""


class Freshness(Enum):
    LIVE = "live"
    SILENT = "silent"
    """The stream is not live, but what it brought last is younger than the limit."""
    STALE = "stale"
    NONE = "none"
    """Nothing is known yet."""


class Market(Struct, frozen=True):
    """One instrument now. ``steps`` is None where no rule on file says which prices can be ordered."""

    instrument: Instrument
    steps: Steps | None
    quote: Quote | None
    book: Book | None
    last: Price | None
    bid: Price | None
    ask: Price | None
    freshness: Freshness
    age: float | None

    @property
    def limits(self) -> DailyLimits:
        return self.steps.limits if self.steps else NO_LIMITS

    def followed(self, follow: Follow, side: Side) -> Price | None:
        """The price that ``follow`` stands for now; None while it is unknown, stale or the book is crossed."""
        if self.freshness in (Freshness.STALE, Freshness.NONE) or self.crossed:
            return None
        if follow is Follow.LAST:
            return self.last and self._on_grid(self.last, side)
        if follow is Follow.BID:
            return self.bid
        if follow is Follow.ASK:
            return self.ask
        if self.last is None:
            return None
        if side is Side.BUY:
            return None if self.bid is None else self._on_grid(min(self.bid, self.last), side)
        return None if self.ask is None else self._on_grid(max(self.ask, self.last), side)

    @property
    def crossed(self) -> bool:
        """Bid at or above ask: an auction, or a book that is not whole. Nothing is derived from it."""
        return self.bid is not None and self.ask is not None and self.bid >= self.ask

    def best(self, side: Side) -> Price | None:
        """The best price on the other side: what an order of ``side`` trades at first."""
        return self.ask if side is Side.BUY else self.bid

    def _on_grid(self, price: Price, side: Side) -> Price:
        """Trades at the mid price lie off the grid: a buyer rounds down, a seller up."""
        if self.steps is None or self.steps.grid.is_valid(price):
            return price
        return self.steps.floored(price) if side is Side.BUY else self.steps.grid.ceil(price)


class KnownSteps:
    """Which prices can be ordered, kept for the second it was asked in: hours and rules have no finer bounds, and
    prices come by the hundred."""

    def __init__(self) -> None:
        self._asked: object = None
        self._steps: Steps | None = None

    def of(self, desk: Desk, instrument: Instrument, quote: Quote | None) -> Steps | None:
        limits = None if quote is None else (quote.upper_limit, quote.lower_limit, quote.base)
        asked = (instrument, limits, desk.clock.now().replace(microsecond=0), desk.schedule)
        if asked != self._asked:
            self._steps = _steps(desk, instrument, quote)
            self._asked = asked
        return self._steps


def look(
    desk: Desk, id: InstrumentId, *, since: datetime | None = None, streamed: bool = True,
    known: KnownSteps | None = None,
) -> Market | None:  # fmt: skip
    """The instrument's market now; None until the symbol master is read or when there is no such instrument.

    ``since``: when its stream was registered; not ``streamed``: it found no room there and is polled. ``known``: for
    who looks again and again.
    """
    found = desk.instrument(id)
    if not isinstance(found, Known):
        return None
    instrument = found.value
    quote, book, last = desk.board.quote(id), desk.board.book(id), desk.board.last(id)
    known_book = book.value if isinstance(book, Known) else None
    age = desk.board.age(last)
    return Market(
        instrument,
        (known or KnownSteps()).of(desk, instrument, quote.value if isinstance(quote, Known) else None),
        quote.value if isinstance(quote, Known) else None,
        known_book,
        last.value if isinstance(last, Known) else None,
        known_book.best_bid if known_book else None,
        known_book.best_ask if known_book else None,
        _freshness(desk, last, age, since, streamed),
        age,
    )


def _freshness(desk: Desk, last: Maybe[Price], age: float | None, since: datetime | None, streamed: bool) -> Freshness:
    """A quiet name's old price is true while its stream lives, if it came since the stream was registered: what was
    seen earlier may have been passed by unheard. Without the stream, age decides."""
    if age is None or isinstance(last, Unknown):
        return Freshness.NONE
    stream = desk.health().streams.get(Stream.QUOTES)
    live = stream is not None and stream.health is StreamHealth.LIVE
    heard = since is None or last.at >= since
    if live and streamed and heard:
        return Freshness.LIVE
    if age > STALE_AFTER:
        return Freshness.STALE
    return Freshness.LIVE if live and heard else Freshness.SILENT


def _steps(desk: Desk, instrument: Instrument, quote: Quote | None) -> Steps | None:
    try:
        day = desk.schedule.rules_day(desk.schedule.status(Venue.KRX, desk.clock.now()).trading_date)
        return Steps(price_grid(instrument, day), _limits(instrument, quote, day))
    except RuleUnknown:
        return None


def _limits(instrument: Instrument, quote: Quote | None, day: date) -> DailyLimits:
    """The broker's own where its quote gives them, else reckoned from the base price; none while unknown."""
    if quote is None:
        return NO_LIMITS
    if quote.upper_limit is not None and quote.lower_limit is not None:
        return DailyLimits(quote.lower_limit, quote.upper_limit)
    try:
        return daily_limits(instrument, quote.base, day)
    except (RuleUnknown, ValueError):
        return NO_LIMITS
