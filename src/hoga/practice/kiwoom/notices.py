"""Values of pushes about own orders 00 and the own balance 04 (kiwoom.md 5.3, 5.4, 6.1)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hoga.domain.instruments import Instrument, Venue
from hoga.domain.market_data import Book
from hoga.practice.api import EntryKind, FillEntry, HoldingEntry, MarketState, NewsKind, OrderNews
from hoga.practice.figures import clock_text
from hoga.practice.kiwoom.answers import Row
from hoga.practice.kiwoom.codes import (
    SIDE_CODES,
    VENUE_NUMBERS,
    VENUE_TEXTS,
    order_number,
    signed_side,
    trade_type_name,
    wire_account,
)
from hoga.practice.kiwoom.figures import priced, rate

ORDERS, BALANCE = "00", "04"
_CASH = "00"
_TERMINAL = "7501001"
_PHONE_TERMINAL = "0701002"

_STATES = {
    NewsKind.ACCEPTED: "접수",
    NewsKind.CONFIRMED: "확인",
    NewsKind.FILLED: "체결",
    NewsKind.REST_CANCELLED: "취소",
    NewsKind.REJECTED: "거부",
}


def is_told(news: OrderNews) -> bool:
    """A new order is told as accepted, a modify or cancel as accepted and then confirmed. That an order was cancelled
    is told by the cancel's own number, and a lapse at the day's end by nothing."""
    if news.kind is NewsKind.CONFIRMED:
        return news.entry.kind is not EntryKind.NEW
    return news.kind in _STATES


class Beside(Struct, frozen=True):
    """What a push needs besides the news: the market now, and every execution of the order so far."""

    instrument: Instrument
    state: MarketState
    book: Book | None
    fills: Sequence[FillEntry]

    @property
    def prices(self) -> Row:
        """The last price and the best quotes."""
        base = self.state.base
        asks, bids = (self.book.asks, self.book.bids) if self.book is not None else ((), ())
        return {
            "10": priced(self.state.price, base),
            "27": priced(asks[0].price_units, base) if asks else "0",
            "28": priced(bids[0].price_units, base) if bids else "0",
        }


def order_values(news: OrderNews, beside: Beside, *, cumulative: bool) -> Row:
    """One push of one number. ``cumulative``: FID 911 counts the whole order instead of this execution."""
    entry, fill = news.entry, news.fill
    return {
        "9201": wire_account(entry.account),
        "9203": order_number(entry.number),
        "9205": "",
        "9001": entry.code,
        "912": "JJ",
        "913": _STATES[news.kind],
        "302": beside.instrument.name_ko,
        "900": str(entry.quantity),
        "901": str(entry.limit or 0),
        "902": str(_left(news)),
        "903": str(entry.filled_amount),
        "904": order_number(entry.original),
        "905": signed_side(entry.side, entry.kind),
        "906": trade_type_name(entry.type, entry.tif),
        "907": SIDE_CODES[entry.side],
        "908": clock_text(fill.at if fill is not None else entry.at),
        "909": f"{fill.execution:06d}" if fill is not None else "",
        "910": str(fill.price) if fill is not None else "",
        "911": str(entry.filled if cumulative else fill.quantity) if fill is not None else "",
        **beside.prices,
        "914": str(fill.price) if fill is not None else "",
        "915": str(fill.quantity) if fill is not None else "",
        "938": str(sum(each.fee for each in beside.fills)),
        "939": str(sum(each.tax for each in beside.fills)),
        "919": "0",
        "920": "",
        "921": _TERMINAL if entry.channel == "api" else _PHONE_TERMINAL,
        "922": _CASH,
        "923": "00000000",
        "10010": f" {beside.state.base}",
        "2134": VENUE_NUMBERS[entry.venue],
        "2135": VENUE_TEXTS[entry.venue],
        "2136": "Y" if entry.venue is Venue.SOR else "N",
    }


def _left(news: OrderNews) -> int:
    """What is open. A cancel asks for its quantity until it is confirmed."""
    if news.entry.kind is EntryKind.CANCEL:
        return news.entry.quantity if news.kind is NewsKind.ACCEPTED else 0
    return news.entry.remaining


def balance_values(news: OrderNews, beside: Beside, holding: HoldingEntry, realised: tuple[int, int]) -> Row:
    """The holding after an execution. ``realised``: today's profit in it, and the cost of what was sold for it."""
    profit, cost = realised
    quantity = holding.quantity
    average = (2 * holding.cost + quantity) // (2 * quantity) if quantity else 0
    return {
        "9201": wire_account(news.entry.account),
        "9001": news.entry.code,
        "917": _CASH,
        "916": "00000000",
        "302": beside.instrument.name_ko,
        "10": beside.prices["10"],
        "930": str(quantity),
        "931": str(average),
        "932": str(holding.cost),
        "933": str(holding.sellable),
        "945": str(holding.bought_today - holding.sold_today),
        "946": SIDE_CODES[news.entry.side],
        "950": str(profit),
        "951": "0",
        "27": beside.prices["27"],
        "28": beside.prices["28"],
        "307": str(beside.state.base),
        "8019": rate(profit, cost),
        "957": "0",
        "958": "0",
        "918": "00000000",
        "990": str(profit),
        "991": rate(profit, cost),
        "992": "0",
        "993": "0.00",
        "959": "0",
        "924": "0",
    }
