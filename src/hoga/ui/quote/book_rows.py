"""What each row of the ten-level book shows, as values that can be compared: only rows that differ are painted again.

Rows from the top: sell levels from the farthest to the best, one row between the sides, buy levels from the best down.
A level is a place in the queue, not a place on the tick grid: the best levels always stand next to the middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field

from hoga.domain.instruments import InstrumentId
from hoga.domain.market_data import Book, Level, MarketSession
from hoga.domain.tickets import Side
from hoga.domain.ticks import NoValidPrice, TickTable
from hoga.domain.values import Currency
from hoga.ui.quote.standing import Mine, StandingOrders

LEVELS = 10
BAR_STEPS = 100
"""Bars have so many lengths: finer changes do not repaint a row."""


class Mark(Enum):
    """What is remarkable about a price today."""

    UPPER = "upper limit"
    LOWER = "lower limit"
    HIGH = "high"
    LOW = "low"
    OPEN = "open"
    CLOSE = "previous close"
    AVERAGE = "average"


class BookInput(Struct, frozen=True):
    """Everything a book is painted from. Prices are whole units; ``book`` None: not known yet."""

    instrument: InstrumentId | None = None
    book: Book | None = None
    currency: Currency = Currency.KRW
    last: int | None = None
    base: int | None = None
    marks: Mapping[Mark, int] = field(default_factory=dict)
    mine: StandingOrders = field(default_factory=dict)
    ticks: TickTable | None = None
    stale: bool = False
    failed: bool = False
    """The last reading failed: a book that is not there is not on its way either."""


class LevelLook(Struct, frozen=True):
    """One level. ``units`` None: there is no such level now. ``change`` is against the previous close."""

    side: Side
    units: int | None = None
    quantity: int = 0
    bar: int = 0
    change: int | None = None
    base: int = 0
    last: bool = False
    marks: tuple[Mark, ...] = ()
    sells: Mine | None = None
    buys: Mine | None = None
    known: bool = True
    stale: bool = False


class MiddleLook(Struct, frozen=True):
    """Between the sides: in an auction the expected price and quantity, else the spread and, where it is at no level,
    the last price."""

    session: MarketSession = MarketSession.REGULAR
    expected: int | None = None
    expected_quantity: int | None = None
    base: int | None = None
    spread: int | None = None
    spread_ticks: int | None = None
    last: int | None = None
    stale: bool = False

    @property
    def auction(self) -> bool:
        return self.expected is not None


class TotalsLook(Struct, frozen=True):
    """All that is quoted, seen levels or not, and one's own orders of each side at whatever price."""

    ask: int | None = None
    bid: int | None = None
    sells: int = 0
    buys: int = 0
    stale: bool = False


class BookLook(Struct, frozen=True):
    """``levels``: ``2 * shown`` of them from the top."""

    levels: tuple[LevelLook, ...]
    middle: MiddleLook
    totals: TotalsLook


def book_look(given: BookInput, shown: int = LEVELS) -> BookLook:
    """The book with ``shown`` levels a side, the best ones."""
    asks, bids = (given.book.asks, given.book.bids) if given.book else ((), ())
    full = full_bar((*asks, *bids))
    marks: dict[int, tuple[Mark, ...]] = {}
    for mark, units in given.marks.items():
        marks[units] = (*marks.get(units, ()), mark)
    tops = [_level(given, Side.SELL, asks, at, full, marks) for at in reversed(range(shown))]
    unders = [_level(given, Side.BUY, bids, at, full, marks) for at in range(shown)]
    return BookLook((*tops, *unders), _middle(given, (*tops, *unders)), _totals(given))


def full_bar(levels: tuple[Level, ...]) -> int:
    """The quantity of a full bar: the largest level, rounded up to 1, 2 or 5 and zeros, so that bars do not flicker."""
    most = max((level.quantity for level in levels), default=1)
    unit = 1
    while True:
        for step in (1, 2, 5):
            if step * unit >= most:
                return step * unit
        unit *= 10


def _level(
    given: BookInput, side: Side, levels: tuple[Level, ...], at: int, full: int, marks: Mapping[int, tuple[Mark, ...]]
) -> LevelLook:
    if at >= len(levels):
        return LevelLook(side, known=given.book is not None, stale=given.stale)
    level = levels[at]
    return LevelLook(
        side,
        level.price_units,
        level.quantity,
        min(-(-level.quantity * BAR_STEPS // full), BAR_STEPS),
        None if given.base is None else level.price_units - given.base,
        given.base or 0,
        level.price_units == given.last,
        marks.get(level.price_units, ()),
        given.mine.get((Side.SELL, level.price_units)),
        given.mine.get((Side.BUY, level.price_units)),
        stale=given.stale,
    )


def _middle(given: BookInput, levels: tuple[LevelLook, ...]) -> MiddleLook:
    book = given.book
    if book is None:
        return MiddleLook(stale=given.stale)
    hidden = given.last if given.last is not None and not any(level.last for level in levels) else None
    spread = ticks = None
    if book.asks and book.bids:
        spread = book.asks[0].price_units - book.bids[0].price_units
        ticks = _ticks_between(given.ticks, book.bids[0].price_units, book.asks[0].price_units)
    return MiddleLook(
        book.session, book.expected_units, book.expected_quantity, given.base, spread, ticks, hidden, given.stale
    )


def _ticks_between(table: TickTable | None, low: int, high: int) -> int | None:
    if table is None:
        return None
    try:
        return table.distance(low, high)
    except NoValidPrice:
        return None


def _totals(given: BookInput) -> TotalsLook:
    mine = {side: sum(m.leaves for (of, _), m in given.mine.items() if of is side) for side in Side}
    book = given.book
    return TotalsLook(
        book.total_ask if book else None,
        book.total_bid if book else None,
        mine[Side.SELL],
        mine[Side.BUY],
        given.stale,
    )
