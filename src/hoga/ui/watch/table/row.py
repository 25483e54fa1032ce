"""One instrument as the table has it: exact figures, of the newest trade where that is newer than the quote."""

from __future__ import annotations

from datetime import datetime

import msgspec

from hoga.domain.instruments import InstrumentId
from hoga.domain.known import Known
from hoga.domain.market_data import Book, Quote, Trade
from hoga.domain.values import Currency, Price
from hoga.trading.market_board import Latest
from hoga.ui.format import Direction, direction


class Still(msgspec.Struct, frozen=True):
    """What stays while the quote is the same one."""

    instrument: InstrumentId
    name: str
    badge: str
    """What the market says of it today, in short words."""
    meanings: tuple[str, ...]
    """The same in sentences."""
    upper: int | None
    lower: int | None


class Row(msgspec.Struct, frozen=True):
    """Units of the currency; None is unknown. ``change`` is against the previous close, ``strength`` (체결강도) in
    hundredths of a percent: shares bought at the ask over shares sold at the bid, of the whole day."""

    still: Still
    stale: bool
    polled: bool
    why: str = ""
    """Why there is no price."""
    currency: Currency = Currency.KRW
    at: datetime | None = None
    price: int | None = None
    change: int | None = None
    moving: Direction = Direction.FLAT
    volume: int | None = None
    amount: int | None = None
    ask: int | None = None
    bid: int | None = None
    strength: int | None = None
    open: int | None = None
    high: int | None = None
    low: int | None = None

    @property
    def base(self) -> int | None:
        """The previous close."""
        return None if self.price is None or self.change is None else self.price - self.change


def read(latest: Latest, still: Still, *, stale: bool, polled: bool) -> Row | None:
    """None: nothing is known yet."""
    quote, trade, book = latest.quote, latest.trade, latest.book
    row: Row | None = None
    if isinstance(trade, Known) and (not isinstance(quote, Known) or trade.at >= quote.at):
        near = (trade.value.ask_units or None, trade.value.bid_units or None)
        if isinstance(book, Known) and book.at > trade.at:
            near = _best(book.value)
        row = _traded(trade.value, near, still, stale=stale, polled=polled)
    elif isinstance(quote, Known):
        near = _best(book.value) if isinstance(book, Known) else (None, None)
        row = _quoted(quote.value, near, still, stale=stale, polled=polled)
    return row


def _traded(trade: Trade, near: tuple[int | None, int | None], still: Still, *, stale: bool, polled: bool) -> Row:
    price, change, bought, sold = trade.price_units, trade.moved, trade.day_bought, trade.day_sold
    return Row(
        still, stale, polled, "", trade.currency, trade.at, price, change, _moving(price, change, still),
        trade.day_volume, trade.day_amount_units, near[0], near[1],
        (bought * 20_000 + sold) // (2 * sold) if sold and bought is not None else None,
        trade.open_units or None, trade.high_units or None, trade.low_units or None,
    )  # fmt: skip


def _quoted(quote: Quote, near: tuple[int | None, int | None], still: Still, *, stale: bool, polled: bool) -> Row:
    price, change = quote.last.units, quote.change_units
    return Row(
        still, stale, polled, "", quote.last.currency, quote.at, price, change, _moving(price, change, still),
        quote.volume, quote.amount.units, near[0], near[1], None,
        _units(quote.open), _units(quote.high), _units(quote.low),
    )  # fmt: skip


def _moving(price: int, change: int | None, still: Still) -> Direction:
    return direction(change or 0, at_upper=price == still.upper, at_lower=price == still.lower)


def _best(book: Book) -> tuple[int | None, int | None]:
    return (book.asks[0].price_units if book.asks else None, book.bids[0].price_units if book.bids else None)


def _units(price: Price | None) -> int | None:
    return None if price is None else price.units
